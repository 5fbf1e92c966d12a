import { describe, expect, test } from 'vitest'
import { readConstraint } from '../../src/gatekeeper/constraint.ts'
import { actionsAt, type EnforcementPoint } from '../../src/gatekeeper/enforcement.ts'
import type { JsonObject, JsonValue } from '../../src/input/index.ts'
import { brief, constraintOf, documentOf, documentOfValue, fixtureTemplate, loadTemplate } from './support.ts'

const SCHEMA: JsonObject = {
  type: 'object',
  required: ['labels'],
  properties: {
    labels: { type: 'object', additionalProperties: { type: 'string', pattern: '^[a-z]+$' } },
    strict: { type: 'boolean', default: false },
    limit: { type: 'integer', minimum: 1, maximum: 10 },
    mode: { type: 'string', enum: ['a', 'b'] },
    nested: { type: 'object', properties: { deep: { type: 'string', default: 'x' } } },
    standing: { type: 'object', default: {}, properties: { deep: { type: 'string', default: 'y' } } },
    items: { type: 'array', maxItems: 2, items: { type: 'object', properties: { id: { type: 'string' }, size: { type: 'number', default: 1.5 } } } },
    port: { 'x-kubernetes-int-or-string': true },
    optional: { type: 'string', nullable: true },
  },
}
const template = await loadTemplate(fixtureTemplate('FixtureLabels', 'labels', SCHEMA))

function read(text: string) {
  const { constraint, diagnostics } = readConstraint(documentOf(text, 'constraint.yaml'), template)
  return { constraint, diagnostics: diagnostics.map(brief) }
}

const HEAD = 'apiVersion: constraints.gatekeeper.sh/v1beta1\nkind: FixtureLabels\nmetadata: {name: c}\n'

describe('a constraint', () => {
  test('is read with the defaults of its schema, into maps that are there', () => {
    const { constraint, diagnostics } = read(`${HEAD}spec: {parameters: {labels: {a: x}, nested: {}, items: [{id: i}, {size: 2}]}}\n`)
    expect([constraint?.kind, constraint?.name, constraint?.match, constraint?.enforcement, constraint?.parameters, diagnostics]).toEqual([
      'FixtureLabels',
      'c',
      undefined,
      { action: 'deny', scoped: [] },
      { labels: { a: 'x' }, nested: { deep: 'x' }, items: [{ id: 'i', size: 1.5 }, { size: 2 }], strict: false, standing: { deep: 'y' } },
      [],
    ])
  })

  test('without parameters gets none: defaults are below a map that is not there', () => {
    expect(read(HEAD).constraint?.parameters).toEqual({})
    expect(read(`${HEAD}spec: {}\n`).constraint?.parameters).toEqual({})
  })

  test('may be v1alpha1', () => {
    expect(read(HEAD.replace('v1beta1', 'v1alpha1')).diagnostics).toEqual([])
  })
})

describe('a constraint that is refused', () => {
  const parameters = (text: string) => `${HEAD}spec:\n  parameters:\n    labels: {}\n    ${text}\n`
  const cases: [name: string, text: string, diagnostics: string[]][] = [
    ['not a constraint', 'apiVersion: v1\nkind: FixtureLabels\n', ['GG311 1:13 the document is not a constraint']],
    [
      'another kind, no name, no such version',
      'apiVersion: constraints.gatekeeper.sh/v1\nkind: Other\n',
      [
        'GG312 2:7 the constraint is of kind "Other", but the template defines "FixtureLabels"',
        'GG312 1:1 "" is not a name for a constraint',
        'GG311 1:13 constraints have no version "v1"',
      ],
    ],
    ['a name that is no DNS name', HEAD.replace('name: c', 'name: C_1'), ['GG312 3:18 "C_1" is not a name for a constraint']],
    [
      'invalid selectors, which hide schema errors',
      `${HEAD}spec: {match: {labelSelector: {matchExpressions: [{key: a, operator: like}]}, scope: 1}}\n`,
      ['GG315 4:70 invalid labelSelector: "like" is not a valid label selector operator'],
    ],
    ['a selector that is no map', `${HEAD}spec: {match: {namespaceSelector: a=b}}\n`, ['GG315 4:35 invalid namespaceSelector: a selector must be a map']],
    ['a match that is no map', `${HEAD}spec: {match: text}\n`, ['GG315 4:15 spec.match must be a map']],
    ['match against Gatekeeper\'s schema', `${HEAD}spec: {match: {kinds: [{kinds: Pod}], namespaces: [Prod], source: None, name: "a*b"}}\n`, [
      'GG313 4:32 spec.match.kinds[0].kinds must be of type array, not string',
      'GG313 4:52 spec.match.namespaces[0] must match ^\\*?[-:a-z0-9]*\\*?$',
      'GG313 4:67 spec.match.source must be one of "All", "Generated", "Original"',
      'GG313 4:79 spec.match.name must match ^\\*?[-:a-z0-9]*\\*?$',
    ]],
    ['a name of more than 63 characters', HEAD.replace('name: c', `name: ${'c'.repeat(64)}`), ['GG313 3:18 metadata.name may not be longer than 63 characters']],
    ['a required parameter is missing', `${HEAD}spec: {parameters: {}}\n`, ['GG313 4:20 spec.parameters labels is required']],
    ['parameters are null', `${HEAD}spec: {parameters: null}\n`, ['GG313 4:20 spec.parameters must be of type object, not null']],
    ['a pattern', parameters('labels: {a: X}').replace('    labels: {}\n', ''), ['GG313 6:17 spec.parameters.labels.a must match ^[a-z]+$']],
    ['a type', parameters('strict: "yes"'), ['GG313 7:13 spec.parameters.strict must be of type boolean, not string']],
    ['a fraction for an integer', parameters('limit: 1.5'), ['GG313 7:12 spec.parameters.limit must be of type integer, not number']],
    ['a range', parameters('limit: 11'), ['GG313 7:12 spec.parameters.limit must be at most 10']],
    ['an enum', parameters('mode: c'), ['GG313 7:11 spec.parameters.mode must be one of "a", "b"']],
    ['a list that is too long', parameters('items: [{}, {}, {}]'), ['GG313 7:12 spec.parameters.items may not have more than 2 items']],
    ['int-or-string', parameters('port: true'), ['GG313 7:11 spec.parameters.port must be of type integer or string, not boolean']],
    ['unknown fields, in parameters and elsewhere', `${HEAD}spec:\n  parameter: {}\n  match: {kind: [x]}\n  parameters: {labels: {}, strikt: true, items: [{nam: x}]}\nextra: 1\n`, [
      'GG314 5:14 unknown field "spec.parameter"',
      'GG314 6:17 unknown field "spec.match.kind"',
      'GG314 7:36 unknown field "spec.parameters.strikt"',
      'GG314 7:56 unknown field "spec.parameters.items[0].nam"',
      'GG314 8:8 unknown field "extra"',
    ]],
    ['scoped without saying what and where', `${HEAD}spec: {enforcementAction: scoped}\n`, ['GG316 4:27 a scoped constraint must say what it does at which point']],
  ]
  test.each(cases)('%s', (_name, text, diagnostics) => {
    expect(read(text)).toEqual({ constraint: undefined, diagnostics })
  })
})

test('values that the schema allows pass', () => {
  const text = `${HEAD}spec: {parameters: {labels: {a: x}, optional: null, port: http, limit: 10, mode: b, items: []}}\nstatus: {anything: {goes: here}}\n`
  expect(read(text).diagnostics).toEqual([])
})

test('an unknown enforcement action is a warning: Gatekeeper takes it', () => {
  const { constraint, diagnostics } = read(`${HEAD}spec: {enforcementAction: block}\n`)
  expect([constraint?.enforcement.action, diagnostics]).toEqual(['block', ['GG316? 4:27 unknown enforcement action "block"']])
})

describe('the actions of a constraint at a point', () => {
  const scoped = (...entries: [action: string, ...points: string[]][]): JsonObject => ({
    enforcementAction: 'scoped',
    scopedEnforcementActions: entries.map(([action, ...points]) => ({ action, enforcementPoints: points.map((name) => ({ name })) })),
  })
  const cases: [name: string, spec: JsonObject, point: EnforcementPoint, actions: string[]][] = [
    ['deny by default', {}, 'gator.gatekeeper.sh', ['deny']],
    ['warn, wherever', { enforcementAction: 'warn' }, 'audit.gatekeeper.sh', ['warn']],
    ['scoped actions count for nothing without scoped', { ...scoped(['warn', '*']), enforcementAction: 'dryrun' }, 'gator.gatekeeper.sh', ['dryrun']],
    ['scoped, at a point that it names', scoped(['warn', 'audit.gatekeeper.sh', 'gator.gatekeeper.sh']), 'gator.gatekeeper.sh', ['warn']],
    ['scoped, at a point that it does not name', scoped(['warn', 'audit.gatekeeper.sh']), 'gator.gatekeeper.sh', []],
    ['scoped, at all points', scoped(['deny', '*']), 'validation.gatekeeper.sh', ['deny']],
    ['scoped, two actions at one point', scoped(['warn', '*'], ['deny', 'gator.gatekeeper.sh'], ['deny', '*']), 'gator.gatekeeper.sh', ['deny', 'warn']],
    ['scoped to nothing', scoped(), 'gator.gatekeeper.sh', []],
  ]
  test.each(cases)('%s', (_name, spec, point, actions) => {
    const { constraint } = readConstraint(documentOfValue(constraintOf('FixtureLabels', 'c', spec)), template)
    expect(constraint && actionsAt(constraint.enforcement, point)).toEqual(actions)
  })
})

describe('metadata that Kubernetes cannot read', () => {
  const cases: [field: string, value: JsonValue, problem: string][] = [
    ['labels', 'x', 'metadata.labels must be a map'],
    ['annotations', { a: 5 }, 'metadata.annotations.a must be a string'],
    ['finalizers', [1], 'metadata.finalizers must be a list of strings'],
    ['generation', 'x', 'metadata.generation must be a whole number'],
    ['creationTimestamp', 'yesterday', 'metadata.creationTimestamp must be a time such as 2026-01-31T12:00:00Z'],
  ]
  test.each(cases)('%s: %j', async (field, value, problem) => {
    const lax = await loadTemplate(fixtureTemplate('FixtureLabels', 'labels'))
    const constraint = { ...constraintOf('FixtureLabels', 'c'), metadata: { name: 'c', [field]: value } }
    const { diagnostics } = readConstraint(documentOfValue(constraint), lax)
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([`GG312 Kubernetes cannot read the constraint: ${problem}`])
  })
})
