import type { Pattern } from '../regex.ts'
import type { Schema } from './schema.ts'

// The schema of constraints, as Gatekeeper puts it together for every template (frameworks crds/schema.go) from the
// schema of its matcher (pkg/target/matchcrd_constant.go) and the template's own parameters.

const STRINGS: Schema = { type: 'array', items: { type: 'string' } }
const WILDCARD = '^\\*?[-:a-z0-9]*\\*?$'

/** Patterns of the matcher's schema; this one means the same in RE2 and in JavaScript. */
export const MATCH_PATTERNS: ReadonlyMap<string, Pattern> = new Map([
  [WILDCARD, (text: string) => /^\*?[-:a-z0-9]*\*?$/.test(text)],
])

const LABEL_SELECTOR: Schema = {
  type: 'object',
  properties: {
    matchLabels: { type: 'object', additionalProperties: { type: 'string' } },
    matchExpressions: {
      type: 'array',
      items: {
        type: 'object',
        required: ['key', 'operator'],
        properties: { key: { type: 'string' }, operator: { type: 'string' }, values: STRINGS },
      },
    },
  },
}

const WILDCARDS: Schema = { type: 'array', items: { type: 'string', pattern: WILDCARD } }

const MATCH: Schema = {
  type: 'object',
  properties: {
    excludedNamespaces: WILDCARDS,
    kinds: { type: 'array', items: { type: 'object', properties: { apiGroups: STRINGS, kinds: STRINGS } } },
    labelSelector: LABEL_SELECTOR,
    name: { type: 'string', pattern: WILDCARD },
    namespaceSelector: LABEL_SELECTOR,
    namespaces: WILDCARDS,
    scope: { type: 'string' },
    source: { type: 'string', enum: ['All', 'Generated', 'Original'] },
  },
}

const SCOPED_ACTIONS: Schema = {
  type: 'array',
  items: {
    type: 'object',
    properties: {
      action: { type: 'string' },
      enforcementPoints: { type: 'array', items: { type: 'object', properties: { name: { type: 'string' } } } },
    },
  },
}

/** @param parameters the template's schema of `spec.parameters`; without one, constraints may have no parameters */
export function buildConstraintSchema(parameters: Schema | undefined): Schema {
  return {
    type: 'object',
    properties: {
      metadata: { type: 'object', properties: { name: { type: 'string', maxLength: 63 } } },
      spec: {
        type: 'object',
        properties: {
          match: MATCH,
          enforcementAction: { type: 'string', default: 'deny' },
          scopedEnforcementActions: SCOPED_ACTIONS,
          ...(parameters !== undefined && { parameters }),
        },
      },
      status: { 'x-kubernetes-preserve-unknown-fields': true },
    },
  }
}
