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

/** Tried in this order as names, and in place of a glob's stars; so different that no sensible exclusion names them all. */
const NAMES = ['default', 'sample', 'team-a', 'x1', 'zz', 'm-m', 'q7w', '0']

/** Finds a namespace and labels that `match` selects; pure, and the same for the same match. */
export function fitMatch(match: PolicyMatch): SamplePlace {
  const globs = match.namespaces === undefined || match.namespaces.length === 0 ? ['*'] : match.namespaces
  const excluded = (match.excludedNamespaces ?? []).map(globPattern)
  const candidates = globs.flatMap((glob) => (glob.includes('*') ? NAMES.map((name) => glob.replaceAll('*', name)) : [glob]))
  const namespace = candidates.find((name) => !excluded.some((pattern) => pattern.test(name)))
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
  const { matchLabels = {}, matchExpressions = [] } = (source ?? {}) as Selector
  const labels = new Map(Object.entries(matchLabels))
  for (const { key } of matchExpressions) {
    const about = matchExpressions.filter((expression) => expression.key === key)
    const sets = about.filter(({ operator }) => operator === 'In').map(({ values = [] }) => values)
    const refused = about.filter(({ operator }) => operator === 'NotIn').flatMap(({ values = [] }) => values)
    const value = sets[0]?.find((candidate) => sets.every((set) => set.includes(candidate)) && !refused.includes(candidate))
    if (value !== undefined && !labels.has(key)) labels.set(key, value)
    if (sets.length === 0 && about.some(({ operator }) => operator === 'Exists') && !labels.has(key)) {
      labels.set(key, ['sample', 'other', 'any'].find((candidate) => !refused.includes(candidate)) ?? 'x')
    }
  }
  const holds = matchExpressions.every(({ key, operator, values = [] }) => {
    const value = labels.get(key)
    if (operator === 'In') return value !== undefined && values.includes(value)
    if (operator === 'NotIn') return value === undefined || !values.includes(value)
    return (operator === 'Exists') === (value !== undefined)
  })
  return holds ? Object.fromEntries(labels) : undefined
}

function globPattern(glob: string): RegExp {
  return new RegExp(`^${glob.replaceAll('*', '.*')}$`)
}
