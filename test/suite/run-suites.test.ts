import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { JsonValue } from '../../src/input/index.ts'
import { renderSuiteText } from '../../src/report/index.ts'
import { suiteExitCode } from '../../src/result/index.ts'
import { runSuites } from '../../src/suite/index.ts'
import { brief, constraintOf, fixtureTemplate, writeFixtureCatalogue } from '../gatekeeper/support.ts'

// Real files, the real runner, the real WASM. Every test starts from the same small folder and changes what it is about.

const base = mkdtempSync(join(tmpdir(), 'graphgate-suite-'))
const policies = join(base, 'policies')
writeFixtureCatalogue(policies)
afterAll(() => {
  rmSync(base, { recursive: true })
})

let folder = ''
let count = 0

function write(path: string, content: string | JsonValue): void {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
}

function pod(name: string, labels: Record<string, string> = {}): JsonValue {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'prod', labels } }
}

/** A suite with one test, whose cases are given as YAML flow maps. */
function suite(cases: string, head = 'name: t, template: template.yaml, constraint: constraint.yaml'): string {
  return `apiVersion: test.gatekeeper.sh/v1alpha1\nkind: Suite\ntests:\n- {${head}, cases: [\n${cases}\n]}\n`
}

const GOOD = '{name: good, object: good.yaml, assertions: [{violations: no}]}'
const BAD = '{name: bad, object: bad.yaml, assertions: [{violations: 1, message: team=a}]}'

beforeEach(() => {
  folder = join(base, String(count++))
  write('template.yaml', fixtureTemplate('FixtureLabels', 'labels'))
  write('constraint.yaml', constraintOf('FixtureLabels', 'team', { parameters: { labels: { team: 'a' } } }))
  write('good.yaml', pod('good', { team: 'a' }))
  write('bad.yaml', pod('bad'))
})

interface Options {
  paths?: string[]
  run?: string
  policies?: string
}

/** Outcomes as `file test/case: result`, what was said, and the exit code. */
async function run({ paths = ['./...'], ...options }: Options = {}) {
  const { result, diagnostics } = await runSuites(paths, { policies, cwd: folder, ...options })
  const outcomes = result.suites.flatMap((item) => [
    ...(item.tests.length === 0 ? [`${item.path}: ${item.result}`] : []),
    ...item.tests.flatMap((one) => [
      ...(one.cases.length === 0 ? [`${item.path} ${one.name}: ${one.result}`] : []),
      ...one.cases.map((entry) => `${item.path} ${one.name}/${entry.name}: ${entry.result}`),
    ]),
  ])
  return { outcomes, said: diagnostics.map((item) => `${item.position?.file ?? ''} ${brief(item)}`.trim()), exit: suiteExitCode(result), result }
}

describe('cases', () => {
  test('pass and fail by their assertions, all of which must hold', async () => {
    write('suite.yaml', suite(`  ${GOOD},\n  ${BAD},\n  {name: wrong, object: bad.yaml, assertions: [{}, {violations: no}, {violations: 2, message: x}]}`))
    const { outcomes, said, exit, result } = await run()
    expect([outcomes, said, exit]).toEqual([['suite.yaml t/good: pass', 'suite.yaml t/bad: pass', 'suite.yaml t/wrong: fail'], [], 1])
    expect(result.suites[0]?.tests[0]?.cases[2]).toEqual({
      name: 'wrong',
      result: 'fail',
      durationMs: expect.any(Number) as number,
      messages: [],
      failures: [
        { assertion: 1, wanted: 'no violations', got: 1, location: { file: 'suite.yaml', line: 7, column: 52 } },
        { assertion: 2, wanted: 'exactly 2 violations matching "x"', got: 0, location: { file: 'suite.yaml', line: 7, column: 70 } },
      ],
      violations: [{ constraint: 'FixtureLabels/team', action: 'deny', msg: 'bad needs the label team=a' }],
      location: { file: 'suite.yaml', line: 7, column: 3 },
    })
    expect(result.totals).toEqual({ suites: 1, tests: 1, cases: 3, pass: 2, fail: 1, skip: 0, error: 0 })
  })

  test('review AdmissionReviews as they are', async () => {
    const request = { operation: 'UPDATE', object: pod('web'), oldObject: pod('web', { team: 'a' }) }
    write('update.yaml', { apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', request })
    write('broken.yaml', { apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', request: { objekt: {} } })
    write('suite.yaml', suite('  {name: update, object: update.yaml, assertions: [{violations: 1}]},\n  {name: broken, object: broken.yaml, assertions: [{violations: no}]}'))
    expect(await run()).toMatchObject({
      outcomes: ['suite.yaml t/update: pass', 'suite.yaml t/broken: error'],
      said: [
        expect.stringMatching(/^broken.yaml GG321 1:\d+ not a valid AdmissionReview: unknown field "request.objekt"$/),
      ],
      exit: 3,
    })
  })

  test('have their own inventory, with the Namespaces of selectors in it', async () => {
    write('owner.yaml', { apiVersion: 'v1', kind: 'Owner', metadata: { name: 'ann' } })
    write('prod.yaml', '# two in one file\napiVersion: v1\nkind: Namespace\nmetadata: {name: prod, labels: {env: prod}}\n---\napiVersion: v1\nkind: Owner\nmetadata: {name: bob}\n')
    write('pod.yaml', pod('web', { owner: 'ann' }))
    write('template.yaml', fixtureTemplate('FixtureOwner', 'owner'))
    write('constraint.yaml', constraintOf('FixtureOwner', 'o', { match: { namespaceSelector: { matchLabels: { env: 'prod' } } } }))
    const item = (name: string, inventory: string, assertion: string) => `  {name: ${name}, object: pod.yaml, inventory: [${inventory}], assertions: [{${assertion}}]}`
    write('suite.yaml', suite([
      item('both', 'owner.yaml, prod.yaml', 'violations: no'),
      item('no owner', 'prod.yaml', 'violations: 1, message: no owner called ann'),
      item('no namespace', 'owner.yaml', 'violations: 1, message: missing Namespace'),
      item('both again', 'owner.yaml, prod.yaml', 'violations: no'),
    ].join(',\n')))
    expect(await run()).toMatchObject({
      outcomes: ['suite.yaml t/both: pass', 'suite.yaml t/no owner: pass', 'suite.yaml t/no namespace: pass', 'suite.yaml t/both again: pass'],
      exit: 0,
    })
  })

  test('that are skipped do not run, nor do those of a skipped test or suite', async () => {
    write('a/suite.yaml', suite('  {name: c, object: missing.yaml, skip: true}', 'name: t, template: ../template.yaml, constraint: ../constraint.yaml'))
    write('b/suite.yaml', suite('  {name: c, object: missing.yaml}', 'name: t, template: missing.yaml, skip: true'))
    write('c/suite.yaml', `${suite('  {name: c, object: missing.yaml}', 'name: t')}skip: true\n`)
    write('d/suite.yaml', suite('', 'name: i, template: missing.yaml, invalid: true, skip: true'))
    expect(await run()).toMatchObject({
      outcomes: ['a/suite.yaml t/c: skip', 'b/suite.yaml t/c: skip', 'c/suite.yaml t/c: skip', 'd/suite.yaml i: skip'],
      said: [],
      exit: 0,
    })
  })
})

describe('a case that cannot be decided', () => {
  const cases: [name: string, text: string, said: string[]][] = [
    ['no object', '{name: c, assertions: [{}]}', ['suite.yaml GG409 5:1 case "c" names no object']],
    ['no assertions', '{name: c, object: good.yaml}', ['suite.yaml GG409 5:1 case "c" has no assertions']],
    ['a missing object', '{name: c, object: x.yaml, assertions: [{}]}', ['suite.yaml GG407 5:19 "x.yaml" does not exist']],
    ['a directory', '{name: c, object: ".", assertions: [{}]}', ['suite.yaml GG407 5:19 "." is a directory']],
    ['two objects', '{name: c, object: two.yaml, assertions: [{}]}', ['suite.yaml GG408 5:19 "two.yaml" holds 2 objects, but a case has exactly one']],
    ['an empty file', '{name: c, object: empty.yaml, assertions: [{}]}', ['suite.yaml GG408 5:19 "empty.yaml" holds 0 objects, but a case has exactly one']],
    ['no Kubernetes object', '{name: c, object: plain.yaml, assertions: [{}]}', ['plain.yaml GG407 1:1 "plain.yaml" holds no Kubernetes object: it has no kind, or no valid apiVersion']],
    ['a missing inventory', '{name: c, object: good.yaml, inventory: [x.yaml], assertions: [{}]}', ['suite.yaml GG407 5:42 "x.yaml" does not exist']],
    ['an empty inventory', '{name: c, object: good.yaml, inventory: [empty.yaml], assertions: [{}]}', ['suite.yaml GG407 5:42 "empty.yaml" holds no object']],
    ['an inventory without kinds', '{name: c, object: good.yaml, inventory: [plain.yaml], assertions: [{}]}', ['plain.yaml GG322 1:1 the object cannot be in the inventory: it has no kind, or no valid apiVersion']],
    ['a count that is none', '{name: c, object: good.yaml, assertions: [{violations: maybe}]}', ['suite.yaml GG410 5:43 violations must be a number from 0, "yes" or "no", not "maybe"']],
    ['a message that is no RE2', '{name: c, object: good.yaml, assertions: [{violations: no, message: "("}]}', ['suite.yaml GG410 5:43 message is not a valid RE2 expression: error parsing regexp: missing closing ): `(`']],
  ]
  test.each(cases)('%s', async (_name, text, said) => {
    write('two.yaml', 'kind: A\n---\nkind: B\n')
    write('empty.yaml', '# nothing\n')
    write('plain.yaml', 'a: 1\n')
    write('suite.yaml', suite(`${text},\n${GOOD}`))
    expect(await run()).toMatchObject({ outcomes: ['suite.yaml t/c: error', 'suite.yaml t/good: pass'], said, exit: 3 })
  })

  test('a rule that comes to no verdict', async () => {
    write('template.yaml', fixtureTemplate('FixtureOdd', 'odd'))
    write('constraint.yaml', constraintOf('FixtureOdd', 'odd', { parameters: { case: 'conflict' } }))
    write('suite.yaml', suite(GOOD))
    expect(await run()).toMatchObject({
      outcomes: ['suite.yaml t/good: error'],
      said: ['suite.yaml GG331 5:1 FixtureOdd "odd" came to no verdict: odd.rego:24:1: var assignment conflict'],
      exit: 3,
    })
  })
})

describe('a test that cannot be run', () => {
  const cases: [name: string, head: string, said: RegExp[]][] = [
    ['no template', 'name: t, constraint: constraint.yaml', [/^suite.yaml GG409 4:3 test "t" names no template$/]],
    ['no constraint', 'name: t, template: template.yaml', [/^suite.yaml GG409 4:3 test "t" names no constraint$/]],
    ['a missing template', 'name: t, template: x.yaml, constraint: constraint.yaml', [/^suite.yaml GG407 4:23 "x.yaml" does not exist$/]],
    ['a template that is none', 'name: t, template: good.yaml, constraint: constraint.yaml', [/^good.yaml GG301 1:\d+ "v1" "Pod" is not a ConstraintTemplate$/]],
    ['an empty template', 'name: t, template: empty.yaml, constraint: constraint.yaml', [/^GG407 - "empty.yaml" holds no template$/]],
    ['a constraint that is none', 'name: t, template: template.yaml, constraint: good.yaml', [/^good.yaml GG311 1:\d+ the document is not a constraint$/]],
    ['broken YAML', 'name: t, template: broken.yaml, constraint: constraint.yaml', [/^broken.yaml GG010 /]],
    ['a template that is not in the catalogue', 'name: t, template: foreign.yaml, constraint: constraint.yaml', [/^foreign.yaml GG306 1:\d+ template "FixtureLabels" was not evaluated: its Rego is not that of the catalogue's "FixtureLabels"$/]],
    ['an expansion', 'name: t, template: template.yaml, constraint: constraint.yaml, expansion: e.yaml', [/^suite.yaml GG411 4:\d+ test "t" was not run: ExpansionTemplates are not evaluated$/]],
  ]
  test.each(cases)('%s', async (_name, head, said) => {
    write('broken.yaml', 'a: [\n')
    write('empty.yaml', '')
    write('foreign.yaml', JSON.stringify(fixtureTemplate('FixtureLabels', 'labels')).replace('fixture.labels', 'fixture.changed'))
    write('suite.yaml', suite(`${GOOD},\n${BAD}`, head))
    expect(await run()).toMatchObject({
      outcomes: ['suite.yaml t/good: error', 'suite.yaml t/bad: error'],
      said: said.map((pattern) => expect.stringMatching(pattern) as string),
      exit: 3,
    })
  })

  test('leaves the tests beside it alone', async () => {
    const broken = '- {name: u, template: x.yaml, constraint: constraint.yaml, cases: [{name: c, object: good.yaml}]}\n'
    write('suite.yaml', suite(GOOD) + broken)
    expect(await run()).toMatchObject({ outcomes: ['suite.yaml t/good: pass', 'suite.yaml u/c: error'], exit: 3 })
  })

  test('without the compiled catalogue nothing passes', async () => {
    write('suite.yaml', suite(GOOD))
    expect(await run({ policies: join(folder, 'none') })).toMatchObject({
      outcomes: ['suite.yaml t/good: error'],
      said: [expect.stringMatching(/^template.yaml GG307 1:\d+ the compiled catalogue cannot be used: /)],
      exit: 3,
    })
  })

  test('without cases it is skipped, with a warning', async () => {
    write('suite.yaml', suite(''))
    expect(await run()).toMatchObject({ outcomes: ['suite.yaml t: skip'], said: ['suite.yaml GG409? 4:3 test "t" has no cases'], exit: 0 })
  })
})

describe('invalid: true', () => {
  const HEAD = 'name: t, template: template.yaml, constraint: constraint.yaml, invalid: true'
  const cases: [name: string, constraint: JsonValue, outcome: string, exit: number][] = [
    ['a constraint that the schema refuses', constraintOf('FixtureLabels', 'c', { enforcementAction: 1 }), 'pass', 0],
    ['a valid constraint', constraintOf('FixtureLabels', 'c'), 'fail', 1],
    ['a constraint that something else refuses', constraintOf('Other', 'c'), 'error', 3],
    ['unknown fields are not the schema', constraintOf('FixtureLabels', 'c', { parameter: {} }), 'error', 3],
  ]
  test.each(cases)('%s', async (_name, constraint, outcome, exit) => {
    write('constraint.yaml', constraint)
    write('suite.yaml', suite('', HEAD))
    const { outcomes, exit: code } = await run()
    expect([outcomes, code]).toEqual([[`suite.yaml t: ${outcome}`], exit])
  })

  test('needs no compiled template, and its cases do not run', async () => {
    write('constraint.yaml', constraintOf('FixtureLabels', 'c', { enforcementAction: 1 }))
    write('suite.yaml', suite('{name: c, object: missing.yaml, assertions: [{}]}', HEAD))
    expect(await run({ policies: join(folder, 'none') })).toMatchObject({ outcomes: ['suite.yaml t: pass'], said: [], exit: 0 })
  })
})

describe('what is found', () => {
  const tree = () => {
    write('b/suite.yaml', suite(`{name: c, object: ../good.yaml, assertions: [{violations: no}]}`, 'name: t, template: ../template.yaml, constraint: ../constraint.yaml'))
    write('b/deep/x.yml', suite(`{name: c, object: ../../good.yaml, assertions: [{violations: no}]}`, 'name: t, template: ../../template.yaml, constraint: ../../constraint.yaml'))
    write('a.yaml', suite(GOOD))
    write('c.json', suite(GOOD))
    write('notes.txt', suite(GOOD))
  }
  const cases: [name: string, paths: string[], outcomes: string[]][] = [
    ['everything below a directory, in order', ['./...'], ['a.yaml t/good: pass', 'b/deep/x.yml t/c: pass', 'b/suite.yaml t/c: pass']],
    ['three dots alone are the working directory', ['...'], ['a.yaml t/good: pass', 'b/deep/x.yml t/c: pass', 'b/suite.yaml t/c: pass']],
    ['a directory alone', ['b'], ['b/suite.yaml t/c: pass']],
    ['a directory with a slash', ['b/'], ['b/suite.yaml t/c: pass']],
    ['a file', ['b/deep/x.yml'], ['b/deep/x.yml t/c: pass']],
    ['several paths, each suite once', ['b/...', 'a.yaml', 'b/suite.yaml'], ['a.yaml t/good: pass', 'b/deep/x.yml t/c: pass', 'b/suite.yaml t/c: pass']],
    ['a way up and down again', ['b/../b/deep'], ['b/deep/x.yml t/c: pass']],
  ]
  test.each(cases)('%s', async (_name, paths, outcomes) => {
    tree()
    expect(await run({ paths })).toMatchObject({ outcomes, said: [], exit: 0 })
  })

  test('an absolute path is shown as such', async () => {
    tree()
    expect((await run({ paths: [join(folder, 'b')] })).outcomes).toEqual([`${join(folder, 'b/suite.yaml')} t/c: pass`])
  })

  test('links to files count, links to directories are not followed, and loops end', async () => {
    tree()
    mkdirSync(join(folder, 'links'))
    symlinkSync('../b/suite.yaml', join(folder, 'links/linked.yaml'))
    symlinkSync('..', join(folder, 'links/loop'))
    symlinkSync('nowhere.yaml', join(folder, 'links/dangling.yaml'))
    expect(await run({ paths: ['links/...'] })).toMatchObject({ outcomes: ['links/linked.yaml t/c: pass'], exit: 0 })
  })

  test('nothing at all is exit 2', async () => {
    expect(await run({ paths: ['.'] })).toMatchObject({ outcomes: [], said: ['GG401 - no tests found at "."'], exit: 2 })
  })

  test('a suite without tests is exit 2', async () => {
    write('suite.yaml', 'apiVersion: test.gatekeeper.sh/v1alpha1\nkind: Suite\n')
    expect(await run()).toMatchObject({ outcomes: ['suite.yaml: pass'], said: ['GG401 - no tests found at "./..."'], exit: 2 })
  })

  const bad: [name: string, path: string, said: RegExp][] = [
    ['a path that does not exist', 'x', /^GG402 - no suites at "x": it does not exist$/],
    ['a file of another kind', 'notes.txt', /^GG402 - no suites at "notes.txt": a suite is a \*\.yaml or \*\.yml file$/],
    ['a file that is searched', 'a.yaml/...', /^GG402 - no suites at "a.yaml\/\.\.\.": /],
    ['a file that is no suite', 'good.yaml', /^GG402 - "good.yaml" is not a Suite$/],
  ]
  test.each(bad)('%s is an error, beside others exit 3', async (_name, path, said) => {
    tree()
    const alone = await run({ paths: [path] })
    const beside = await run({ paths: [path, 'a.yaml'] })
    expect([alone.said.filter((line) => said.test(line)).length, alone.exit, beside.exit]).toEqual([1, 2, 3])
    expect(beside.outcomes).toContain('a.yaml t/good: pass')
  })

  test('a suite that cannot be read does not hide the others', async () => {
    tree()
    write('broken.yaml', 'apiVersion: test.gatekeeper.sh/v1alpha1\nkind: Suite\ntests: [\n')
    write('typed.yaml', 'apiVersion: test.gatekeeper.sh/v1alpha1\nkind: Suite\ntests: 5\n')
    const { outcomes, said, exit } = await run({ paths: ['.'] })
    expect([outcomes, said, exit]).toEqual([
      ['a.yaml t/good: pass', 'broken.yaml: error', 'typed.yaml: error'],
      [expect.stringMatching(/^broken.yaml GG010 /), 'typed.yaml GG403 3:8 tests must be a list'],
      3,
    ])
  })

  test('a second suite in one file is ignored, with a warning', async () => {
    write('suite.yaml', `${suite(GOOD)}---\n${suite(BAD)}`)
    expect(await run()).toMatchObject({
      outcomes: ['suite.yaml t/good: pass'],
      said: [expect.stringMatching(/^suite.yaml GG408\? 8:1 a second suite in one file is ignored/)],
      exit: 0,
    })
  })

  test('samples that nobody uses are warnings', async () => {
    write('x/samples/used.yaml', pod('u', { team: 'a' }))
    write('x/samples/unused.yaml', pod('n'))
    write('x/samples/kustomization.yaml', 'resources: []\n')
    write('x/suite.yaml', suite('{name: c, object: samples/used.yaml, assertions: [{violations: no}]}', 'name: t, template: ../template.yaml, constraint: ../constraint.yaml'))
    expect([(await run()).said, (await run({ paths: ['x'] })).said]).toEqual([['GG405? - no suite uses the sample "x/samples/unused.yaml"'], []])
  })
})

describe('hostile files', () => {
  test('that are too large or not text are errors of their case', async () => {
    write('large.yaml', '')
    truncateSync(join(folder, 'large.yaml'), 17 * 1024 * 1024)
    writeFileSync(join(folder, 'binary.yaml'), Buffer.from([0xff, 0x00, 0xfe, 0x80]))
    write('suite.yaml', suite('{name: large, object: large.yaml, assertions: [{}]},\n{name: binary, object: binary.yaml, assertions: [{}]}'))
    expect(await run()).toMatchObject({
      outcomes: ['binary.yaml: error', 'large.yaml: error', 'suite.yaml t/large: error', 'suite.yaml t/binary: error'],
      said: ['suite.yaml GG407 5:23 "large.yaml" is ', 'suite.yaml GG407 6:24 "binary.yaml" is ', 'GG402 - "binary.yaml" is ', 'GG402 - "large.yaml" is '].map(
        (start) => start + (start.includes('large') ? 'larger than 16 MiB' : 'not text: it is not valid UTF-8'),
      ),
      exit: 3,
    })
  })

  test('with names that JavaScript gives a meaning are objects like any other', async () => {
    write('good.yaml', '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"constructor","labels":{"team":"a","__proto__":"x"}},"__proto__":{"kind":"x"}}')
    write('suite.yaml', suite('{name: __proto__, object: good.yaml, inventory: [good.yaml], assertions: [{violations: no}]}', 'name: __proto__, template: template.yaml, constraint: constraint.yaml'))
    expect(await run()).toMatchObject({ outcomes: ['suite.yaml __proto__/__proto__: pass'], exit: 0 })
  })

  test('with control characters in names reach the terminal escaped', async () => {
    write('suite.yaml', suite('{name: "a\\u001b[2J", object: "x\\u0007.yaml", assertions: [{}]}'))
    const { result, said } = await run()
    expect([/[\u0000-\u0009\u000b-\u001f]/.test(renderSuiteText(result)), said]).toEqual([false, ['suite.yaml GG407 5:30 "x\\u0007.yaml" does not exist']])
  })
})

describe('--run', () => {
  test('leaves out what it does not select', async () => {
    write('a.yaml', suite(`${GOOD},\n${BAD}`))
    write('b.yaml', suite(GOOD, 'name: other, template: x.yaml, constraint: x.yaml'))
    expect(await run({ run: '^t$//bad' })).toMatchObject({ outcomes: ['a.yaml t/bad: pass'], said: [], exit: 0 })
  })

  test('that selects nothing is exit 2', async () => {
    write('suite.yaml', suite(GOOD))
    expect(await run({ run: 'goood' })).toMatchObject({ outcomes: [], said: ['GG401 - no test or case at "./..." matches --run "goood"'], exit: 2 })
  })

  test('that is no RE2 is exit 2', async () => {
    write('suite.yaml', suite(GOOD))
    expect(await run({ run: '(' })).toMatchObject({ outcomes: [], said: [expect.stringMatching(/^GG406 - --run "\(" is not valid: /)], exit: 2 })
  })
})

test('the result is the same from run to run, but for the durations', async () => {
  write('a.yaml', suite(`${GOOD},\n${BAD}`))
  write('b.yaml', suite(BAD, 'name: u, template: x.yaml, constraint: x.yaml'))
  const text = async () => JSON.stringify((await run()).result).replace(/"durationMs":[\d.e-]+/g, '')
  expect(await text()).toBe(await text())
})

test('doubts about files that can be used are told once, and change nothing', async () => {
  write('large.yaml', 'apiVersion: v1\nkind: Pod\nmetadata: {name: good, labels: {team: a}}\nspec: 9007199254740993\n')
  write('two.yaml', `${JSON.stringify(fixtureTemplate('FixtureLabels', 'labels'))}\n---\nkind: Other\n`)
  write('constraint.yaml', constraintOf('FixtureLabels', 'c', { enforcementAction: 'block', parameters: { labels: { team: 'a' } } }))
  const head = 'name: t, template: two.yaml, constraint: constraint.yaml'
  for (const name of ['a', 'b']) write(`${name}.yaml`, suite('{name: c, object: large.yaml, assertions: [{violations: no}]}', head))
  expect(await run()).toMatchObject({
    outcomes: ['a.yaml t/c: pass', 'b.yaml t/c: pass'],
    said: [
      expect.stringMatching(/^constraint.yaml GG316\? 1:\d+ unknown enforcement action "block"$/),
      expect.stringMatching(/^large.yaml GG019\? 4:7 /),
      'two.yaml GG408? 3:1 everything after the first document is ignored: a test has one template',
    ],
    exit: 0,
  })
})

test('a template shared by suites is complained about once', async () => {
  write('foreign.yaml', JSON.stringify(fixtureTemplate('FixtureLabels', 'labels')).replace('fixture.labels', 'fixture.changed'))
  for (const name of ['a', 'b']) write(`${name}.yaml`, suite(GOOD, 'name: t, template: foreign.yaml, constraint: constraint.yaml'))
  expect((await run()).said).toHaveLength(1)
})
