// Rows of docs/resource-graph.md from the CRD's schema.
import type { JsonObject } from '../../src/input/json.ts'

interface Schema {
  type?: string
  description?: string
  default?: unknown
  enum?: unknown[]
  properties?: Record<string, Schema>
  items?: Schema
  additionalProperties?: Schema | boolean
}

interface Crd {
  spec: { versions: { schema: { openAPIV3Schema: Schema } }[] }
}

export function describeFields(crd: JsonObject): { path: string; type: string; description: string }[] {
  const spec = (crd as unknown as Crd).spec.versions[0]?.schema.openAPIV3Schema.properties?.['spec']
  return spec === undefined ? [] : walk(spec, 'spec')
}

function walk(schema: Schema, path: string): { path: string; type: string; description: string }[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const own = `${path}.${name}${property.type === 'array' ? '[]' : ''}`
    const row = { path: own, type: describeType(property), description: describe(property) }
    const values = typeof property.additionalProperties === 'object' ? walk(property.additionalProperties, `${own}.<name>`) : []
    return [row, ...walk(property, own), ...(property.items ? walk(property.items, own) : []), ...values]
  })
}

function describeType({ type, items, enum: values }: Schema): string {
  if (values) return values.map((value) => `\`${String(value)}\``).join(', ')
  if (type === 'array') return items?.type === undefined ? 'list' : `list of ${items.type}s`
  return type ?? 'any'
}

function describe({ description = '', default: fallback }: Schema): string {
  const text = description.replaceAll('\n', ' ').replaceAll('|', '\\|').trim()
  return fallback === undefined ? text : `${text} Default: \`${JSON.stringify(fallback)}\`.`
}
