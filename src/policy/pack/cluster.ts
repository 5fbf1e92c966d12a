import type { ResourceGraph } from '../../graph/model.ts'
import type { JsonObject } from '../../input/json.ts'
import { buildClusterConstraint } from './constraint.ts'
import { emitYamlFile } from './emit.ts'
import { EXAMPLE_GRAPH } from '../sample/example-graph.ts'
import { buildKustomization } from './kustomization.ts'
import type { PackFile } from './file.ts'
import { renderClusterReadme } from './readme.ts'
import { buildSuite } from './suite.ts'
import { buildSyncSet, canSync } from '../syncset.ts'
import type { Rule } from '../rule.ts'

/** Below `tests/`; no graph can be called so, since a name has no underscore. */
const TEST_FOLDER = '_cluster'

/** Gatekeeper's webhook is not asked about deletions until this says so. */
const HELM_VALUES: JsonObject = { enableDeleteOperations: true }

/**
 * The rules about graphs themselves, with their own templates and SyncSet: installed once per cluster, so not part of
 * the pack's kustomization. Their suites judge an example graph, since they guard all graphs alike.
 */
export function buildClusterPack(graphs: readonly ResourceGraph[], rules: readonly Rule[], templateOf: (rule: Rule) => string): PackFile[] {
  const files: PackFile[] = []
  for (const rule of rules) {
    files.push({ path: `cluster/templates/${rule.name}.yaml`, text: templateOf(rule) })
    const tests = rule.constraints.map((variant) => {
      files.push({ path: `cluster/${rule.name}.yaml`, text: emitYamlFile(buildClusterConstraint(rule, variant, EXAMPLE_GRAPH)) })
      return {
        name: rule.name,
        template: `../../../cluster/templates/${rule.name}.yaml`,
        constraint: `../../../cluster/${rule.name}.yaml`,
        ...variant.samples(EXAMPLE_GRAPH),
      }
    })
    files.push(...buildSuite(`cluster-${rule.name}`, `tests/${TEST_FOLDER}/${rule.name}`, tests, EXAMPLE_GRAPH))
  }
  const syncSet = buildSyncSet('graphgate-cluster', graphs.flatMap((graph) => rules.map((rule) => ({ graph, rule }))))
  const unsynced = graphs.filter((graph) => rules.some((rule) => !canSync(graph, rule)))
  return [
    ...files,
    { path: 'cluster/gatekeeper-values.yaml', text: emitYamlFile(HELM_VALUES) },
    ...(syncSet === undefined ? [] : [{ path: 'cluster/syncset.yaml', text: emitYamlFile(syncSet) }]),
    buildKustomization('cluster/templates', rules.map((rule) => `${rule.name}.yaml`)),
    buildKustomization('cluster', ['templates', ...rules.map((rule) => `${rule.name}.yaml`), ...(syncSet === undefined ? [] : ['syncset.yaml'])]),
    { path: 'cluster/README.md', text: renderClusterReadme(rules, unsynced) },
  ]
}
