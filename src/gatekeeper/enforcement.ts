import { quote } from '../diagnostic/index.ts'
import type { JsonValue } from '../input/index.ts'
import { stringAt, valueAt } from './fields.ts'
import type { Report } from './problem.ts'

/** Where a review happens; a scoped constraint acts at the points that it names. */
export type EnforcementPoint = 'validation.gatekeeper.sh' | 'audit.gatekeeper.sh' | 'gator.gatekeeper.sh' | 'vap.k8s.io'

/** What a constraint does about violations. */
export interface Enforcement {
  /** `spec.enforcementAction`: deny, warn, dryrun or scoped. */
  readonly action: string
  /** Of a scoped constraint: its actions at each point, `*` being every point. */
  readonly scoped: readonly { readonly action: string; readonly points: readonly string[] }[]
}

const ACTIONS: readonly string[] = ['deny', 'warn', 'dryrun', 'scoped']

/**
 * The actions that a constraint takes at a point; none for a scoped constraint that does not name it, which is then not
 * evaluated there at all.
 */
export function actionsAt({ action, scoped }: Enforcement, point: EnforcementPoint): string[] {
  if (action !== 'scoped') return [action]
  const actions = scoped.filter(({ points }) => points.includes(point) || points.includes('*')).map((entry) => entry.action)
  return [...new Set(actions)].sort()
}

/** Reads `spec.enforcementAction` and `spec.scopedEnforcementActions`, after schema and defaults. */
export function readEnforcement(constraint: JsonValue, report: Report): Enforcement | undefined {
  const declared = valueAt(constraint, 'spec', 'enforcementAction')
  const action = typeof declared === 'string' ? declared : 'deny'
  const list = valueAt(constraint, 'spec', 'scopedEnforcementActions')
  if (action === 'scoped' && !Array.isArray(list)) {
    report(['spec', 'enforcementAction'], 'GG316', 'a scoped constraint must say what it does at which point', 'list actions under spec.scopedEnforcementActions')
    return undefined
  }
  const scoped = (Array.isArray(list) ? list : []).map((entry) => ({ action: stringAt(entry, 'action'), points: pointNames(entry) }))
  if (!ACTIONS.includes(action)) {
    report(['spec', 'enforcementAction'], 'GG316', `unknown enforcement action ${quote(action)}`, 'use deny, warn, dryrun or scoped', 'warning')
  }
  return { action, scoped }
}

function pointNames(entry: JsonValue): string[] {
  const points = valueAt(entry, 'enforcementPoints')
  return Array.isArray(points) ? points.map((point) => stringAt(point, 'name')) : []
}
