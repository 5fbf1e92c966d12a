import type { Shape } from './shape.ts'

/** `metadata` of every object (apimachinery `ObjectMeta`). */
export const OBJECT_META: Shape = {
  lenient: true,
  fields: {
    name: 'string',
    generateName: 'string',
    namespace: 'string',
    selfLink: 'string',
    uid: 'string',
    resourceVersion: 'string',
    generation: 'integer',
    creationTimestamp: 'time',
    deletionTimestamp: 'time',
    deletionGracePeriodSeconds: 'integer',
    labels: { map: 'string' },
    annotations: { map: 'string' },
    finalizers: 'strings',
    ownerReferences: {
      list: {
        lenient: true,
        fields: { apiVersion: 'string', kind: 'string', name: 'string', uid: 'string', controller: 'bool', blockOwnerDeletion: 'bool' },
      },
    },
    managedFields: {
      list: {
        lenient: true,
        fields: {
          manager: 'string',
          operation: 'string',
          apiVersion: 'string',
          time: 'time',
          fieldsType: 'string',
          fieldsV1: 'any',
          subresource: 'string',
        },
      },
    },
  },
}
