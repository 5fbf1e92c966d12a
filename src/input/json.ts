/** What YAML and JSON files hold once they are read. Integers beyond 2^53 are rounded, as everywhere in JavaScript. */
export type JsonValue = null | boolean | number | string | JsonValue[] | JsonObject

/** Keys come from files: look them up with `Object.hasOwn`, never with `in`. */
export interface JsonObject {
  [key: string]: JsonValue
}

/** True for a map, false for an array, a scalar and null. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
