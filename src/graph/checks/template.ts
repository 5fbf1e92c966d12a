import { quote } from '../../diagnostic/index.ts'
import { hasExpression } from '../../cel/index.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../input/json.ts'
import { type ChildDraft, fieldAt, type GraphDraft } from '../draft.ts'
import { type Report, reportError } from '../report.ts'
import { isVersion } from '../schema/forms.ts'
import { checkMap } from './metadata.ts'

const FORBIDDEN: readonly (readonly [field: string, why: string, hint: string])[] = [
  ['status', 'a status is written by the controller of its kind', 'remove it from the template'],
  ['stringData', 'the API server turns stringData into data, so it would look changed for ever', 'write data, encoded as base64'],
]

/** Checks what stands in a managed child's template, apart from its expressions. */
export function checkTemplate({ report }: GraphDraft, { index, template, type }: ChildDraft): void {
  if (template === undefined) return
  const path = ['spec', 'children', index, 'template']
  for (const [field, why, hint] of FORBIDDEN) {
    if (Object.hasOwn(template, field)) {
      reportError(
        report,
        'GG151',
        { path: [...path, field], target: 'key' },
        `${field} cannot be in a template: ${why}`,
        hint,
      )
    }
  }
  if (type !== undefined) {
    checkAgreement(report, template, 'kind', path, type.kind, (value) => value === type.kind)
    const prefix = type.apiGroup === '' ? '' : `${type.apiGroup}/`
    const example = `${prefix}${type.version ?? 'v1'}`
    checkAgreement(report, template, 'apiVersion', path, example, (value) => {
      if (type.version !== undefined) return value === example
      return value.startsWith(prefix) && isVersion(value.slice(prefix.length))
    })
  }
  const metadata = fieldAt(template, 'metadata')
  if (metadata === undefined) return
  if (!isJsonObject(metadata)) {
    if (typeof metadata !== 'string' || !hasExpression(metadata)) {
      reportError(
        report,
        'GG107',
        { path: [...path, 'metadata'] },
        'metadata must be a map',
        'write metadata: {name: …}, or leave it out',
      )
    }
    return
  }
  checkTemplateMetadata(report, metadata, [...path, 'metadata'])
}

function checkAgreement(
  report: Report,
  template: JsonObject,
  field: 'apiVersion' | 'kind',
  path: readonly (string | number)[],
  expected: string,
  agrees: (value: string) => boolean,
): void {
  const value = fieldAt(template, field)
  if (value === undefined || (typeof value === 'string' && agrees(value))) return
  const given = typeof value === 'string' ? quote(value) : 'no string'
  reportError(
    report,
    'GG152',
    { path: [...path, field] },
    `the template's ${field} is ${given}, the child's is ${quote(expected)}`,
    `remove ${field} from the template, or make them agree; it cannot be an expression`,
  )
}

function checkTemplateMetadata(report: Report, metadata: JsonObject, path: readonly (string | number)[]): void {
  if (Object.hasOwn(metadata, 'generateName')) {
    reportError(
      report,
      'GG151',
      { path: [...path, 'generateName'], target: 'key' },
      'generateName cannot be in a template: each pass would make another object',
      'write name, or leave it out: it is then the name of the root, a dash and the id',
    )
  }
  checkMap(report, metadata, 'labels', path, hasExpression)
  checkMap(report, metadata, 'annotations', path, hasExpression)
}

/** A step on the way down, linked to the one above: paths are spelled out only where something is reported. */
interface Step {
  readonly above: Step | undefined
  readonly step: string | number
}

/** The strings of a value that hold expressions; keys are not looked at. No recursion, as nesting comes from files. */
export function* walkExpressions(value: JsonValue): Generator<{ text: string; path: () => (string | number)[] }> {
  const open: { value: JsonValue; at: Step | undefined }[] = [{ value, at: undefined }]
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    const { value: current, at: above } = item
    if (typeof current === 'string') {
      if (hasExpression(current)) yield { text: current, path: () => spellPath(above) }
    } else if (Array.isArray(current)) {
      for (const [step, entry] of current.entries()) open.push({ value: entry, at: { above, step } })
    } else if (isJsonObject(current)) {
      for (const step of Object.keys(current)) open.push({ value: current[step] ?? null, at: { above, step } })
    }
  }
}

function spellPath(last: Step | undefined): (string | number)[] {
  const path: (string | number)[] = []
  for (let at = last; at !== undefined; at = at.above) path.push(at.step)
  return path.reverse()
}

/** True if a child has anything that only an expression parser can check. */
export function usesExpressions({ template, value }: ChildDraft): boolean {
  if (fieldAt(value, 'includeWhen') !== undefined || fieldAt(value, 'readyWhen') !== undefined) return true
  return template !== undefined && walkExpressions(template).next().done !== true
}
