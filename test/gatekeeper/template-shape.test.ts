import { describe, expect, test } from 'vitest'
import { readTemplate } from '../../src/gatekeeper/template.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/input/index.ts'
import { documentOfValue, fixtureTemplate } from './support.ts'

// Each of these `gator verify` refuses as well; what it takes stands at the end.

const SCHEMA = 'spec/crd/spec/validation/openAPIV3Schema'

/** The codes and messages for a good template with one value changed. */
async function readWith(path: string, value: JsonValue): Promise<string[]> {
  const template = fixtureTemplate('FixtureLabels', 'labels', { type: 'object' })
  const keys = path.split('/')
  let at: JsonObject = template
  for (const key of keys.slice(0, -1)) {
    const next = at[key] ?? {}
    if (!isJsonObject(next)) throw new Error(`no map at ${key}`)
    at[key] = next
    at = next
  }
  at[keys.at(-1) ?? ''] = value
  const { diagnostics } = await readTemplate(documentOfValue(template))
  return diagnostics.filter(({ severity }) => severity === 'error').map(({ code, message }) => `${code} ${message.replace('Gatekeeper cannot read the template: ', '')}`)
}

describe('a template that Gatekeeper cannot decode', () => {
  const metadata: [path: string, value: JsonValue, problem: string][] = [
    ['annotations', { x: 5 }, 'metadata.annotations.x must be a string'],
    ['labels', 'x', 'metadata.labels must be a map'],
    ['labels', { x: 'not valid!' }, '"not valid!" is not a valid label value'],
    ['finalizers', [1], 'metadata.finalizers must be a list of strings'],
    ['ownerReferences', 'x', 'metadata.ownerReferences must be a list'],
    ['ownerReferences', [{ controller: 'x' }], 'metadata.ownerReferences.0.controller must be true or false'],
    ['managedFields', [{ time: 'x' }], 'metadata.managedFields.0.time must be a time such as 2026-01-31T12:00:00Z'],
    ['uid', 5, 'metadata.uid must be a string'],
    ['generation', 'x', 'metadata.generation must be a whole number'],
    ['generation', 1.5, 'metadata.generation must be a whole number'],
    ['creationTimestamp', 'yesterday', 'metadata.creationTimestamp must be a time such as 2026-01-31T12:00:00Z'],
    ['creationTimestamp', '2020-02-30T00:00:00Z', 'metadata.creationTimestamp must be a time such as 2026-01-31T12:00:00Z'],
    ['Labels', 'x', '"metadata.Labels" must be written "labels"'],
  ]
  test.each(metadata)('metadata.%s: %j', async (path, value, problem) => {
    expect(await readWith(`metadata/${path}`, value)).toEqual([`GG302 ${problem}`])
  })

  const others: [path: string, value: JsonValue, problem: string][] = [
    ['spec/crd/spec/names/shortNames', 'x', 'spec.crd.spec.names.shortNames must be a list of strings'],
    ['spec/crd/spec/names/shortNames', ['X_'], '"X_" is not a short name'],
    ['spec/crd/spec/validation/legacySchema', 'x', 'spec.crd.spec.validation.legacySchema must be true or false'],
    ['status/byPod', 5, 'status.byPod must be a list'],
    ['status/byPod', [{ errors: [{ code: 5 }] }], 'status.byPod.0.errors.0.code must be a string'],
    ['status/created', 'x', 'status.created must be true or false'],
  ]
  test.each(others)('%s: %j', async (path, value, problem) => {
    expect(await readWith(path, value)).toEqual([`GG302 ${problem}`])
  })

  const schema: [path: string, value: JsonValue, words: string][] = [
    ['description', 5, 'must be a string'],
    ['minProperties', 'x', 'must be a whole number'],
    ['nullable', 'x', 'must be true or false'],
    ['enum', 'x', 'must be a list'],
    ['additionalProperties', 'x', 'must be true, false or a schema'],
    ['allOf', [5], '0 must be a map'],
    ['not', { title: 5 }, 'title must be a string'],
    ['properties', { a: { type: 'array', items: { pattern: 5 } } }, 'a.items.pattern must be a string'],
    ['x-kubernetes-validations', [{ rule: 5 }], '0.rule must be a string'],
  ]
  test.each(schema)('openAPIV3Schema.%s: %j', async (path, value, words) => {
    const [problem = '', ...more] = await readWith(`${SCHEMA}/${path}`, value)
    expect([problem.startsWith('GG303 spec.crd.spec.validation.openAPIV3Schema.'), problem.endsWith(`${words.includes(' must') ? '.' : ' '}${words}`), more]).toEqual([true, true, []])
  })
})

describe('a schema that Kubernetes refuses', () => {
  const cases: [path: string, value: JsonValue, reason: string][] = [
    ['definitions', { a: {} }, 'definitions is not supported'],
    ['additionalItems', false, 'additionalItems is not supported'],
    ['uniqueItems', true, 'uniqueItems is not supported; use x-kubernetes-list-type: set'],
    ['x-kubernetes-preserve-unknown-fields', false, 'x-kubernetes-preserve-unknown-fields must be true or absent'],
    ['properties', { a: null }, 'every property must have a type'],
    ['x-kubernetes-list-type', 'set', 'x-kubernetes-list-type is for lists'],
    ['x-kubernetes-map-type', 'bogus', 'x-kubernetes-map-type must be atomic or granular'],
    ['x-kubernetes-list-map-keys', ['a'], 'x-kubernetes-list-map-keys must be given for x-kubernetes-list-type: map alone'],
  ]
  test.each(cases)('%s: %j', async (path, value, reason) => {
    expect(await readWith(`${SCHEMA}/${path}`, value)).toEqual([`GG303 the parameter schema: ${reason}`])
  })
})

describe('a schema that is not checked in full', () => {
  test('rules in CEL leave the template undecided', async () => {
    expect(await readWith(`${SCHEMA}/x-kubernetes-validations`, [{ rule: 'false' }])).toEqual([
      'GG304 the template was not evaluated: x-kubernetes-validations are not checked',
    ])
  })

  test('so does a default of a format', async () => {
    expect(await readWith(`${SCHEMA}/properties`, { a: { type: 'string', format: 'ipv4', default: 'x' } })).toEqual([
      'GG304 the default must be of the format "ipv4", which is not checked',
    ])
  })
})

describe('a template that Gatekeeper takes', () => {
  const cases: [path: string, value: JsonValue][] = [
    ['metadata/annotations', { x: null }],
    ['metadata/bogus', 5],
    ['metadata/generation', -1],
    ['metadata/creationTimestamp', null],
    ['metadata/creationTimestamp', '2020-01-01T00:00:00.5+01:00'],
    ['metadata/managedFields', [{ fieldsV1: 5 }]],
    ['spec/bogus', 5],
    ['spec/crd/spec/validation/legacySchema', null],
    ['status', null],
    [`${SCHEMA}/example`, 'x'],
    [`${SCHEMA}/x-bogus`, 5],
    [`${SCHEMA}/definitions`, {}],
    [`${SCHEMA}/properties`, { a: { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'set' } }],
    [`${SCHEMA}/properties`, { a: { type: 'object', additionalProperties: false } }],
    [`${SCHEMA}/x-kubernetes-validations`, []],
  ]
  test.each(cases)('%s: %j', async (path, value) => {
    expect(await readWith(path, value)).toEqual([])
  })
})
