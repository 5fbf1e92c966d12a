// Files of policies/<rule>/ that show and test a rule on the example of the source document, and the index of rules.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { assetPath } from '../../src/assets/index.ts'
import { loadGraphs, type ResourceGraph } from '../../src/graph/index.ts'
import { parseDocuments } from '../../src/input/index.ts'
import { describeAction } from '../../src/policy/describe-action.ts'
import { catalogue } from '../../src/policy/catalogue.generated.ts'
import { buildClusterConstraint, buildConstraint } from '../../src/policy/pack/constraint.ts'
import { emitMarkdownFile, emitYaml, emitYamlFile } from '../../src/policy/pack/emit.ts'
import type { PackFile } from '../../src/policy/pack/file.ts'
import { renderTemplate } from '../../src/policy/pack/render.ts'
import type { Sample, SampleSet } from '../../src/policy/rule.ts'
import { buildSuite } from '../../src/policy/pack/suite.ts'
import { messageOf } from './judge.ts'
import type { RegoRule } from './rego.ts'
import { buildTemplate } from './template.ts'

const EXAMPLE = 'examples/service-mesh/base/graph.yaml'

export async function buildRuleFiles(source: RegoRule): Promise<PackFile[]> {
  const { metadata, schema } = source
  const graph = await exampleGraph()
  const rule = catalogue.find((candidate) => candidate.name === metadata.name)
  if (rule === undefined) throw new Error(`${metadata.name} is not in the catalogue`)
  const files: PackFile[] = []
  const tests = rule.constraints.map((variant) => {
    const constraint = rule.scope === 'cluster' ? buildClusterConstraint(rule, variant, graph) : buildConstraint(graph, rule, variant)
    const name = variant.suffix === 'policy' ? 'constraint' : `constraint-${variant.suffix}`
    files.push({ path: `${rule.name}/samples/${name}.yaml`, text: emitYamlFile(constraint) })
    const test = variant.suffix === 'policy' ? rule.name : `${rule.name}-${variant.suffix}`
    return { name: test, template: 'template.yaml', constraint: `samples/${name}.yaml`, object: constraint, ...variant.samples(graph) }
  })
  files.push(...buildSuite(rule.name, rule.name, tests, graph))
  const [main] = tests
  const denied = main?.samples.find(({ verdict }) => verdict === 'disallowed')
  const accepted = main?.samples.find(({ verdict }) => verdict === 'allowed')
  if (main === undefined || denied === undefined || accepted === undefined) throw new Error(`${rule.name} lacks samples`)
  files.push({
    path: `${rule.name}/README.md`,
    text: emitMarkdownFile(
      renderTemplate('rule-page.md', {
        ...metadata,
        action: describeAction(rule.enforcement, rule.point),
        cluster: rule.scope === 'cluster',
        reads: metadata.reads.map((read) => ({ root: 'its root', children: 'the children', graphs: 'other graphs' })[read]).join(', '),
        parameters: describeParameters(schema),
        denied: { ...showSample(denied, main), message: await messageOf(emitYamlFile(buildTemplate(source)), main.object, denied, main.inventory) },
        allowed: showSample(accepted, main),
      }),
    ),
  })
  return files
}

export function buildRulesIndex(): string {
  return emitMarkdownFile(
    renderTemplate('rules-index.md', {
      rules: catalogue.map((rule) => ({
        name: rule.name,
        guards: rule.scope === 'cluster' ? 'the graphs of a cluster' : 'the objects of a graph',
        action: describeAction(rule.enforcement, rule.point),
        stops: rule.stops,
      })),
    }),
  )
}

async function exampleGraph(): Promise<ResourceGraph> {
  const { documents } = parseDocuments(readFileSync(assetPath(...EXAMPLE.split('/')), 'utf8'), EXAMPLE)
  const { graphs, diagnostics } = await loadGraphs(documents, { ruleNames: catalogue.map((rule) => rule.name) })
  const [graph] = graphs
  if (graph === undefined) throw new Error(`${join(EXAMPLE)}: ${diagnostics.map(({ message }) => message).join('; ')}`)
  return graph
}

/** The sample's object, and what the inventory holds besides the SyncSet. */
function showSample(sample: Sample, { inventory }: SampleSet): { object: string; inventory: string } {
  const others = (sample.inventory ?? []).filter((name) => name !== 'syncset').map((name) => inventory[name] ?? {})
  return { object: emitYaml(sample.object), inventory: emitYaml(...others) }
}

function describeParameters(schema: RegoRule['schema']): { name: string; description: string }[] {
  const properties = schema['properties'] as Record<string, { description?: string; default?: unknown }>
  return Object.entries(properties).map(([name, { description = '', default: fallback }]) => ({
    name,
    description: description + (fallback === undefined ? '' : ` Default: \`${JSON.stringify(fallback)}\`.`),
  }))
}
