import { describe, expect, test } from 'vitest'
import { buildInventory } from '../../src/gatekeeper/inventory.ts'
import type { JsonObject, JsonValue } from '../../src/input/index.ts'

function object(apiVersion: string, kind: string, metadata: JsonObject): JsonObject {
  return { apiVersion, kind, metadata }
}

describe('data.inventory', () => {
  test('is an empty map without objects', () => {
    expect(buildInventory([]).inventory).toEqual({ document: { inventory: {} }, namespaces: new Map() })
  })

  test('has Gatekeeper\'s layout', () => {
    const deployment = object('apps/v1', 'Deployment', { name: 'web', namespace: 'prod' })
    const pod = object('v1', 'Pod', { name: 'web', namespace: 'prod' })
    const node = object('v1', 'Node', { name: 'node-1' })
    const { inventory, problems } = buildInventory([deployment, pod, node])
    expect(inventory.document).toEqual({
      inventory: {
        cluster: { v1: { Node: { 'node-1': node } } },
        namespace: { prod: { 'apps/v1': { Deployment: { web: deployment } }, v1: { Pod: { web: pod } } } },
      },
    })
    expect(problems).toEqual([])
  })

  test('keeps the later of two objects with one identity, and versions apart', () => {
    const first = object('v1', 'Node', { name: 'a', labels: { n: '1' } })
    const second = object('v1', 'Node', { name: 'a', labels: { n: '2' } })
    const beta = object('v1beta1', 'Node', { name: 'a' })
    expect(buildInventory([first, second, beta]).inventory.document).toEqual({
      inventory: { cluster: { v1: { Node: { a: second } }, v1beta1: { Node: { a: beta } } } },
    })
  })

  test('knows v1 Namespaces by name, for namespaceSelectors', () => {
    const prod = object('v1', 'Namespace', { name: 'prod' })
    const other = object('example.com/v1', 'Namespace', { name: 'other' })
    expect([...buildInventory([prod, other]).inventory.namespaces]).toEqual([['prod', prod]])
  })

  test('takes names that JavaScript gives a meaning for names', () => {
    const strange = object('v1', '__proto__', { name: 'constructor', namespace: '__proto__' })
    const { inventory } = buildInventory([strange])
    expect(JSON.stringify(inventory.document)).toBe(
      `{"inventory":{"namespace":{"__proto__":{"v1":{"__proto__":{"constructor":${JSON.stringify(strange)}}}}}}}`,
    )
    expect(({} as JsonObject)['v1']).toBeUndefined()
  })
})

describe('an object that cannot be in the inventory', () => {
  const cases: [reason: string, value: JsonValue][] = [
    ['it has no kind, or no valid apiVersion', 'text'],
    ['it has no kind, or no valid apiVersion', [1]],
    ['it has no kind, or no valid apiVersion', { apiVersion: 'v1', metadata: { name: 'a' } }],
    ['it has no kind, or no valid apiVersion', { apiVersion: 'a/b/c', kind: 'Pod' }],
    ['it has no apiVersion', { kind: 'Pod', metadata: { name: 'a' } }],
    ['it has no apiVersion', { apiVersion: '/', kind: 'Pod' }],
    ['metadata.labels of a Namespace must hold strings only', object('v1', 'Namespace', { name: 'a', labels: { x: 1 } })],
    ['metadata.namespace of a Namespace must be a string', object('v1', 'Namespace', { name: 'a', namespace: 5 })],
    ['metadata of a Namespace must be a map', { apiVersion: 'v1', kind: 'Namespace', metadata: 'x' }],
    ['metadata.annotations of a Namespace must hold strings only', object('v1', 'Namespace', { name: 'a', annotations: [] })],
  ]
  test.each(cases)('%s: %j', (reason, value) => {
    const good = object('v1', 'Node', { name: 'a' })
    const { inventory, problems } = buildInventory([value, good])
    expect(problems).toEqual([{ index: 0, reason }])
    expect(inventory.document).toEqual({ inventory: { cluster: { v1: { Node: { a: good } } } } })
  })
})
