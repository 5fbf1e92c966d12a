import type { JsonValue } from '../input/index.ts'
import { OBJECT_META } from './object-meta.ts'
import { findShapeProblems, type Shape, type ShapeProblem } from './shape.ts'

// A ConstraintTemplate as Gatekeeper decodes it (frameworks `apis/templates/v1`, apiextensions `JSONSchemaProps`). Fields
// that it does not know are dropped; a known one of the wrong type is refused.

const SCHEMA: Shape = { later: () => JSON_SCHEMA }
const SCHEMAS: Shape = { list: SCHEMA }
const SCHEMA_OR_BOOL: Shape = { oneOf: ['bool', SCHEMA], words: 'true, false or a schema' }

const JSON_SCHEMA: Shape = {
  lenient: true,
  fields: {
    id: 'string',
    $schema: 'string',
    $ref: 'string',
    description: 'string',
    type: 'string',
    format: 'string',
    title: 'string',
    default: 'any',
    maximum: 'number',
    exclusiveMaximum: 'bool',
    minimum: 'number',
    exclusiveMinimum: 'bool',
    maxLength: 'integer',
    minLength: 'integer',
    pattern: 'string',
    maxItems: 'integer',
    minItems: 'integer',
    uniqueItems: 'bool',
    multipleOf: 'number',
    enum: { list: 'any' },
    maxProperties: 'integer',
    minProperties: 'integer',
    required: 'strings',
    items: SCHEMA,
    allOf: SCHEMAS,
    oneOf: SCHEMAS,
    anyOf: SCHEMAS,
    not: SCHEMA,
    properties: { map: SCHEMA },
    additionalProperties: SCHEMA_OR_BOOL,
    patternProperties: { map: SCHEMA },
    dependencies: { map: { oneOf: ['strings', SCHEMA], words: 'a list of strings or a schema' } },
    additionalItems: SCHEMA_OR_BOOL,
    definitions: { map: SCHEMA },
    externalDocs: { lenient: true, fields: { description: 'string', url: 'string' } },
    example: 'any',
    nullable: 'bool',
    'x-kubernetes-preserve-unknown-fields': 'bool',
    'x-kubernetes-embedded-resource': 'bool',
    'x-kubernetes-int-or-string': 'bool',
    'x-kubernetes-list-map-keys': 'strings',
    'x-kubernetes-list-type': 'string',
    'x-kubernetes-map-type': 'string',
    'x-kubernetes-validations': {
      list: {
        lenient: true,
        fields: { rule: 'string', message: 'string', messageExpression: 'string', reason: 'string', fieldPath: 'string', optionalOldSelf: 'bool' },
      },
    },
  },
}

const STATUS_OF_POD: Shape = {
  lenient: true,
  fields: {
    id: 'string',
    templateUID: 'string',
    operations: 'strings',
    observedGeneration: 'integer',
    errors: { list: { lenient: true, fields: { code: 'string', message: 'string', location: 'string' } } },
  },
}

const TARGET: Shape = {
  lenient: true,
  fields: {
    target: 'string',
    rego: 'string',
    libs: 'strings',
    operations: 'strings',
    code: { list: { lenient: true, fields: { engine: 'string', source: { lenient: true, fields: { version: 'string', rego: 'string', libs: 'strings' } } } } },
  },
}

const CONSTRAINT_TEMPLATE: Shape = {
  lenient: true,
  fields: {
    apiVersion: 'string',
    kind: 'string',
    metadata: OBJECT_META,
    spec: {
      lenient: true,
      fields: {
        crd: {
          lenient: true,
          fields: {
            spec: {
              lenient: true,
              fields: {
                names: { lenient: true, fields: { kind: 'string', shortNames: 'strings' } },
                validation: { lenient: true, fields: { openAPIV3Schema: SCHEMA, legacySchema: 'bool' } },
              },
            },
          },
        },
        targets: { list: TARGET },
      },
    },
    status: { lenient: true, fields: { created: 'bool', byPod: { list: STATUS_OF_POD } } },
  },
}

/** What keeps Gatekeeper from decoding a ConstraintTemplate. */
export function findTemplateShapeProblems(value: JsonValue): ShapeProblem[] {
  return findShapeProblems(value, CONSTRAINT_TEMPLATE)
}
