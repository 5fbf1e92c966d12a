import { describe, expect, it } from 'vitest'
import { resourceGraphCrd } from '../../src/graph/index.ts'

interface Node {
  type?: string
  description?: string
  default?: unknown
  properties?: Record<string, Node>
  items?: Node
  additionalProperties?: Node
  maxLength?: number
  maxItems?: number
  enum?: string[]
  'x-kubernetes-validations'?: unknown
  'x-kubernetes-preserve-unknown-fields'?: boolean
}

interface Crd {
  spec: { versions: [{ schema: { openAPIV3Schema: Node } }] }
}

const crd = resourceGraphCrd() as unknown as Crd
const root = crd.spec.versions[0].schema.openAPIV3Schema

/** Every node with its path. */
function walk(node: Node, path = ''): [path: string, node: Node][] {
  const below = [
    ...Object.entries(node.properties ?? {}).map(([name, child]): [string, Node] => [`${path}.${name}`, child]),
    ...(node.items ? [[`${path}[]`, node.items] as [string, Node]] : []),
    ...(node.additionalProperties ? [[`${path}.*`, node.additionalProperties] as [string, Node]] : []),
  ]
  return [[path, node], ...below.flatMap(([name, child]) => walk(child, name))]
}

const nodes = walk(root)
const defaults = (): [string, unknown][] => nodes.flatMap(([path, node]) => (node.default === undefined ? [] : [[path, node.default]]))

describe('the CustomResourceDefinition', () => {
  it('is that of kro.dev/v1alpha1 ResourceGraph', () => {
    const { spec, ...rest } = resourceGraphCrd()
    const { versions, ...names } = spec as { versions: Record<string, unknown>[] }
    expect({ ...rest, spec: names, versions: versions.map((version) => ({ ...version, schema: undefined })) }).toEqual({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'resourcegraphs.kro.dev' },
      spec: {
        group: 'kro.dev',
        scope: 'Cluster',
        names: { plural: 'resourcegraphs', singular: 'resourcegraph', kind: 'ResourceGraph', listKind: 'ResourceGraphList' },
      },
      versions: [
        {
          name: 'v1alpha1',
          served: true,
          storage: true,
          subresources: { status: {} },
          additionalPrinterColumns: [
            { name: 'Root', type: 'string', jsonPath: '.spec.root.kind' },
            { name: 'Ready', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].status' },
            { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
          ],
        },
      ],
    })
  })

  it('has a type and a description at every field', () => {
    expect(nodes.filter(([, node]) => node.type === undefined)).toEqual([])
    const fields = nodes.filter(([path]) => !/(\[\]|\.\*|^|metadata(\.name)?)$/.test(path))
    expect(fields.filter(([, node]) => (node.description ?? '') === '').map(([path]) => path)).toEqual([])
  })

  it('bounds every text and list of the spec', () => {
    const spec = nodes.filter(([path, node]) => path.startsWith('.spec') && node.enum === undefined)
    const unbounded = spec.filter(([, node]) => (node.type === 'string' && node.maxLength === undefined) || (node.type === 'array' && node.maxItems === undefined))
    expect(unbounded.map(([path]) => path)).toEqual([])
  })

  it('lets the API server fill in only what means the same when it is absent', () => {
    expect(defaults()).toEqual([
      ['.spec.children[].count.min', 1],
      ['.spec.children[].adopt', false],
      ['.spec.children[].conflictPolicy', 'Force'],
      ['.spec.mode', 'Enforce'],
      ['.spec.deletionPolicy', 'Delete'],
      ['.spec.policy.mode', 'InCluster'],
    ])
  })

  it('keeps root kinds as they are, and templates as they were written', () => {
    const marked = (key: keyof Node): string[] => nodes.flatMap(([path, node]) => (node[key] === undefined ? [] : [path]))
    expect(marked('x-kubernetes-validations')).toEqual(['.spec.root.apiGroup', '.spec.root.kind'])
    expect(marked('x-kubernetes-preserve-unknown-fields')).toEqual(['.spec.children[].template'])
  })

  it('is a new object each time', () => {
    expect(resourceGraphCrd()).toEqual(resourceGraphCrd())
    expect(resourceGraphCrd()).not.toBe(resourceGraphCrd())
  })
})
