import type { InputDocument } from './document.ts'
import { isJsonObject, type JsonValue } from './json.ts'

/**
 * Replaces Kubernetes lists (`v1 List` and typed ones such as `ConfigMapList`) by their items, as kubectl and gator do;
 * positions stay those of the file. Anything else passes through untouched.
 */
export function expandLists(documents: readonly InputDocument[]): InputDocument[] {
  return documents.flatMap((document) => {
    const items = listItems(document.value)
    if (items === undefined) return [document]
    const members = items.flatMap((value, at) => (value === null ? [] : [listMember(document, value, at)]))
    return expandLists(members)
  })
}

function listItems(value: JsonValue): JsonValue[] | undefined {
  if (!isJsonObject(value) || !Object.hasOwn(value, 'kind') || !Object.hasOwn(value, 'items')) return undefined
  const { apiVersion, kind, items } = value
  const isList = typeof apiVersion === 'string' && typeof kind === 'string' && kind.endsWith('List')
  return isList && Array.isArray(items) ? items : undefined
}

function listMember(list: InputDocument, value: JsonValue, at: number): InputDocument {
  return {
    file: list.file,
    index: list.index,
    value,
    locate: (path, target) => list.locate(['items', at, ...path], target),
    locateIn: (path, start, end) => list.locateIn(['items', at, ...path], start, end),
    frame: (position) => list.frame(position),
  }
}
