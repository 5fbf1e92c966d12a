import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { suiteExitCode } from '../../src/result/index.ts'
import { runSuites } from '../../src/suite/index.ts'
import { brief, constraintOf, fixtureTemplate, writeFixtureCatalogue } from '../gatekeeper/support.ts'

// Nothing that may be a suite goes unseen, and nothing that a suite names is taken for something else.

const base = mkdtempSync(join(tmpdir(), 'graphgate-hostile-'))
const policies = join(base, 'policies')
writeFixtureCatalogue(policies)
afterAll(() => {
  rmSync(base, { recursive: true })
})

const POD = JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', labels: { team: 'a' } } })
const SUITE = `apiVersion: test.gatekeeper.sh/v1alpha1
kind: Suite
tests:
- name: t
  template: template.yaml
  constraint: constraint.yaml
  cases: [{name: c, object: pod.yaml, inventory: [other.yaml], assertions: [{violations: no}]}]
`

let folder = ''
let count = 0
const at = (name: string): string => join(folder, name)
const write = (name: string, content: string | Uint8Array): void => {
  writeFileSync(at(name), content)
}

beforeEach(() => {
  folder = join(base, String(count++))
  mkdirSync(folder)
  write('template.yaml', JSON.stringify(fixtureTemplate('FixtureLabels', 'labels')))
  write('constraint.yaml', JSON.stringify(constraintOf('FixtureLabels', 'c', { parameters: { labels: { team: 'a' } } })))
  write('pod.yaml', POD)
  write('other.yaml', POD)
  write('suite.yaml', SUITE)
})

async function run(...paths: string[]) {
  const { result, diagnostics } = await runSuites(paths.length === 0 ? ['./...'] : paths, { policies, cwd: folder })
  const outcomes = result.suites.map(({ path, result: outcome }) => `${path}: ${outcome}`)
  return { outcomes, said: diagnostics.map((item) => `${item.position?.file ?? ''} ${brief(item)}`.trim()), exit: suiteExitCode(result) }
}

describe('a file that may be a suite', () => {
  const unreadable: [name: string, make: () => void, said: string][] = [
    ['a Latin-1 byte', () => { write('z.yaml', Buffer.from(`# caf\xe9\n${SUITE}`, 'latin1')) }, 'GG402 - "z.yaml" is not text: it is not valid UTF-8'],
    ['too large', () => { write('z.yaml', SUITE); truncateSync(at('z.yaml'), 17 * 1024 * 1024) }, 'GG402 - "z.yaml" is larger than 16 MiB'],
    ['a link to itself', () => { symlinkSync('z.yaml', at('z.yaml')) }, 'GG402 - "z.yaml" cannot be read: ELOOP'],
  ]
  test.each(unreadable)('%s is an error, and the others run', async (_name, make, said) => {
    make()
    expect(await run()).toEqual({ outcomes: ['suite.yaml: pass', 'z.yaml: error'], said: [said], exit: 3 })
  })

  const escaped: [name: string, text: string][] = [
    ['u', SUITE.replace('test.gatekeeper.sh/v1alpha1', '"test.gatekeeper\\u002esh/v1alpha1"')],
    ['U', SUITE.replace('test.gatekeeper.sh/v1alpha1', '"\\U00000074est.gatekeeper.sh/v1alpha1"')],
    ['x', SUITE.replace('test.gatekeeper.sh/v1alpha1', '"test\\x2egatekeeper.sh/v1alpha1"')],
    ['a line that goes on', SUITE.replace('test.gatekeeper.sh/v1alpha1', '"test.gate\\\n  keeper.sh/v1alpha1"')],
    ['base64', SUITE.replace('test.gatekeeper.sh/v1alpha1', '!!binary dGVzdC5nYXRla2VlcGVyLnNoL3YxYWxwaGEx')],
  ]
  test.each(escaped)('an apiVersion with an escape: %s', async (_name, text) => {
    write('suite.yaml', text)
    expect(await run()).toEqual({ outcomes: ['suite.yaml: pass'], said: [], exit: 0 })
  })
})

describe('a file that is none', () => {
  const named: [name: string, make: (path: string) => void][] = [
    ['a pipe', (path) => { execFileSync('mkfifo', [path]) }],
    ['a link to a device', (path) => { symlinkSync('/dev/zero', path) }],
  ]
  test.each(named)('%s as a sample', async (_name, make) => {
    rmSync(at('pod.yaml'))
    make(at('pod.yaml'))
    expect(await run()).toEqual({ outcomes: ['suite.yaml: error'], said: ['suite.yaml GG407 7:29 "pod.yaml" is not a regular file'], exit: 3 })
  })

  test.each(named)('%s as a suite', async (_name, make) => {
    make(at('z.yaml'))
    expect(await run('z.yaml', 'suite.yaml')).toEqual({
      outcomes: ['suite.yaml: pass', 'z.yaml: error'],
      said: ['GG402 - "z.yaml" is not a regular file'],
      exit: 3,
    })
  })
})

describe('an empty document at the beginning', () => {
  const files = ['template.yaml', 'constraint.yaml', 'pod.yaml', 'other.yaml']
  const nothing = ['---\nnull\n---\n', 'null\n---\n', '~\n---\n', '---\n---\n', '---\n# c\n---\n', '# c\n---\n---\n', '---\n\n---\n']
  const cases = files.flatMap((file) => nothing.map((head): [string, string] => [file, head]))
  test.each(cases)('of %s is an error: %j', async (file, head) => {
    write(file, head + readFileSync(at(file), 'utf8'))
    const { said, exit } = await run()
    expect([said, exit]).toEqual([[expect.stringMatching(`GG407 \\d+:\\d+ "${file}" begins with a document that holds nothing`)], 3])
  })

  const fine = files.flatMap((file) => ['---\n', '# c\n---\n', '\n---\n', '--- # c\n', '# c\n\n# d\n---\n'].map((head): [string, string] => [file, head]))
  test.each(fine)('of %s is none, as for gator: %j', async (file, head) => {
    write(file, head + readFileSync(at(file), 'utf8'))
    expect(await run()).toMatchObject({ said: [], exit: 0 })
  })
})

describe('a key that stands twice', () => {
  test('in a suite cannot make its cases vanish', async () => {
    write('z.yaml', `${SUITE}tests: []\n`)
    expect(await run()).toEqual({ outcomes: ['suite.yaml: pass', 'z.yaml: error'], said: [expect.stringMatching(/^z.yaml GG012 8:1 /)], exit: 3 })
  })

  test.each(['template.yaml', 'constraint.yaml', 'pod.yaml', 'other.yaml'])('in %s is an error', async (file) => {
    write(file, `kind: Pod\nkind: Pod\n`)
    expect(await run()).toMatchObject({ outcomes: ['suite.yaml: error'], said: [expect.stringMatching(`^${file} GG012 `)], exit: 3 })
  })
})

describe('a parameter of a format that is not checked', () => {
  beforeEach(() => {
    const parameters = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true, properties: { ip: { type: 'string', format: 'ipv4' } } }
    write('template.yaml', JSON.stringify(fixtureTemplate('FixtureLabels', 'labels', parameters)))
  })

  const constrain = (parameters: Record<string, string | object>) => {
    write('constraint.yaml', JSON.stringify(constraintOf('FixtureLabels', 'c', { parameters: { labels: { team: 'a' }, ...parameters } as never })))
  }

  test('leaves the cases undecided, and invalid: true as well', async () => {
    constrain({ ip: 'not an address' })
    const cases = await run()
    write('suite.yaml', SUITE.replace(/cases:.*/, 'invalid: true'))
    const invalid = await run()
    expect([cases.outcomes, cases.exit, invalid.outcomes, invalid.exit]).toEqual([['suite.yaml: error'], 3, ['suite.yaml: error'], 3])
    expect(cases.said).toContainEqual(expect.stringMatching(/^constraint.yaml GG304 .* spec.parameters.ip must be of the format "ipv4"/))
  })

  test('is a doubt about the template alone where no constraint has it', async () => {
    constrain({})
    expect(await run()).toEqual({ outcomes: ['suite.yaml: pass'], said: [expect.stringMatching(/^template.yaml GG304\? /)], exit: 0 })
  })
})
