import { MAX_CHILDREN, MAX_DEPTH } from '../../graph/bounds.ts'
import type { RuleConstraint } from '../rule.ts'
import { allowed, disallowed, sampleObjects } from '../sample/objects.ts'
import { GRAPH_KIND, graphObject } from '../sample/graph-object.ts'

export const constraints: readonly RuleConstraint[] = [
  {
    suffix: 'policy',
    kinds: () => [GRAPH_KIND],
    parameters: () => ({ maxChildren: MAX_CHILDREN, maxDepth: MAX_DEPTH }),
    samples: (graph) => {
      const { syncSet } = sampleObjects(graph)
      const { root, children } = graph
      const many = Array.from({ length: MAX_CHILDREN + 1 }, (_, index) => ({ apiGroup: 'example.com', kind: `Child${index + 1}` }))
      const links = ['Alpha', 'Beta', 'Gamma'].map((kind) => ({ apiGroup: 'example.com', kind }))
      const [alpha, beta, gamma] = links as [(typeof links)[0], (typeof links)[0], (typeof links)[0]]
      const child = children.slice(0, 1)
      const below = child[0] ?? alpha
      return {
        inventory: {
          'same-root': graphObject('another-graph', root, [alpha]),
          'back-to-root': graphObject('another-graph', below, [root]),
          'chain-1': graphObject('chain-1', below, [alpha]),
          'chain-2': graphObject('chain-2', alpha, [beta]),
          'chain-3': graphObject('chain-3', beta, [gamma]),
          syncset: syncSet(['graphs']),
        },
        samples: [
          allowed('narrow', graphObject(graph.name, root, children), ['syncset']),
          allowed('graphs-not-synced', graphObject(graph.name, root, children), ['same-root']),
          disallowed('too-wide', graphObject(graph.name, root, many), 'children', ['syncset']),
          disallowed('root-claimed-twice', graphObject(graph.name, root, children), 'another-graph', ['same-root', 'syncset']),
          disallowed('cycle', graphObject(graph.name, root, child), 'cycle', ['back-to-root', 'syncset']),
          disallowed('chain-too-deep', graphObject(graph.name, root, child), 'chain', ['chain-1', 'chain-2', 'chain-3', 'syncset']),
        ],
      }
    },
  },
]
