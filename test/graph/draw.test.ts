import { describe, expect, it } from 'vitest'
import { drawMermaid, drawTree, type ResourceGraph } from '../../src/graph/index.ts'
import { loadText } from './read.ts'

const graph = (name: string, root: string, children: string): string => `
apiVersion: kro.dev/v1alpha1
kind: ResourceGraph
metadata: { name: ${name} }
spec:
  root: { apiGroup: example.com, version: v1, kind: ${root} }
  children: [${children}]
`

const CHAINED = [
  graph('platform', 'Platform', '{ apiGroup: example.com, version: v1, kind: Mesh, template: {} }, { apiGroup: "", version: v1, kind: ConfigMap, count: { min: 0 } }'),
  graph('mesh', 'Mesh', '{ apiGroup: example.com, version: v1, kind: Queue, count: { min: 2, max: 3 }, includeWhen: ["${root.spec.queue}"] }, { apiGroup: apps, kind: Deployment }'),
  graph('queue', 'Queue', '{ apiGroup: example.com, version: v1, kind: Topic, count: { max: 1 } }'),
  graph('backup', 'Backup', '{ apiGroup: example.com, version: v1, kind: Queue }'),
].join('---')

describe('drawTree', () => {
  it('draws a chain that is deeper than any screen in several trees', async () => {
    const chain = Array.from({ length: 12_000 }, (_, index) => `apiVersion: kro.dev/v1alpha1
kind: ResourceGraph
metadata: { name: g${index} }
spec: { root: { apiGroup: x.io, version: v1, kind: K${index} }, children: [{ apiGroup: x.io, version: v1, kind: K${index + 1} }] }
`)
    const text = drawTree((await loadText(chain.join('---\n'))).graphs)
    expect(text.split('\n').filter((line) => line.endsWith('(drawn below)')).length).toBeGreaterThan(100)
    expect(text.split('\n').filter((line) => line.includes('K11999 ['))).toHaveLength(1)
  })

  it('follows chains, once', async () => {
    const { graphs } = await loadText(CHAINED)
    expect(drawTree(graphs)).toBe(`backup: example.com/v1 Backup
└─ queue: example.com/v1 Queue [observed] -> queue
   └─ topic: example.com/v1 Topic [observed, exactly 1]

platform: example.com/v1 Platform
├─ mesh: example.com/v1 Mesh [managed] -> mesh
│  ├─ queue: example.com/v1 Queue [observed, 2 to 3, conditional] -> queue (drawn above)
│  └─ deployment: apps Deployment (version unknown) [observed]
└─ configMap: v1 ConfigMap [observed, 0 or more]
`)
  })

  it('draws nothing of nothing', () => {
    expect(drawTree([])).toBe('')
  })

  it('ends on graphs that form a cycle, which no valid inputs do', async () => {
    const { graphs } = await loadText(graph('a', 'Alpha', '{ apiGroup: example.com, version: v1, kind: Beta }'))
    const [a] = graphs
    if (a === undefined) throw new Error('no graph')
    const b: ResourceGraph = { ...a, name: 'b', root: { apiGroup: 'example.com', version: 'v1', kind: 'Beta' }, children: a.children.map((child) => ({ ...child, id: 'back', kind: 'Alpha' })) }
    expect(drawTree([b, a])).toBe(`a: example.com/v1 Alpha
└─ beta: example.com/v1 Beta [observed] -> b
   └─ back: example.com/v1 Alpha [observed] -> a (drawn above)
`)
  })
})

describe('drawMermaid', () => {
  it('draws each graph once, with arrows between them', async () => {
    const { graphs } = await loadText(CHAINED)
    expect(drawMermaid(graphs)).toBe(`flowchart TD
  g0(["backup<br/>example.com/v1 Backup"])
  g1(["platform<br/>example.com/v1 Platform"])
  g2(["mesh<br/>example.com/v1 Mesh"])
  g3(["queue<br/>example.com/v1 Queue"])
  g0 -.->|"queue<br/>observed"| g3
  g1 -->|"mesh<br/>managed"| g2
  g1 -.-> g1c1["configMap<br/>v1 ConfigMap<br/>observed, 0 or more"]
  g2 -.->|"queue<br/>observed, 2 to 3, conditional"| g3
  g2 -.-> g2c1["deployment<br/>apps Deployment #40;version unknown#41;<br/>observed"]
  g3 -.-> g3c0["topic<br/>example.com/v1 Topic<br/>observed, exactly 1"]
`)
  })

  it('escapes what Mermaid would read as its own', async () => {
    const { graphs } = await loadText(graph('a', 'Alpha', '{ apiGroup: example.com, version: v1, kind: Beta }'))
    const hostile = graphs.map((found) => ({ ...found, name: '"]; click g0 "javascript:x" <b>#quot;\n' }))
    expect(drawMermaid(hostile).split('\n')[1]).toBe('  g0(["#34;#93;; click g0 #34;javascript:x#34; #60;b#62;#35;quot;#92;n<br/>example.com/v1 Alpha"])')
  })
})
