import { isJsonObject, type JsonObject, type JsonValue } from '../input/index.ts'

/**
 * Fields of an object as Kubernetes' own `unstructured` accessors read them, because Gatekeeper's matcher does: a field
 * that is absent or of the wrong type reads as empty, never as an error.
 */
export interface GroupVersionKind {
  readonly group: string
  readonly version: string
  readonly kind: string
}

/** The value at a path, undefined where a step is missing. */
export function valueAt(value: JsonValue | undefined, ...path: readonly string[]): JsonValue | undefined {
  let found = value
  for (const key of path) {
    if (!isJsonObject(found) || !Object.hasOwn(found, key)) return undefined
    found = found[key]
  }
  return found
}

/** The string at a path, "" where there is none. */
export function stringAt(value: JsonValue | undefined, ...path: readonly string[]): string {
  const found = valueAt(value, ...path)
  return typeof found === 'string' ? found : ''
}

/** `a/b/c` and other malformed apiVersions give an empty kind too (apimachinery `GroupVersionKind`). */
export function groupVersionKind(object: JsonObject): GroupVersionKind {
  const apiVersion = stringAt(object, 'apiVersion')
  const kind = stringAt(object, 'kind')
  if (apiVersion === '' || apiVersion === '/') return { group: '', version: '', kind }
  const [first = '', second, ...more] = apiVersion.split('/')
  if (more.length > 0) return { group: '', version: '', kind: '' }
  return second === undefined ? { group: '', version: first, kind } : { group: first, version: second, kind }
}

/** Whether this is an object that Kubernetes can read at all; it takes a malformed apiVersion for a missing kind. */
export function isKubernetesObject(value: JsonValue | undefined): value is JsonObject {
  return isJsonObject(value) && groupVersionKind(value).kind !== ''
}

/** metadata.labels; none at all if one of them is not a string, null counting as "" (`NestedNullCoercingStringMap`). */
export function labelsOf(object: JsonObject): ReadonlyMap<string, string> {
  const labels = new Map<string, string>()
  const found = valueAt(object, 'metadata', 'labels')
  if (!isJsonObject(found)) return labels
  for (const [key, value] of Object.entries(found)) {
    if (value !== null && typeof value !== 'string') return new Map()
    labels.set(key, value ?? '')
  }
  return labels
}

/** Whether this is a core Namespace, of whatever version. */
export function isNamespace(object: JsonObject): boolean {
  const { group, kind } = groupVersionKind(object)
  return kind === 'Namespace' && group === ''
}
