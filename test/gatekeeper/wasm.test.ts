import { createRequire } from 'node:module'
import { describe, expect, test } from 'vitest'
import { PolicyError, loadPolicyModule } from '../../src/gatekeeper/wasm.ts'
import type { JsonObject } from '../../src/input/index.ts'
import { FIXTURES_WASM } from './support.ts'

const policy = loadPolicyModule(FIXTURES_WASM)

function encode(value: JsonObject): ArrayBuffer {
  const bytes = new TextEncoder().encode(JSON.stringify(value))
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
}

function errorOf(action: () => unknown): unknown {
  try {
    action()
  } catch (error) {
    return error
  }
  return undefined
}

describe('input', () => {
  const value = { names: ['ä', 'b"'], nested: { n: null, f: 1.5 } }

  test('may be an object or an ArrayBuffer of JSON text', () => {
    expect([policy.evaluate('adapter/echo', value), policy.evaluate('adapter/echo', encode(value))]).toEqual([value, value])
  })

  test('may be empty', () => {
    expect(policy.evaluate('adapter/echo', {})).toEqual({})
  })

  // The SDK takes each of these for something else, and every rule would be satisfied.
  const traps: [name: string, input: unknown][] = [
    ['a Buffer', Buffer.from('{}')],
    ['a typed array', new Uint8Array([123, 125])],
    ['a DataView', new DataView(new ArrayBuffer(2))],
    ['a list', []],
    ['text', '{}'],
    ['null', null],
    ['nothing', undefined],
    ['false', false],
  ]
  test.each(traps)('%s is refused', (_name, input) => {
    expect(errorOf(() => policy.evaluate('adapter/echo', input as JsonObject))).toEqual(
      new TypeError('the input of a policy must be an object or an ArrayBuffer of JSON text; a Buffer or a typed array is neither'),
    )
  })
})

describe('data', () => {
  test('is replaced as a whole', () => {
    const fresh = loadPolicyModule(FIXTURES_WASM)
    const before = fresh.evaluate('adapter/inventory', {})
    fresh.setData({ inventory: { a: 1 } })
    const first = fresh.evaluate('adapter/inventory', {})
    fresh.setData({ inventory: { b: 2 } })
    expect([before, first, fresh.evaluate('adapter/inventory', {})]).toEqual([undefined, { a: 1 }, { b: 2 }])
  })

  test('is there again after a throw', () => {
    const fresh = loadPolicyModule(FIXTURES_WASM)
    fresh.setData({ inventory: { a: 1 } })
    expect(errorOf(() => fresh.evaluate('adapter/unsupported', {}))).toBeInstanceOf(PolicyError)
    expect(fresh.evaluate('adapter/inventory', {})).toEqual({ a: 1 })
  })
})

describe('what comes to no result', () => {
  test('undefined stays undefined, and is not an empty set', () => {
    expect(policy.evaluate('adapter/missing', { other: 1 })).toBeUndefined()
  })

  const cases: [name: string, entrypoint: string, input: JsonObject, message: string][] = [
    ['an unsupported builtin', 'adapter/unsupported', {}, 'the builtin time.now_ns is not supported'],
    ['a conflict', 'adapter/conflict', { values: [1, 2] }, 'adapter.rego:19:1: var assignment conflict'],
    ['an unknown entrypoint', 'adapter/none', {}, 'the policy has no entrypoint adapter/none'],
    ['a name of Object', 'constructor', {}, 'the policy has no entrypoint constructor'],
  ]
  test.each(cases)('%s is an error', (_name, entrypoint, input, message) => {
    const error = errorOf(() => policy.evaluate(entrypoint, input))
    expect([(error as Error).name, (error as Error).message, error instanceof PolicyError]).toEqual(['PolicyError', message, true])
  })

  test('too much memory is an error, and the next evaluation works', () => {
    const small = loadPolicyModule(FIXTURES_WASM, { maximumPages: 20 })
    const input = { text: 'x'.repeat(1000), many: Array.from({ length: 2000 }, () => 1) }
    expect(errorOf(() => small.evaluate('adapter/large', input))).toBeInstanceOf(PolicyError)
    expect(small.evaluate('adapter/echo', { a: 1 })).toEqual({ a: 1 })
  })

  test('bytes that are no module are an error', () => {
    expect(() => loadPolicyModule(new Uint8Array([1, 2, 3]))).toThrow(/WebAssembly/)
  })
})

describe('sprintf inside WASM', () => {
  const cases: [format: string, values: JsonObject[string], text: string][] = [
    ['%v', [{ b: [1, null], a: true }], '{"a": true, "b": [1, null]}'],
    ['%q of %s', ['ä\n', 'x'], '"ä\\n" of x'],
    ['%[2]d %[1]d', [1, 2], '2 1'],
    ['%d', ['x'], '%!d(string=x)'],
    ['%s %s', ['x'], 'x %!s(MISSING)'],
    ['none', [1], 'none%!(EXTRA int64=1)'],
  ]
  test.each(cases)('%j with %j', (format, values, text) => {
    expect(policy.evaluate('adapter/format', { format, values })).toBe(text)
  })

  test('prints sets as OPA does, in order', () => {
    expect(policy.evaluate('adapter/names', { names: ['team', 'owner', 'app'] })).toBe('{"app", "owner", "team"}')
    expect(policy.evaluate('adapter/names', { names: [] })).toBe('set()')
  })

  test('keeps the digits of numbers as they are written', () => {
    const input = new TextEncoder().encode('{"number": 0.10}').buffer
    expect(policy.evaluate('adapter/numbers', input)).toBe('1.5 12345678901234567890 0.1')
  })

  test('of the wrong types is undefined', () => {
    expect(policy.evaluate('adapter/format', { format: '%v', values: 'x' })).toBeUndefined()
  })
})

test('memory does not grow with the number of evaluations: 2,000 fit where few would, if it did', () => {
  const small = loadPolicyModule(FIXTURES_WASM, { maximumPages: 10 })
  for (let round = 0; round < 2000; round++) {
    const input = { names: Array.from({ length: 1 + (round % 50) }, (_, index) => `name-${index}`) }
    expect(small.evaluate('adapter/names', input)).toBe(`{${input.names.toSorted().map((name) => `"${name}"`).join(', ')}}`)
  }
})

test('loading the SDK leaves its own builtins to whoever else uses it', () => {
  const require = createRequire(import.meta.url)
  const sdk = require.resolve('@open-policy-agent/opa-wasm')
  const builtins = require(sdk.replace(/index\.cjs$/, 'builtins/index.js')) as Record<string, unknown>
  expect(Object.keys(builtins).sort()).toEqual(['json.is_valid', 'regex.split', 'sprintf', 'yaml.is_valid', 'yaml.marshal', 'yaml.unmarshal'])
})
