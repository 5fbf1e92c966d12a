import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { COMMANDS } from '../../src/cli/commands.ts'
import { CODES } from '../../src/cli/explain.ts'
import { catalogue } from '../../src/policy/index.ts'
import { graphgate, root, scratch } from './run.ts'

const GRAPH = readFileSync(join(root, 'examples/service-mesh/base/graph.yaml'), 'utf8')

let dir = ''
let remove: () => void
beforeEach(() => {
  ;({ dir, remove } = scratch())
})
afterEach(() => {
  remove()
})

describe('graphgate', () => {
  it('prints its help, and exits with 2, where nothing is asked', async () => {
    const { code, stdout, stderr } = await graphgate([])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    for (const { path, summary } of COMMANDS.filter((command) => command.path.length === 1)) {
      expect(stderr).toMatch(new RegExp(`^  ${path[0]} .*`, 'm'))
      expect(stderr.replace(/\s+/g, ' ')).toContain(summary)
    }
  })

  it.each(COMMANDS.map(({ path, examples, options }) => ({ path, examples, options })))('helps with $path', async ({ path, examples, options }) => {
    const { code, stdout } = await graphgate([...path, '--help'])
    expect(code).toBe(0)
    for (const example of examples) expect(stdout).toContain(`graphgate ${example}`)
    for (const { flags } of options) expect(stdout).toContain(flags)
  })

  it('prints its version', async () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
    expect(await graphgate(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
  })

  it.each([
    [['generat'], "error: unknown command 'generat'\n(Did you mean generate?)\n"],
    [['validate'], "error: required option '-f, --file <path>' not specified\n"],
    [['validate', '-f', 'x', '--outptu', 'json'], "error: unknown option '--outptu'\n(Did you mean --output?)\n"],
    [['test'], "error: missing required argument 'path'\n"],
  ])('%j is a usage error', async (args, message) => {
    expect(await graphgate(args)).toEqual({ code: 2, stdout: '', stderr: message })
  })
})

describe('graphgate validate', () => {
  const validate = (files: Record<string, string | Buffer>, ...args: string[]) => {
    mkdirSync(join(dir, 'in'))
    for (const [name, content] of Object.entries(files)) writeFileSync(join(dir, 'in', name), content)
    return graphgate(['validate', '-f', 'in', ...args], { cwd: dir })
  }

  it('counts what it read and what it ignored', async () => {
    const { code, stdout, stderr } = await validate({ 'graph.yaml': GRAPH, 'other.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n', 'empty.yaml': '' })
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '1 valid graph in 3 files; 1 other object ignored (1 ConfigMap)\n', stderr: '' })
  })

  it('leaves out what graphgate wrote itself', async () => {
    writeFileSync(join(dir, 'mesh.yaml'), GRAPH)
    await graphgate(['generate', '-f', 'mesh.yaml', '-d', 'policy'], { cwd: dir })
    const { code, stdout } = await graphgate(['validate', '-f', '.'], { cwd: dir })
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^1 valid graph in 1 file; \d+ files of graphgate's own left out\n$/) as string })
    expect(await graphgate(['generate', '-f', '.', '-d', 'policy', '--check'], { cwd: dir })).toMatchObject({ code: 0 })
  })

  it('is graph validate, too', async () => {
    expect(await graphgate(['graph', 'validate', '-f', '-'], { stdin: GRAPH })).toEqual({ code: 0, stdout: '1 valid graph in 1 file\n', stderr: '' })
  })

  it('reports every error of every file at once, as data', async () => {
    const { code, stdout } = await validate({ 'a.yaml': GRAPH.replace('kind: ServiceMesh', 'kind: serviceMesh!'), 'b.yaml': GRAPH.replace('metadata', 'metadat') }, '-o', 'json')
    expect(code).toBe(2)
    const result = JSON.parse(stdout) as { valid: boolean; diagnostics: { code: string; position: { file: string; line: number } }[] }
    expect(result.valid).toBe(false)
    expect(new Set(result.diagnostics.map(({ position }) => position.file))).toEqual(new Set(['in/a.yaml', 'in/b.yaml']))
    for (const { code: each } of result.diagnostics) expect(Object.keys(CODES)).toContain(each)
  })

  it('annotates for GitHub', async () => {
    const { code, stdout } = await validate({ 'a.yaml': GRAPH.replace('name: service-mesh-graph', 'name: "a%b"') }, '-o', 'github')
    expect(code).toBe(2)
    expect(stdout).toMatch(/^::error file=in\/a\.yaml,line=5,(endLine=5,)?col=9.*title=GG\d+.*::.*a%25b/m)
  })

  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghij'.split('').map((key, index) => `${key}: &${key} [${Array(9).fill(`*${'abcdefghij'[index] ?? ''}`).join()}]`).join('\n')}\n`
  it.each<[string, string | Buffer, string]>([
    ['nothing at all', '', 'GG1'],
    ['a binary file', Buffer.from([0, 1, 2, 0xff, 0xfe]), 'GG007'],
    ['a file of 50 MB', Buffer.alloc(50 * 1024 * 1024, 'a: b\n'), 'GG006'],
    ['an alias bomb', bomb, 'GG013'],
    ['nesting without end', '['.repeat(100_000), 'GG014'],
    ['a __proto__ key', GRAPH.replace('spec:\n', 'spec:\n  __proto__: { polluted: true }\n'), '__proto__'],
    ['no name', GRAPH.replace('  name: service-mesh-graph\n', '  labels: {}\n'), 'name'],
    ['a path as a name', GRAPH.replace('name: service-mesh-graph', 'name: ../../x'), '../../x'],
    ['a name in upper case', `${GRAPH}---\n${GRAPH.replace('name: service-mesh-graph', 'name: Service-Mesh-Graph')}`, 'Service-Mesh-Graph'],
  ])('%s: a clear error, no stack, exit 2', async (_name, content, expected) => {
    const { code, stdout, stderr } = await validate({ 'bad.yaml': content })
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' })
    expect(stdout).toMatch(/^error\[GG/m)
    expect(stdout).toContain(expected)
    expect(stdout).not.toMatch(/^\s+at .*:\d+:\d+/m)
    expect(stdout.length).toBeLessThan(4000)
  })
})

describe('graphgate test', () => {
  it('passes what it generated', async () => {
    await graphgate(['generate', '-f', '-', '-d', join(dir, 'policy')], { stdin: GRAPH })
    const { code, stdout, stderr } = await graphgate(['test', 'policy/...'], { cwd: dir })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^7 suites: 40 passed \([\d.]+s\)$/m)
    const junit = await graphgate(['test', 'policy/...', '-o', 'junit', '--run', 'root-graph-label//bare'], { cwd: dir })
    expect(junit.code).toBe(0)
    expect(junit.stdout).toContain('disallowed-bare')
  })

  it('fails where a policy does not do what its suite says', async () => {
    await graphgate(['generate', '-f', '-', '-d', join(dir, 'policy')], { stdin: GRAPH })
    const file = join(dir, 'policy/graphs/service-mesh-graph/root-graph-label.yaml')
    writeFileSync(file, readFileSync(file, 'utf8').replace('      kro.dev/graph: service-mesh-graph', '      kro.dev/graph: other'))
    const { code, stdout } = await graphgate(['test', 'policy/...'], { cwd: dir })
    expect(code).toBe(1)
    expect(stdout).toContain('root-graph-label/allowed-labelled')
  })

  it('never passes a template that it cannot evaluate', async () => {
    await graphgate(['generate', '-f', '-', '-d', join(dir, 'policy')], { stdin: GRAPH })
    const file = join(dir, 'policy/templates/root-graph-label.yaml')
    writeFileSync(file, readFileSync(file, 'utf8').replace('not review.leaving', 'true'))
    const { code, stdout, stderr } = await graphgate(['test', 'policy/...'], { cwd: dir })
    expect(code).toBe(3)
    expect(stdout + stderr).toContain('templates/root-graph-label.yaml')
  })

  it('is an error where there is nothing to test', async () => {
    mkdirSync(join(dir, 'policy'))
    expect(await graphgate(['test', 'policy/...'], { cwd: dir })).toMatchObject({ code: 2 })
    expect(await graphgate(['test', 'nowhere'], { cwd: dir })).toMatchObject({ code: expect.not.stringMatching('0') as number })
  })
})

describe('graphgate graph show', () => {
  it('draws a tree', async () => {
    const { code, stdout } = await graphgate(['graph', 'show', '-f', '-'], { stdin: GRAPH })
    expect(code).toBe(0)
    expect(stdout).toMatchInlineSnapshot(`
      "service-mesh-graph: networking.example.com/v1 ServiceMesh
      ├─ virtualService: networking.istio.io/v1 VirtualService [observed]
      └─ gateway: networking.istio.io/v1 Gateway [observed]
      "
    `)
  })

  it('draws a diagram', async () => {
    const { code, stdout } = await graphgate(['graph', 'show', '-f', '-', '-o', 'mermaid'], { stdin: GRAPH })
    expect(code).toBe(0)
    expect(stdout).toMatchInlineSnapshot(`
      "flowchart TD
        g0(["service-mesh-graph<br/>networking.example.com/v1 ServiceMesh"])
        g0 -.-> g0c0["virtualService<br/>networking.istio.io/v1 VirtualService<br/>observed"]
        g0 -.-> g0c1["gateway<br/>networking.istio.io/v1 Gateway<br/>observed"]
      "
    `)
  })
})

describe('graphgate explain', () => {
  it.each(catalogue.map(({ name }) => name))('explains the rule %s', async (name) => {
    const { code, stdout, stderr } = await graphgate(['explain', name])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(new RegExp(`^${name}: `))
    expect(stdout).toContain('\nFix: ')
  })

  it('explains a code, in any case', async () => {
    expect((await graphgate(['explain', 'gg211'])).stdout).toMatch(/^GG211: a file that graphgate did not write is in the way\n\n.*\n\nWhat to do: /)
  })

  it('lists everything that it can explain', async () => {
    const { stdout } = await graphgate(['explain'])
    for (const name of [...Object.keys(CODES), ...catalogue.map((rule) => rule.name)]) expect(stdout).toContain(`\n  ${name} `)
  })

  it('helps with a mistyped name', async () => {
    expect(await graphgate(['explain', 'root-graph-labl'])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'error: there is no code or rule called root-graph-labl; did you mean root-graph-label?\n',
    })
  })
})

describe('graphgate crd', () => {
  it('prints what stands in deploy/crd', async () => {
    const expected = readFileSync(join(root, 'deploy/crd/resourcegraphs.yaml'), 'utf8')
    expect(await graphgate(['crd'])).toEqual({ code: 0, stdout: expected, stderr: '' })
  })
})
