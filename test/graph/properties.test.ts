import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadGraphs } from '../../src/graph/index.ts'
import type { InputDocument, JsonValue } from '../../src/input/index.ts'
import { plainGraphs, readDocuments, RULE_NAMES } from './read.ts'

const RUNS = process.env['GRAPHGATE_DEEP'] === undefined ? 200 : 5_000

/** Some ten milliseconds for each run on a busy machine. */
const TIMEOUT = 10_000 + RUNS * 50

const options = { ruleNames: RULE_NAMES }

/** A document of its own file, as a reader of JSON makes it. */
function documentOf(value: JsonValue, file: string): InputDocument[] {
  return readDocuments(JSON.stringify(value), file)
}

const groups = fc.constantFrom('example.com', 'apps', '', 'kro.dev', 'a/v1')
const kinds = fc.constantFrom('Mesh', 'Route', 'Gate', 'Wall', 'Map', 'mesh')
const type = fc.record({ apiGroup: groups, kind: kinds, version: fc.constantFrom('v1', 'v2', 'V3') }, { requiredKeys: ['apiGroup', 'kind'] })
const template = fc.constantFrom<JsonValue>({}, { spec: '${root.a}' }, { spec: '${route.b}' }, { spec: '${' }, { status: {} }, { metadata: { labels: { a: 1 } } })
const child = fc
  .tuple(type, fc.record({ id: fc.constantFrom('a', 'A', 'route', 'root'), template, count: fc.record({ min: fc.nat(3), max: fc.nat(3) }), includeWhen: fc.array(fc.constantFrom('${root.a}', 'x')) }, { requiredKeys: [] }))
  .map(([kind, rest]) => ({ ...kind, ...rest }))
const policy = fc.record(
  { rules: fc.dictionary(fc.constantFrom(...RULE_NAMES, 'none'), fc.record({ enabled: fc.boolean(), exclusive: fc.boolean() }, { requiredKeys: [] })), enforcementAction: fc.constantFrom('deny', 'Deny') },
  { requiredKeys: [] },
)
/** Graphs that are mostly right, and often at odds with one another. */
const graph = fc
  .record({ name: fc.constantFrom('a', 'b', 'c', 'd', 'A', 'x_y'), root: type, children: fc.array(child, { minLength: 1, maxLength: 4 }), policy })
  .map(({ name, ...spec }) => ({ apiVersion: 'kro.dev/v1alpha1', kind: 'ResourceGraph', metadata: { name }, spec }))

/** Any JSON at all in the place of some part of a graph. */
const broken = fc.tuple(graph, fc.jsonValue(), fc.constantFrom('apiVersion', 'kind', 'metadata', 'spec', 'root', 'children', 'child', 'template', 'policy')).map(([value, junk, where]) => {
  const copy = structuredClone(value as unknown) as Record<string, Record<string, JsonValue>>
  const spec = copy['spec'] ?? {}
  const first = (spec['children'] as JsonValue[])[0] as Record<string, JsonValue>
  const junkValue = junk as JsonValue
  if (where === 'child') (spec['children'] as JsonValue[])[0] = junkValue
  else if (where === 'template') first['template'] = junkValue
  else if (Object.hasOwn(copy, where)) (copy as Record<string, JsonValue>)[where] = junkValue
  else spec[where] = junkValue
  return copy
})

const documents = fc.array(fc.oneof(graph, broken, fc.jsonValue() as fc.Arbitrary<JsonValue>), { maxLength: 6 })

describe('any documents', () => {
  it('give graphs or errors, and never throw', async () => {
    await fc.assert(
      fc.asyncProperty(documents, async (values) => {
        const { graphs, diagnostics } = await loadGraphs(values.flatMap((value, index) => documentOf(value, `${index}.json`)), options)
        expect(graphs.length > 0 || diagnostics.some(({ severity }) => severity === 'error')).toBe(true)
        for (const { position, frame, hint } of diagnostics) {
          expect(hint).not.toBe('')
          expect(position === undefined).toBe(frame === undefined)
        }
      }),
      { numRuns: RUNS },
    )
  }, TIMEOUT)

  it('give the same in any order', async () => {
    const shuffled = documents.chain((values) => {
      const inputs = values.map((value, index) => ({ value, file: `${index}.json` }))
      return fc.tuple(fc.constant(inputs), fc.shuffledSubarray(inputs, { minLength: inputs.length }))
    })
    await fc.assert(
      fc.asyncProperty(shuffled, async ([inputs, other]) => {
        const load = async (list: typeof inputs): Promise<unknown> => {
          const { graphs, diagnostics, ignored } = await loadGraphs(list.flatMap(({ value, file }) => documentOf(value, file)), options)
          return { graphs: plainGraphs(graphs), diagnostics, ignored }
        }
        expect(await load(other)).toEqual(await load(inputs))
      }),
      { numRuns: RUNS },
    )
  }, TIMEOUT)

  it('what is valid among others is valid alone', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(graph, { minLength: 1, maxLength: 4 }), async (values) => {
        const inputs = values.flatMap((value, index) => documentOf(value, `${index}.json`))
        const { graphs } = await loadGraphs(inputs, options)
        for (const { document, name } of graphs) {
          const alone = await loadGraphs([document], options)
          expect(alone.graphs.map((found) => found.name)).toEqual([name])
        }
      }),
      { numRuns: RUNS },
    )
  }, TIMEOUT)
})
