import type { Diagnostic } from '../diagnostic/index.ts'
import type { ResourceGraph } from '../graph/model.ts'
import type { Path } from '../input/index.ts'
import { fitMatch } from './sample-match.ts'
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
  readonly diagnostics: readonly Diagnostic[]
}

/** Which rules of the catalogue a graph gets: the enabled ones whose inventory can be synced. */
export function selectRules(graph: ResourceGraph, catalogue: readonly Rule[]): Selection {
  const rules: Rule[] = []
  const leftOut: LeftOut[] = []
  const diagnostics: Diagnostic[] = []
  for (const rule of catalogue) {
    if (rule.scope === 'cluster') continue
    if (graph.policy.rules[rule.name]?.enabled === false) {
      leftOut.push({ rule, reason: 'disabled in the graph' })
      continue
    }
    const unknown = readKinds(graph, rule.reads).filter(({ version }) => version === undefined)
    if (unknown.length === 0) {
      rules.push(rule)
      continue
    }
    const kinds = [...new Set(unknown.map(({ group, kind }) => (group === '' ? kind : `${kind}.${group}`)))].join(', ')
    leftOut.push({ rule, reason: `the version of ${kinds} is unknown` })
    diagnostics.push(unknownVersion(graph, rule, kinds))
  }
  if (!fitMatch(graph.policy.match).selectable) {
    diagnostics.push(
      diagnose(graph, ['spec', 'policy', 'match'], 'GG202', 'error', `graph ${graph.name}: policy.match selects no object at all`, 'widen the match, or disable the rules that should not run'),
    )
  }
  for (const name of Object.keys(graph.policy.rules)) {
    const rule = catalogue.find((candidate) => candidate.name === name)
    if (rule?.scope !== 'cluster') continue
    diagnostics.push(
      diagnose(graph, ['spec', 'policy', 'rules', name], 'GG203', 'error', `graph ${graph.name}: ${name} is a rule about graphs, set for the whole cluster`, 'remove the entry; patch the constraint in cluster/ instead'),
    )
  }
  return { rules, leftOut, diagnostics }
}

function unknownVersion(graph: ResourceGraph, rule: Rule, kinds: string): Diagnostic {
  const path: Path = rule.reads.includes('root') && graph.root.version === undefined ? ['spec', 'root'] : ['spec', 'children']
  return diagnose(
    graph,
    path,
    'GG201',
    'warning',
    `graph ${graph.name}: rule ${rule.name} is left out, because the version of ${kinds} is unknown`,
    'write the version beside the kind, or pass its CustomResourceDefinition as another -f',
  )
}

function diagnose(graph: ResourceGraph, path: Path, code: string, severity: Diagnostic['severity'], message: string, hint: string): Diagnostic {
  const position = graph.document.locate(path, 'key')
  return { code, severity, message, hint, position, frame: graph.document.frame(position) }
}
