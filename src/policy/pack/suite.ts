import type { JsonObject } from '../../input/json.ts'
import { emitYamlFile } from './emit.ts'
import type { PackFile } from './file.ts'
import { fitMatch } from '../sample/fit-match.ts'
import type { GuardedGraph, Sample } from '../rule.ts'

/** One test of a suite: a template, a constraint, and the samples that it must judge. */
export interface SuiteTest {
  readonly name: string
  /** Paths relative to the suite's folder. */
  readonly template: string
  readonly constraint: string
  readonly samples: readonly Sample[]
  readonly inventory: Readonly<Record<string, JsonObject>>
}

/**
 * A rule's suite (`test.gatekeeper.sh/v1alpha1`, for `gator verify` and `graphgate test` alike) with its sample files.
 * @param folder where the suite lives in the pack.
 */
export function buildSuite(name: string, folder: string, tests: readonly SuiteTest[], graph: GuardedGraph): PackFile[] {
  const namespace = sampleNamespace(graph)
  const files = new Map<string, JsonObject>()
  const addFile = (prefix: string, file: string, object: JsonObject): string => {
    const path = `samples/${prefix}${file}.yaml`
    files.set(path, object)
    return path
  }
  const suite = {
    apiVersion: 'test.gatekeeper.sh/v1alpha1',
    kind: 'Suite',
    metadata: { name },
    tests: tests.map((test, index) => {
      // Two constraints of one rule may name their samples alike.
      const prefix = index === 0 ? '' : `${test.name}-`
      return {
        name: test.name,
        template: test.template,
        constraint: test.constraint,
        cases: test.samples.map((sample) => {
          const inventory = (sample.inventory ?? []).map((key) => addFile(prefix, `inventory-${key}`, test.inventory[key] ?? {}))
          if (namespace !== undefined) inventory.push(addFile('', 'inventory-namespace', namespace))
          return {
            name: sample.name,
            object: addFile(prefix, sample.name, sample.object),
            ...(inventory.length > 0 && { inventory }),
            assertions: [assertion(sample)],
          }
        }),
      }
    }),
  }
  return [
    { path: `${folder}/suite.yaml`, text: emitYamlFile(suite) },
    ...[...files].map(([path, object]) => ({ path: `${folder}/${path}`, text: emitYamlFile(object) })),
  ]
}

function assertion(sample: Sample): JsonObject {
  if (sample.verdict === 'allowed') return { violations: 0 }
  return { violations: 1, ...(sample.message !== undefined && { message: sample.message }) }
}

/** A namespaceSelector is decided by the object's Namespace; offline it comes from the inventory. */
function sampleNamespace(graph: GuardedGraph): JsonObject | undefined {
  const { namespace, namespaceLabels } = fitMatch(graph.policy.match)
  return namespaceLabels && { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels: namespaceLabels } }
}
