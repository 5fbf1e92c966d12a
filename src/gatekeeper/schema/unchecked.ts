import { isJsonObject, type JsonValue } from '../../input/index.ts'
import { valueAt } from '../fields.ts'
import { propertyOf, schemaAt, schemaListAt, type Schema, type SchemaProblem } from './schema.ts'

/** Formats that say nothing about which values pass. */
const FREE_FORMATS: readonly string[] = ['', 'int32', 'int64', 'float', 'double', 'password']

/** The format of a schema that is not checked here; undefined where there is none. */
export function uncheckedFormat(schema: Schema): string | undefined {
  const format = valueAt(schema, 'format')
  return typeof format === 'string' && !FREE_FORMATS.includes(format) ? format : undefined
}

/**
 * Texts that must have a format that is not checked here: whether the schema takes the whole value is then unknown, since
 * the format may stand below `not` or in one of several alternatives.
 */
export function findUncheckedValues(value: JsonValue, schema: Schema | undefined, path: SchemaProblem['path'] = []): SchemaProblem[] {
  if (schema === undefined) return []
  const not = schemaAt(schema, 'not')
  const same = [...['allOf', 'anyOf', 'oneOf'].flatMap((key) => schemaListAt(schema, key)), ...(not === undefined ? [] : [not])]
  const problems = same.flatMap((option) => findUncheckedValues(value, option, path))
  if (typeof value === 'string') {
    const format = uncheckedFormat(schema)
    return format === undefined ? problems : [{ path, reason: format }, ...problems]
  }
  if (Array.isArray(value)) {
    const items = schemaAt(schema, 'items')
    return [...problems, ...value.flatMap((item, index) => findUncheckedValues(item, items, [...path, index]))]
  }
  if (!isJsonObject(value)) return problems
  const others = schemaAt(schema, 'additionalProperties')
  return [
    ...problems,
    ...Object.entries(value).flatMap(([key, item]) => findUncheckedValues(item, propertyOf(schema, key) ?? others, [...path, key])),
  ]
}
