import type { GraphChild } from '../../graph/model.ts'
import type { JsonObject } from '../../input/json.ts'
import { fitMatch } from './fit-match.ts'
import { buildSyncSet } from '../syncset.ts'
import type { GuardedGraph, InventoryKind, Rule, Sample } from '../rule.ts'

/** Makes the objects of a graph's samples, placed so that the graph's own `policy.match` selects them. */
export interface SampleObjects {
  readonly rootName: string
  /** A root as its author would write it; `metadata` is laid over the defaults. */
  root: (metadata?: JsonObject) => JsonObject
  child: (type: GraphChild, metadata?: JsonObject) => JsonObject
  /** The marks of a child of the sample root. */
  marks: (type: GraphChild) => JsonObject
  /** An ownerReference to the sample root. */
  owner: () => JsonObject
  syncSet: (reads: readonly InventoryKind[]) => JsonObject
}

const ROOT_UID = '00000000-0000-4000-8000-000000000001'

export function sampleObjects(graph: GuardedGraph): SampleObjects {
  const { root } = graph
  const rootName = `${kebabCase(root.kind)}-01`
  const place = fitMatch(graph.policy.match)
  const object = (apiVersion: string, kind: string, name: string, metadata: JsonObject): JsonObject => ({
    apiVersion,
    kind,
    metadata: {
      name,
      namespace: place.namespace,
      ...metadata,
      ...mergeLabels(place.labels, metadata['labels']),
    },
  })
  return {
    rootName,
    root: (metadata = {}) => object(apiVersionOf(root), root.kind, rootName, metadata),
    child: (type, metadata = {}) => object(apiVersionOf(type), type.kind, `${rootName}-${type.id.toLowerCase()}`, metadata),
    marks: (type) => ({ 'kro.dev/child': type.id, 'kro.dev/root': rootName, 'kro.dev/root-graph': graph.name }),
    owner: () => ({ apiVersion: apiVersionOf(root), kind: root.kind, name: rootName, uid: ROOT_UID }),
    syncSet: (reads) => buildSyncSet(`${graph.name}-policy`, [{ graph, rule: { reads } as Rule }]) ?? {},
  }
}

/** The first child of a graph: samples of rules that treat all children alike use it. */
export function firstChild(graph: GuardedGraph): GraphChild {
  const child = graph.children[0]
  if (child === undefined) throw new Error(`graph ${graph.name} has no children`)
  return child
}

export function allowed(name: string, object: JsonObject, inventory?: readonly string[]): Sample {
  return { name: `allowed-${name}`, verdict: 'allowed', object, ...(inventory && { inventory }) }
}

/** @param message RE2 that the violation's message must match. */
export function disallowed(name: string, object: JsonObject, message: string, inventory?: readonly string[]): Sample {
  return { name: `disallowed-${name}`, verdict: 'disallowed', object, message, ...(inventory && { inventory }) }
}

/** Somebody whom the graph exempts from nothing. */
function plainUser({ policy }: GuardedGraph): JsonObject {
  const groups = ['system:authenticated'].filter((group) => group !== policy.breakGlassGroup)
  return { username: unlike('jane@example.com', policy.allowedUsers), groups }
}

/** @returns `name`, or a name made from it that is none of `taken`. */
export function unlike(name: string, taken: readonly string[]): string {
  let other = name
  while (taken.includes(other)) other = `x-${other}`
  return other
}

/** An AdmissionReview of an UPDATE. @param username who changes it; default: somebody without any exemption. */
export function updateReview(graph: GuardedGraph, oldObject: JsonObject, object: JsonObject, username?: string): JsonObject {
  return admissionReview('UPDATE', { object, oldObject }, object, username === undefined ? plainUser(graph) : { username })
}

/** An AdmissionReview of a DELETE: the API server sends the object as `oldObject` alone. */
export function deleteReview(graph: GuardedGraph, oldObject: JsonObject): JsonObject {
  return admissionReview('DELETE', { oldObject }, oldObject, plainUser(graph))
}

function admissionReview(operation: string, objects: JsonObject, subject: JsonObject, userInfo: JsonObject): JsonObject {
  const [group, version] = splitApiVersion(subject['apiVersion'] as string)
  const metadata = subject['metadata'] as JsonObject
  return {
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    request: {
      uid: '00000000-0000-4000-8000-000000000002',
      kind: { group, version, kind: subject['kind'] ?? '' },
      name: metadata['name'] ?? '',
      ...(metadata['namespace'] !== undefined && { namespace: metadata['namespace'] }),
      operation,
      userInfo,
      ...objects,
    },
  }
}

/** Verdicts do not depend on the version, so a version that nobody knows is written as v1. */
function apiVersionOf(type: { apiGroup: string; version?: string | undefined }): string {
  const version = type.version ?? 'v1'
  return type.apiGroup === '' ? version : `${type.apiGroup}/${version}`
}

function splitApiVersion(apiVersion: string): [group: string, version: string] {
  const slash = apiVersion.indexOf('/')
  return slash < 0 ? ['', apiVersion] : [apiVersion.slice(0, slash), apiVersion.slice(slash + 1)]
}

function mergeLabels(base: JsonObject, own: unknown): JsonObject {
  const labels = { ...base, ...(own as JsonObject | undefined) }
  return Object.keys(labels).length > 0 ? { labels } : {}
}

/** `HTTPRoute` → `http-route`. */
function kebabCase(kind: string): string {
  return kind
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .toLowerCase()
}
