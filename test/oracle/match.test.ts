import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JsonObject, JsonValue } from '../../src/input/index.ts'
import { describeDifferences, runBoth, type OracleRule, type OracleTest } from './gator.ts'
import { lacksTools } from './tools.ts'

// Which constraints are about which requests: generated matches, objects and AdmissionReviews, judged by both.

const PAIRS = process.env['GRAPHGATE_DEEP'] === '1' ? 10_000 : 1_000
const CASES = 10

const SEEN: OracleRule = {
  kind: 'OracleSeen',
  rego: 'package oracle.oracleseen\n\nviolation contains {"msg": "seen"} if input.review\n',
}

const NAMES = ['a', 'web', 'web-1', 'prod', 'kube-system']
const NAMESPACES = ['prod', 'dev', 'kube-system']
const LABELS = ['app', 'env', 'kro.dev/graph']
const VALUES = ['a', 'prod', '']

const from = <T>(values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values)
const rarely = <T, U>(usual: fc.Arbitrary<T>, rare: fc.Arbitrary<U>): fc.Arbitrary<T | U> =>
  fc.oneof({ weight: 15, arbitrary: usual }, { weight: 1, arbitrary: rare })
/** A map whose fields are each there or not. */
const partial = (fields: Record<string, fc.Arbitrary<JsonValue>>): fc.Arbitrary<JsonObject> =>
  fc.record(fields, { requiredKeys: [] }).map((record) => record as JsonObject)

const wildcard = fc
  .tuple(from(['', '*']), fc.oneof(from([...NAMES, ...NAMESPACES]), from(['', 'we', 'sys', '-', '*'])), from(['', '*']))
  .map((parts) => parts.join(''))
const labels = rarely(fc.dictionary(from(LABELS), from(VALUES), { maxKeys: 3 }), fc.dictionary(from(LABELS), fc.oneof(from<JsonValue>([1, null, 'a'])), { maxKeys: 3 }))

const expression = rarely(
  fc.oneof(
    fc.record({ key: from(LABELS), operator: from(['In', 'NotIn']), values: fc.array(from(VALUES), { minLength: 1, maxLength: 2 }) }),
    fc.record({ key: from(LABELS), operator: from(['Exists', 'DoesNotExist']) }),
  ),
  fc.record({ key: from([...LABELS, 'a b', '/x']), operator: from(['In', 'Exists', 'in', '']), values: fc.array(from(['x', '-']), { maxLength: 1 }) }),
)
const selector = partial({
  matchLabels: fc.dictionary(from(LABELS), from(VALUES), { maxKeys: 2 }),
  matchExpressions: fc.array(expression, { maxLength: 2 }),
})
const list = (values: readonly string[]) => fc.array(from(values), { maxLength: 2 })
const match = partial({
  kinds: fc.array(partial({ apiGroups: list(['', '*', 'apps', 'example.com']), kinds: list(['*', 'Pod', 'Deployment', 'Namespace', 'Po*']) }), { maxLength: 2 }),
  scope: from(['*', 'Cluster', 'Namespaced', 'namespaced', '']),
  namespaces: fc.array(wildcard, { maxLength: 2 }),
  excludedNamespaces: fc.array(wildcard, { maxLength: 2 }),
  labelSelector: selector,
  namespaceSelector: selector,
  name: wildcard,
  source: rarely(from(['All', 'Original', 'Generated']), from(['', 'original'])),
})
const spec = partial({
  match,
  enforcementAction: from(['deny', 'warn', 'scoped']),
  scopedEnforcementActions: fc.array(
    fc.record({
      action: from(['deny', 'warn']),
      enforcementPoints: fc.array(fc.record({ name: from(['gator.gatekeeper.sh', 'audit.gatekeeper.sh', '*', 'x']) }), { maxLength: 2 }),
    }),
    { maxLength: 2 },
  ),
})

const object: fc.Arbitrary<JsonObject> = fc
  .record({
    type: rarely(
      from([['v1', 'Pod'], ['apps/v1', 'Deployment'], ['v1', 'Namespace'], ['v1', 'Node'], ['example.com/v1', 'Namespace']]),
      from([['a/b/c', 'Pod'], ['', 'Pod'], ['/', 'Pod']]),
    ),
    metadata: partial({ name: from(NAMES), generateName: from(['web-', 'a']), namespace: rarely(from(NAMESPACES), from(['', 5])), labels }),
  })
  .map(({ type: [apiVersion = '', kind = ''], metadata }) => ({ apiVersion, kind, metadata }))
const maybe = (value: fc.Arbitrary<JsonValue>) => rarely(value, fc.constant(null))
const review: fc.Arbitrary<JsonObject> = rarely(
  partial({ operation: from(['CREATE', 'UPDATE', 'DELETE', 'CONNECT', '']), namespace: from(NAMESPACES), object: maybe(object), oldObject: maybe(object), name: from(NAMES) }),
  partial({ object, operation: from<JsonValue>([5, null]), unknown: fc.constant(1), dryRun: from<JsonValue>([true, 'x']), userInfo: partial({ groups: from<JsonValue>([['a'], 'a', null]) }) }),
).map((request) => ({ apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', request }))
const namespace = fc.record({ name: from(NAMESPACES), labels }).map((metadata) => ({ apiVersion: 'v1', kind: 'Namespace', metadata }))
const item = fc.record({
  object: fc.oneof({ weight: 2, arbitrary: object }, { weight: 1, arbitrary: review }),
  inventory: fc.array(rarely(namespace, object), { maxLength: 3 }),
})
const oracleTest: fc.Arbitrary<OracleTest> = fc
  .record({ spec, cases: fc.array(item, { minLength: CASES, maxLength: CASES }) })
  .map(({ spec, cases }) => ({
    rule: SEEN,
    constraint: { apiVersion: 'constraints.gatekeeper.sh/v1beta1', kind: SEEN.kind, metadata: { name: 'c' }, spec },
    cases,
  }))

describe.skipIf(lacksTools('opa', 'gator'))('matching against gator verify', () => {
  test(`${PAIRS} generated pairs of constraint and request have the same outcome`, async () => {
    const seed = Number(process.env['GRAPHGATE_SEED'] ?? Date.now() % 2 ** 31)
    const tests = fc.sample(oracleTest, { numRuns: PAIRS / CASES, seed })
    const outcomes = await runBoth(tests)
    expect(describeDifferences(tests, outcomes).slice(0, 10), `GRAPHGATE_SEED=${seed}`).toEqual([])
    // The generator must not drift into one answer for everything.
    const kinds = [...outcomes.gator.values()]
    for (const kind of ['[]', '[seen]', 'error', 'fail']) expect([kind, kinds.filter((value) => value === kind).length > 1]).toEqual([kind, true])
    expect(kinds.some((value) => value.startsWith('[unable to match constraints: '))).toBe(true)
  }, 900_000)
})
