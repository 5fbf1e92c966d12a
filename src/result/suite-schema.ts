const OUTCOME = { enum: ['pass', 'fail', 'skip', 'error'] } as const
const COUNT = { type: 'integer', minimum: 0 } as const
const DURATION = { type: 'number', minimum: 0, description: 'milliseconds' } as const
const MESSAGES = { type: 'array', items: { type: 'string' } } as const
const LOCATION = {
  type: 'object',
  required: ['file', 'line', 'column'],
  additionalProperties: false,
  properties: { file: { type: 'string' }, line: { type: 'integer', minimum: 1 }, column: { type: 'integer', minimum: 1 } },
} as const

const CASE = {
  type: 'object',
  required: ['name', 'result', 'durationMs', 'messages', 'failures', 'violations'],
  additionalProperties: false,
  properties: {
    name: { type: 'string' },
    result: OUTCOME,
    durationMs: DURATION,
    messages: MESSAGES,
    failures: {
      type: 'array',
      items: {
        type: 'object',
        required: ['assertion', 'wanted', 'got'],
        additionalProperties: false,
        properties: { assertion: COUNT, wanted: { type: 'string' }, got: COUNT, location: LOCATION },
      },
    },
    violations: {
      type: 'array',
      items: {
        type: 'object',
        required: ['constraint', 'action', 'msg'],
        additionalProperties: false,
        properties: { constraint: { type: 'string' }, action: { type: 'string' }, msg: { type: 'string' } },
      },
    },
    location: LOCATION,
  },
} as const

const TEST = {
  type: 'object',
  required: ['name', 'result', 'durationMs', 'messages', 'cases'],
  additionalProperties: false,
  properties: {
    name: { type: 'string' },
    result: OUTCOME,
    durationMs: DURATION,
    messages: MESSAGES,
    cases: { type: 'array', items: CASE },
    location: LOCATION,
  },
} as const

/** JSON Schema of what `graphgate test -o json` writes; a change that breaks readers raises `schemaVersion`. */
export const SUITE_RESULT_SCHEMA: object = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'graphgate test result',
  type: 'object',
  required: ['schemaVersion', 'suites', 'totals', 'durationMs'],
  additionalProperties: false,
  properties: {
    schemaVersion: { const: 1 },
    durationMs: DURATION,
    totals: {
      type: 'object',
      required: ['suites', 'tests', 'cases', 'pass', 'fail', 'skip', 'error'],
      additionalProperties: false,
      properties: { suites: COUNT, tests: COUNT, cases: COUNT, pass: COUNT, fail: COUNT, skip: COUNT, error: COUNT },
    },
    suites: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'result', 'durationMs', 'messages', 'tests'],
        additionalProperties: false,
        properties: {
          path: { type: 'string' },
          result: OUTCOME,
          durationMs: DURATION,
          messages: MESSAGES,
          tests: { type: 'array', items: TEST },
        },
      },
    },
  },
}
