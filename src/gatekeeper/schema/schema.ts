import { isJsonObject, type JsonObject, type JsonValue } from '../../input/index.ts'
import { valueAt } from '../fields.ts'
import type { Pattern } from '../regex.ts'

/** An OpenAPI v3 schema of the kind that CustomResourceDefinitions carry ("structural"). */
export type Schema = JsonObject

/** Patterns of a schema, compiled; every pattern in it must be here. */
export type Patterns = ReadonlyMap<string, Pattern>

/** Something wrong with a value, as steps from its root. */
export interface SchemaProblem {
  readonly path: readonly (string | number)[]
  readonly reason: string
}

/** The type of a schema, "" where it says none. */
export function typeOf(schema: Schema): string {
  const type = valueAt(schema, 'type')
  return typeof type === 'string' ? type : ''
}

export function isTrue(schema: Schema, key: string): boolean {
  return valueAt(schema, key) === true
}

/** The schemas of a map such as `properties`. */
export function schemasAt(schema: Schema, key: string): [name: string, schema: Schema][] {
  const map = valueAt(schema, key)
  return isJsonObject(map) ? Object.entries(map).filter((entry): entry is [string, Schema] => isJsonObject(entry[1])) : []
}

/** The schema of one property, undefined where there is none. */
export function propertyOf(schema: Schema, name: string): Schema | undefined {
  return schemaAt(valueAt(schema, 'properties'), name)
}

export function schemaAt(value: JsonValue | undefined, key: string): Schema | undefined {
  const found = valueAt(value, key)
  return isJsonObject(found) ? found : undefined
}

/** The schemas of a list such as `anyOf`. */
export function schemaListAt(schema: Schema, key: string): Schema[] {
  const list = valueAt(schema, key)
  return Array.isArray(list) ? list.filter(isJsonObject) : []
}

/** Every schema below and including this one, with its path. */
export function listSchemas(schema: Schema): [path: (string | number)[], schema: Schema][] {
  const listed: [(string | number)[], Schema][] = []
  collectSchemas(schema, [], listed)
  return listed
}

function collectSchemas(schema: Schema, path: (string | number)[], listed: [(string | number)[], Schema][]): void {
  listed.push([path, schema])
  for (const [name, property] of schemasAt(schema, 'properties')) collectSchemas(property, [...path, 'properties', name], listed)
  for (const key of ['items', 'additionalProperties', 'not']) {
    const nested = schemaAt(schema, key)
    if (nested !== undefined) collectSchemas(nested, [...path, key], listed)
  }
  for (const key of ['allOf', 'anyOf', 'oneOf']) {
    schemaListAt(schema, key).forEach((nested, index) => { collectSchemas(nested, [...path, key, index], listed) })
  }
}
