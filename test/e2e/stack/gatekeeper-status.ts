import type { Kubectl } from './kubectl.ts'
import { waitUntil, type Sighting } from './wait.ts'
import type { Workspace } from './workspace.ts'

// The API server lets the first objects of a new kind wait 2 s, and an audit takes its interval: both fit well.
const STATUS_SECONDS = 30

/** A violation as Gatekeeper's audit reports it. */
export interface AuditViolation {
  group: string
  version: string
  kind: string
  name: string
  namespace?: string
  message: string
  enforcementAction: string
}

/** What an audit found for one constraint. */
export interface AuditFindings {
  /** RFC 3339; when the audit began. */
  auditTimestamp: string
  totalViolations: number
  violations: AuditViolation[]
}

/** Waits for what Gatekeeper writes into the status of its templates and constraints. */
export interface GatekeeperStatus {
  /** Until the template's current generation is compiled and its constraint kind exists. */
  waitForTemplate(name: string): Promise<void>
  /** Until the constraint's current generation is enforced. */
  waitForConstraint(kind: string, name: string): Promise<void>
  /** Until an audit that began after this call has reported; returns its findings. */
  waitForAudit(kind: string, name: string): Promise<AuditFindings>
}

interface GatekeeperObject {
  metadata: { generation: number }
  status?: Partial<AuditFindings> & {
    created?: boolean
    byPod?: { observedGeneration?: number; enforced?: boolean }[]
  }
}

/** Makes the waiters for a running stack. */
export function createGatekeeperStatus(workspace: Workspace, kubectl: Kubectl): GatekeeperStatus {
  const waitForStatus = <T>(what: string, resource: string, name: string, find: (object: GatekeeperObject) => T | undefined): Promise<T> =>
    waitUntil(`${what} of ${name}`, STATUS_SECONDS, async (): Promise<Sighting<T>> => {
      workspace.assertRunning()
      const { code, stdout, stderr } = await kubectl(['get', resource, name, '-o', 'json'])
      if (code !== 0) return { waiting: stderr }
      const object = JSON.parse(stdout) as GatekeeperObject
      const found = find(object)
      return found === undefined ? { waiting: JSON.stringify(object.status) } : { ready: found }
    })

  return {
    waitForTemplate: async (name) => {
      await waitForStatus('compilation', 'constrainttemplates.templates.gatekeeper.sh', name, (template) =>
        template.status?.created === true && isObserved(template) ? true : undefined,
      )
    },
    waitForConstraint: async (kind, name) => {
      await waitForStatus('enforcement', nameConstraintResource(kind), name, (constraint) =>
        isObserved(constraint) && constraint.status?.byPod?.every((pod) => pod.enforced === true) === true ? true : undefined,
      )
    },
    waitForAudit: (kind, name) => {
      // The timestamp has whole seconds, so an audit of this same second may have begun before this call.
      const asked = Math.floor(Date.now() / 1000) * 1000
      return waitForStatus('audit', nameConstraintResource(kind), name, ({ status }) => {
        if (status?.auditTimestamp === undefined || Date.parse(status.auditTimestamp) <= asked) return undefined
        return { auditTimestamp: status.auditTimestamp, totalViolations: status.totalViolations ?? 0, violations: status.violations ?? [] }
      })
    },
  }
}

function nameConstraintResource(kind: string): string {
  return `${kind.toLowerCase()}.constraints.gatekeeper.sh`
}

function isObserved({ metadata, status }: GatekeeperObject): boolean {
  const pods = status?.byPod ?? []
  return pods.length > 0 && pods.every((pod) => pod.observedGeneration === metadata.generation)
}
