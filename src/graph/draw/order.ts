import { typeKey } from '../draft.ts'
import type { GraphChild, GraphType, ResourceGraph } from '../model.ts'

/** Graphs by their root kind: what a child chains into. */
export function graphsByRoot(graphs: readonly ResourceGraph[]): Map<string, ResourceGraph> {
  return new Map(graphs.map((graph) => [typeKey(graph.root), graph]))
}

/** The graphs that no other graph leads to, then those of cycles, each group by name. */
export function topGraphs(graphs: readonly ResourceGraph[]): ResourceGraph[] {
  const sorted = [...graphs].sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)))
  const inner = new Set(sorted.flatMap((graph) => graph.children.map(typeKey).filter((key) => key !== typeKey(graph.root))))
  const isTop = (graph: ResourceGraph): boolean => !inner.has(typeKey(graph.root))
  return [...sorted.filter(isTop), ...sorted.filter((graph) => !isTop(graph))]
}

/** `networking.istio.io/v1 Gateway`, `v1 ConfigMap`, `apps Deployment (version unknown)`. */
export function describeType({ apiGroup, version, kind }: GraphType): string {
  if (version === undefined) return `${apiGroup === '' ? '' : `${apiGroup} `}${kind} (version unknown)`
  return `${apiGroup === '' ? '' : `${apiGroup}/`}${version} ${kind}`
}

/** `observed`, `managed, when included`, `observed, 0 or more`, `observed, 2 to 3`. */
export function describeChild({ template, includeWhen, count }: GraphChild): string {
  const managed = template !== undefined
  const parts = [managed ? 'managed' : 'observed']
  if (!managed && (count.min !== 1 || count.max !== undefined)) parts.push(describeCount(count))
  if (includeWhen.length > 0) parts.push('conditional')
  return parts.join(', ')
}

function describeCount({ min, max }: GraphChild['count']): string {
  if (max === undefined) return `${min} or more`
  return min === max ? `exactly ${min}` : `${min} to ${max}`
}
