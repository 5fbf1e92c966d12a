import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JsonObject, JsonValue } from '../../src/input/index.ts'
import { describeDifferences, runBoth, type OracleRule, type OracleTest } from './gator.ts'
import { lacksTools } from './tools.ts'

// What rules get to see, and which constraints are taken at all: rules that print their whole input are judged by both.

const DEEP = process.env['GRAPHGATE_DEEP'] === '1'
const SCHEMAS = DEEP ? 1_000 : 100
const REVIEWS = DEEP ? 2_000 : 200

const seed = Number(process.env['GRAPHGATE_SEED'] ?? Date.now() % 2 ** 31)
const from = <T>(values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values)
const rarely = <T, U>(usual: fc.Arbitrary<T>, rare: fc.Arbitrary<U>): fc.Arbitrary<T | U> =>
  fc.oneof({ weight: 12, arbitrary: usual }, { weight: 1, arbitrary: rare })
const partial = (fields: Record<string, fc.Arbitrary<JsonValue>>): fc.Arbitrary<JsonObject> =>
  fc.record(fields, { requiredKeys: [] }).map((record) => record as JsonObject)

const KEYS = ['a', 'b', 'c']
const scalar = from<JsonValue>([null, true, false, 0, 1, 2, -3, 1.5, 2147483648, '', 'a', 'ab', 'ä€😀', 'A-1', '10'])
const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    scalar,
    fc.dictionary(from([...KEYS, 'd']), tie('value'), { maxKeys: 3 }),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
}))

/** A structural schema, and values that mostly fit it. */
interface Typed {
  schema: JsonObject
  fits: fc.Arbitrary<JsonValue>
}

const withNull = (typed: Typed): fc.Arbitrary<Typed> => from([typed, { schema: { ...typed.schema, nullable: true }, fits: rarely(typed.fits, fc.constant(null)) }])
const withDefault = (typed: Typed): fc.Arbitrary<Typed> => fc.constant(typed)

const string = fc
  .record({ limits: partial({ minLength: from([0, 1, 2]), maxLength: from([2, 3]), pattern: from(['^[a-z]*$', 'a', '\\d', '^.b']), enum: fc.constant(['a', 'ab', 'A-1']) }) })
  .map(({ limits }): Typed => ({ schema: { type: 'string', ...limits }, fits: from(['a', 'ab', 'abc', '', 'A-1', '10']) }))
const numeric = fc
  .record({
    type: from(['integer', 'number']),
    limits: partial({ minimum: from([-3, 0, 1]), maximum: from([1, 2]), exclusiveMinimum: fc.boolean(), exclusiveMaximum: fc.boolean(), multipleOf: from([1, 2]), format: from(['int32', 'int64']), enum: fc.constant([0, 1, 2]) }),
  })
  .map(({ type, limits }): Typed => ({ schema: { type, ...limits }, fits: from<JsonValue>([0, 1, 2, -3, ...(type === 'number' ? [1.5] : [])]) }))
const simple = fc.oneof(
  string,
  numeric,
  fc.constant<Typed>({ schema: { type: 'boolean' }, fits: fc.boolean() }),
  fc.constant<Typed>({ schema: { 'x-kubernetes-int-or-string': true }, fits: from<JsonValue>([1, 'a']) }),
  fc.constant<Typed>({ schema: { 'x-kubernetes-preserve-unknown-fields': true }, fits: value }),
)

const { typed } = fc.letrec<{ typed: Typed }>((tie) => ({
  typed: fc.oneof(
    { depthSize: 'small' },
    simple.chain(withNull).chain(withDefault),
    fc.tuple(tie('typed'), partial({ minItems: from([0, 1]), maxItems: from([1, 2]) })).map(([items, limits]): Typed => ({
      schema: { type: 'array', items: items.schema, ...limits },
      fits: fc.array(items.fits, { maxLength: 2 }),
    })),
    fc.tuple(tie('typed'), partial({ minProperties: from([0, 1]), maxProperties: from([1, 2]) })).map(([items, limits]): Typed => ({
      schema: { type: 'object', additionalProperties: items.schema, ...limits },
      fits: fc.dictionary(from(KEYS), items.fits, { maxKeys: 2 }),
    })),
    objectOf(tie('typed')),
  ),
}))

function objectOf(member: fc.Arbitrary<Typed>): fc.Arbitrary<Typed> {
  return fc
    .record({
      members: fc.dictionary(from(KEYS), fc.tuple(member, fc.boolean()), { maxKeys: 3 }),
      required: fc.subarray(KEYS, { maxLength: 2 }),
      preserve: fc.integer({ min: 0, max: 5 }),
      some: fc.integer({ min: 0, max: 5 }),
    })
    .chain(({ members, required, preserve, some }) => {
      const fits = fc.record(Object.fromEntries(Object.entries(members).map(([key, [one]]) => [key, one.fits])), { requiredKeys: required.filter((key) => Object.hasOwn(members, key)) })
      // A default must fit; the fitting values are drawn once for each member that has one.
      const defaults = fc.record(Object.fromEntries(Object.entries(members).filter(([, [, has]]) => has).map(([key, [one]]) => [key, one.fits])))
      return defaults.map((drawn): Typed => ({
        schema: {
          type: 'object',
          properties: Object.fromEntries(Object.entries(members).map(([key, [one]]) => [key, Object.hasOwn(drawn, key) && drawn[key] !== null ? { ...one.schema, default: drawn[key] as JsonValue } : one.schema])),
          ...(required.length > 0 && { required }),
          ...(preserve === 0 && { 'x-kubernetes-preserve-unknown-fields': true }),
          ...(some === 0 && { anyOf: [{ required: ['a'] }, { minProperties: 2 }] }),
          ...(some === 1 && { not: { required: ['b', 'c'] } }),
          ...(some === 2 && { oneOf: [{ required: ['a'] }, { required: ['b'] }] }),
        },
        fits: fits.map((record) => record as JsonValue),
      }))
    })
}

const parameterTests: fc.Arbitrary<OracleTest[]> = fc.tuple(objectOf(typed), fc.uuid()).chain(([{ schema, fits }, id]) => {
  const kind = `Oracle${id.replaceAll('-', '')}`
  const rule: OracleRule = { kind, parameters: schema, rego: echoRego(kind, 'input.parameters') }
  const constraint = (spec: JsonObject): JsonObject => ({ apiVersion: 'constraints.gatekeeper.sh/v1beta1', kind, metadata: { name: 'c' }, spec })
  const cases = [{ object: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' } }, inventory: [] }]
  return fc.array(fc.oneof({ weight: 3, arbitrary: fits }, { weight: 1, arbitrary: value }), { minLength: 4, maxLength: 4 }).map((values) => [
    { rule, constraint: constraint({}), cases },
    ...values.flatMap((parameters) => [
      { rule, constraint: constraint({ parameters }), cases },
      { rule, constraint: constraint({ parameters }), cases: [], invalid: true },
    ]),
  ])
})

/** A rule whose one message is what it sees. */
function echoRego(kind: string, what: string): string {
  return `package oracle.${kind.toLowerCase()}\n\nviolation contains {"msg": sprintf("%v", [${what}])} if input.review\n`
}

const ECHO: OracleRule = { kind: 'OracleEcho', rego: echoRego('OracleEcho', '[input, data.inventory]') }
const object: fc.Arbitrary<JsonObject> = fc
  .record({
    type: rarely(from([['v1', 'Pod'], ['apps/v1', 'Deployment'], ['v1', 'Node']]), from([['', 'Pod'], ['v1', 'List']])),
    metadata: partial({ name: from(['a', 'b']), generateName: fc.constant('g-'), namespace: from(['prod', 'dev']), labels: fc.dictionary(from(KEYS), from(['x', ''])) }),
    rest: partial({ spec: value, status: value, items: value }),
  })
  .map(({ type: [apiVersion = '', kind = ''], metadata, rest }) => ({ apiVersion, kind, metadata, ...rest }))
const triple = (last: string) => partial({ group: from(['', 'apps']), version: fc.constant('v1'), [last]: fc.constant('x') })
const request = partial({
  uid: fc.constant('u'),
  kind: triple('kind'),
  resource: triple('resource'),
  subResource: from(['', 'scale']),
  requestKind: triple('kind'),
  requestResource: triple('resource'),
  requestSubResource: from(['', 'scale']),
  name: from(['', 'n']),
  namespace: from(['', 'prod']),
  operation: from(['CREATE', 'UPDATE', 'DELETE', 'CONNECT']),
  userInfo: partial({ username: from(['', 'jane']), uid: from(['', '7']), groups: from<JsonValue>([[], ['a'], null]), extra: from<JsonValue>([{}, { a: ['b'] }, null]) }),
  object,
  oldObject: object,
  dryRun: from<JsonValue>([true, false, null]),
  options: from<JsonValue>([null, { kind: 'CreateOptions', apiVersion: 'v1' }]),
})
const review = request.map((request): JsonObject => ({ apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', request }))
const echoTest: fc.Arbitrary<OracleTest> = fc
  .array(fc.record({ object: fc.oneof(object, review), inventory: fc.array(object, { maxLength: 4 }) }), { minLength: 10, maxLength: 10 })
  .map((cases) => ({ rule: ECHO, constraint: { apiVersion: 'constraints.gatekeeper.sh/v1beta1', kind: ECHO.kind, metadata: { name: 'c' } }, cases }))

describe.skipIf(lacksTools('opa', 'gator'))('verdicts against gator verify', () => {
  test(`${SCHEMAS} parameter schemas take, refuse and complete the same parameters`, async () => {
    const tests = fc.sample(parameterTests, { numRuns: SCHEMAS, seed }).flat()
    const outcomes = await runBoth(tests)
    expect(describeDifferences(tests, outcomes).slice(0, 10), `GRAPHGATE_SEED=${seed}`).toEqual([])
    const kinds = [...outcomes.gator.values()]
    for (const kind of ['pass', 'fail']) expect([kind, kinds.filter((value) => value === kind).length > SCHEMAS / 10]).toEqual([kind, true])
    expect(kinds.filter((value) => value.startsWith('[')).length).toBeGreaterThan(SCHEMAS)
  }, 900_000)

  test(`rules see the same input and inventory in ${REVIEWS} reviews`, async () => {
    const tests = fc.sample(echoTest, { numRuns: REVIEWS / 10, seed })
    const outcomes = await runBoth(tests)
    expect(describeDifferences(tests, outcomes).slice(0, 10), `GRAPHGATE_SEED=${seed}`).toEqual([])
    expect([...outcomes.gator.values()].filter((value) => value.startsWith('[[{')).length).toBeGreaterThan(REVIEWS / 2)
  }, 900_000)
})
