import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import { isJsonObject, type JsonObject, type JsonValue } from '../../input/json.ts'
import { fieldAt, objectAt } from '../draft.ts'
import type { SchemaNode } from '../schema/node.ts'
import { POLICY_SCHEMA } from '../schema/policy.ts'
import { GRAPH_SCHEMA } from '../schema/schema.ts'

/** One place where a document is not what the schema says; `path` leads to the value that is judged. */
export interface Misfit {
  readonly keyword: string
  readonly path: readonly (string | number)[]
  readonly params: Readonly<Record<string, unknown>>
}

const POLICY_PATH = ['spec', 'policy'] as const

// Compiling is most of what the check of a single graph costs (0.3 ms for each field), so what many graphs do not have
// is compiled apart, when the first one has it.
let validateGraph: ValidateFunction | undefined
let validatePolicy: ValidateFunction | undefined

/** Holds a document against the CRD's schema, closed: fields that the schema does not name are misfits. */
export function findMisfits(value: JsonObject): Misfit[] {
  validateGraph ??= compileSchema(closeGraphSchema())
  const misfits = listMisfits(validateGraph, value, [])
  const policy = fieldAt(objectAt(value, 'spec') ?? {}, 'policy')
  if (policy === undefined) return misfits
  validatePolicy ??= compileSchema(closeSchema(POLICY_SCHEMA))
  return [...misfits, ...listMisfits(validatePolicy, policy, POLICY_PATH)]
}

/** Anything is accepted where other checks look: at metadata, the policy, and a status read from a cluster. */
function closeGraphSchema(): JsonObject {
  const { properties = {}, ...rest } = GRAPH_SCHEMA
  const spec = properties['spec']
  const closed = closeSchema({
    ...rest,
    properties: { ...properties, ...(spec && { spec: { ...spec, properties: without(spec.properties, 'policy') } }) },
  })
  const fields = closed['properties'] as { spec: { properties: JsonObject } } & JsonObject
  fields.spec.properties['policy'] = {}
  return { ...closed, properties: { ...fields, metadata: {}, status: {} } }
}

function without<T>(properties: Readonly<Record<string, T>> = {}, name: string): Record<string, T> {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => key !== name))
}

function compileSchema(schema: JsonObject): ValidateFunction {
  // The schema is ours, so checking it would teach nothing; optimizing its code takes longer than it ever saves.
  const ajv = new Ajv({
    strict: false,
    allErrors: true,
    ownProperties: true,
    messages: false,
    meta: false,
    validateSchema: false,
    addUsedSchema: false,
    code: { optimize: false },
  })
  return ajv.compile(schema)
}

const KEPT = ['type', 'required', 'enum', 'pattern', 'minLength', 'maxLength', 'minItems', 'maxItems', 'maxProperties', 'minimum', 'maximum'] as const

/** What of a node says which values fit, with every map closed that names its fields. */
function closeSchema(node: SchemaNode): JsonObject {
  const own = Object.fromEntries(KEPT.flatMap((keyword) => (node[keyword] === undefined ? [] : [[keyword, node[keyword]]]))) as JsonObject
  if (node['x-kubernetes-preserve-unknown-fields'] === true) return own
  return {
    ...own,
    ...(node.items && { items: closeSchema(node.items) }),
    ...(node.additionalProperties && { additionalProperties: closeSchema(node.additionalProperties) }),
    ...(node.properties && {
      properties: Object.fromEntries(Object.entries(node.properties).map(([name, property]) => [name, closeSchema(property)])),
      additionalProperties: false,
    }),
  }
}

function listMisfits(validate: ValidateFunction, value: JsonValue, path: readonly (string | number)[]): Misfit[] {
  if (validate(value)) return []
  return (validate.errors ?? []).map((error) => ({
    keyword: error.keyword,
    path: [...path, ...readPointer(error, value)],
    params: error.params as Record<string, unknown>,
  }))
}

/** JSON pointers do not tell the key "0" from the first item; the value does. */
function readPointer({ instancePath }: ErrorObject, value: JsonValue): (string | number)[] {
  const path: (string | number)[] = []
  let current: JsonValue | undefined = value
  for (const part of instancePath.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~')
    const step = Array.isArray(current) ? Number(name) : name
    path.push(step)
    if (Array.isArray(current)) current = current[Number(name)]
    else current = isJsonObject(current) ? fieldAt(current, name) : undefined
  }
  return path
}
