import { MAX_LABEL, MAX_LIST, MAX_SUBDOMAIN, NAMESPACE_GLOB } from './forms.ts'
import type { SchemaNode } from './node.ts'

const enforcementAction = (description: string): SchemaNode => ({
  type: 'string',
  description,
  enum: ['deny', 'warn', 'dryrun'],
})

const namespaceGlobs = (description: string): SchemaNode => ({
  type: 'array',
  description,
  maxItems: MAX_LIST,
  items: { type: 'string', minLength: 1, maxLength: MAX_SUBDOMAIN, pattern: NAMESPACE_GLOB },
})

const labelSelector = (description: string): SchemaNode => ({
  type: 'object',
  description,
  properties: {
    matchLabels: {
      type: 'object',
      description: 'Labels that must be there with just these values.',
      maxProperties: MAX_LIST,
      additionalProperties: { type: 'string', maxLength: MAX_LABEL },
    },
    matchExpressions: {
      type: 'array',
      description: 'Conditions on labels; all must hold.',
      maxItems: MAX_LIST,
      items: {
        type: 'object',
        required: ['key', 'operator'],
        properties: {
          key: { type: 'string', description: 'The label.', minLength: 1, maxLength: MAX_SUBDOMAIN + 1 + MAX_LABEL },
          operator: {
            type: 'string',
            description: 'How the label relates to `values`.',
            enum: ['In', 'NotIn', 'Exists', 'DoesNotExist'],
          },
          values: {
            type: 'array',
            description: 'At least one for In and NotIn, none for Exists and DoesNotExist.',
            maxItems: MAX_LIST,
            items: { type: 'string', maxLength: MAX_LABEL },
          },
        },
      },
    },
  },
})

/** `spec.policy`. Most settings have no default here: absent means that the catalogue decides. */
export const POLICY_SCHEMA: SchemaNode = {
  type: 'object',
  description: 'How the policies made of this graph behave.',
  properties: {
    mode: {
      type: 'string',
      description: 'InCluster: the policy controller keeps the constraints. GitOps: they come from a generated pack.',
      enum: ['InCluster', 'GitOps'],
      default: 'InCluster',
    },
    enforcementAction: enforcementAction('For every rule that does not set its own. Absent: what the catalogue says of each rule.'),
    rules: {
      type: 'object',
      description: 'Settings of single rules, by the name of the rule.',
      maxProperties: MAX_LIST,
      additionalProperties: {
        type: 'object',
        description: 'Settings of one rule.',
        properties: {
          enabled: { type: 'boolean', description: 'false switches the rule off for this graph.' },
          enforcementAction: enforcementAction('For this rule.'),
          exclusive: {
            type: 'boolean',
            description: 'child-root-label alone: every object of the child kinds must belong to this graph.',
          },
        },
      },
    },
    match: {
      type: 'object',
      description: 'Narrows what the constraints look at; it never changes which objects belong to the graph.',
      properties: {
        namespaces: namespaceGlobs('Only these namespaces; `*` at either end is a wildcard.'),
        excludedNamespaces: namespaceGlobs('All but these namespaces; `*` at either end is a wildcard.'),
        labelSelector: labelSelector('Only objects with these labels.'),
        namespaceSelector: labelSelector('Only objects in namespaces with these labels.'),
      },
    },
    allowedUsers: {
      type: 'array',
      description: 'Users who may change marks and managed children. Absent: the controller of graphgate alone.',
      maxItems: MAX_LIST,
      items: { type: 'string', minLength: 1, maxLength: 1024 },
    },
    breakGlassGroup: {
      type: 'string',
      description: 'A group whose members may do so too, for emergencies.',
      minLength: 1,
      maxLength: 1024,
    },
  },
}
