import type { PolicyMatch } from '../../graph/model.ts'
import type { JsonObject } from '../../input/json.ts'

/** Where a sample must live, and what it must carry, for a `policy.match` to select it. */
export interface SamplePlace {
  readonly namespace: string
  readonly labels: JsonObject
  /** Labels of its Namespace; undefined where no selector asks for them. */
  readonly namespaceLabels: JsonObject | undefined
  /** False if no namespace or no labels satisfy the match: then it selects nothing at all. */
  readonly selectable: boolean
}

/** A LabelSelector; `src/graph` has checked its shape. */
interface Selector {
  matchLabels?: Record<string, string>
  matchExpressions?: { key: string; operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist'; values?: string[] }[]
}

/** Finds a namespace and labels that `match` selects; pure, and the same for the same match. */
export function fitMatch(match: PolicyMatch): SamplePlace {
  const candidates = (match.namespaces ?? ['default', 'sample', 'team-a']).flatMap((glob) =>
    ['sample', 'team-a', 'x1'].map((filler) => glob.replaceAll('*', filler)),
  )
  const excluded = (match.excludedNamespaces ?? []).map(globPattern)
  const namespace = candidates.find((name) => name !== '' && !excluded.some((pattern) => pattern.test(name)))
  const labels = fitSelector(match.labelSelector)
  const namespaceLabels = match.namespaceSelector && fitSelector(match.namespaceSelector)
  return {
    namespace: namespace ?? 'default',
    labels: labels ?? {},
    namespaceLabels: namespaceLabels ?? undefined,
    selectable: namespace !== undefined && labels !== undefined && (match.namespaceSelector === undefined || namespaceLabels !== undefined),
  }
}

/** Labels that a selector selects; undefined if there are none. */
function fitSelector(source: JsonObject | undefined): JsonObject | undefined {
  const selector = source as Selector | undefined
  const labels: Record<string, string> = { ...selector?.matchLabels }
  const expressions = selector?.matchExpressions ?? []
  for (const { key, operator, values = [] } of expressions) {
    if (operator === 'In' && !(key in labels)) {
      const refused = expressions.filter((other) => other.key === key && other.operator === 'NotIn').flatMap((other) => other.values ?? [])
      const value = values.find((candidate) => !refused.includes(candidate))
      if (value !== undefined) labels[key] = value
    }
    if (operator === 'Exists') labels[key] ??= 'sample'
  }
  const holds = expressions.every(({ key, operator, values = [] }) => {
    const value = labels[key]
    if (operator === 'In') return value !== undefined && values.includes(value)
    if (operator === 'NotIn') return value === undefined || !values.includes(value)
    return (operator === 'Exists') === (value !== undefined)
  })
  return holds ? labels : undefined
}

function globPattern(glob: string): RegExp {
  return new RegExp(`^${glob.replaceAll('*', '.*')}$`)
}
