import type { InputDocument } from '../input/document.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../input/json.ts'
import { fieldAt, objectAt, stringAt, typeKey } from './draft.ts'
import type { GroupKind } from './model.ts'

/** What the CustomResourceDefinitions among the inputs say. */
export interface ServedVersions {
  /** The storage version, else the first that is served; undefined for a kind without CRD. */
  preferred(type: GroupKind): string | undefined
  /** Every served version; undefined for a kind without CRD. */
  served(type: GroupKind): readonly string[] | undefined
}

export function readVersions(documents: readonly InputDocument[]): ServedVersions {
  const kinds = new Map<string, { preferred: string; served: string[] }>()
  for (const { value } of documents) {
    const definition = isJsonObject(value) ? readDefinition(value) : undefined
    // Two CRDs of one kind: the first counts, as documents are in a stable order.
    if (definition !== undefined && !kinds.has(definition.key)) kinds.set(definition.key, definition)
  }
  return {
    preferred: (type) => kinds.get(typeKey(type))?.preferred,
    served: (type) => kinds.get(typeKey(type))?.served,
  }
}

/** True for a CustomResourceDefinition that says which versions its kind has. */
export function givesVersions(value: JsonValue): boolean {
  return isJsonObject(value) && readDefinition(value) !== undefined
}

function readDefinition(value: JsonObject): { key: string; preferred: string; served: string[] } | undefined {
  if (stringAt(value, 'kind') !== 'CustomResourceDefinition') return undefined
  if (stringAt(value, 'apiVersion')?.startsWith('apiextensions.k8s.io/') !== true) return undefined
  const spec = objectAt(value, 'spec') ?? {}
  const apiGroup = stringAt(spec, 'group')
  const kind = stringAt(objectAt(spec, 'names') ?? {}, 'kind')
  const list = fieldAt(spec, 'versions')
  if (apiGroup === undefined || kind === undefined || !Array.isArray(list)) return undefined
  const served = list.filter(isJsonObject).filter((version) => fieldAt(version, 'served') === true && stringAt(version, 'name') !== undefined)
  const storage = served.find((version) => fieldAt(version, 'storage') === true) ?? served[0]
  const preferred = storage && stringAt(storage, 'name')
  if (preferred === undefined) return undefined
  return { key: typeKey({ apiGroup, kind }), preferred, served: served.flatMap((version) => stringAt(version, 'name') ?? []) }
}
