import { expect } from 'vitest'
import { graphgate } from '../../cli/run.ts'
import type { Stack } from '../stack/stack.ts'

/** Writes a pack with the real command line. */
export async function generatePack(directory: string, graph: { file: string } | { stdin: string }): Promise<void> {
  const [file, stdin] = 'file' in graph ? [graph.file, ''] : ['-', graph.stdin]
  expect(await graphgate(['generate', '-f', file, '-d', directory], { stdin })).toMatchObject({ code: 0, stdout: '' })
}

interface GatekeeperObject {
  kind: string
  metadata: { name: string }
  status?: { byPod?: { errors?: unknown[] }[] }
}

/** Waits until every template and every constraint in the cluster is compiled and enforced as it stands there now. */
export async function waitUntilEnforced(stack: Stack): Promise<void> {
  for (const { metadata } of await list(stack, 'constrainttemplates')) await stack.waitForTemplate(metadata.name)
  for (const { kind, metadata } of await list(stack, 'constraints')) await stack.waitForConstraint(kind, metadata.name)
}

/** What Gatekeeper reports as wrong with templates and constraints. */
export async function readPackErrors(stack: Stack): Promise<unknown[]> {
  const objects = [...(await list(stack, 'constrainttemplates')), ...(await list(stack, 'constraints'))]
  return objects.flatMap(({ kind, metadata, status }) =>
    (status?.byPod ?? []).flatMap(({ errors = [] }) => errors.map((error) => ({ kind, name: metadata.name, error }))),
  )
}

async function list({ kubectl }: Stack, resource: string): Promise<GatekeeperObject[]> {
  const { code, stdout, stderr } = await kubectl(['get', resource, '-o', 'json'])
  if (code !== 0) throw new Error(stderr)
  return (JSON.parse(stdout) as { items: GatekeeperObject[] }).items
}
