import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { requireTool } from '../../oracle/tools.ts'
import type { Certificates } from './certificates.ts'
import { readGatekeeperManifest } from './gatekeeper-manifest.ts'
import { applyObjects, type Kubectl } from './kubectl.ts'
import type { Users } from './users.ts'
import { lookAtUrl, waitUntil } from './wait.ts'
import type { Workspace } from './workspace.ts'

const NAMESPACE = 'gatekeeper-system'
const POD = 'gatekeeper-0'
const READY_SECONDS = 60

/** What Gatekeeper is told. */
export interface GatekeeperOptions {
  /** Webhook, health and metrics. */
  ports: [number, number, number]
  auditIntervalSeconds: number
  certificates: Certificates
  users: Users
}

/** Installs Gatekeeper's own manifest, starts the manager as a process, and waits until its webhook decides. */
export async function startGatekeeper(workspace: Workspace, kubectl: Kubectl, options: GatekeeperOptions): Promise<void> {
  const [webhookPort, healthPort] = options.ports
  const { resources, webhook } = readGatekeeperManifest(`https://127.0.0.1:${webhookPort}`, options.certificates.bundle)
  await applyObjects(kubectl, resources)
  await waitForCrds(kubectl)
  await applyObjects(kubectl, [describePod()])

  startManager(workspace, options)
  await waitUntil('gatekeeper', READY_SECONDS, () => {
    workspace.assertRunning()
    return lookAtUrl(`http://127.0.0.1:${healthPort}/readyz`)
  })
  // Only now: failurePolicy is Fail, so with no one listening the API server would refuse every write.
  await applyObjects(kubectl, [webhook])
  await waitForWebhook(workspace, kubectl)
}

function startManager(workspace: Workspace, options: GatekeeperOptions): void {
  const [webhookPort, healthPort, metricsPort] = options.ports
  const cache = join(workspace.directory, 'gatekeeper-audit')
  mkdirSync(cache)
  workspace.start({
    name: 'gatekeeper',
    file: requireTool('gatekeeper'),
    env: { POD_NAME: POD, POD_NAMESPACE: NAMESPACE },
    args: [
      `--kubeconfig=${options.users.kubeconfig('gatekeeper')}`,
      '--host=127.0.0.1',
      `--port=${webhookPort}`,
      `--cert-dir=${options.certificates.directory}`,
      '--disable-cert-rotation',
      '--operation=webhook',
      '--operation=audit',
      '--operation=status',
      '--operation=generate',
      `--health-addr=127.0.0.1:${healthPort}`,
      `--prometheus-port=${metricsPort}`,
      `--audit-interval=${options.auditIntervalSeconds}`,
      `--api-cache-dir=${cache}`,
      `--exempt-namespace=${NAMESPACE}`,
      '--enable-external-data=false',
    ],
  })
}

async function waitForCrds(kubectl: Kubectl): Promise<void> {
  const selector = ['crd', '-l', 'gatekeeper.sh/system=yes']
  const { code, stderr } = await kubectl(['wait', '--for=condition=Established', '--timeout=30s', ...selector])
  if (code !== 0) throw new Error(`Gatekeeper's CRDs are not established: ${stderr}`)
}

/**
 * The Pod that the manager believes it runs in. Nothing schedules it; it must exist, because it owns the objects in
 * which Gatekeeper keeps its status. The namespace demands the `restricted` security context.
 */
function describePod(): object {
  const securityContext = {
    allowPrivilegeEscalation: false,
    runAsNonRoot: true,
    capabilities: { drop: ['ALL'] },
    seccompProfile: { type: 'RuntimeDefault' },
  }
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: POD, namespace: NAMESPACE, labels: { 'gatekeeper.sh/system': 'yes' } },
    spec: { containers: [{ name: 'manager', image: 'none', securityContext }] },
  }
}

/**
 * The API server notices a new webhook configuration only after a while, and until then lets everything pass. A label
 * that Gatekeeper refuses on every namespace shows when that is over.
 */
async function waitForWebhook(workspace: Workspace, kubectl: Kubectl): Promise<void> {
  const metadata = { name: 'webhook-probe', labels: { 'admission.gatekeeper.sh/ignore': 'true' } }
  const stdin = JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata })
  await waitUntil("Gatekeeper's webhook", READY_SECONDS, async () => {
    workspace.assertRunning()
    const { stdout, stderr } = await kubectl(['create', '--dry-run=server', '-f', '-'], { stdin })
    return stderr.includes('check-ignore-label.gatekeeper.sh') && stderr.includes('denied') ? { ready: true } : { waiting: stdout + stderr }
  })
}
