import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runSuites } from '../../src/suite/index.ts'
import { constraintOf, fixtureTemplate, writeFixtureCatalogue } from '../gatekeeper/support.ts'
import { lacksTools, requireTool } from './tools.ts'

// Suites as they are written, read by both: what an assertion means, and what --run selects.

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'graphgate-oracle-'))
  writeFixtureCatalogue(join(folder, 'policies'))
  const pod = (labels: object) => JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', labels } })
  const files = {
    'template.yaml': JSON.stringify(fixtureTemplate('FixtureLabels', 'labels')),
    'constraint.yaml': JSON.stringify(constraintOf('FixtureLabels', 'c', { parameters: { labels: { a: '1', b: '2' }, strict: true } })),
    'lax.yaml': JSON.stringify(constraintOf('FixtureLabels', 'c', { parameters: { labels: { a: '1', b: '2' } } })),
    'three.yaml': pod({}),
    'none.yaml': pod({ a: '1', b: '2' }),
    'commented.yaml': `# a comment\n---\n${pod({})}\n---\n# nothing\n`,
    'two.yaml': `${pod({})}\n---\n${pod({})}\n`,
    'list.yaml': JSON.stringify({ apiVersion: 'v1', kind: 'List', metadata: { name: 'l' }, items: [] }),
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

/** Case by case whether it passed; cases that did not run are left out. */
async function runBoth(name: string, suite: string, run?: string): Promise<{ gator: string[]; graphgate: string[] }> {
  mkdirSync(join(folder, name))
  const file = join(folder, name, 'suite.yaml')
  writeFileSync(file, suite)
  const { stdout } = spawnSync(requireTool('gator'), ['verify', file, '--verbose', ...(run === undefined ? [] : ['--run', run])], { encoding: 'utf8' })
  const gator: string[] = []
  let at = ''
  for (const line of stdout.split('\n')) {
    at = /^=== RUN {3}(.*)$/.exec(line)?.[1] ?? at
    const ended = /^ {4}--- (PASS|FAIL): (.*)\t\(/.exec(line)
    if (ended !== null) gator.push(`${at}/${ended[2] ?? ''}: ${ended[1] ?? ''}`)
  }
  const { result } = await runSuites([file], { policies: join(folder, 'policies'), ...(run !== undefined && { run }) })
  const graphgate = result.suites.flatMap(({ tests }) =>
    tests.flatMap((one) => one.cases.filter((item) => item.result !== 'skip').map((item) => `${one.name}/${item.name}: ${item.result === 'pass' ? 'PASS' : 'FAIL'}`)),
  )
  return { gator, graphgate }
}

const HEAD = 'apiVersion: test.gatekeeper.sh/v1alpha1\nkind: Suite\ntests:\n'
const TEST = (name: string, cases: string, constraint = 'constraint.yaml') => `- name: ${name}\n  template: ../template.yaml\n  constraint: ../${constraint}\n  cases:\n${cases}`

describe.skipIf(lacksTools('gator'))('suites against gator verify', () => {
  test('assertions hold and fail alike', async () => {
    const assertions = [
      '{}',
      '{violations: yes}',
      '{violations: no}',
      '{violations: "yes"}',
      "{violations: 'no'}",
      '{violations: 3}',
      '{violations: 3.0}',
      '{violations: 0}',
      '{violations: 2}',
      '{violations: -1}',
      '{violations: "3"}',
      '{violations: Yes}',
      '{violations: on}',
      '{violations: null}',
      '{violations: 0x3}',
      '{message: label}',
      '{message: "label a"}',
      '{message: "^strict"}',
      '{violations: 2, message: "needs the label [ab]=\\\\d$"}',
      '{violations: no, message: "label c"}',
      '{violations: 1, message: "(?i)STRICT"}',
      '{violations: 1, message: "("}',
      '{violations: 3, message: ""}',
      '{violations: 3, message: null}',
      '{violations: 1, message: yes}',
      '{violations: no, message: no}',
    ]
    const both = ['three.yaml', 'none.yaml'].flatMap((object) =>
      assertions.map((assertion, at) => `  - name: ${object}-${at}\n    object: ../${object}\n    assertions: [${assertion}]\n`),
    )
    const more = [
      '  - {name: all must hold, object: ../three.yaml, assertions: [{violations: 3}, {violations: no}]}\n',
      '  - {name: none, object: ../three.yaml, assertions: []}\n',
      '  - {name: missing, object: ../three.yaml}\n',
      '  - {name: no object, assertions: [{}]}\n',
      '  - {name: absent, object: ../absent.yaml, assertions: [{}]}\n',
      '  - {name: commented, object: ../commented.yaml, assertions: [{violations: 3}]}\n',
      '  - {name: two, object: ../two.yaml, assertions: [{violations: 3}]}\n',
      '  - {name: list, object: ../list.yaml, assertions: [{violations: 3}]}\n',
      '  - {name: inventory, object: ../three.yaml, inventory: [../two.yaml, ../list.yaml], assertions: [{violations: 3}]}\n',
      '  - {name: skipped, object: ../absent.yaml, skip: true}\n',
    ]
    const { gator, graphgate } = await runBoth('assertions', HEAD + TEST('strict', [...both, ...more].join('')) + TEST('lax', both.slice(0, 6).join(''), 'lax.yaml'))
    expect(graphgate).toEqual(gator)
    expect(gator.length).toBe(assertions.length * 2 + more.length - 1 + 6)
  })

  const filters = ['strict', '^strict$//', '//^a', 'lax//b', 'a', '(strict|lax)//', '//', 'x//a', 'nothing']
  test.each(filters)('--run %j selects the same cases', async (run) => {
    const cases = ['apple', 'banana'].map((name) => `  - {name: ${name}, object: ../three.yaml, assertions: [{}]}\n`).join('')
    const { gator, graphgate } = await runBoth(`run-${filters.indexOf(run)}`, HEAD + TEST('strict', cases) + TEST('lax', cases, 'lax.yaml'), run)
    expect(graphgate).toEqual(gator)
  })
})
