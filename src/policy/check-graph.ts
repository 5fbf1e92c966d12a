import type { Diagnostic } from '../diagnostic/index.ts'
import type { ResourceGraph } from '../graph/model.ts'
import type { JsonObject, Path } from '../input/index.ts'
import { fitMatch } from './sample/fit-match.ts'
import { selectRules } from './select.ts'
import type { Rule } from './rule.ts'

/** Groups that hold everyone: whoever is in one is exempt, so the rule would stop nobody. */
const EVERYONE = ['system:authenticated', 'system:unauthenticated', 'system:serviceaccounts']

/** What is wrong with a valid graph's `spec.policy` in the light of the catalogue. Pure. */
export function checkGraph(graph: ResourceGraph, catalogue: readonly Rule[]): Diagnostic[] {
  const diagnostics: Diagnostic[] = []
  const report = (path: Path, code: string, severity: Diagnostic['severity'], message: string, hint: string): void => {
    const position = graph.document.locate(['spec', 'policy', ...path], 'key')
    diagnostics.push({ code, severity, message: `graph ${graph.name}: ${message}`, hint, position, frame: graph.document.frame(position) })
  }
  const { match, rules, breakGlassGroup } = graph.policy
  if (!fitMatch(match).selectable) {
    report(['match'], 'GG202', 'error', 'policy.match selects no object at all', 'widen the match, or disable the rules that should not run')
  }
  for (const name of Object.keys(rules)) {
    if (catalogue.find((rule) => rule.name === name)?.scope !== 'cluster') continue
    report(['rules', name], 'GG203', 'error', `${name} is a rule about graphs, set for the whole cluster`, 'remove the entry; patch the constraint in cluster/ instead')
  }
  for (const key of selectorKeys(match.labelSelector).filter((label) => label.startsWith('kro.dev/'))) {
    report(['match', 'labelSelector'], 'GG204', 'error', `policy.match selects by the mark ${key}`, 'select by labels of your own: the rules decide themselves whom the marks concern')
  }
  if (selectRules(graph, catalogue).rules.length === 0) {
    report([], 'GG205', 'warning', 'no rule is left, so the pack guards nothing of this graph', 'enable a rule, or remove the graph from the inputs')
  }
  if (breakGlassGroup !== undefined && EVERYONE.includes(breakGlassGroup)) {
    report(['breakGlassGroup'], 'GG206', 'warning', `breakGlassGroup ${breakGlassGroup} holds everyone, so membership-immutable stops nobody`, 'name a group that few people are in')
  }
  return diagnostics
}

function selectorKeys(selector: JsonObject | undefined): string[] {
  const { matchLabels = {}, matchExpressions = [] } = (selector ?? {}) as { matchLabels?: JsonObject; matchExpressions?: { key: string }[] }
  return [...new Set([...Object.keys(matchLabels), ...matchExpressions.map(({ key }) => key)])]
}
