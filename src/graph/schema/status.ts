import { MAX_LABEL, MAX_LIST, MAX_SUBDOMAIN } from './forms.ts'
import type { SchemaNode } from './node.ts'

const count = (description: string): SchemaNode => ({ type: 'integer', description, format: 'int32', minimum: 0 })

const name = (description: string): SchemaNode => ({ type: 'string', description, maxLength: MAX_SUBDOMAIN })

/** `status`: written by the controllers alone. */
export const STATUS_SCHEMA: SchemaNode = {
  type: 'object',
  description: 'What the controllers found.',
  properties: {
    observedGeneration: { type: 'integer', description: 'The generation that this status is about.', format: 'int64' },
    conditions: {
      type: 'array',
      description: 'Accepted, PolicyReady (once its controller runs), Synced and Ready.',
      maxItems: 16,
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['type'],
      items: {
        type: 'object',
        required: ['type', 'status', 'lastTransitionTime', 'reason', 'message'],
        properties: {
          type: { type: 'string', description: 'The name of the condition.', maxLength: 316 },
          status: { type: 'string', description: 'Whether it holds.', enum: ['True', 'False', 'Unknown'] },
          observedGeneration: { type: 'integer', description: 'The generation that the condition is about.', format: 'int64', minimum: 0 },
          lastTransitionTime: { type: 'string', description: 'When the status last changed.', format: 'date-time' },
          reason: { type: 'string', description: 'Why, in one CamelCase word.', minLength: 1, maxLength: 1024 },
          message: { type: 'string', description: 'Why, for people.', maxLength: 32768 },
        },
      },
    },
    kinds: {
      type: 'array',
      description: 'Every kind that the controller may have created objects of: written before the first, dropped after the last.',
      maxItems: 4 * MAX_LIST,
      'x-kubernetes-list-type': 'atomic',
      items: {
        type: 'object',
        required: ['group', 'version', 'kind'],
        properties: {
          group: name('The API group; empty is core.'),
          version: { type: 'string', description: 'The version.', maxLength: MAX_LABEL },
          kind: { type: 'string', description: 'The kind.', maxLength: MAX_LABEL },
        },
      },
    },
    roots: {
      type: 'object',
      description: 'The members of the graph.',
      properties: {
        total: count('How many there are.'),
        synced: count('How many have all their children as the graph wants them.'),
        failing: {
          type: 'array',
          description: 'The first of those that have not.',
          maxItems: MAX_LIST,
          'x-kubernetes-list-type': 'atomic',
          items: {
            type: 'object',
            required: ['name', 'reason'],
            properties: {
              name: name('The root.'),
              namespace: name('Its namespace, if it has one.'),
              reason: { type: 'string', description: 'Why, in one CamelCase word.', maxLength: 1024 },
              message: { type: 'string', description: 'Why, for people.', maxLength: 4096 },
            },
          },
        },
      },
    },
    policy: {
      type: 'object',
      description: 'The policies made of the graph.',
      properties: {
        constraints: count('How many constraints are in force.'),
        violations: count('How many violations the last audit found.'),
        auditedAt: { type: 'string', description: 'When that was.', format: 'date-time' },
      },
    },
  },
}
