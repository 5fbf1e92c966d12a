import { isJsonObject, type JsonValue } from '../../input/index.ts'
import { valueAt } from '../fields.ts'
import { isTrue, schemaAt, schemasAt, type Schema } from './schema.ts'

/**
 * A value with the defaults of its schema, as the API server fills them in (apiextensions `schema/defaulting`): only into
 * maps that are there, so the defaults below an absent map stay out unless that map has a default itself.
 */
export function applyDefaults(value: JsonValue, schema: Schema | undefined): JsonValue {
  if (schema === undefined) return value
  if (Array.isArray(value)) {
    const items = schemaAt(schema, 'items')
    return value.map((item) => applyDefaults(replaceNull(item, items), items))
  }
  if (!isJsonObject(value)) return value
  const properties = schemasAt(schema, 'properties')
  const filled = Object.entries(value)
  const present = new Set(Object.keys(value))
  for (const [name, property] of properties) {
    const standard = valueAt(property, 'default')
    if (standard !== undefined && standard !== null && !present.has(name)) filled.push([name, standard])
  }
  const known = new Map(properties)
  const others = schemaAt(schema, 'additionalProperties')
  return Object.fromEntries(
    filled.map(([key, item]) => {
      const property = known.get(key) ?? others
      return [key, applyDefaults(replaceNull(item, property), property)]
    }),
  )
}

/** null where it is not allowed counts as absent. */
function replaceNull(value: JsonValue, schema: Schema | undefined): JsonValue {
  if (value !== null || schema === undefined || isTrue(schema, 'nullable')) return value
  return valueAt(schema, 'default') ?? null
}
