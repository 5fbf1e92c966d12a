/** An object as a test writes it. */
export interface TestObject {
  apiVersion: string
  kind: string
  metadata: Metadata
  [field: string]: unknown
}

/** What the tests set or read of an object's metadata. */
export interface Metadata {
  name: string
  namespace?: string
  uid?: string
  labels?: Record<string, string>
  annotations?: Record<string, string>
  ownerReferences?: { apiVersion: string; kind: string; name: string; uid: string }[]
  finalizers?: string[]
}

type More = Partial<Omit<Metadata, 'name'>>

/** A root of the example graph, in namespace `mesh` unless it says otherwise. */
export const serviceMesh = (name: string, more: More = {}): TestObject => namespaced('networking.example.com/v1', 'ServiceMesh', name, more)

/** A child of the example graph. */
export const virtualService = (name: string, more: More = {}): TestObject => namespaced('networking.istio.io/v1', 'VirtualService', name, more)

/** A child of the example graph. */
export const gateway = (name: string, more: More = {}): TestObject => namespaced('networking.istio.io/v1', 'Gateway', name, more)

function namespaced(apiVersion: string, kind: string, name: string, more: More): TestObject {
  return { apiVersion, kind, metadata: { name, namespace: 'mesh', ...more } }
}

/** The label of a root of the example graph. */
export const MEMBER: More = { labels: { 'kro.dev/graph': 'service-mesh-graph' } }

/** The labels of a child of this root. */
export const marked = (root: string): More => ({ labels: { 'kro.dev/root': root, 'kro.dev/root-graph': 'service-mesh-graph' } })

/** The ownerReference to a root that is stored. */
export function ownedBy({ apiVersion, kind, metadata: { name, uid } }: TestObject): More {
  if (uid === undefined) throw new Error(`${kind} ${name} has no uid: it is not stored`)
  return { ownerReferences: [{ apiVersion, kind, name, uid }] }
}

/** A root of another graph, with children `Secret`. */
export const configMap = (name: string, more: More = {}): TestObject => namespaced('v1', 'ConfigMap', name, more)

/** A ResourceGraph. */
export const resourceGraph = (name: string, spec: object): TestObject => ({
  apiVersion: 'kro.dev/v1alpha1',
  kind: 'ResourceGraph',
  metadata: { name },
  spec,
})

/** The name under which kubectl finds an object: `gateway.networking.istio.io/edge`. */
export function nameForKubectl({ apiVersion, kind, metadata: { name } }: TestObject): string {
  const [group, version] = apiVersion.split('/')
  return `${[kind.toLowerCase(), ...(version === undefined ? [] : [group])].join('.')}/${name}`
}

/** The CRDs of the example's kinds: any field goes. */
export const EXAMPLE_CRDS: readonly object[] = [
  describeCrd('networking.example.com', 'ServiceMesh', 'servicemeshes'),
  describeCrd('networking.istio.io', 'VirtualService', 'virtualservices'),
  describeCrd('networking.istio.io', 'Gateway', 'gateways'),
]

function describeCrd(group: string, kind: string, plural: string): object {
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } }
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind, plural, singular: kind.toLowerCase() },
      versions: [{ name: 'v1', served: true, storage: true, schema }],
    },
  }
}
