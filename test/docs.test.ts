import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { catalogue } from '../src/policy/index.ts'
import { root, run, scratch } from './cli/run.ts'

const read = (file: string): string => readFileSync(join(root, file), 'utf8')
const pages = ['README.md', 'examples/service-mesh/README.md', ...list('docs'), ...catalogue.map(({ name }) => `policies/${name}/README.md`)]

function list(folder: string): string[] {
  return readdirSync(join(root, folder)).filter((name) => name.endsWith('.md')).map((name) => `${folder}/${name}`)
}

/** Commands of the shell blocks below a heading, without their comments. */
function commandsBelow(text: string, heading: string): string[] {
  const section = text.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? ''
  const blocks = [...section.matchAll(/```sh\n([^]*?)```/g)].map(([, block]) => block ?? '')
  return blocks.flatMap((block) => block.split('\n')).map((line) => line.replace(/\s+# .*/, '')).filter((line) => line !== '')
}

describe('the README', () => {
  it('shows commands that work, in their order', async () => {
    const { dir, remove } = scratch()
    mkdirSync(join(dir, 'graphs'))
    mkdirSync(join(dir, 'bin'))
    cpSync(join(root, 'examples/service-mesh/base/graph.yaml'), join(dir, 'graphs/mesh.yaml'))
    writeFileSync(join(dir, 'bin/graphgate'), `#!/bin/sh\nexec '${process.execPath}' '${join(root, 'bin/graphgate.js')}' "$@"\n`)
    chmodSync(join(dir, 'bin/graphgate'), 0o755)
    const commands = commandsBelow(read('README.md'), 'Use it')
    expect(commands.length).toBeGreaterThan(4)
    for (const command of commands) {
      const { code, stderr } = await run('bash', ['--noprofile', '--norc', '-c', command], { cwd: dir, env: { PATH: `${join(dir, 'bin')}:${process.env['PATH'] ?? ''}` } })
      expect({ command, code, stderr: code === 0 ? '' : stderr }).toEqual({ command, code: 0, stderr: '' })
    }
    remove()
  })

  it('shows the two commands for a fresh machine, and they are scripts', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
    expect(read('README.md')).toMatch(/^npm ci && npm start /m)
    expect(read('README.md')).toMatch(/^npm ci && npm test /m)
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['start', 'test']) as string[])
  })

  it('shows the graph of the example, and names every rule', () => {
    const example = read('examples/service-mesh/base/graph.yaml').split('\n').slice(1).join('\n')
    expect(read('README.md')).toContain(example)
    for (const { name } of catalogue) expect(read('README.md')).toContain(`](policies/${name}/README.md)`)
  })
})

describe('links', () => {
  it.each(pages)('of %s lead somewhere', (page) => {
    const targets = [...read(page).matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)].map(([, target]) => target ?? '')
    expect(targets.filter((target) => !existsSync(join(root, dirname(page), target)))).toEqual([])
  })
})

describe('docs/dependencies.md', () => {
  it('gives a reason for every dependency', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<string, Record<string, string>>
    const missing = Object.keys({ ...dependencies, ...devDependencies }).filter((name) => !read('docs/dependencies.md').includes(`\`${name}\``))
    expect(missing).toEqual([])
  })
})
