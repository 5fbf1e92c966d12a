import type { JsonObject, JsonValue } from '../input/index.ts'
import { formatFloat } from './builtins/go-float.ts'

// Gatekeeper passes requests and inventory through Go's float64, and OPA keeps the digits that Go prints: a million is
// 1e+06 to a rule, and so it stands in messages. Parameters stay integers.

/** What a policy takes as input or data: an object, or its JSON text where JavaScript would write a number otherwise. */
export type PolicyValue = JsonObject | ArrayBuffer

/** Which part of a value went through float64. */
export type FloatPart = 'all' | readonly string[]

/**
 * A value with its numbers as Gatekeeper's OPA has them. Most objects hold none that differ, and stay as they are.
 *
 * @param floats the fields whose integers count as floating point, or all of them
 */
export function withGoNumbers(value: JsonObject, floats: FloatPart): PolicyValue {
  const isFloat = (key: string) => floats === 'all' || floats.includes(key)
  const differs = Object.entries(value).some(([key, item]) => hasGoNumbers(item, isFloat(key)))
  if (!differs) return value
  const fields = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${writeJson(item, isFloat(key))}`)
  const bytes = new TextEncoder().encode(`{${fields.join(',')}}`)
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
}

function hasGoNumbers(value: JsonValue, float: boolean): boolean {
  if (typeof value === 'number') return writeNumber(value, float) !== undefined
  if (typeof value !== 'object' || value === null) return false
  for (const item of Array.isArray(value) ? value : Object.values(value)) if (hasGoNumbers(item, float)) return true
  return false
}

function writeJson(value: JsonValue, float: boolean): string {
  if (typeof value === 'number') return writeNumber(value, float) ?? JSON.stringify(value)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map((item) => writeJson(item, float)).join(',')}]`
  return `{${Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${writeJson(item, float)}`).join(',')}}`
}

/** Go's digits, where they are not JavaScript's. Both print the fewest that suffice, but Go has exponents from 1e+06 on. */
function writeNumber(value: number, float: boolean): string | undefined {
  const size = Math.abs(value)
  if (size === 0 || (size < 1e6 && size >= 1e-4)) return undefined
  // Beyond 64 bits, integers are floating point to Go in any case.
  if (!float && Number.isInteger(value) && size < 2 ** 63) return undefined
  return formatFloat(value, 'g', -1)
}
