import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  buildInventory,
  createEngine,
  openCatalogue,
  readConstraint,
  reviewObject,
  type ResolveProgram,
  type RunnableConstraint,
} from '../../src/gatekeeper/index.ts'
import type { JsonObject } from '../../src/input/index.ts'
import { brief, constraintOf, documentOfValue, fixtureTemplate, loadTemplate, writeFixtureCatalogue } from './support.ts'

const POD: JsonObject = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'prod', labels: { owner: 'ann' } } }
const EMPTY = buildInventory([]).inventory

let folder = ''
let resolve: ResolveProgram
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'graphgate-engine-'))
  writeFixtureCatalogue(folder)
  resolve = openCatalogue(folder)
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

async function runnable(kind: string, rule: string, name: string, spec: JsonObject): Promise<RunnableConstraint> {
  const template = await loadTemplate(fixtureTemplate(kind, rule))
  const { constraint, diagnostics } = readConstraint(documentOfValue(constraintOf(kind, name, spec)), template)
  const program = resolve(template)
  if (constraint === undefined || 'code' in program) throw new Error(JSON.stringify([diagnostics, program]))
  return { constraint, program }
}

const labels = (name: string, spec: JsonObject) => runnable('FixtureLabels', 'labels', name, spec)
const owner = (name: string, spec: JsonObject) => runnable('FixtureOwner', 'owner', name, spec)
const odd = (which: string) => runnable('FixtureOdd', 'odd', 'odd', { parameters: { case: which } })

describe('the verdicts of an engine', () => {
  test('are one for each constraint that is about the object, in order of kind and name', async () => {
    const engine = createEngine([
      await owner('z', {}),
      await labels('b', { parameters: { labels: { team: 'a' } }, enforcementAction: 'warn' }),
      await labels('a', { parameters: { labels: { owner: 'ann' } } }),
      await labels('c', { match: { kinds: [{ kinds: ['Service'] }] }, parameters: { labels: { team: 'a' } } }),
    ])
    expect(engine.review(reviewObject(POD), EMPTY)).toEqual([
      { constraint: { kind: 'FixtureLabels', name: 'a' }, enforcementAction: 'deny', actions: ['deny'], violations: [] },
      {
        constraint: { kind: 'FixtureLabels', name: 'b' },
        enforcementAction: 'warn',
        actions: ['warn'],
        violations: [{ msg: 'web needs the label team=a', details: { label: 'team', operation: '' } }],
      },
      {
        constraint: { kind: 'FixtureOwner', name: 'z' },
        enforcementAction: 'deny',
        actions: ['deny'],
        violations: [{ msg: 'no owner called ann', details: { owner: 'ann' } }],
      },
    ])
  })

  test('look into the inventory that the review comes with', async () => {
    const engine = createEngine([await owner('o', {})])
    const object = (metadata: JsonObject): JsonObject => ({ apiVersion: 'example.com/v1', kind: 'Owner', metadata })
    const verdicts = [[object({ name: 'ann' })], [], [object({ name: 'ann', namespace: 'prod' })], [object({ name: 'ann', namespace: 'dev' })]].map(
      (objects) => engine.review(reviewObject(POD), buildInventory(objects).inventory)[0]?.violations.length,
    )
    expect(verdicts).toEqual([0, 1, 0, 1])
  })

  test('are silent where a scoped constraint does not act', async () => {
    const spec = {
      enforcementAction: 'scoped',
      scopedEnforcementActions: [{ action: 'warn', enforcementPoints: [{ name: 'audit.gatekeeper.sh' }] }],
      parameters: { labels: { team: 'a' } },
    }
    const constraint = await labels('scoped', spec)
    const messages = (point: 'audit.gatekeeper.sh' | 'gator.gatekeeper.sh') =>
      createEngine([constraint], { point }).review(reviewObject(POD), EMPTY).map(({ actions, violations }) => [actions, violations.length])
    expect([messages('gator.gatekeeper.sh'), messages('audit.gatekeeper.sh')]).toEqual([[], [[['warn'], 1]]])
  })

  test('reject where it cannot be told whether a constraint is about the object', async () => {
    const engine = createEngine([await labels('l', { match: { namespaceSelector: { matchLabels: { env: 'prod' } } }, parameters: {} })])
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'prod', labels: { env: 'prod' } } }
    expect(engine.review(reviewObject(POD), EMPTY).map(({ violations }) => violations)).toEqual([
      [
        {
          msg: 'unable to match constraints: error matching the requested object: web :failed to run Match criteria: namespace selector for namespace-scoped object but missing Namespace',
          details: {},
        },
      ],
    ])
    expect(engine.review(reviewObject(POD), buildInventory([namespace]).inventory).map(({ violations }) => violations)).toEqual([[]])
    expect(engine.review(reviewObject(POD, namespace), EMPTY).map(({ violations }) => violations)).toEqual([[]])
  })
})

describe('violations that are not as they should be', () => {
  const cases: [name: string, which: string, outcome: object][] = [
    ['text instead of a map says nothing', 'text', { violations: [] }],
    ['a map without msg says nothing', 'no msg', { violations: [] }],
    ['equal msg and details are one violation', 'twice', { violations: [{ msg: 'twice', details: {} }] }],
    ['messages are in order', 'order', { violations: ['B', 'a', 'b', 'ä'].map((msg) => ({ msg, details: {} })) }],
    ['a msg that is no text is an error', 'number', { violations: [], error: "a violation's msg is not a string: 5" }],
    ['an unsupported builtin is an error', 'builtin', { violations: [], error: 'the builtin time.now_ns is not supported' }],
    ['a conflict is an error', 'conflict', { violations: [], error: 'odd.rego:24:1: var assignment conflict' }],
  ]
  test.each(cases)('%s', async (_name, which, outcome) => {
    const [verdict] = createEngine([await odd(which)]).review(reviewObject(POD), EMPTY)
    expect(verdict).toEqual({ constraint: { kind: 'FixtureOdd', name: 'odd' }, enforcementAction: 'deny', actions: ['deny'], ...outcome })
  })

  test('an error of one constraint leaves the others their verdicts', async () => {
    const engine = createEngine([await odd('conflict'), await labels('l', { parameters: { labels: { team: 'a' } } })])
    expect(engine.review(reviewObject(POD), EMPTY).map(({ violations, error }) => [violations.length, error !== undefined])).toEqual([
      [1, false],
      [0, true],
    ])
  })

  test('an entrypoint without a value is an error, not a pass', async () => {
    const { constraint, program } = await labels('l', {})
    const [verdict] = createEngine([{ constraint, program: { ...program, entrypoint: 'adapter/missing' } }]).review(reviewObject(POD), EMPTY)
    expect(verdict?.error).toBe('adapter/missing has no set of violations as its value; a rule that finds nothing has an empty one')
  })
})

describe('the compiled catalogue', () => {
  test('knows a template by the hash of its Rego alone', async () => {
    const renamed = await loadTemplate(fixtureTemplate('AnotherName', 'labels', { type: 'object' }))
    expect(resolve(renamed)).toMatchObject({ entrypoint: 'fixture/labels/violation' })
  })

  test('does not evaluate a template that it does not know, and says whether it was changed', async () => {
    const changed = fixtureTemplate('FixtureLabels', 'owner')
    const foreign = fixtureTemplate('Foreign', 'adapter')
    const said = []
    for (const value of [changed, foreign]) {
      const text = JSON.stringify(value).replace('package fixture.', 'package other.')
      const program = resolve(await loadTemplate(JSON.parse(text) as JsonObject))
      said.push('code' in program ? brief(program) : program)
    }
    expect(said).toEqual([
      expect.stringMatching(/^GG306 1:\d+ template "FixtureLabels" was not evaluated: its Rego is not that of the catalogue's "FixtureLabels"$/),
      expect.stringMatching(/^GG306 1:\d+ template "Foreign" was not evaluated: it is not in the catalogue$/),
    ])
  })

  const broken: [name: string, change: (folder: string) => void, message: RegExp][] = [
    ['a missing manifest', (path) => { rmSync(join(path, 'manifest.json')) }, /manifest\.json/],
    ['a manifest that is no JSON', (path) => { writeFileSync(join(path, 'manifest.json'), '{') }, /JSON/],
    ['another version', (path) => { writeFileSync(join(path, 'manifest.json'), '{"schemaVersion":2}') }, /of another version/],
    ['a missing module', (path) => { rmSync(join(path, 'catalogue.wasm')) }, /catalogue\.wasm/],
    [
      'a module with one byte changed',
      (path) => {
        const wasm = readFileSync(join(path, 'catalogue.wasm'))
        wasm[1000] = (wasm[1000] ?? 0) ^ 1
        writeFileSync(join(path, 'catalogue.wasm'), wasm)
      },
      /catalogue\.wasm is not the file that manifest\.json describes/,
    ],
  ]
  test.each(broken)('with %s evaluates nothing', async (_name, change, message) => {
    const copy = mkdtempSync(join(tmpdir(), 'graphgate-engine-'))
    writeFixtureCatalogue(copy)
    change(copy)
    const program = openCatalogue(copy)(await loadTemplate(fixtureTemplate('FixtureLabels', 'labels')))
    rmSync(copy, { recursive: true })
    expect('code' in program && [program.code, program.message]).toEqual(['GG307', expect.stringMatching(message)])
  })
})
