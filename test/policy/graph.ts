import { EXAMPLE_GRAPH } from '../../src/policy/sample/example-graph.ts'
import type { GuardedGraph } from '../../src/policy/rule.ts'

/** The graph of the source document, spelled out. */
export function meshGraph(policy: Partial<GuardedGraph['policy']> = {}): GuardedGraph {
  const [template] = EXAMPLE_GRAPH.children
  if (template === undefined) throw new Error('the example graph has no children')
  return {
    ...EXAMPLE_GRAPH,
    name: 'service-mesh-graph',
    root: { apiGroup: 'networking.example.com', version: 'v1', kind: 'ServiceMesh' },
    children: [
      { ...template, id: 'virtualService', apiGroup: 'networking.istio.io', kind: 'VirtualService' },
      { ...template, id: 'gateway', apiGroup: 'networking.istio.io', kind: 'Gateway' },
    ],
    policy: { ...EXAMPLE_GRAPH.policy, allowedUsers: ['system:serviceaccount:graphgate-system:graphgate-controller'], ...policy },
  }
}
