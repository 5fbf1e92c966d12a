import { isJsonObject, type JsonValue } from '../input/index.ts'
import { stringAt, valueAt } from './fields.ts'

/** A LabelSelector: all requirements must hold. */
export type Selector = readonly Requirement[]

interface Requirement {
  readonly key: string
  readonly operator: string
  readonly values: readonly string[]
}

/** Where a selector is wrong, as steps below it, and why. */
export interface SelectorProblem {
  readonly path: readonly (string | number)[]
  readonly reason: string
}

const NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/
const DNS_SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/

/** A selector from its JSON, whose types the constraint's schema has checked; absent for no selector. */
export function readSelector(value: JsonValue | undefined): Selector | undefined {
  if (!isJsonObject(value)) return undefined
  const requirements: Requirement[] = []
  const labels = valueAt(value, 'matchLabels')
  if (isJsonObject(labels)) {
    for (const [key, wanted] of Object.entries(labels)) {
      requirements.push({ key, operator: 'In', values: typeof wanted === 'string' ? [wanted] : [''] })
    }
  }
  for (const expression of listAt(value, 'matchExpressions')) {
    requirements.push({
      key: stringAt(expression, 'key'),
      operator: stringAt(expression, 'operator'),
      values: listAt(expression, 'values').filter((item) => typeof item === 'string'),
    })
  }
  return requirements
}

/** What Kubernetes refuses about a selector (`ValidateLabelSelector`): Gatekeeper then refuses the constraint. */
export function findSelectorProblems(value: JsonValue | undefined): SelectorProblem[] {
  if (value === undefined) return []
  if (!isJsonObject(value)) return [{ path: [], reason: 'a selector must be a map' }]
  const problems: SelectorProblem[] = []
  const check = (path: (string | number)[], reason: string | undefined) => {
    if (reason !== undefined) problems.push({ path, reason })
  }
  const labels = valueAt(value, 'matchLabels') ?? {}
  if (isJsonObject(labels)) {
    for (const [key, wanted] of Object.entries(labels)) check(['matchLabels', key], keyProblem(key) ?? valueProblem(wanted))
  } else check(['matchLabels'], 'matchLabels must be a map')
  const expressions = valueAt(value, 'matchExpressions') ?? []
  if (!Array.isArray(expressions)) check(['matchExpressions'], 'matchExpressions must be a list')
  listAt(value, 'matchExpressions').forEach((expression, index) => {
    const path = ['matchExpressions', index]
    const values = listAt(expression, 'values')
    check([...path, 'operator'], operatorProblem(stringAt(expression, 'operator'), values.length))
    check([...path, 'key'], keyProblem(stringAt(expression, 'key')))
    values.forEach((item, at) => { check([...path, 'values', at], valueProblem(item)) })
  })
  return problems
}

/**
 * Whether labels satisfy a selector; an empty selector is satisfied by any labels.
 *
 * @returns the reason instead, where the selector itself is invalid
 */
export function matchesSelector(selector: Selector, labels: ReadonlyMap<string, string>): boolean | { error: string } {
  for (const { key, operator, values } of selector) {
    const error = keyProblem(key) ?? operatorProblem(operator, values.length)
    if (error !== undefined) return { error }
  }
  return selector.every((requirement) => satisfies(requirement, labels))
}

function satisfies({ key, operator, values }: Requirement, labels: ReadonlyMap<string, string>): boolean {
  const label = labels.get(key)
  switch (operator) {
    case 'In':
      return label !== undefined && values.includes(label)
    case 'NotIn':
      return label === undefined || !values.includes(label)
    case 'Exists':
      return label !== undefined
    default:
      return label === undefined
  }
}

function operatorProblem(operator: string, values: number): string | undefined {
  switch (operator) {
    case 'In':
    case 'NotIn':
      return values === 0 ? `values must be given for the operator ${operator}` : undefined
    case 'Exists':
    case 'DoesNotExist':
      return values > 0 ? `values must not be given for the operator ${operator}` : undefined
    default:
      return `"${operator}" is not a valid label selector operator`
  }
}

/** Labels of an object that Kubernetes refuses (`ValidateLabels`). */
export function findLabelProblems(value: JsonValue | undefined): SelectorProblem[] {
  if (!isJsonObject(value)) return []
  return Object.entries(value).flatMap(([key, label]) => {
    const reason = keyProblem(key) ?? valueProblem(label)
    return reason === undefined ? [] : [{ path: [key], reason }]
  })
}

function keyProblem(key: string): string | undefined {
  const [prefix, name] = key.includes('/') ? splitOnce(key) : [undefined, key]
  if (prefix !== undefined && (prefix.length > 253 || !DNS_SUBDOMAIN.test(prefix))) {
    return `"${prefix}" is not a DNS subdomain, as the prefix of a label key must be`
  }
  return name.length > 63 || !NAME.test(name) ? `"${name}" is not a valid label key` : undefined
}

function valueProblem(value: JsonValue): string | undefined {
  // Go reads null as an empty string here; the schema refuses it later.
  if (value === null) return undefined
  if (typeof value !== 'string') return 'a label value must be a string'
  return value !== '' && (value.length > 63 || !NAME.test(value)) ? `"${value}" is not a valid label value` : undefined
}

function splitOnce(key: string): [string, string] {
  const slash = key.indexOf('/')
  return [key.slice(0, slash), key.slice(slash + 1)]
}

function listAt(value: JsonValue, key: string): JsonValue[] {
  const found = valueAt(value, key)
  return Array.isArray(found) ? found : []
}
