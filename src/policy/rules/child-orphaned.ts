import { childKinds, graphParameters } from '../parameters.ts'
import type { RuleConstraint } from '../rule.ts'
import { allowed, disallowed, firstChild, sampleObjects } from '../sample/objects.ts'

export const constraints: readonly RuleConstraint[] = [
  {
    suffix: 'policy',
    kinds: childKinds,
    parameters: graphParameters,
    samples: (graph) => {
      const { root, child, marks, syncSet, rootName } = sampleObjects(graph)
      const type = firstChild(graph)
      const marked = child(type, { labels: marks(type) })
      return {
        inventory: {
          root: root({ labels: { 'kro.dev/graph': graph.name } }),
          syncset: syncSet(['root']),
        },
        samples: [
          allowed('root-exists', marked, ['root', 'syncset']),
          allowed('of-no-graph', child(type), ['syncset']),
          allowed('roots-not-synced', marked),
          disallowed('root-missing', marked, rootName, ['syncset']),
        ],
      }
    },
  },
]
