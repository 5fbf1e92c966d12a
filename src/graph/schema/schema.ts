import {
  API_GROUP,
  CHILD_ID,
  KIND,
  MAX_GRAPH_NAME,
  MAX_LABEL,
  MAX_LIST,
  MAX_SUBDOMAIN,
  SUBDOMAIN,
  VERSION,
} from './forms.ts'
import type { SchemaNode } from './node.ts'
import { POLICY_SCHEMA } from './policy.ts'
import { STATUS_SCHEMA } from './status.ts'

const MAX_EXPRESSION = 4096
const MAX_COUNT = 1_000_000

const immutable = (field: string): NonNullable<SchemaNode['x-kubernetes-validations']> => [
  { rule: 'self == oldSelf', message: `${field} is immutable: make another graph for another root` },
]

const apiGroup = (description: string): SchemaNode => ({
  type: 'string',
  description,
  pattern: API_GROUP,
  maxLength: MAX_SUBDOMAIN,
})
const kind = (description: string): SchemaNode => ({ type: 'string', description, pattern: KIND, maxLength: MAX_LABEL })
const version: SchemaNode = {
  type: 'string',
  description: 'The version, such as v1. Absent: taken from a CustomResourceDefinition among the inputs, or from the cluster.',
  pattern: VERSION,
  maxLength: MAX_LABEL,
}

const conditions = (description: string): SchemaNode => ({
  type: 'array',
  description,
  maxItems: MAX_LIST,
  items: { type: 'string', minLength: 1, maxLength: MAX_EXPRESSION },
})

const deletionPolicy = (description: string): SchemaNode => ({
  type: 'string',
  description,
  enum: ['Delete', 'Retain'],
})

const CHILD_SCHEMA: SchemaNode = {
  type: 'object',
  required: ['apiGroup', 'kind'],
  properties: {
    id: {
      type: 'string',
      description:
        "The child's name within the graph, unique whatever the case; expressions use it. Default: the kind in lowerCamelCase.",
      pattern: CHILD_ID,
      maxLength: MAX_LABEL,
    },
    apiGroup: apiGroup("The child kind's API group; empty is core."),
    version,
    kind: kind('The child kind.'),
    template: {
      type: 'object',
      description:
        'Makes the child managed: the controller creates it and keeps it so. `${…}` is CEL over `root` and the ids of earlier children. apiVersion, kind and metadata.name may be left out.',
      'x-kubernetes-preserve-unknown-fields': true,
    },
    includeWhen: conditions('CEL conditions, each one `${…}`: the child exists only while all hold.'),
    readyWhen: conditions('CEL conditions, each one `${…}`: the child is ready once all hold; they may look at the child itself.'),
    count: {
      type: 'object',
      description: 'How many of an observed child each root must have.',
      properties: {
        min: { type: 'integer', description: 'At least so many.', format: 'int32', minimum: 0, maximum: MAX_COUNT, default: 1 },
        max: { type: 'integer', description: 'At most so many. Absent: any number.', format: 'int32', minimum: 1, maximum: MAX_COUNT },
      },
    },
    adopt: { type: 'boolean', description: 'Whether the controller takes over an object that is already there.', default: false },
    conflictPolicy: {
      type: 'string',
      description: 'What happens to fields that others changed: Force sets them back, Report only says so.',
      enum: ['Force', 'Report'],
      default: 'Force',
    },
    ignoreFields: {
      type: 'array',
      description: 'Fields of the template that others may change, such as spec.replicas.',
      maxItems: MAX_LIST,
      items: { type: 'string', minLength: 1, maxLength: 1024 },
    },
    namespaces: {
      type: 'array',
      description: "Namespaces where an observed child may live. Absent: the root's.",
      maxItems: MAX_LIST,
      items: { type: 'string', minLength: 1, maxLength: MAX_LABEL, pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$' },
    },
    deletionPolicy: deletionPolicy("What becomes of the child when its root is deleted. Absent: the graph's."),
  },
}

/** A ResourceGraph, whole. The CustomResourceDefinition carries it, and documents are validated with a closed copy. */
export const GRAPH_SCHEMA: SchemaNode = {
  type: 'object',
  description: 'A root kind and the kinds of objects that belong to each root. Policies and sync are made of it.',
  required: ['spec'],
  properties: {
    apiVersion: { type: 'string', description: 'kro.dev/v1alpha1' },
    kind: { type: 'string', description: 'ResourceGraph' },
    metadata: {
      type: 'object',
      properties: { name: { type: 'string', pattern: SUBDOMAIN, maxLength: MAX_GRAPH_NAME } },
    },
    spec: {
      type: 'object',
      description: 'The graph.',
      required: ['root', 'children'],
      properties: {
        root: {
          type: 'object',
          description: 'The kind of the root; its group and kind never change.',
          required: ['apiGroup', 'kind'],
          properties: {
            apiGroup: { ...apiGroup("The root kind's API group; empty is core."), 'x-kubernetes-validations': immutable('root.apiGroup') },
            version,
            kind: { ...kind('The root kind.'), 'x-kubernetes-validations': immutable('root.kind') },
          },
        },
        children: {
          type: 'array',
          description: 'The kinds that belong to each root.',
          minItems: 1,
          maxItems: MAX_LIST,
          items: CHILD_SCHEMA,
        },
        mode: {
          type: 'string',
          description: 'Enforce: the controller creates, corrects and prunes. Detect: it only reports.',
          enum: ['Enforce', 'Detect'],
          default: 'Enforce',
        },
        deletionPolicy: {
          ...deletionPolicy('What becomes of managed children when their root is deleted.'),
          default: 'Delete',
        },
        policy: POLICY_SCHEMA,
      },
    },
    status: STATUS_SCHEMA,
  },
}
