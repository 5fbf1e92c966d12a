import { isJsonObject, type JsonValue } from '../../input/index.ts'
import { findUnknownFields } from './unknown-fields.ts'
import { findSchemaProblems } from './validate.ts'
import { stringAt, valueAt } from '../fields.ts'
import { isTrue, schemaAt, schemasAt, typeOf, listSchemas, type Patterns, type Schema, type SchemaProblem } from './schema.ts'

const TYPES: readonly string[] = ['object', 'array', 'string', 'integer', 'number', 'boolean']

/**
 * What Kubernetes refuses about the schema of a CRD version ("structural schema"), as far as it changes which values
 * pass: a type at every level, items of lists, no references.
 */
export function findStructuralProblems(schema: Schema): SchemaProblem[] {
  const problems: SchemaProblem[] = []
  for (const [path, level] of listSchemas(schema)) {
    // Inside allOf, anyOf, oneOf and not, types are not needed: those schemas only restrict.
    const restricts = path.some((step, index) => ['allOf', 'anyOf', 'oneOf', 'not'].includes(String(step)) && path[index - 1] !== 'properties')
    const reason = restricts ? describeRestriction(level) : describeProblem(level)
    if (reason !== undefined) problems.push({ path, reason })
  }
  return problems
}

const NOT_WHEN_RESTRICTING: readonly string[] = ['additionalProperties', 'default', 'title', 'description', 'nullable']

function describeRestriction(schema: Schema): string | undefined {
  const key = NOT_WHEN_RESTRICTING.find((name) => valueAt(schema, name) !== undefined)
  return key === undefined ? undefined : `${key} must not stand inside allOf, anyOf, oneOf or not`
}

function describeProblem(schema: Schema): string | undefined {
  const type = typeOf(schema)
  if (valueAt(schema, '$ref') !== undefined) return '$ref is not supported'
  const unsupported = UNSUPPORTED.find((key) => isGiven(valueAt(schema, key)))
  if (unsupported !== undefined) return `${unsupported} is not supported`
  if (isTrue(schema, 'uniqueItems')) return 'uniqueItems is not supported; use x-kubernetes-list-type: set'
  if (valueAt(schema, 'x-kubernetes-preserve-unknown-fields') === false) return 'x-kubernetes-preserve-unknown-fields must be true or absent'
  const properties = valueAt(schema, 'properties')
  if (isJsonObject(properties) && Object.values(properties).includes(null)) return 'every property must have a type'
  if (type !== '' && !TYPES.includes(type)) return `"${type}" is not a type`
  const untyped = isTrue(schema, 'x-kubernetes-int-or-string') || isTrue(schema, 'x-kubernetes-preserve-unknown-fields')
  if (type === '' && !untyped) return 'type is required at every level'
  if (type === 'array' && schemaAt(schema, 'items') === undefined) return 'items is required for an array'
  if (schemasAt(schema, 'properties').length > 0 && isOpen(schema)) return 'properties and additionalProperties exclude each other'
  return describeListAndMap(schema, type)
}

/** What the API server says of the keywords that tell it how to merge lists and maps. */
function describeListAndMap(schema: Schema, type: string): string | undefined {
  const list = stringAt(schema, 'x-kubernetes-list-type')
  const map = stringAt(schema, 'x-kubernetes-map-type')
  const keys = valueAt(schema, 'x-kubernetes-list-map-keys')
  if (list !== '' && type !== 'array') return 'x-kubernetes-list-type is for lists'
  if (list !== '' && !['atomic', 'set', 'map'].includes(list)) return 'x-kubernetes-list-type must be atomic, set or map'
  if ((list === 'map') !== isGiven(keys)) return 'x-kubernetes-list-map-keys must be given for x-kubernetes-list-type: map alone'
  if (map !== '' && type !== 'object') return 'x-kubernetes-map-type is for maps'
  if (map !== '' && !['atomic', 'granular'].includes(map)) return 'x-kubernetes-map-type must be atomic or granular'
  if (isTrue(schema, 'x-kubernetes-embedded-resource') && type !== 'object') return 'x-kubernetes-embedded-resource is for maps'
  return undefined
}

const UNSUPPORTED: readonly string[] = ['patternProperties', 'definitions', 'dependencies', 'additionalItems']

/** Empty lists and maps count as absent. */
function isGiven(value: JsonValue | undefined): boolean {
  if (value === undefined || value === null) return false
  return typeof value !== 'object' || Object.keys(value).length > 0
}

/** Defaults must fit the schema that they complete; below additionalProperties Kubernetes does not look. */
export function findDefaultProblems(schema: Schema, patterns: Patterns): SchemaProblem[] {
  return listSchemas(schema).flatMap(([path, level]): SchemaProblem[] => {
    const standard = valueAt(level, 'default')
    if (standard === undefined || standard === null) return []
    if (path.some((step, index) => step === 'additionalProperties' && path[index - 1] !== 'properties')) return []
    const at = [...path, 'default']
    const unknown = findUnknownFields(standard, level, { embedded: false })
    return [
      ...findSchemaProblems(standard, level, patterns).map(({ path: below, reason }) => ({ path: [...at, ...below], reason })),
      ...unknown.map((below) => ({ path: [...at, ...below], reason: 'is not a known field' })),
    ]
  })
}

function isOpen(schema: Schema): boolean {
  const others = valueAt(schema, 'additionalProperties')
  return others === true || isJsonObject(others)
}

/** A legacy schema lets unknown fields through at every level (frameworks `schema.AddPreserveUnknownFields`). */
export function preserveUnknownFields(schema: Schema): Schema {
  const type = typeOf(schema)
  const items = schemaAt(schema, 'items') ?? (type === 'array' ? {} : undefined)
  const others = schemaAt(schema, 'additionalProperties')
  const properties = schemasAt(schema, 'properties').map(([name, property]) => [name, preserveUnknownFields(property)] as const)
  return {
    ...schema,
    ...((type === '' || type === 'object') && { 'x-kubernetes-preserve-unknown-fields': true }),
    ...(properties.length > 0 && { properties: Object.fromEntries(properties) }),
    ...(items !== undefined && { items: preserveUnknownFields(items) }),
    ...(others !== undefined && { additionalProperties: preserveUnknownFields(others) }),
  }
}
