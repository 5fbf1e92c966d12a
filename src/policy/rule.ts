import type { EnforcementAction, GroupKind, ResourceGraph } from '../graph/model.ts'
import type { JsonObject } from '../input/json.ts'

/** What a rule looks up in Gatekeeper's inventory: the graph's root kind, its child kinds, or the graphs themselves. */
export type InventoryKind = 'root' | 'children' | 'graphs'

/** What `# METADATA` of `rego/<rule>/policy.rego` says of a rule. */
export interface RuleMetadata {
  readonly name: string
  /** Kind of the ConstraintTemplate's constraints. */
  readonly kind: string
  readonly title: string
  readonly description: string
  readonly severity: 'high' | 'medium' | 'low'
  /** Action where neither the rule's setting nor the graph's names one. */
  readonly enforcement: EnforcementAction
  /** Where it speaks: at admission (and in audits), or in audits alone. */
  readonly point: 'admission' | 'audit'
  /** Guards the objects of one graph, or the graphs of a cluster. */
  readonly scope: 'graph' | 'cluster'
  /** One sentence: what it stops. */
  readonly stops: string
  readonly remediation: string
  readonly reads: readonly InventoryKind[]
}

/** What a rule needs of a graph: all but the file that it came from. */
export type GuardedGraph = Omit<ResourceGraph, 'document'>

/** One object with the verdict that it must get; becomes a suite's case. */
export interface Sample {
  /** Name of the case and of its file: `disallowed-bare`. */
  readonly name: string
  readonly verdict: 'allowed' | 'disallowed'
  readonly object: JsonObject
  /** Names of objects in the set's inventory that the verdict depends on. */
  readonly inventory?: readonly string[]
  /** RE2: what the violation's message says; disallowed samples only. */
  readonly message?: string
}

export interface SampleSet {
  readonly samples: readonly Sample[]
  readonly inventory: Readonly<Record<string, JsonObject>>
}

/** One constraint that a rule makes of a graph. */
export interface RuleConstraint {
  /** The constraint is named `<graph>-<suffix>`, or after the rule in the cluster pack. */
  readonly suffix: 'policy' | 'unmarked'
  /** Where it departs from the rule's own. */
  readonly enforcement?: EnforcementAction
  readonly point?: RuleMetadata['point']
  /** What this constraint stops, where it is not what the rule stops. */
  readonly stops?: string
  readonly kinds: (graph: GuardedGraph) => readonly GroupKind[]
  readonly parameters: (graph: GuardedGraph) => JsonObject
  readonly samples: (graph: GuardedGraph) => SampleSet
}

/** A rule of the catalogue: its metadata (from Rego) and its constraints (from `rules/<rule>.ts`). */
export interface Rule extends RuleMetadata {
  readonly constraints: readonly RuleConstraint[]
}
