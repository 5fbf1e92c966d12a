import { createCertificates } from './certificates.ts'
import { startApiServer, startEtcd } from './control-plane.ts'
import { createGatekeeperStatus, type GatekeeperStatus } from './gatekeeper-status.ts'
import { startGatekeeper } from './gatekeeper.ts'
import { createKubectl, type Kubectl } from './kubectl.ts'
import { findFreePorts } from './ports.ts'
import { createUsers, type StackUser } from './users.ts'
import { openWorkspace, type Workspace } from './workspace.ts'

/** What to start beside etcd and kube-apiserver. */
export interface StackOptions {
  /** Default: without. */
  gatekeeper?: boolean
  /** Default: 2. */
  auditIntervalSeconds?: number
}

/** Real servers of pinned versions on loopback, for one test file. */
export interface Stack extends GatekeeperStatus {
  /** The API server's URL. */
  readonly server: string
  /** Runs kubectl, as admin if no user is given. */
  readonly kubectl: Kubectl
  /** A kubeconfig file for this user, for programs under test. */
  readonly kubeconfig: (user: StackUser) => string
  /** Stops all servers and removes their files. */
  readonly stop: () => Promise<void>
}

/** Starts the servers and waits until they are ready. If one is not, everything is stopped and the error says why. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const workspace = openWorkspace()
  try {
    return await startServers(workspace, options)
  } catch (error) {
    await workspace.close()
    throw error
  }
}

async function startServers(workspace: Workspace, { gatekeeper = false, auditIntervalSeconds = 2 }: StackOptions): Promise<Stack> {
  const [client, peer, port, webhook, health, metrics] = (await findFreePorts(6)) as [number, number, number, number, number, number]
  const server = `https://127.0.0.1:${port}`
  const certificates = await createCertificates(workspace.directory)
  const users = createUsers(workspace.directory, server, certificates.certificate)
  const kubectl = createKubectl(workspace.directory, users)

  const etcd = await startEtcd(workspace, [client, peer])
  await startApiServer(workspace, kubectl, { port, etcd, certificates, users })
  if (gatekeeper) {
    await startGatekeeper(workspace, kubectl, { ports: [webhook, health, metrics], auditIntervalSeconds, certificates, users })
  }
  return {
    server,
    kubectl,
    kubeconfig: users.kubeconfig,
    ...createGatekeeperStatus(workspace, kubectl),
    stop: workspace.close,
  }
}
