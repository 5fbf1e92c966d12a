import { isJsonObject, type JsonObject, type JsonValue } from '../../input/index.ts'
import { valueAt } from '../fields.ts'
import { isTrue, propertyOf, schemaAt, type Schema } from './schema.ts'

type Path = readonly (string | number)[]

const METADATA_FIELDS: readonly string[] = ['apiVersion', 'kind', 'metadata']

/**
 * Paths of fields that a schema does not know, as the API server would prune them (apiextensions `schema/pruning`).
 *
 * @param options.embedded whether the value is a whole object, whose apiVersion, kind and metadata are always known
 */
export function findUnknownFields(value: JsonValue, schema: Schema, options: { embedded: boolean }): Path[] {
  const found: Path[] = []
  collectUnknown(value, options.embedded ? { ...schema, 'x-kubernetes-embedded-resource': true } : schema, [], found)
  return found
}

/** Without a schema, no field is known. */
function collectUnknown(value: JsonValue, schema: Schema | undefined, path: Path, found: Path[]): void {
  if (schema !== undefined && isTrue(schema, 'x-kubernetes-preserve-unknown-fields')) {
    collectBelowPreserved(value, schema, path, found)
  } else if (Array.isArray(value)) {
    const items = schema && schemaAt(schema, 'items')
    value.forEach((item, index) => { collectUnknown(item, items, [...path, index], found) })
  } else if (isJsonObject(value)) {
    if (schema === undefined) for (const key of Object.keys(value)) found.push([...path, key])
    else collectFields(value, schema, path, found)
  }
}

/** Where unknown fields are kept, only the known ones are looked into. */
function collectBelowPreserved(value: JsonValue, schema: Schema | undefined, path: Path, found: Path[]): void {
  if (schema === undefined) return
  if (Array.isArray(value)) {
    const items = schemaAt(schema, 'items')
    value.forEach((item, index) => { collectBelowPreserved(item, items, [...path, index], found) })
  } else if (isJsonObject(value)) collectFields(value, schema, path, found)
}

/** Looks into the fields that a schema knows; the others are unknown, unless they are kept. */
function collectFields(value: JsonObject, schema: Schema, path: Path, found: Path[]): void {
  const others = schemaAt(schema, 'additionalProperties')
  // `additionalProperties: true` knows a field, but nothing below it.
  const open = others !== undefined || valueAt(schema, 'additionalProperties') === true
  const embedded = isTrue(schema, 'x-kubernetes-embedded-resource')
  const kept = isTrue(schema, 'x-kubernetes-preserve-unknown-fields')
  for (const [key, item] of Object.entries(value)) {
    if (embedded && METADATA_FIELDS.includes(key)) continue
    const property = propertyOf(schema, key)
    if (property !== undefined || open) collectUnknown(item, property ?? others, [...path, key], found)
    else if (!kept) found.push([...path, key])
  }
}
