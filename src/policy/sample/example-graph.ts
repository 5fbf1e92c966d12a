import type { GuardedGraph } from '../rule.ts'

/** A graph for samples that must not depend on anybody's graphs. */
export const EXAMPLE_GRAPH: GuardedGraph = {
  name: 'example-graph',
  root: { apiGroup: 'example.com', version: 'v1', kind: 'Platform' },
  children: [exampleChild('queue', 'Queue'), exampleChild('topic', 'Topic')],
  mode: 'Enforce',
  deletionPolicy: 'Delete',
  policy: { mode: 'InCluster', rules: {}, match: {}, allowedUsers: [] },
}

function exampleChild(id: string, kind: string): GuardedGraph['children'][number] {
  return {
    id,
    apiGroup: 'messaging.example.com',
    version: 'v1',
    kind,
    includeWhen: [],
    readyWhen: [],
    count: { min: 1 },
    adopt: false,
    conflictPolicy: 'Force',
    ignoreFields: [],
    namespaces: [],
    deletionPolicy: 'Delete',
  }
}
