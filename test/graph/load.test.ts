import { describe, expect, it } from 'vitest'
import { renderText } from '../../src/diagnostic/index.ts'
import { loadGraphs, MAX_CHILDREN, MAX_DEPTH } from '../../src/graph/index.ts'
import { loadText, plainGraphs, readDocuments, RULE_NAMES } from './read.ts'

const SHORT = `
apiVersion: kro.dev/v1alpha1
kind: ResourceGraph
metadata: { name: service-mesh-graph }
spec:
  root: { apiGroup: networking.example.com, kind: ServiceMesh }
  children:
    - { apiGroup: networking.istio.io, kind: VirtualService }
    - { apiGroup: networking.istio.io, kind: Gateway }
`

const FULL = `
apiVersion: kro.dev/v1alpha1
kind: ResourceGraph
metadata: { name: full-graph, labels: { team: platform }, annotations: { note: "any text" } }
spec:
  root: { apiGroup: example.com, version: v1, kind: Platform }
  mode: Detect
  deletionPolicy: Retain
  children:
    - apiGroup: apps
      version: v1
      kind: Deployment
      id: web
      template: { apiVersion: apps/v1, kind: Deployment, spec: { replicas: "\${root.spec.replicas}" } }
      includeWhen: ["\${root.spec.on}"]
      readyWhen: ["\${web.status.readyReplicas > 0}"]
      adopt: true
      conflictPolicy: Report
      ignoreFields: [spec.replicas]
      deletionPolicy: Delete
    - { apiGroup: "", version: v1, kind: ConfigMap, count: { min: 0, max: 3 }, namespaces: [shared] }
  policy:
    mode: GitOps
    enforcementAction: warn
    rules:
      child-root-label: { enabled: true, enforcementAction: dryrun, exclusive: true }
      child-orphaned: { enabled: false }
    match: { namespaces: [team-*], namespaceSelector: { matchLabels: { env: prod } } }
    allowedUsers: [alice]
    breakGlassGroup: admins
status: { observedGeneration: 3, anything: [goes] }
`

const CRD = (version: string, storage = true): string => `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: gateways.networking.istio.io }
spec:
  group: networking.istio.io
  names: { kind: Gateway, plural: gateways }
  versions:
    - { name: v1alpha3, served: true, storage: false }
    - { name: ${version}, served: true, storage: ${storage} }
    - { name: v0, served: false, storage: ${!storage} }
`

const unsetChild = {
  includeWhen: [],
  readyWhen: [],
  count: { min: 1 },
  adopt: false,
  conflictPolicy: 'Force',
  ignoreFields: [],
  namespaces: [],
  deletionPolicy: 'Delete',
}

describe('loadGraphs', () => {
  it('fills in every default of the short form', async () => {
    const { graphs, diagnostics } = await loadText(SHORT)
    expect(plainGraphs(graphs)).toEqual([
      {
        name: 'service-mesh-graph',
        root: { apiGroup: 'networking.example.com', kind: 'ServiceMesh' },
        children: [
          { id: 'virtualService', apiGroup: 'networking.istio.io', kind: 'VirtualService', ...unsetChild },
          { id: 'gateway', apiGroup: 'networking.istio.io', kind: 'Gateway', ...unsetChild },
        ],
        mode: 'Enforce',
        deletionPolicy: 'Delete',
        policy: {
          mode: 'InCluster',
          rules: {},
          match: {},
          allowedUsers: ['system:serviceaccount:graphgate-system:graphgate-controller'],
        },
      },
    ])
    expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual(Array.from({ length: 3 }, () => ['GG135', 'warning']))
  })

  it('keeps everything that a graph says', async () => {
    const { graphs, diagnostics } = await loadText(FULL)
    expect(diagnostics).toEqual([])
    expect(plainGraphs(graphs)).toEqual([
      {
        name: 'full-graph',
        root: { apiGroup: 'example.com', version: 'v1', kind: 'Platform' },
        children: [
          {
            id: 'web',
            apiGroup: 'apps',
            version: 'v1',
            kind: 'Deployment',
            template: { apiVersion: 'apps/v1', kind: 'Deployment', spec: { replicas: '${root.spec.replicas}' } },
            includeWhen: ['${root.spec.on}'],
            readyWhen: ['${web.status.readyReplicas > 0}'],
            count: { min: 1, max: 1 },
            adopt: true,
            conflictPolicy: 'Report',
            ignoreFields: ['spec.replicas'],
            namespaces: [],
            deletionPolicy: 'Delete',
          },
          {
            ...unsetChild,
            id: 'configMap',
            apiGroup: '',
            version: 'v1',
            kind: 'ConfigMap',
            count: { min: 0, max: 3 },
            namespaces: ['shared'],
            deletionPolicy: 'Retain',
          },
        ],
        mode: 'Detect',
        deletionPolicy: 'Retain',
        policy: {
          mode: 'GitOps',
          enforcementAction: 'warn',
          rules: {
            'child-root-label': { enabled: true, enforcementAction: 'dryrun', exclusive: true },
            'child-orphaned': { enabled: false },
          },
          match: { namespaces: ['team-*'], namespaceSelector: { matchLabels: { env: 'prod' } } },
          allowedUsers: ['alice'],
          breakGlassGroup: 'admins',
        },
      },
    ])
  })

  it.each<[kind: string, id: string]>([
    ['VirtualService', 'virtualService'],
    ['HTTPRoute', 'httpRoute'],
    ['API', 'api'],
    ['DNSName', 'dnsName'],
    ['K8sThing', 'k8sThing'],
    ['PodTLSPolicy', 'podTLSPolicy'],
    ['Foo-Bar', 'fooBar'],
    ['A', 'a'],
  ])('the default id of %s is %s', async (kind, id) => {
    const { graphs } = await loadText(SHORT.replace('VirtualService', kind))
    expect(graphs[0]?.children[0]?.id).toBe(id)
  })

  it.each<[name: string, crd: string, version: string | undefined]>([
    ['its storage version', CRD('v1'), 'v1'],
    ['its first served version where the stored one is not served', CRD('v1', false), 'v1alpha3'],
    ['another kind', CRD('v1').replace('kind: Gateway', 'kind: Other'), undefined],
    ['no versions', CRD('v1').replaceAll('served: true', 'served: false'), undefined],
    ['nonsense', '\napiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec: { versions: 3 }\n', undefined],
  ])('takes the version from a CustomResourceDefinition: %s', async (_name, crd, version) => {
    const { graphs, diagnostics } = await loadText(`${SHORT}---${crd}`)
    expect(graphs[0]?.children[1]?.version).toBe(version)
    expect(diagnostics.some(({ message }) => message.includes('Gateway'))).toBe(version === undefined)
  })

  it('takes the version from the template, too', async () => {
    const { graphs } = await loadText(SHORT.replace('kind: Gateway', 'kind: Gateway, template: { apiVersion: networking.istio.io/v1beta1 }'))
    expect(graphs[0]?.children[1]?.version).toBe('v1beta1')
  })

  it('ignores other kinds and counts them', async () => {
    const rgd = 'apiVersion: kro.run/v1alpha1\nkind: ResourceGraphDefinition\nmetadata: { name: a }\n'
    const others = ['apiVersion: v1\nkind: ConfigMap\n', 'apiVersion: v1\nkind: ConfigMap\n', rgd, 'replicas: 3\n', 'apiVersion: kro.io/v1\nkind: ResourceGraph\n', 'apiVersion: v1\nkind: __proto__\n']
    const { graphs, ignored } = await loadText([SHORT, ...others].join('---\n'))
    expect(graphs).toHaveLength(1)
    expect(ignored.count).toBe(6)
    expect(Object.entries(ignored.kinds).sort()).toEqual([
      ['(no kind)', 1],
      ['ConfigMap', 2],
      ['ResourceGraph', 1],
      ['ResourceGraphDefinition', 1],
      ['__proto__', 1],
    ])
  })

  it('reads graphs in lists, each at its own place', async () => {
    const item = (name: string): string => `  - ${SHORT.trim().replace('service-mesh-graph', name).replaceAll('\n', '\n    ')}\n`
    const { graphs, diagnostics } = await loadText(`apiVersion: v1\nkind: List\nitems:\n${item('b')}${item('b')}${item('a').replaceAll('Mesh', 'Grid')}`)
    expect(graphs.map(({ name }) => name)).toEqual(['a', 'b'])
    expect(diagnostics.filter(({ severity }) => severity === 'error').map(({ code, message, position }) => [code, message, position?.line])).toEqual([
      ['GG113', 'the graph "b" is defined twice: the other one is at graphs.yaml:6', 14],
    ])
  })

  it('counts a CustomResourceDefinition that gives no version as any other kind', async () => {
    const crd = (versions: string): string => `---\napiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec: { group: networking.example.com, names: { kind: ServiceMesh }${versions} }\n`
    expect((await loadText(SHORT + crd(''))).ignored).toEqual({ count: 1, kinds: { CustomResourceDefinition: 1 } })
    expect((await loadText(SHORT + crd(', versions: [{ name: v2, served: true }]'))).ignored).toEqual({ count: 0, kinds: {} })
  })

  it('sorts graphs by name', async () => {
    const graph = (name: string): string => SHORT.replace('service-mesh-graph', name).replace('ServiceMesh', `Mesh${name.toUpperCase()}`)
    const { graphs } = await loadText([graph('c'), graph('a'), graph('b')].join('---'))
    expect(graphs.map(({ name }) => name)).toEqual(['a', 'b', 'c'])
  })

  it('leaves out graphs with errors, and keeps the others', async () => {
    const { graphs } = await loadText(`${SHORT}---${SHORT.replace('service-mesh-graph', 'other').replace('kind: ServiceMesh', 'kind: mesh')}`)
    expect(graphs.map(({ name }) => name)).toEqual(['service-mesh-graph'])
  })

  it('allows the same kind twice if both are managed and have ids of their own', async () => {
    const child = (id: string): string => `{ apiGroup: apps, version: v1, kind: Deployment, id: ${id}, template: {} }`
    const { graphs, diagnostics } = await loadText(SHORT.replace(/children:[^]*/, `children: [${child('web')}, ${child('worker')}]`).replace('kind: S', 'version: v1, kind: S'))
    expect(graphs[0]?.children.map(({ id }) => id)).toEqual(['web', 'worker'])
    expect(diagnostics).toEqual([])
  })

  it('allows a rule that is switched off to be exclusive', async () => {
    const other = SHORT.replace('service-mesh-graph', 'other').replace('ServiceMesh', 'Grid')
    const { diagnostics } = await loadText(`${SHORT}  policy: { rules: { child-root-label: { exclusive: true, enabled: false } } }\n---${other}`)
    expect(diagnostics.filter(({ code }) => code === 'GG134')).toEqual([])
  })

  it('warns beyond twelve children and three graphs in a row', () => {
    expect([MAX_CHILDREN, MAX_DEPTH]).toEqual([12, 3])
  })

  it('a chain of three graphs is no warning', async () => {
    const link = (name: string, root: string, child: string): string =>
      `apiVersion: kro.dev/v1alpha1\nkind: ResourceGraph\nmetadata: { name: ${name} }\nspec:\n  root: { apiGroup: a.b, version: v1, kind: ${root} }\n  children: [{ apiGroup: a.b, version: v1, kind: ${child} }]\n`
    const { diagnostics } = await loadText([link('x', 'A', 'B'), link('w', 'B', 'C'), link('z', 'C', 'D')].join('---\n'))
    expect(diagnostics).toEqual([])
  })
})

describe('no graph', () => {
  const render = async (text: string, unreadable?: boolean): Promise<string> => {
    const { diagnostics } = await loadGraphs(text === '' ? [] : readDocuments(text), { ruleNames: RULE_NAMES, ...(unreadable && { unreadable }) })
    return renderText(diagnostics, { color: false })
  }

  it('says so', async () => {
    expect(await render('')).toBe('error[GG139]: no graph: the inputs are empty\n  = fix: name a file with apiVersion: kro.dev/v1alpha1 and kind: ResourceGraph\n')
    expect(await render('apiVersion: v1\nkind: ConfigMap\n')).toBe(
      'error[GG139]: no graph: none of the 1 documents is a ResourceGraph\n  = fix: name a file with apiVersion: kro.dev/v1alpha1 and kind: ResourceGraph\n',
    )
  })

  it('says nothing where another error explains it', async () => {
    expect(await render('', true)).toBe('')
    expect(await render('- a')).not.toContain('GG139')
  })
})
