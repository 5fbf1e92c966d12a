import type { RuleConstraint } from '../rule.ts'
import { allowed, deleteReview, disallowed, sampleObjects, unlike } from '../sample/objects.ts'
import { GRAPH_KIND, graphObject } from '../sample/graph-object.ts'

export const constraints: readonly RuleConstraint[] = [
  {
    suffix: 'policy',
    kinds: () => [GRAPH_KIND],
    parameters: () => ({}),
    samples: (graph) => {
      const { root, rootName, syncSet } = sampleObjects(graph)
      const remove = deleteReview(graph, graphObject(graph.name, graph.root, graph.children))
      return {
        inventory: {
          annotated: root({ annotations: { 'kro.dev/graph': graph.name } }),
          labelled: root({ labels: { 'kro.dev/graph': graph.name } }),
          stranger: root({ labels: { 'kro.dev/graph': unlike('another-graph', [graph.name]) } }),
          syncset: syncSet(['root']),
        },
        samples: [
          allowed('without-members', remove, ['stranger', 'syncset']),
          allowed('roots-not-synced', remove, ['labelled']),
          disallowed('with-a-labelled-member', remove, rootName, ['labelled', 'syncset']),
          disallowed('with-an-annotated-member', remove, rootName, ['annotated', 'syncset']),
        ],
      }
    },
  },
]
