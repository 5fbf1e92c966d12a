import { describe, expect, test } from 'vitest'
import { withGoNumbers } from '../../src/gatekeeper/go-json.ts'
import type { JsonObject } from '../../src/input/index.ts'

/** The text where one is made, else the object itself. */
function write(value: JsonObject, floats: 'all' | string[]): JsonObject | string {
  const written = withGoNumbers(value, floats)
  return written instanceof ArrayBuffer ? new TextDecoder().decode(written) : written
}

describe('numbers as Gatekeeper hands them to Rego', () => {
  const cases: [number: number, asFloat: string, asInteger: string][] = [
    [0, '0', '0'],
    [1, '1', '1'],
    [-999999, '-999999', '-999999'],
    [1e6, '1e+06', '1000000'],
    [8388608, '8.388608e+06', '8388608'],
    [-2147483648, '-2.147483648e+09', '-2147483648'],
    [9007199254740991, '9.007199254740991e+15', '9007199254740991'],
    [1e21, '1e+21', '1e+21'],
    [0.5, '0.5', '0.5'],
    [0.0001, '0.0001', '0.0001'],
    [0.00001, '1e-05', '1e-05'],
    [1234567.5, '1.2345675e+06', '1.2345675e+06'],
  ]
  test.each(cases)('%d', (number, asFloat, asInteger) => {
    const text = (written: JsonObject | string) => (typeof written === 'string' ? written : JSON.stringify(written))
    expect([text(write({ a: [number] }, 'all')), text(write({ a: { b: number } }, ['x']))]).toEqual([`{"a":[${asFloat}]}`, `{"a":{"b":${asInteger}}}`])
  })

  test('an object without such numbers stays the object that it is', () => {
    const value = { a: [1, 'x', null, { b: 1.5 }] }
    expect(withGoNumbers(value, 'all')).toBe(value)
  })

  test('only the named fields went through floating point', () => {
    expect(write({ review: { n: 1e6, s: '"\u2028' }, parameters: { n: 1e6 } }, ['review'])).toBe('{"review":{"n":1e+06,"s":"\\"\u2028"},"parameters":{"n":1000000}}')
  })
})
