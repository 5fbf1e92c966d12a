import { join } from 'node:path'
import { requireTool } from '../../oracle/tools.ts'
import type { Certificates } from './certificates.ts'
import { applyObjects, type Kubectl } from './kubectl.ts'
import { describeUserObjects, type Users } from './users.ts'
import { lookAtUrl, waitUntil } from './wait.ts'
import type { Workspace } from './workspace.ts'

const ETCD_SECONDS = 30
const API_SERVER_SECONDS = 90

/** Starts etcd and waits until it is healthy. Returns its URL. */
export async function startEtcd(workspace: Workspace, [clientPort, peerPort]: [number, number]): Promise<string> {
  const client = `http://127.0.0.1:${clientPort}`
  const peer = `http://127.0.0.1:${peerPort}`
  workspace.start({
    name: 'etcd',
    file: requireTool('etcd'),
    args: [
      '--name=stack',
      `--data-dir=${join(workspace.directory, 'etcd')}`,
      `--listen-client-urls=${client}`,
      `--advertise-client-urls=${client}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=stack=${peer}`,
      '--unsafe-no-fsync', // nothing here has to survive a crash
      '--log-level=warn',
    ],
  })
  await waitUntil('etcd', ETCD_SECONDS, () => {
    workspace.assertRunning()
    return lookAtUrl(`${client}/health`)
  })
  return client
}

/** What the API server is told. */
export interface ApiServerOptions {
  port: number
  etcd: string
  certificates: Certificates
  users: Users
}

/**
 * Starts kube-apiserver and waits until it serves, and until its users have their rights.
 *
 * There is no controller manager: nothing is garbage-collected, a deleted namespace stays Terminating, no Pod runs.
 */
export async function startApiServer(workspace: Workspace, kubectl: Kubectl, options: ApiServerOptions): Promise<void> {
  const { port, etcd, certificates, users } = options
  workspace.start({
    name: 'kube-apiserver',
    file: requireTool('kube-apiserver'),
    args: [
      `--etcd-servers=${etcd}`,
      '--bind-address=127.0.0.1',
      '--advertise-address=127.0.0.1',
      `--secure-port=${port}`,
      '--endpoint-reconciler-type=none',
      `--tls-cert-file=${certificates.certificate}`,
      `--tls-private-key-file=${certificates.key}`,
      `--cert-dir=${join(workspace.directory, 'apiserver-certificates')}`,
      `--token-auth-file=${users.tokenFile}`,
      '--authorization-mode=RBAC',
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-account-key-file=${certificates.serviceAccountPublicKey}`,
      `--service-account-signing-key-file=${certificates.serviceAccountKey}`,
      '--service-cluster-ip-range=10.0.0.0/24',
      // Without a controller manager no namespace has a service account `default`, and Pods would be refused.
      '--disable-admission-plugins=ServiceAccount',
      '--profiling=false',
    ],
  })
  await waitUntil('kube-apiserver', API_SERVER_SECONDS, async () => {
    workspace.assertRunning()
    // The namespace comes from a controller of its own, which readiness does not wait for.
    const ready = await kubectl(['get', '--raw=/readyz'])
    const { code, stdout, stderr } = ready.code === 0 ? await kubectl(['get', 'namespace', 'default']) : ready
    return code === 0 ? { ready: true } : { waiting: stdout + stderr }
  })
  await applyObjects(kubectl, describeUserObjects())
}
