import type { JsonObject } from '../../../src/input/index.ts'
import type { Stack } from '../stack/stack.ts'
import { nameForKubectl, type TestObject } from './objects.ts'

/** Any object, as the API server returns it. */
export type StoredObject = JsonObject & { kind: string; metadata: { namespace?: string; name: string } }

const SYNCED = [
  'servicemesh.networking.example.com',
  'virtualservice.networking.istio.io',
  'gateway.networking.istio.io',
  'resourcegraph.kro.dev',
  'syncset.syncset.gatekeeper.sh',
]

/** Everything that the pack's SyncSets inventory, as the API server has it now. */
export async function readStored({ kubectl }: Stack): Promise<StoredObject[]> {
  const { code, stdout, stderr } = await kubectl(['get', SYNCED.join(), '-A', '-o', 'json'])
  if (code !== 0) throw new Error(stderr)
  return (JSON.parse(stdout) as { items: StoredObject[] }).items
}

/** One object as the API server has it now. */
export async function readObject({ kubectl }: Stack, object: TestObject): Promise<TestObject> {
  const { code, stdout, stderr } = await kubectl(['get', nameForKubectl(object), ...inNamespace(object), '-o', 'json'])
  if (code !== 0) throw new Error(stderr)
  return JSON.parse(stdout) as TestObject
}

/** Stores objects as admin, one after the other, and returns them as they are then. */
export async function store(stack: Stack, ...objects: TestObject[]): Promise<TestObject[]> {
  const stored: TestObject[] = []
  for (const object of objects) {
    const { code, stdout, stderr } = await stack.kubectl(['create', '-f', '-', '-o', 'json'], { stdin: JSON.stringify(object) })
    if (code !== 0) throw new Error(stderr)
    stored.push(JSON.parse(stdout) as TestObject)
  }
  return stored
}

/** kubectl's flags for an object's namespace, if it has one. */
export function inNamespace({ metadata: { namespace } }: TestObject): string[] {
  return namespace === undefined ? [] : ['-n', namespace]
}
