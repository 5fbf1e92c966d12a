import type { GroupKind } from '../../graph/model.ts'
import type { JsonObject } from '../../input/json.ts'

/** What the cluster rules match. */
export const GRAPH_KIND: GroupKind = { apiGroup: 'kro.dev', kind: 'ResourceGraph' }

/** A ResourceGraph in its short form, as it stands in a cluster. */
export function graphObject(name: string, root: GroupKind, children: readonly GroupKind[]): JsonObject {
  const type = ({ apiGroup, kind }: GroupKind): JsonObject => ({ apiGroup, kind })
  return {
    apiVersion: 'kro.dev/v1alpha1',
    kind: 'ResourceGraph',
    metadata: { name },
    spec: { root: type(root), children: children.map(type) },
  }
}
