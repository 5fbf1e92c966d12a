import { quote } from '../../diagnostic/index.ts'
import { isJsonObject, type JsonObject } from '../../input/json.ts'
import { fieldAt, type GraphDraft, objectAt, stringAt } from '../draft.ts'
import { type Report, reportError } from '../report.ts'
import { suggest } from '../suggest.ts'
import { findKeyProblem, findLabelValueProblem } from './kubernetes.ts'

/** The one rule that knows `exclusive`. */
export const EXCLUSIVE_RULE = 'child-root-label'

type Path = readonly (string | number)[]

/** Checks `spec.policy` beyond its schema. */
export function checkPolicy({ report, spec }: GraphDraft, ruleNames: readonly string[]): void {
  const policy = objectAt(spec, 'policy')
  if (policy === undefined) return
  checkRules(report, objectAt(policy, 'rules') ?? {}, ruleNames)
  const match = objectAt(policy, 'match') ?? {}
  for (const field of ['labelSelector', 'namespaceSelector']) {
    const selector = objectAt(match, field)
    if (selector !== undefined) checkSelector(report, selector, ['spec', 'policy', 'match', field])
  }
}

function checkRules(report: Report, rules: JsonObject, ruleNames: readonly string[]): void {
  for (const [name, settings] of Object.entries(rules)) {
    const path = ['spec', 'policy', 'rules', name]
    if (!ruleNames.includes(name)) {
      reportError(
        report,
        'GG110',
        { path, target: 'key' },
        `there is no rule ${quote(name)}`,
        suggest(name, ruleNames, `the rules are ${ruleNames.join(', ')}`),
      )
    } else if (name !== EXCLUSIVE_RULE && isJsonObject(settings) && fieldAt(settings, 'exclusive') !== undefined) {
      reportError(
        report,
        'GG111',
        { path: [...path, 'exclusive'], target: 'key' },
        `the rule ${name} has no setting "exclusive"`,
        `only ${EXCLUSIVE_RULE} has: set it there`,
      )
    }
  }
}

/** As k8s.io/apimachinery/pkg/apis/meta/v1/validation/validation.go `ValidateLabelSelector`. */
function checkSelector(report: Report, selector: JsonObject, path: Path): void {
  for (const [key, value] of Object.entries(objectAt(selector, 'matchLabels') ?? {})) {
    checkKey(report, key, [...path, 'matchLabels', key], 'key')
    if (typeof value === 'string') checkValue(report, value, [...path, 'matchLabels', key])
  }
  const expressions = fieldAt(selector, 'matchExpressions')
  if (!Array.isArray(expressions)) return
  for (const [index, expression] of expressions.entries()) {
    if (isJsonObject(expression)) checkExpression(report, expression, [...path, 'matchExpressions', index])
  }
}

function checkExpression(report: Report, expression: JsonObject, path: Path): void {
  const key = stringAt(expression, 'key')
  if (key !== undefined && key !== '') checkKey(report, key, [...path, 'key'], 'value')
  const operator = stringAt(expression, 'operator')
  const values = fieldAt(expression, 'values')
  const count = Array.isArray(values) ? values.length : 0
  if ((operator === 'In' || operator === 'NotIn') && count === 0) {
    reportError(
      report,
      'GG142',
      { path: [...path, values === undefined ? 'operator' : 'values'] },
      `the operator ${operator} needs values`,
      'add values, or use Exists or DoesNotExist',
    )
  }
  if ((operator === 'Exists' || operator === 'DoesNotExist') && count > 0) {
    reportError(
      report,
      'GG142',
      { path: [...path, 'values'] },
      `the operator ${operator} takes no values`,
      `remove values, or use ${operator === 'Exists' ? 'In' : 'NotIn'}`,
    )
  }
  if (!Array.isArray(values)) return
  for (const [index, value] of values.entries()) {
    if (typeof value === 'string') checkValue(report, value, [...path, 'values', index])
  }
}

function checkKey(report: Report, key: string, path: Path, target: 'key' | 'value'): void {
  const problem = findKeyProblem(key)
  if (problem !== undefined) {
    reportError(
      report,
      'GG142',
      { path, target },
      `${quote(key)} is not the key of a label: ${problem}`,
      'correct the key: no object can have such a label',
    )
  }
}

function checkValue(report: Report, value: string, path: Path): void {
  const problem = findLabelValueProblem(value)
  if (problem !== undefined) {
    reportError(
      report,
      'GG142',
      { path },
      `${quote(value)} is not the value of a label: ${problem}`,
      'correct the value: no object can have such a label',
    )
  }
}
