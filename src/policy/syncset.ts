import type { JsonObject } from '../input/json.ts'
import type { GuardedGraph, InventoryKind, Rule } from './rule.ts'

export interface GroupVersionKind {
  readonly group: string
  readonly version: string
  readonly kind: string
}

/** Rules that read the inventory speak only where a SyncSet names what they read, so SyncSets are inventoried too. */
const SYNC_SET: GroupVersionKind = { group: 'syncset.gatekeeper.sh', version: 'v1alpha1', kind: 'SyncSet' }
const RESOURCE_GRAPH: GroupVersionKind = { group: 'kro.dev', version: 'v1alpha1', kind: 'ResourceGraph' }

/** The kinds behind a rule's `reads`; `version` is undefined where nobody says which one the cluster serves. */
export function readKinds(graph: GuardedGraph, reads: readonly InventoryKind[]): (Omit<GroupVersionKind, 'version'> & { version: string | undefined })[] {
  return reads.flatMap((read) => {
    if (read === 'graphs') return [RESOURCE_GRAPH]
    const types = read === 'root' ? [graph.root] : graph.children
    return types.map(({ apiGroup, version, kind }) => ({ group: apiGroup, version, kind }))
  })
}

/** True if the version of everything that the rule reads is known, so that it can be synced. */
export function canSync(graph: GuardedGraph, rule: Rule): boolean {
  return readKinds(graph, rule.reads).every(({ version }) => version !== undefined)
}

/**
 * The SyncSet that makes Gatekeeper inventory what the rules read.
 * @returns undefined where none of the rules reads the inventory.
 */
export function buildSyncSet(name: string, pairs: readonly { graph: GuardedGraph; rule: Rule }[]): JsonObject | undefined {
  const kinds = new Map<string, GroupVersionKind>()
  for (const { graph, rule } of pairs) {
    for (const { group, version, kind } of readKinds(graph, rule.reads)) {
      if (version !== undefined) kinds.set(`${group}/${version}/${kind}`, { group, version, kind })
    }
  }
  if (kinds.size === 0) return undefined
  const sorted = [...kinds].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, gvk]) => ({ ...gvk }))
  return {
    apiVersion: `${SYNC_SET.group}/${SYNC_SET.version}`,
    kind: SYNC_SET.kind,
    metadata: { name },
    spec: { gvks: [...sorted, { ...SYNC_SET }] },
  }
}
