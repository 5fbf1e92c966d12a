import { quote } from '../../diagnostic/index.ts'
import { isJsonObject, type JsonValue } from '../../input/json.ts'
import { type Place, type Report, reportError } from '../report.ts'
import { schemaAt, type SchemaNode } from '../schema/node.ts'
import { GRAPH_SCHEMA } from '../schema/schema.ts'
import { adviseText, joinNames, suggest } from '../suggest.ts'
import { describeForm } from './forms.ts'
import type { Misfit } from './schema.ts'

type Path = Misfit['path']

/** Says of each misfit what is wrong and what to write instead. */
export function reportMisfits(report: Report, misfits: readonly Misfit[]): void {
  for (const misfit of misfits) reportMisfit(report, misfit)
}

function reportMisfit(report: Report, { keyword, path, params }: Misfit): void {
  const node = schemaAt(GRAPH_SCHEMA, path)
  const field = describePath(path)
  const value = valueAt(report.document.value, path)
  switch (keyword) {
    case 'additionalProperties': {
      const name = String(params['additionalProperty'])
      const known = Object.keys(node?.properties ?? {})
      const place: Place = { path: [...path, name], target: 'key' }
      reportError(
        report,
        'GG105',
        place,
        `unknown field ${quote(name)} in ${field}`,
        suggest(name, known, `${field} has the fields ${joinNames(known)}`),
      )
      return
    }
    case 'required': {
      const name = String(params['missingProperty'])
      const meaning = schemaAt(GRAPH_SCHEMA, [...path, name])?.description ?? ''
      reportError(
        report,
        'GG106',
        { path, target: 'key' },
        `${field} has no ${quote(name)}`,
        `add ${name}${meaning === '' ? '' : `: ${meaning.charAt(0).toLowerCase()}${meaning.slice(1)}`}`,
      )
      return
    }
    case 'type':
      reportError(
        report,
        'GG107',
        { path },
        `${field} must be ${describeType(node)}, not ${describeValue(value)}`,
        value === null ? 'remove the key, or give it a value' : adviseType(node, value),
      )
      return
    case 'enum': {
      const allowed = (params['allowedValues'] as unknown[]).map(String)
      const given = typeof value === 'string' ? value : ''
      // A wrong type is reported once, as such.
      if (typeof value === 'string') {
        reportError(
          report,
          'GG108',
          { path },
          `${field} must be one of ${allowed.join(', ')}, not ${quote(given)}`,
          suggest(given, allowed, `write ${allowed.join(' or ')}`),
        )
      }
      return
    }
    case 'pattern': {
      const { code, message, hint } = describeForm(path, typeof value === 'string' ? value : '')
      reportError(report, code, { path }, message, hint)
      return
    }
    default: {
      const { problem, hint } = describeBound(keyword, Number(params['limit']))
      reportError(report, 'GG109', { path }, `${field} ${problem}`, hint)
    }
  }
}

function describeBound(keyword: string, limit: number): { problem: string; hint: string } {
  switch (keyword) {
    case 'minLength':
      return { problem: 'is empty', hint: 'write a value, or remove the field' }
    case 'maxLength':
      return { problem: `is longer than ${limit} characters`, hint: 'shorten it' }
    case 'minItems':
      return { problem: 'is an empty list', hint: 'list at least one' }
    case 'maxItems':
      return { problem: `has more than ${limit} items`, hint: 'remove some' }
    case 'maxProperties':
      return { problem: `has more than ${limit} entries`, hint: 'remove some' }
    case 'minimum':
      return { problem: `is less than ${limit}`, hint: `write ${limit} or more` }
    default:
      return { problem: `is more than ${limit}`, hint: `write ${limit} or less` }
  }
}

function adviseType(node: SchemaNode | undefined, value: JsonValue | undefined): string {
  switch (node?.type) {
    case 'object':
      return 'write its fields below it, indented, or in braces'
    case 'array':
      return 'begin each item with a dash, or put them in brackets'
    case 'integer':
      return 'write the number without quotes'
    case 'boolean':
      return 'write true or false, without quotes'
    default:
      return adviseText(value)
  }
}

function describeType(node: SchemaNode | undefined): string {
  switch (node?.type) {
    case 'object':
      return 'a map'
    case 'array':
      return 'a list'
    case 'integer':
      return 'a whole number'
    case 'boolean':
      return 'true or false'
    default:
      return 'a string'
  }
}

function describeValue(value: JsonValue | undefined): string {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a map'
  return typeof value === 'string' ? 'a string' : `the ${typeof value} ${String(value)}`
}

/** `spec.children[2].kind`; `the document` for the whole. */
function describePath(path: Path): string {
  if (path.length === 0) return 'the document'
  return path.map((step, at) => (typeof step === 'number' ? `[${step}]` : `${at === 0 ? '' : '.'}${/^[\w-]+$/.test(step) ? step : quote(step)}`)).join('')
}

function valueAt(value: JsonValue, path: Path): JsonValue | undefined {
  let current: JsonValue | undefined = value
  for (const step of path) {
    if (typeof step === 'number') current = Array.isArray(current) ? current[step] : undefined
    else current = isJsonObject(current) && Object.hasOwn(current, step) ? current[step] : undefined
  }
  return current
}
