import type { EnforcementAction, GroupKind } from '../../graph/model.ts'
import type { JsonObject } from '../../input/json.ts'
import type { GuardedGraph, Rule, RuleConstraint } from '../rule.ts'

/** Argo CD applies a constraint after its template, and does not ask for the CRD that the template will bring. */
const ORDER_ANNOTATIONS = {
  'argocd.argoproj.io/sync-options': 'SkipDryRunOnMissingResource=true',
  'argocd.argoproj.io/sync-wave': '1',
}

/** Audits alone: gator reviews at its own point, and would see nothing without it. */
const AUDIT_POINTS = ['audit.gatekeeper.sh', 'gator.gatekeeper.sh']

/**
 * The constraint that a rule makes of a graph.
 *
 * `spec.enforcementAction` is omitted where it is deny; an audit rule is `scoped` to Gatekeeper's audit and to gator, so
 * it never reaches admission. The rule's setting comes before the graph's, the graph's before the catalogue's.
 */
export function buildConstraint(graph: GuardedGraph, rule: Rule, variant: RuleConstraint): JsonObject {
  return assemble(rule, {
    name: `${graph.name}-${variant.suffix}`,
    graph: graph.name,
    match: { kinds: matchKinds(variant.kinds(graph)), ...graph.policy.match },
    parameters: variant.parameters(graph),
    action: resolveAction(graph, rule, variant),
    point: variant.point ?? rule.point,
  })
}

/** The constraint of a cluster rule: one per cluster, named after the rule; `spec.policy` of a graph does not touch it. */
export function buildClusterConstraint(rule: Rule, variant: RuleConstraint, graph: GuardedGraph): JsonObject {
  return assemble(rule, {
    name: rule.name,
    match: { kinds: matchKinds(variant.kinds(graph)) },
    parameters: variant.parameters(graph),
    action: rule.enforcement,
    point: rule.point,
  })
}

export function resolveAction(graph: GuardedGraph, rule: Rule, variant: RuleConstraint): EnforcementAction {
  return (
    graph.policy.rules[rule.name]?.enforcementAction ??
    graph.policy.enforcementAction ??
    variant.enforcement ??
    rule.enforcement
  )
}

interface ConstraintParts {
  name: string
  graph?: string
  match: JsonObject
  parameters: JsonObject
  action: EnforcementAction
  point: Rule['point']
}

function assemble(rule: Rule, parts: ConstraintParts): JsonObject {
  return {
    apiVersion: 'constraints.gatekeeper.sh/v1beta1',
    kind: rule.kind,
    metadata: {
      name: parts.name,
      annotations: {
        ...ORDER_ANNOTATIONS,
        ...(parts.graph !== undefined && { 'graphgate.kro.dev/graph': parts.graph }),
        'graphgate.kro.dev/rule': rule.name,
      },
    },
    spec: {
      ...enforcement(parts.action, parts.point),
      match: parts.match,
      ...(Object.keys(parts.parameters).length > 0 && { parameters: parts.parameters }),
    },
  }
}

function enforcement(action: EnforcementAction, point: Rule['point']): JsonObject {
  if (point === 'audit') {
    return {
      enforcementAction: 'scoped',
      scopedEnforcementActions: [{ action, enforcementPoints: AUDIT_POINTS.map((name) => ({ name })) }],
    }
  }
  return action === 'deny' ? {} : { enforcementAction: action }
}

/** One entry per API group, in the order in which the groups first appear. */
function matchKinds(kinds: readonly GroupKind[]): JsonObject[] {
  const groups = new Map<string, string[]>()
  for (const { apiGroup, kind } of kinds) groups.set(apiGroup, [...(groups.get(apiGroup) ?? []), kind])
  return [...groups].map(([apiGroup, names]) => ({ apiGroups: [apiGroup], kinds: names }))
}
