import type { ResourceGraph } from '../graph/model.ts'
import { readKinds } from './syncset.ts'
import type { Rule } from './rule.ts'

export interface LeftOut {
  readonly rule: Rule
  readonly reason: string
}

export interface Selection {
  /** The rules that guard the graph, in the catalogue's order. */
  readonly rules: readonly Rule[]
  readonly leftOut: readonly LeftOut[]
}

/**
 * Which rules of the catalogue a graph gets: the enabled ones whose inventory can be synced. That a version is unknown is
 * reported where the graph is read (GG135).
 */
export function selectRules(graph: ResourceGraph, catalogue: readonly Rule[]): Selection {
  const rules: Rule[] = []
  const leftOut: LeftOut[] = []
  for (const rule of catalogue.filter(({ scope }) => scope === 'graph')) {
    const unknown = readKinds(graph, rule.reads).filter(({ version }) => version === undefined)
    const kinds = new Set(unknown.map(({ group, kind }) => (group === '' ? kind : `${group} ${kind}`)))
    if (graph.policy.rules[rule.name]?.enabled === false) leftOut.push({ rule, reason: 'disabled in the graph' })
    else if (kinds.size > 0) leftOut.push({ rule, reason: `the version of ${[...kinds].join(', ')} is unknown` })
    else rules.push(rule)
  }
  return { rules, leftOut }
}
