import type { GroupKind } from '../graph/model.ts'
import type { JsonObject } from '../input/json.ts'
import type { GuardedGraph } from './rule.ts'

/**
 * The parameters that the rules of a graph share; their schema is `rego/lib/parameters.yaml`.
 * @returns `{graph, root, children}` with the defaults of the schema left out.
 */
export function graphParameters(graph: GuardedGraph): JsonObject {
  return {
    graph: graph.name,
    root: { apiGroup: graph.root.apiGroup, kind: graph.root.kind },
    children: graph.children.map((child) => ({
      id: child.id,
      apiGroup: child.apiGroup,
      kind: child.kind,
      ...(child.template !== undefined && { managed: true }),
      ...(child.includeWhen.length > 0 && { conditional: true }),
      // There is one object per template, so only observed children are counted.
      ...(child.template === undefined && countParameter(child.count)),
    })),
  }
}

/** Who may change marks: `{allowedUsers, breakGlassGroup}`. */
export function exemptionParameters(graph: GuardedGraph): JsonObject {
  const { allowedUsers, breakGlassGroup } = graph.policy
  return { allowedUsers: [...allowedUsers], ...(breakGlassGroup !== undefined && { breakGlassGroup }) }
}

export function rootKind(graph: GuardedGraph): GroupKind {
  return { apiGroup: graph.root.apiGroup, kind: graph.root.kind }
}

/** The child kinds of a graph, each once, in the graph's order. */
export function childKinds(graph: GuardedGraph): GroupKind[] {
  const kinds = new Map<string, GroupKind>()
  for (const { apiGroup, kind } of graph.children) kinds.set(`${apiGroup}/${kind}`, { apiGroup, kind })
  return [...kinds.values()]
}

function countParameter(count: { readonly min: number; readonly max?: number }): JsonObject {
  if (count.min === 1 && count.max === undefined) return {}
  return { count: { min: count.min, ...(count.max !== undefined && { max: count.max }) } }
}
