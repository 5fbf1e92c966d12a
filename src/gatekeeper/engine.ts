import { isJsonObject, type JsonObject, type JsonValue } from '../input/index.ts'
import type { Program } from './catalogue.ts'
import type { Constraint } from './constraint.ts'
import { actionsAt, type EnforcementPoint } from './enforcement.ts'
import { valueAt } from './fields.ts'
import { withGoNumbers } from './go-json.ts'
import type { Inventory } from './inventory.ts'
import { matchTarget } from './match.ts'
import type { Review } from './review.ts'
import { PolicyError } from './wasm.ts'

/** One violation of one constraint. */
export interface Violation {
  readonly msg: string
  readonly details: JsonValue
}

/** What one constraint says of one request. A constraint that is not about the object says nothing at all. */
export interface Verdict {
  readonly constraint: { readonly kind: string; readonly name: string }
  /** `spec.enforcementAction`; `scoped` where the actions depend on the enforcement point. */
  readonly enforcementAction: string
  /** What it does at this enforcement point. */
  readonly actions: readonly string[]
  /** In order of the messages; empty where the object is as the constraint wants it. */
  readonly violations: readonly Violation[]
  /** Why there is no verdict. Then the violations are unknown, not none. */
  readonly error?: string
}

/** A constraint together with what evaluates its template. */
export interface RunnableConstraint {
  readonly constraint: Constraint
  readonly program: Program
}

/** The constraints of a set, and what they say of requests. */
export interface Engine {
  /** Verdicts in order of the constraints' kinds and names. */
  review(review: Review, inventory: Inventory): Verdict[]
}

/**
 * Gatekeeper's judgement: which constraints are about a request, and what their Rego says.
 *
 * @param options.point where the reviews happen: files are reviewed as gator does
 */
export function createEngine(
  constraints: readonly RunnableConstraint[],
  options: { point?: EnforcementPoint } = {},
): Engine {
  const point = options.point ?? 'gator.gatekeeper.sh'
  const ordered = constraints.toSorted(
    ({ constraint: a }, { constraint: b }) => compareText(a.kind, b.kind) || compareText(a.name, b.name),
  )
  return {
    review(review, inventory) {
      return ordered.flatMap((runnable) => judge(runnable, review, inventory, point) ?? [])
    },
  }
}

function judge(
  { constraint, program }: RunnableConstraint,
  review: Review,
  inventory: Inventory,
  point: EnforcementPoint,
): Verdict | undefined {
  const actions = actionsAt(constraint.enforcement, point)
  if (actions.length === 0) return undefined
  const verdict = {
    constraint: { kind: constraint.kind, name: constraint.name },
    enforcementAction: constraint.enforcement.action,
    actions,
  }
  const namespace = review.namespace ?? inventory.namespaces.get(review.namespaceName)
  const matches = matchTarget(constraint.match, { ...review, namespace })
  if (matches === false) return undefined
  // Where Gatekeeper cannot tell whether a constraint is about an object, it rejects the object.
  if (matches !== true) return { ...verdict, violations: [{ msg: `unable to match constraints: ${matches.error}`, details: {} }] }
  try {
    return { ...verdict, violations: evaluate(program, review, constraint.parameters, inventory) }
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error
    return { ...verdict, violations: [], error: error.message }
  }
}

function evaluate({ module, entrypoint }: Program, review: Review, parameters: JsonValue, inventory: Inventory): Violation[] {
  module.setData(inventory.document)
  const members = module.evaluate(entrypoint, withGoNumbers({ review: review.input, parameters }, ['review']))
  if (!Array.isArray(members)) {
    throw new PolicyError(`${entrypoint} has no set of violations as its value; a rule that finds nothing has an empty one`)
  }
  return collectViolations(members)
}

/**
 * Members without a string `msg` say nothing, as in Gatekeeper; and of two that differ in other fields than `msg` and
 * `details`, one is left.
 */
function collectViolations(members: readonly JsonValue[]): Violation[] {
  const violations = new Map<string, Violation>()
  for (const member of members) {
    if (!isJsonObject(member)) continue
    const msg = valueAt(member, 'msg')
    if (msg === undefined) continue
    if (typeof msg !== 'string') throw new PolicyError(`a violation's msg is not a string: ${JSON.stringify(msg)}`)
    const violation: Violation & JsonObject = { msg, details: valueAt(member, 'details') ?? {} }
    violations.set(JSON.stringify(violation), violation)
  }
  return [...violations.entries()].sort(([a], [b]) => compareText(a, b)).map(([, violation]) => violation)
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
