import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadGraphs } from '../../../src/graph/index.ts'
import { parseDocuments } from '../../../src/input/index.ts'
import { buildPack, catalogue, readTemplates } from '../../../src/policy/index.ts'
import { runSuites } from '../../../src/suite/index.ts'
import { scratch } from '../../cli/run.ts'

const graph = (name: string, policy: string): string => `
apiVersion: kro.dev/v1alpha1
kind: ResourceGraph
metadata: { name: ${name} }
spec:
  root: { apiGroup: a.example.com, version: v1, kind: App }
  children: [{ apiGroup: "", version: v1, kind: Service }]
  policy: { ${policy} }
`

// A pack is never to fail its own suites, whatever the graph says that the samples might collide with.
describe('the suites of a valid graph pass', () => {
  it.each([
    ['allowed users that samples would use as strangers', graph('app', 'allowedUsers: [jane@example.com, x-jane@example.com]')],
    ['no allowed users', graph('app', 'allowedUsers: []')],
    ['a break-glass group that holds everyone', graph('app', 'breakGlassGroup: system:authenticated')],
    ['the name that samples use for another graph', graph('another-graph', '')],
    ['a kind whose id is a word of expressions', graph('app', '').replace('kind: Service', 'kind: Namespace')],
    ['namespaces by glob', graph('app', 'match: { namespaces: ["*-prod", kube-*], excludedNamespaces: ["sample-*"] }')],
    ['a namespace selector', graph('app', 'match: { namespaceSelector: { matchExpressions: [{ key: env, operator: In, values: ["yes", "no"] }] } }')],
    ['a label selector', graph('app', 'match: { labelSelector: { matchLabels: { app: x }, matchExpressions: [{ key: b, operator: Exists }, { key: c, operator: DoesNotExist }, { key: d, operator: NotIn, values: [e] }] } }')],
    ['counts', graph('app', '').replace('kind: Service }', 'kind: Service, count: { min: 3, max: 3 } }, { apiGroup: x.io, version: v2, kind: Thing, count: { min: 0, max: 1 } }')],
    ['nothing required', graph('app', '').replace('kind: Service }', 'kind: Service, count: { min: 0 } }')],
    ['more children than samples can show', graph('app', '').replace('kind: Service }', 'kind: Service, count: { min: 500 } }')],
    ['the same kind twice', graph('app', '').replace('kind: Service }', 'kind: Service, id: one, template: {} }, { apiGroup: "", version: v1, kind: Service, id: two, template: {} }')],
    ['a root in the core group', graph('app', '').replace('apiGroup: a.example.com, version: v1, kind: App', 'apiGroup: "", version: v1, kind: ConfigMap')],
    ['an exclusive claim', graph('app', 'rules: { child-root-label: { exclusive: true } }')],
  ])('with %s', async (_name, text) => {
    const { graphs, diagnostics } = await loadGraphs(parseDocuments(text, 'graph.yaml').documents, { ruleNames: catalogue.map(({ name }) => name) })
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
    const { dir, remove } = scratch()
    for (const file of buildPack(graphs, catalogue, await readTemplates(catalogue)).files) {
      mkdirSync(dirname(join(dir, file.path)), { recursive: true })
      writeFileSync(join(dir, file.path), file.text)
    }
    const { result, diagnostics: said } = await runSuites([`${dir}/...`])
    remove()
    const wrong = result.suites.flatMap((suite) => suite.tests.flatMap((test) => test.cases.filter((item) => item.result !== 'pass').map((item) => `${test.name}/${item.name}`)))
    expect({ wrong, said, errors: result.totals.error }).toEqual({ wrong: [], said: [], errors: 0 })
  })
})
