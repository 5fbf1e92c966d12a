import { isJsonObject, type JsonObject, type JsonValue } from '../../input/index.ts'
import { valueAt } from '../fields.ts'
import { isTrue, schemaAt, schemaListAt, schemasAt, typeOf, type Patterns, type Schema, type SchemaProblem } from './schema.ts'

type Path = readonly (string | number)[]

/**
 * What a schema refuses about a value, as Kubernetes validates custom resources (kube-openapi `validation/validate`).
 * Not a general JSON Schema validator: `nullable`, int-or-string and the order of checks are Kubernetes' own, and loading
 * and warming up a general one takes longer than all the rest of a small run. Fields that no schema mentions are no
 * problem here; see `findUnknownFields`.
 */
export function findSchemaProblems(value: JsonValue, schema: Schema, patterns: Patterns, path: Path = []): SchemaProblem[] {
  const problems: SchemaProblem[] = []
  const say = (reason: string | undefined, at: Path = path) => {
    if (reason !== undefined) problems.push({ path: at, reason })
  }
  say(checkType(value, schema))
  say(checkEnum(value, schema))
  if (value === null) return problems
  problems.push(...checkJunctors(value, schema, patterns, path))
  if (typeof value === 'string') checkString(value, schema, patterns).forEach((reason) => { say(reason) })
  else if (typeof value === 'number') checkNumber(value, schema).forEach((reason) => { say(reason) })
  else if (Array.isArray(value)) problems.push(...checkList(value, schema, patterns, path))
  else if (isJsonObject(value)) problems.push(...checkMap(value, schema, patterns, path))
  return problems
}

function checkType(value: JsonValue, schema: Schema): string | undefined {
  const types = isTrue(schema, 'x-kubernetes-int-or-string') ? ['integer', 'string'] : [typeOf(schema)].filter((type) => type !== '')
  if (types.length === 0) return undefined
  if (value === null ? isTrue(schema, 'nullable') : types.some((type) => isOfType(value, type))) return undefined
  return `must be of type ${types.join(' or ')}, not ${nameType(value)}`
}

function isOfType(value: JsonValue, type: string): boolean {
  if (type === 'integer') return Number.isInteger(value)
  return type === 'number' ? typeof value === 'number' : nameType(value) === type
}

function nameType(value: JsonValue): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value
}

/** null is in no enum, even where the enum lists it. */
function checkEnum(value: JsonValue, schema: Schema): string | undefined {
  const allowed = valueAt(schema, 'enum')
  if (!Array.isArray(allowed) || allowed.length === 0) return undefined
  // Beside an integer, a fraction counts as the integer that Go converts it to.
  const convert = (item: JsonValue) => (typeof value === 'number' && Number.isInteger(item) ? Math.trunc(value) : value)
  if (value !== null && allowed.some((item) => isSame(item, convert(item)))) return undefined
  return `must be one of ${allowed.map((item) => JSON.stringify(item)).join(', ')}`
}

function isSame(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, index) => isSame(item, b[index]))
  if (!isJsonObject(a)) return a === b
  const keys = Object.keys(a)
  if (!isJsonObject(b) || keys.length !== Object.keys(b).length) return false
  return keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]))
}

function checkJunctors(value: JsonValue, schema: Schema, patterns: Patterns, path: Path): SchemaProblem[] {
  const failures = (key: string) => schemaListAt(schema, key).map((option) => findSchemaProblems(value, option, patterns, path))
  const problems = failures('allOf').flat()
  const anyOf = failures('anyOf')
  if (anyOf.length > 0 && !anyOf.some((found) => found.length === 0)) {
    problems.push({ path, reason: 'must satisfy at least one schema of anyOf' }, ...(anyOf[0] ?? []))
  }
  const oneOf = failures('oneOf')
  const satisfied = oneOf.filter((found) => found.length === 0).length
  if (oneOf.length > 0 && satisfied !== 1) {
    problems.push({ path, reason: `must satisfy exactly one schema of oneOf, and satisfies ${satisfied}` })
  }
  const not = schemaAt(schema, 'not')
  if (not !== undefined && findSchemaProblems(value, not, patterns, path).length === 0) {
    problems.push({ path, reason: 'must not satisfy the schema of not' })
  }
  return problems
}

function checkString(value: string, schema: Schema, patterns: Patterns): string[] {
  const problems = []
  const { maxLength, minLength } = limits(schema)
  const length = Array.from(value).length
  if (length > maxLength) problems.push(`may not be longer than ${maxLength} characters`)
  if (length < minLength) problems.push(`must have at least ${minLength} characters`)
  const pattern = valueAt(schema, 'pattern')
  if (typeof pattern === 'string' && patterns.get(pattern)?.(value) !== true) problems.push(`must match ${pattern}`)
  return problems
}

function checkNumber(value: number, schema: Schema): string[] {
  const problems = []
  const { minimum, maximum } = limits(schema)
  const format = valueAt(schema, 'format')
  const bits = format === 'int32' ? 32 : 64
  if (typeOf(schema) === 'integer' && (value < -(2 ** (bits - 1)) || value >= 2 ** (bits - 1))) problems.push(`must fit into ${bits} bits`)
  if (isTrue(schema, 'exclusiveMaximum') ? value >= maximum : value > maximum) problems.push(`must be at most ${maximum}`)
  if (isTrue(schema, 'exclusiveMinimum') ? value <= minimum : value < minimum) problems.push(`must be at least ${minimum}`)
  const factor = valueAt(schema, 'multipleOf')
  if (typeof factor === 'number' && !isMultiple(value, factor)) problems.push(`must be a multiple of ${factor}`)
  return problems
}

/** As kube-openapi has it, so that 0.3 is a multiple of 0.1. */
function isMultiple(value: number, factor: number): boolean {
  const quotient = factor < 1 ? (1 / factor) * value : value / factor
  return factor > 0 && Math.abs(quotient - Math.round(quotient)) < 1e-9 * Math.max(1, Math.abs(quotient))
}

function checkList(value: readonly JsonValue[], schema: Schema, patterns: Patterns, path: Path): SchemaProblem[] {
  const problems: SchemaProblem[] = []
  const items = schemaAt(schema, 'items')
  if (items !== undefined) {
    value.forEach((item, index) => problems.push(...findSchemaProblems(item, items, patterns, [...path, index])))
  }
  const { minItems, maxItems } = limits(schema)
  if (value.length < minItems) problems.push({ path, reason: `must have at least ${minItems} items` })
  if (value.length > maxItems) problems.push({ path, reason: `may not have more than ${maxItems} items` })
  const unique = !isTrue(schema, 'uniqueItems') || value.every((item, index) => !value.slice(0, index).some((other) => isSame(item, other)))
  if (!unique) problems.push({ path, reason: 'must not have the same item twice' })
  return problems
}

function checkMap(value: JsonObject, schema: Schema, patterns: Patterns, path: Path): SchemaProblem[] {
  const problems: SchemaProblem[] = []
  const keys = Object.keys(value)
  const { minProperties, maxProperties } = limits(schema)
  if (keys.length < minProperties) problems.push({ path, reason: `must have at least ${minProperties} fields` })
  if (keys.length > maxProperties) problems.push({ path, reason: `may not have more than ${maxProperties} fields` })
  const others = valueAt(schema, 'additionalProperties')
  const known = new Map(schemasAt(schema, 'properties'))
  for (const [key, item] of Object.entries(value)) {
    const property = known.get(key) ?? (isJsonObject(others) ? others : undefined)
    if (property !== undefined) problems.push(...findSchemaProblems(item, property, patterns, [...path, key]))
    else if (others === false) problems.push({ path: [...path, key], reason: 'is not allowed' })
  }
  const required = valueAt(schema, 'required')
  for (const key of Array.isArray(required) ? required : []) {
    if (typeof key === 'string' && !Object.hasOwn(value, key)) problems.push({ path, reason: `${key} is required` })
  }
  return problems
}

type Limit = 'minLength' | 'maxLength' | 'minimum' | 'maximum' | 'minItems' | 'maxItems' | 'minProperties' | 'maxProperties'

const LIMITS: readonly Limit[] = ['minLength', 'maxLength', 'minimum', 'maximum', 'minItems', 'maxItems', 'minProperties', 'maxProperties']

/** The limits of a schema; infinite where it sets none. */
function limits(schema: Schema): Record<Limit, number> {
  const read = (key: Limit): number => {
    const value = valueAt(schema, key)
    if (typeof value === 'number') return value
    return key.startsWith('max') ? Infinity : -Infinity
  }
  return Object.fromEntries(LIMITS.map((key) => [key, read(key)])) as Record<Limit, number>
}

