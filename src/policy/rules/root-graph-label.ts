import { rootKind } from '../parameters.ts'
import type { RuleConstraint } from '../rule.ts'
import { allowed, disallowed, sampleObjects, unlike } from '../sample/objects.ts'

const GRAPH = 'kro.dev/graph'

export const constraints: readonly RuleConstraint[] = [
  {
    suffix: 'policy',
    kinds: (graph) => [rootKind(graph)],
    // Exactly the parameters of the source document: that an annotation also counts is the template's default.
    parameters: (graph) => ({ labels: { [GRAPH]: graph.name } }),
    samples: (graph) => {
      const { root } = sampleObjects(graph)
      const member = { [GRAPH]: graph.name }
      const other = unlike('another-graph', [graph.name])
      return {
        inventory: {},
        samples: [
          allowed('labelled', root({ labels: member })),
          allowed('annotated', root({ annotations: member })),
          allowed('being-deleted', root({ deletionTimestamp: '2026-01-01T00:00:00Z', finalizers: ['example.com/cleanup'] })),
          disallowed('bare', root(), 'kro\\.dev/graph'),
          disallowed('of-another-graph', root({ labels: { [GRAPH]: other } }), other),
          disallowed('label-and-annotation-differ', root({ labels: member, annotations: { [GRAPH]: other } }), other),
        ],
      }
    },
  },
]
