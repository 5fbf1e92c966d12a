import { childKinds, graphParameters } from '../parameters.ts'
import type { GuardedGraph, RuleConstraint, Sample } from '../rule.ts'
import { allowed, disallowed, firstChild, sampleObjects } from '../sample/objects.ts'

const RULE = 'child-root-label'

export const constraints: readonly RuleConstraint[] = [
  {
    suffix: 'policy',
    kinds: childKinds,
    parameters: (graph) => ({ ...graphParameters(graph), ...(isExclusive(graph) && { exclusive: true }) }),
    samples: (graph) => {
      const { child, marks, owner } = sampleObjects(graph)
      const type = firstChild(graph)
      return {
        inventory: {},
        samples: [
          allowed('marked', child(type, { labels: marks(type) })),
          allowed('marked-and-owned', child(type, { labels: marks(type), ownerReferences: [owner()] })),
          ofNoGraph(graph),
          disallowed('graph-without-root', child(type, { labels: { 'kro.dev/root-graph': graph.name } }), 'kro\\.dev/root'),
          disallowed(
            'marks-contradict-owner',
            child(type, { labels: { ...marks(type), 'kro.dev/root': 'another-root' }, ownerReferences: [owner()] }),
            'another-root',
          ),
        ],
      }
    },
  },
  {
    // Apart from the first, because an operator creates observed children before anyone can mark them: this one only audits.
    suffix: 'unmarked',
    enforcement: 'warn',
    point: 'audit',
    stops: 'Children that a root owns and that nobody has marked yet, so that queries and reports by mark miss them.',
    kinds: childKinds,
    parameters: (graph) => ({ ...graphParameters(graph), unmarked: true }),
    samples: (graph) => {
      const { child, marks, owner } = sampleObjects(graph)
      const type = firstChild(graph)
      return {
        inventory: {},
        samples: [
          allowed('marked-and-owned', child(type, { labels: marks(type), ownerReferences: [owner()] })),
          allowed('of-no-graph', child(type)),
          disallowed('owned-but-unmarked', child(type, { ownerReferences: [owner()] }), 'kro\\.dev/root'),
        ],
      }
    },
  },
]

function isExclusive(graph: GuardedGraph): boolean {
  return graph.policy.rules[RULE]?.exclusive === true
}

/** A child of no graph is nobody's business, unless the graph claims its child kinds for itself. */
function ofNoGraph(graph: GuardedGraph): Sample {
  const object = sampleObjects(graph).child(firstChild(graph))
  return isExclusive(graph) ? disallowed('of-no-graph', object, 'belongs to no root') : allowed('of-no-graph', object)
}
