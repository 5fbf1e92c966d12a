import { expect } from 'vitest'
import { scratch } from '../../cli/run.ts'
import { applyObjects } from '../stack/kubectl.ts'
import { startStack, type Stack } from '../stack/stack.ts'
import { EXAMPLE_CRDS } from './objects.ts'
import { createShell, type Shell } from './shell.ts'

/** A cluster that a pack can be installed on, and a folder to work in. */
export interface PackEnvironment {
  readonly stack: Stack
  readonly shell: Shell
  readonly directory: string
  /** Stops the servers and removes the folder. */
  readonly close: () => Promise<void>
}

/** Starts a cluster with Gatekeeper, the CRDs of the example's kinds and of ResourceGraph, and these namespaces. */
export async function startPackEnvironment(...namespaces: string[]): Promise<PackEnvironment> {
  const stack = await startStack({ gatekeeper: true })
  const { dir: directory, remove } = scratch()
  const close = async (): Promise<void> => {
    await stack.stop()
    remove()
  }
  try {
    const shell = createShell(stack, directory)
    await applyObjects(stack.kubectl, [...EXAMPLE_CRDS, ...namespaces.map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }))])
    expect(await shell('graphgate crd | kubectl apply -f -')).toMatchObject({ code: 0, stderr: '' })
    expect(await shell('kubectl wait --for=condition=Established crd --all --timeout=30s')).toMatchObject({ code: 0 })
    return { stack, shell, directory, close }
  } catch (error) {
    await close()
    throw error
  }
}
