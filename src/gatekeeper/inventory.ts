import { isJsonObject, type JsonObject, type JsonValue } from '../input/index.ts'
import { groupVersionKind, isKubernetesObject, isNamespace, stringAt, valueAt } from './fields.ts'
import { withGoNumbers, type PolicyValue } from './go-json.ts'

/** Objects that rules may look at beside the one under review. Not changed once it is built. */
export interface Inventory {
  /**
   * The `data` of rules. `data.inventory` has Gatekeeper's layout: `cluster[groupVersion][kind][name]` and
   * `namespace[namespace][groupVersion][kind][name]`.
   */
  readonly document: PolicyValue
  /** The `v1` Namespaces in it: the matcher asks them for labels. */
  readonly namespaces: ReadonlyMap<string, JsonObject>
}

/** An object that cannot be part of an inventory. `index` is its place among the objects given. */
export interface InventoryProblem {
  readonly index: number
  readonly reason: string
}

/** An inventory of objects; of two with the same identity the later one stays. Objects with a problem are left out. */
export function buildInventory(objects: readonly JsonValue[]): { inventory: Inventory; problems: InventoryProblem[] } {
  const data = emptyMap()
  const namespaces = new Map<string, JsonObject>()
  const problems: InventoryProblem[] = []
  objects.forEach((object, index) => {
    const reason = findProblem(object)
    if (reason !== undefined) problems.push({ index, reason })
    else if (isJsonObject(object)) addObject(data, namespaces, object)
  })
  return { inventory: { document: withGoNumbers({ inventory: data }, 'all'), namespaces }, problems }
}

function findProblem(object: JsonValue): string | undefined {
  if (!isKubernetesObject(object)) return 'it has no kind, or no valid apiVersion'
  if (groupVersionKind(object).version === '') return 'it has no apiVersion'
  return isNamespace(object) ? findNamespaceProblem(object) : undefined
}

/** Namespaces are also read into their Go type, for namespaceSelectors, and that is strict. */
function findNamespaceProblem(object: JsonObject): string | undefined {
  const metadata = valueAt(object, 'metadata') ?? {}
  if (!isJsonObject(metadata)) return 'metadata of a Namespace must be a map'
  for (const field of ['name', 'generateName', 'namespace', 'uid', 'resourceVersion']) {
    if (typeof (valueAt(metadata, field) ?? '') !== 'string') return `metadata.${field} of a Namespace must be a string`
  }
  for (const field of ['labels', 'annotations']) {
    const map = valueAt(object, 'metadata', field) ?? null
    if (map === null) continue
    const good = isJsonObject(map) && Object.values(map).every((value) => value === null || typeof value === 'string')
    if (!good) return `metadata.${field} of a Namespace must hold strings only`
  }
  return undefined
}

function addObject(data: JsonObject, namespaces: Map<string, JsonObject>, object: JsonObject): void {
  const name = stringAt(object, 'metadata', 'name')
  const namespace = stringAt(object, 'metadata', 'namespace')
  const { group, version, kind } = groupVersionKind(object)
  const groupVersion = group === '' ? version : `${group}/${version}`
  const scope = namespace === '' ? ['cluster'] : ['namespace', namespace]
  let level = data
  for (const key of [...scope, groupVersion, kind]) level = descend(level, key)
  level[name] = object
  if (namespace === '' && groupVersion === 'v1' && kind === 'Namespace') namespaces.set(name, object)
}

function descend(level: JsonObject, key: string): JsonObject {
  const next = level[key]
  if (isJsonObject(next)) return next
  const created = emptyMap()
  level[key] = created
  return created
}

/** Without a prototype: names come from files, and `__proto__` is one like any other. */
function emptyMap(): JsonObject {
  return Object.create(null) as JsonObject
}
