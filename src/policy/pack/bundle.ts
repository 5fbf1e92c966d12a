import type { Diagnostic } from '../../diagnostic/index.ts'
import type { ResourceGraph } from '../../graph/model.ts'
import { checkGraph } from '../check-graph.ts'
import { buildClusterPack } from './cluster.ts'
import { buildConstraint } from './constraint.ts'
import { emitYamlFile } from './emit.ts'
import { buildKustomization } from './kustomization.ts'
import type { PackFile } from './file.ts'
import { renderPackReadme, type GraphSummary } from './readme.ts'
import { selectRules } from '../select.ts'
import { buildSuite } from './suite.ts'
import { buildSyncSet } from '../syncset.ts'
import type { Rule } from '../rule.ts'

export interface Pack {
  /** Sorted by path; the same for the same graphs, whatever their order. */
  readonly files: readonly PackFile[]
  /** What is wrong with the graphs' `spec.policy`; with an error among them the pack must not be used. */
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Makes everything that is generated for a set of graphs.
 * @param templates the built ConstraintTemplates (`policies/<rule>/template.yaml`) by rule name.
 */
export function buildPack(graphs: readonly ResourceGraph[], catalogue: readonly Rule[], templates: ReadonlyMap<string, string>): Pack {
  const sorted = [...graphs].sort((a, b) => (a.name < b.name ? -1 : 1))
  const files: PackFile[] = []
  const diagnostics: Diagnostic[] = []
  const used = new Set<Rule>()
  const summaries: GraphSummary[] = []
  for (const graph of sorted) {
    const selection = selectRules(graph, catalogue)
    diagnostics.push(...checkGraph(graph, catalogue))
    for (const rule of selection.rules) used.add(rule)
    summaries.push({ graph, ...selection })
    files.push(...buildGraphFiles(graph, selection.rules))
  }
  const rules = catalogue.filter((rule) => used.has(rule))
  files.push(
    ...rules.map((rule) => ({ path: `templates/${rule.name}.yaml`, text: templateOf(rule, templates) })),
    buildKustomization('templates', rules.map((rule) => `${rule.name}.yaml`)),
    buildKustomization('graphs', sorted.map((graph) => graph.name)),
    buildKustomization('', ['templates', 'graphs']),
    ...buildClusterPack(sorted, catalogue.filter((rule) => rule.scope === 'cluster'), (rule) => templateOf(rule, templates)),
    { path: 'README.md', text: renderPackReadme(summaries, rules) },
  )
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), diagnostics }
}

function buildGraphFiles(graph: ResourceGraph, rules: readonly Rule[]): PackFile[] {
  const files: PackFile[] = []
  const resources: string[] = []
  for (const rule of rules) {
    const folder = `tests/${graph.name}/${rule.name}`
    const up = '../'.repeat(3)
    const tests = rule.constraints.map((variant) => {
      const file = `${constraintFile(rule, variant.suffix)}.yaml`
      files.push({ path: `graphs/${graph.name}/${file}`, text: emitYamlFile(buildConstraint(graph, rule, variant)) })
      resources.push(file)
      return {
        name: constraintFile(rule, variant.suffix),
        template: `${up}templates/${rule.name}.yaml`,
        constraint: `${up}graphs/${graph.name}/${file}`,
        ...variant.samples(graph),
      }
    })
    files.push(...buildSuite(`${graph.name}-${rule.name}`, folder, tests, graph))
  }
  const syncSet = buildSyncSet(`${graph.name}-policy`, rules.map((rule) => ({ graph, rule })))
  if (syncSet !== undefined) {
    files.push({ path: `graphs/${graph.name}/syncset.yaml`, text: emitYamlFile(syncSet) })
    resources.push('syncset.yaml')
  }
  files.push(buildKustomization(`graphs/${graph.name}`, resources))
  return files
}

function constraintFile(rule: Rule, suffix: string): string {
  return suffix === 'policy' ? rule.name : `${rule.name}-${suffix}`
}

function templateOf(rule: Rule, templates: ReadonlyMap<string, string>): string {
  const template = templates.get(rule.name)
  if (template === undefined) throw new Error(`policies/${rule.name}/template.yaml is missing: run "npm run build:policies"`)
  return template
}
