import { childKinds, exemptionParameters, graphParameters, rootKind } from '../parameters.ts'
import type { RuleConstraint } from '../rule.ts'
import { allowed, disallowed, firstChild, sampleObjects, updateReview } from '../sample/objects.ts'

const GRAPH = 'kro.dev/graph'

export const constraints: readonly RuleConstraint[] = [
  {
    suffix: 'policy',
    kinds: (graph) => [rootKind(graph), ...childKinds(graph)],
    parameters: (graph) => ({ ...graphParameters(graph), ...exemptionParameters(graph) }),
    samples: (graph) => {
      const { root, child, marks } = sampleObjects(graph)
      const type = firstChild(graph)
      const member = { [GRAPH]: graph.name }
      const marked = child(type, { labels: marks(type) })
      const moved = child(type, { labels: { ...marks(type), 'kro.dev/root': 'another-root' } })
      const controller = graph.policy.allowedUsers[0]
      return {
        inventory: {},
        samples: [
          allowed('root-joins', updateReview(graph, root(), root({ labels: member }))),
          allowed('moved-from-annotation-to-label', updateReview(graph, root({ annotations: member }), root({ labels: member }))),
          allowed('child-gets-marks', updateReview(graph, child(type), marked)),
          ...(controller === undefined ? [] : [allowed('changed-by-an-allowed-user', updateReview(graph, marked, moved, controller))]),
          disallowed('root-leaves', updateReview(graph, root({ labels: member }), root()), 'kro\\.dev/graph'),
          disallowed('child-changes-root', updateReview(graph, marked, moved), 'kro\\.dev/root'),
          disallowed('child-loses-marks', updateReview(graph, marked, child(type)), 'kro\\.dev/root-graph'),
        ],
      }
    },
  },
]
