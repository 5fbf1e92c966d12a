import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { requireTool } from '../../oracle/tools.ts'
import type { StackUser, Users } from './users.ts'

const TIMEOUT_SECONDS = 60

/** How one run of kubectl ended. */
export interface KubectlResult {
  code: number
  stdout: string
  stderr: string
}

/** Options for one run of kubectl. */
export interface KubectlOptions {
  stdin?: string
  /** Default: admin. */
  user?: StackUser
}

/** Runs the pinned kubectl. A refusal is a result with a code; only a kubectl that cannot run at all rejects. */
export type Kubectl = (args: string[], options?: KubectlOptions) => Promise<KubectlResult>

/** Makes a kubectl that speaks for these users and keeps its caches in the directory. */
export function createKubectl(directory: string, users: Users): Kubectl {
  const file = requireTool('kubectl')
  const env = { ...process.env, KUBECACHEDIR: join(directory, 'kubectl-cache') }
  return (args, { stdin = '', user = 'admin' } = {}) =>
    new Promise((resolve, reject) => {
      const all = [`--kubeconfig=${users.kubeconfig(user)}`, ...args]
      const limits = { timeout: TIMEOUT_SECONDS * 1000, maxBuffer: 64 * 2 ** 20 }
      const child = execFile(file, all, { env, ...limits }, (error, stdout, stderr) => {
        if (error === null) resolve({ code: 0, stdout, stderr })
        else if (typeof error.code === 'number') resolve({ code: error.code, stdout, stderr })
        else reject(new Error(`kubectl ${args.join(' ')} did not end (${error.signal ?? error.code ?? error.message}): ${stderr}`))
      })
      child.stdin?.on('error', () => undefined) // kubectl ended without reading it: its own message says why
      child.stdin?.end(stdin)
    })
}

/**
 * Applies objects as admin; throws if the API server refuses one. Server-side, because CRDs exceed an annotation. As JSON,
 * because "yes" may stand without quotes in today's YAML, and is `true` in Kubernetes'.
 */
export async function applyObjects(kubectl: Kubectl, objects: object[]): Promise<void> {
  const stdin = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects })
  const { code, stderr } = await kubectl(['apply', '--server-side', '-f', '-'], { stdin })
  if (code !== 0) throw new Error(`kubectl apply: ${stderr}`)
}
