import type { JsonObject } from '../input/json.ts'
import { GRAPH_SCHEMA } from './schema/schema.ts'

/** The API group of ResourceGraph. Not `kro.run`, which is kro's. */
export const GRAPH_GROUP = 'kro.dev'
export const GRAPH_VERSION = 'v1alpha1'
export const GRAPH_KIND = 'ResourceGraph'

/** The CustomResourceDefinition of ResourceGraph, as `deploy/crd` and `graphgate crd` give it. A new copy each time. */
export function resourceGraphCrd(): JsonObject {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `resourcegraphs.${GRAPH_GROUP}` },
    spec: {
      group: GRAPH_GROUP,
      scope: 'Cluster',
      names: { plural: 'resourcegraphs', singular: 'resourcegraph', kind: GRAPH_KIND, listKind: `${GRAPH_KIND}List` },
      versions: [
        {
          name: GRAPH_VERSION,
          served: true,
          storage: true,
          subresources: { status: {} },
          additionalPrinterColumns: [
            { name: 'Root', type: 'string', jsonPath: '.spec.root.kind' },
            { name: 'Ready', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].status' },
            { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
          ],
          schema: { openAPIV3Schema: structuredClone(GRAPH_SCHEMA) as unknown as JsonObject },
        },
      ],
    },
  }
}
