import type { InputDocument } from '../input/document.ts'
import type { JsonObject } from '../input/json.ts'

// The compiled graph: immutable, every default applied, so that no later stage knows what a file may leave out.
// Fields whose absence means something ("the rule's own default applies") stay optional.

export type EnforcementAction = 'deny' | 'warn' | 'dryrun'
export type GraphMode = 'Enforce' | 'Detect'
export type DeletionPolicy = 'Delete' | 'Retain'
export type ConflictPolicy = 'Force' | 'Report'
export type PolicyMode = 'InCluster' | 'GitOps'

export interface GroupKind {
  /** Empty for the core group. */
  readonly apiGroup: string
  readonly kind: string
}

export interface GraphType extends GroupKind {
  /** From the graph, else from a CustomResourceDefinition among the inputs, else unknown. */
  readonly version?: string
}

export interface GraphChild extends GraphType {
  /** Unique in its graph, whatever the case. Default: the kind in lowerCamelCase. */
  readonly id: string
  /** Present: the controller creates the child (managed). Absent: something else does (observed). */
  readonly template?: JsonObject
  /** CEL conditions, each one `${…}`. */
  readonly includeWhen: readonly string[]
  readonly readyWhen: readonly string[]
  /** How many a root must have; an observed child's alone can differ from exactly 1 (managed) or at least 1. */
  readonly count: { readonly min: number; readonly max?: number }
  readonly adopt: boolean
  readonly conflictPolicy: ConflictPolicy
  /** Paths that the controller leaves to others. */
  readonly ignoreFields: readonly string[]
  /** Where an observed child may live; empty: in its root's namespace. */
  readonly namespaces: readonly string[]
  /** The child's, else the graph's. */
  readonly deletionPolicy: DeletionPolicy
}

/** Settings of one rule; what is absent is decided by the graph's policy, then by the catalogue. */
export interface RuleSettings {
  readonly enabled?: boolean
  readonly enforcementAction?: EnforcementAction
  readonly exclusive?: boolean
}

/** Merged into every constraint's `spec.match`; never changes membership. */
export interface PolicyMatch {
  readonly namespaces?: string[]
  readonly excludedNamespaces?: string[]
  readonly labelSelector?: JsonObject
  readonly namespaceSelector?: JsonObject
}

export interface GraphPolicy {
  readonly mode: PolicyMode
  /** Absent: the catalogue's default of each rule applies. */
  readonly enforcementAction?: EnforcementAction
  readonly rules: Readonly<Record<string, RuleSettings>>
  readonly match: PolicyMatch
  readonly allowedUsers: readonly string[]
  readonly breakGlassGroup?: string
}

export interface ResourceGraph {
  readonly name: string
  readonly root: GraphType
  readonly children: readonly GraphChild[]
  readonly mode: GraphMode
  readonly deletionPolicy: DeletionPolicy
  readonly policy: GraphPolicy
  /** Where the graph was read, for messages of later stages: `graph.document.locate(['spec', 'children', 0])`. */
  readonly document: InputDocument
}

/** Who may change marks where the graph names nobody: graphgate's controller. */
export const DEFAULT_ALLOWED_USERS: readonly string[] = ['system:serviceaccount:graphgate-system:graphgate-controller']
