import type { EnforcementAction } from '../graph/model.ts'
import type { RuleMetadata } from './rule.ts'

/** An action in words, for READMEs, rule pages and `explain`: `deny`, or `deny, in audits only`. */
export function describeAction(action: EnforcementAction, point: RuleMetadata['point']): string {
  return point === 'audit' ? `${action}, in audits only` : action
}
