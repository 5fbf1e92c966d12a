import { isJsonObject, type JsonObject, type JsonValue } from '../input/index.ts'
import { groupVersionKind, isNamespace, labelsOf, stringAt, valueAt, type GroupVersionKind } from './fields.ts'
import { matchesGenerateName, matchesGlob } from './glob.ts'
import { matchesSelector, readSelector, type Selector } from './selector.ts'

// Gatekeeper's matcher (pkg/mutation/match/match.go, pkg/target/matcher.go), statement for statement: which objects a
// constraint is about. The predicates run in this order and stop at the first that says no, so a mistake that a later
// one would find is not met.

/** `spec.match` of a constraint, after its schema was checked. */
export interface Match {
  readonly kinds: readonly { readonly apiGroups: readonly string[]; readonly kinds: readonly string[] }[]
  readonly scope: string
  readonly namespaces: readonly string[]
  readonly excludedNamespaces: readonly string[]
  readonly labelSelector: Selector | undefined
  readonly namespaceSelector: Selector | undefined
  readonly name: string
  readonly source: string
}

/** Where an object came from: sent by someone, or made by an ExpansionTemplate; "" where nobody knows. */
export type Source = 'Original' | 'Generated' | ''

/** What is matched. At least one of the objects must be there. */
export interface MatchTarget {
  readonly object: JsonObject | undefined
  readonly oldObject: JsonObject | undefined
  /** The object's Namespace, where it is known. */
  readonly namespace: JsonObject | undefined
  readonly source: Source
}

/** Whether a constraint is about an object; an error means that Gatekeeper rejects it unseen. */
export type MatchOutcome = boolean | { readonly error: string }

interface Candidate {
  readonly object: JsonObject
  readonly gvk: GroupVersionKind
  readonly isNamespace: boolean
  /** metadata.namespace; "" for a cluster-scoped object. */
  readonly ownNamespace: string
  readonly namespace: JsonObject | undefined
  readonly source: Source
}

type Predicate = (match: Match, candidate: Candidate) => MatchOutcome

const PREDICATES: readonly Predicate[] = [
  matchKinds,
  matchScope,
  matchNamespaces,
  matchExcludedNamespaces,
  matchLabels,
  matchNamespaceLabels,
  matchName,
  matchSource,
]

const SOURCES: readonly string[] = ['All', 'Original', 'Generated']

/** Reads `spec.match`; undefined where there is none, which matches everything. */
export function readMatch(value: JsonValue | undefined): Match | undefined {
  if (!isJsonObject(value)) return undefined
  return {
    kinds: listAt(value, 'kinds').map((entry) => ({ apiGroups: stringsAt(entry, 'apiGroups'), kinds: stringsAt(entry, 'kinds') })),
    scope: stringAt(value, 'scope'),
    namespaces: stringsAt(value, 'namespaces'),
    excludedNamespaces: stringsAt(value, 'excludedNamespaces'),
    labelSelector: readSelector(valueAt(value, 'labelSelector')),
    namespaceSelector: readSelector(valueAt(value, 'namespaceSelector')),
    name: stringAt(value, 'name'),
    source: stringAt(value, 'source'),
  }
}

/** Whether the object or the old object matches: one is enough, and the first error ends it. */
export function matchTarget(match: Match | undefined, target: MatchTarget): MatchOutcome {
  if (match === undefined) return true
  const { object, oldObject } = target
  if (object === undefined && oldObject === undefined) {
    return { error: 'invalid request object: neither object nor old object are defined' }
  }
  for (const candidate of [object, oldObject]) {
    if (candidate === undefined) continue
    const outcome = matchObject(match, candidate, target)
    if (outcome !== false) return outcome
  }
  return false
}

function matchObject(match: Match, object: JsonObject, { namespace, source }: MatchTarget): MatchOutcome {
  const candidate: Candidate = {
    object,
    gvk: groupVersionKind(object),
    isNamespace: isNamespace(object),
    ownNamespace: stringAt(object, 'metadata', 'namespace'),
    namespace,
    source,
  }
  for (const predicate of PREDICATES) {
    const outcome = predicate(match, candidate)
    if (outcome === true) continue
    if (outcome === false) return false
    const name = stringAt(object, 'metadata', 'name')
    return { error: `error matching the requested object: ${name} :failed to run Match criteria: ${outcome.error}` }
  }
  return true
}

/** The object's own group and kind count, not those of the request: a scale request is about a `Scale`. */
function matchKinds({ kinds }: Match, { gvk }: Candidate): boolean {
  const selects = (list: readonly string[], value: string) => list.length === 0 || list.includes('*') || list.includes(value)
  return kinds.length === 0 || kinds.some((entry) => selects(entry.kinds, gvk.kind) && selects(entry.apiGroups, gvk.group))
}

/** An unknown scope, typos included, matches everything. */
function matchScope({ scope }: Match, candidate: Candidate): boolean {
  const namespaced = candidate.ownNamespace !== '' || candidate.namespace !== undefined
  if (scope === 'Cluster') return candidate.isNamespace || !namespaced
  if (scope === 'Namespaced') return !candidate.isNamespace && namespaced
  return true
}

function matchNamespaces({ namespaces }: Match, candidate: Candidate): boolean {
  const name = namespaces.length === 0 ? undefined : namespaceNameOf(candidate)
  return name === undefined || namespaces.some((pattern) => matchesGlob(pattern, name))
}

function matchExcludedNamespaces({ excludedNamespaces }: Match, candidate: Candidate): boolean {
  const name = excludedNamespaces.length === 0 ? undefined : namespaceNameOf(candidate)
  return name === undefined || !excludedNamespaces.some((pattern) => matchesGlob(pattern, name))
}

/** The attached Namespace wins over the one that the object declares; undefined for other cluster-scoped objects. */
function namespaceNameOf({ object, isNamespace, namespace, ownNamespace }: Candidate): string | undefined {
  if (isNamespace) return stringAt(object, 'metadata', 'name')
  if (namespace !== undefined) return stringAt(namespace, 'metadata', 'name')
  return ownNamespace === '' ? undefined : ownNamespace
}

function matchLabels({ labelSelector }: Match, { object }: Candidate): MatchOutcome {
  return labelSelector === undefined || matchesSelector(labelSelector, labelsOf(object))
}

function matchNamespaceLabels({ namespaceSelector }: Match, candidate: Candidate): MatchOutcome {
  const { object, namespace } = candidate
  if (namespaceSelector === undefined) return true
  if (!candidate.isNamespace && namespace === undefined && candidate.ownNamespace === '') return true
  const labelled = candidate.isNamespace ? object : namespace
  const outcome = matchesSelector(namespaceSelector, labelled === undefined ? new Map() : labelsOf(labelled))
  if (labelled === undefined && typeof outcome === 'boolean') {
    return { error: 'namespace selector for namespace-scoped object but missing Namespace' }
  }
  return outcome
}

function matchName({ name }: Match, { object }: Candidate): boolean {
  if (name === '') return true
  return (
    matchesGlob(name, stringAt(object, 'metadata', 'name')) ||
    matchesGenerateName(name, stringAt(object, 'metadata', 'generateName'))
  )
}

function matchSource({ source }: Match, candidate: Candidate): MatchOutcome {
  const wanted = source === '' ? 'All' : source
  if (!SOURCES.includes(wanted)) return { error: `invalid source field "${wanted}"` }
  if (wanted === 'All') return true
  if (candidate.source === '') {
    return { error: `source field not specified for resource ${stringAt(candidate.object, 'metadata', 'name')}` }
  }
  return wanted === candidate.source
}

function listAt(value: JsonValue, key: string): JsonValue[] {
  const found = valueAt(value, key)
  return Array.isArray(found) ? found : []
}

function stringsAt(value: JsonValue, key: string): string[] {
  return listAt(value, key).filter((item) => typeof item === 'string')
}
