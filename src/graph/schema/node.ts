import type { JsonObject, JsonValue } from '../../input/json.ts'

/** One node of a structural openAPIV3 schema, as CustomResourceDefinitions allow it: nothing outside this list. */
export interface SchemaNode {
  readonly type: 'object' | 'array' | 'string' | 'boolean' | 'integer'
  readonly description?: string
  readonly properties?: Readonly<Record<string, SchemaNode>>
  readonly required?: readonly string[]
  readonly additionalProperties?: SchemaNode
  readonly items?: SchemaNode
  readonly enum?: readonly string[]
  readonly pattern?: string
  readonly format?: 'int32' | 'int64' | 'date-time'
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly maxProperties?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly default?: JsonValue
  readonly 'x-kubernetes-preserve-unknown-fields'?: true
  readonly 'x-kubernetes-list-type'?: 'atomic' | 'set' | 'map'
  readonly 'x-kubernetes-list-map-keys'?: readonly string[]
  readonly 'x-kubernetes-validations'?: readonly JsonObject[]
}

/** The node that describes the value at a path, undefined where the schema ends. */
export function schemaAt(schema: SchemaNode, path: readonly (string | number)[]): SchemaNode | undefined {
  let node: SchemaNode | undefined = schema
  for (const step of path) {
    if (node === undefined) return undefined
    if (typeof step === 'number') node = node.items
    else if (node.properties !== undefined && Object.hasOwn(node.properties, step)) node = node.properties[step]
    else node = node.additionalProperties
  }
  return node
}
