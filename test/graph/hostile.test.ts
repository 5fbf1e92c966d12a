import { describe, expect, it } from 'vitest'
import { renderText } from '../../src/diagnostic/index.ts'
import { loadGraphs } from '../../src/graph/index.ts'
import type { JsonValue } from '../../src/input/index.ts'
import { loadText, plainGraphs, readDocuments, RULE_NAMES } from './read.ts'

const graph = (children: string, rest = ''): string => `
apiVersion: kro.dev/v1alpha1
kind: ResourceGraph
metadata: { name: a }
spec:
  root: { apiGroup: example.com, version: v1, kind: Mesh }
  children: ${children}
${rest}`
const ROUTE = '[{ apiGroup: example.com, version: v1, kind: Route }]'

/** Wraps a value in many lists, deeper than a stack. */
function nest(depth: number): JsonValue {
  let value: JsonValue = 'core'
  for (let level = 0; level < depth; level++) value = [value]
  return value
}

describe('hostile documents', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('the key %s is a key like any other', async (key) => {
    const places = [
      [`${graph(ROUTE)}${key}: {}\n`, 'GG105'],
      [graph(ROUTE).replace('name: a', `name: a, ${key}: {}`), 'GG105'],
      [graph(ROUTE, `  ${key}: {}\n`), 'GG105'],
      [graph(ROUTE.replace('Route', `Route, ${key}: {}`)), 'GG105'],
      [graph(ROUTE, `  policy: { ${key}: {} }\n`), 'GG105'],
      [graph(ROUTE, `  policy: { rules: { ${key}: { enabled: true } } }\n`), 'GG110'],
      [graph(ROUTE, `  policy: { rules: { child-root-label: { ${key}: true } } }\n`), 'GG105'],
    ] as const
    for (const [text, code] of places) {
      const { graphs, diagnostics } = await loadText(text)
      expect(graphs).toEqual([])
      expect(diagnostics.map((diagnostic) => [diagnostic.code, diagnostic.message.includes(`"${key}"`)])).toEqual([[code, true]])
    }
  })

  it('keys of prototypes do not stand for missing fields', async () => {
    const { graphs } = await loadText(graph(ROUTE.replace('Route', 'Route, template: { __proto__: { status: {}, kind: Other }, constructor: "${root.a}" }')))
    expect(Object.keys(plainGraphs(graphs)[0]?.children[0]?.template ?? {})).toEqual(['__proto__', 'constructor'])
    expect(({} as { status?: unknown }).status).toBeUndefined()
  })

  it('control characters do not reach the terminal', async () => {
    const { diagnostics } = await loadText(graph('[{ apiGroup: "\\e[2J", kind: "A\\r\\nerror: forged" }]', '  "\\u202e": 1\n'))
     
    expect(renderText(diagnostics, { color: false })).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/)
    expect(renderText(diagnostics, { color: false })).not.toMatch(/^error: forged/m)
  })

  it('megabytes in one field are cut in messages', async () => {
    const long = 'x'.repeat(1_000_000)
    const { diagnostics } = await loadText(graph(`[{ apiGroup: example.com, version: v1, kind: ${long} }]`))
    expect(diagnostics.map(({ code }) => code)).toEqual(['GG109', 'GG117'])
    expect(renderText(diagnostics, { color: false }).length).toBeLessThan(2_000)
  })

  it('a graph that etcd would not take is refused before anything else looks at it', async () => {
    const { graphs, diagnostics } = await loadText(graph(ROUTE.replace('Route', `Route, template: { a: ${'x'.repeat(1_600_000)} }`)))
    expect([graphs, diagnostics.map(({ code, message }) => [code, message])]).toEqual([[], [['GG109', 'the graph is larger than 1.5 MiB, more than Kubernetes stores']]])
  })

  it('a hundred problems of a document are shown, and that there are more', async () => {
    const fields = Array.from({ length: 5_000 }, (_, index) => `    field${index}: 1\n`).join('')
    const { diagnostics } = await loadText(graph(ROUTE, `  policy:\n${fields}`))
    expect(diagnostics.filter(({ code }) => code === 'GG105')).toHaveLength(100)
    expect(diagnostics.filter(({ code }) => code === 'GG199').map(({ message }) => message)).toEqual(['this document has more problems than the 100 shown'])
  })

  it('thousands of children are one problem', async () => {
    const children = Array.from({ length: 10_000 }, (_, index) => `{ apiGroup: a.b, version: v1, kind: K${index} }`)
    const { diagnostics } = await loadText(graph(`[${children.join(', ')}]`))
    expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ['GG109', 'spec.children has more than 64 items'],
    ])
  })

  it('nesting deeper than the stack does not matter', async () => {
    const [base] = readDocuments(graph(ROUTE.replace('Route', 'Route, template: {}')))
    if (base === undefined) throw new Error('no document')
    const value = structuredClone(base.value) as { spec: { children: { template: Record<string, JsonValue> }[] } }
    const [child] = value.spec.children
    if (child !== undefined) child.template['deep'] = nest(100_000)
    const { graphs, diagnostics } = await loadGraphs([{ ...base, value: value }], { ruleNames: RULE_NAMES })
    expect([graphs.length, diagnostics]).toEqual([1, []])
  })

  it('a chain of thousands of graphs is followed to its end', async () => {
    const link = (index: number): string =>
      `apiVersion: kro.dev/v1alpha1\nkind: ResourceGraph\nmetadata: { name: g${index} }\nspec:\n  root: { apiGroup: a.b, version: v1, kind: K${index} }\n  children: [{ apiGroup: a.b, version: v1, kind: K${index + 1} }]\n`
    const { diagnostics } = await loadText(Array.from({ length: 3_000 }, (_, index) => link(index)).join('---\n'))
    expect(diagnostics.map(({ message }) => message)).toEqual(['a chain of 3000 graphs begins here, more than 3: g0 -> g1 -> g2 -> g3 -> … -> g2996 -> g2997 -> g2998 -> g2999'])
  })
})
