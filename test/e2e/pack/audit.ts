import { expect } from 'vitest'
import { buildInventory, reviewObject } from '../../../src/gatekeeper/index.ts'
import type { AuditFindings } from '../stack/gatekeeper-status.ts'
import type { Stack } from '../stack/stack.ts'
import { readFix } from './fix.ts'
import type { PackEngine } from './pack-engine.ts'
import { readStored, type StoredObject } from './stored.ts'

const SECONDS = 30

/** One violation that an audit found. */
export interface Finding {
  /** Kind and name. */
  constraint: string
  /** Kind, namespace and name. */
  object: string
  /** In full: what Gatekeeper cut off after 256 characters would not be found equal. */
  message: string
  /** The command in its details, which Gatekeeper does not keep. */
  fix: string
}

interface AuditedConstraint {
  kind: string
  metadata: { name: string }
  status?: Partial<AuditFindings>
}

/**
 * Waits for an audit of the real Gatekeeper that began after this call and that finds what graphgate's own engine finds in
 * the same objects: all of it, nothing else, message for message. Returns it, sorted.
 */
export async function audit(stack: Stack, engine: PackEngine): Promise<Finding[]> {
  // The timestamp of an audit has whole seconds.
  const asked = Math.floor(Date.now() / 1000) * 1000
  const findings = findViolations(await readStored(stack), engine)
  const lines = findings.map(formatFinding)
  await expect
    .poll(() => readAudit(stack, asked), { timeout: SECONDS * 1000, interval: 250 })
    .toEqual({ pending: [], lines: lines.sort() })
  return findings
}

function findViolations(objects: readonly StoredObject[], engine: PackEngine): Finding[] {
  const { inventory } = buildInventory(objects)
  const auditor = engine('audit.gatekeeper.sh')
  const findings = objects.flatMap((object) =>
    auditor.review(reviewObject(object), inventory).flatMap(({ constraint, violations, error }) => {
      if (error !== undefined) throw new Error(error)
      return violations.map((violation) => ({
        constraint: `${constraint.kind}/${constraint.name}`,
        object: nameObject({ kind: object.kind, ...object.metadata }),
        message: violation.msg,
        fix: readFix(violation),
      }))
    }),
  )
  return findings.sort((a, b) => (formatFinding(a) < formatFinding(b) ? -1 : 1))
}

async function readAudit({ kubectl }: Stack, asked: number): Promise<{ pending: string[]; lines: string[] }> {
  const { code, stdout, stderr } = await kubectl(['get', 'constraints', '-o', 'json'])
  if (code !== 0) throw new Error(stderr)
  const constraints = (JSON.parse(stdout) as { items: AuditedConstraint[] }).items
  const pending = constraints.filter(({ status }) => Date.parse(status?.auditTimestamp ?? '') <= asked || status?.auditTimestamp === undefined)
  const lines = constraints.flatMap(({ kind, metadata, status }) => {
    const { totalViolations = 0, violations = [] } = status ?? {}
    if (violations.length !== totalViolations) throw new Error(`${kind}: the status shows ${violations.length} of ${totalViolations} violations`)
    return violations.map((violation) =>
      formatFinding({ constraint: `${kind}/${metadata.name}`, object: nameObject(violation), message: violation.message }),
    )
  })
  return { pending: pending.map(({ kind, metadata }) => `${kind}/${metadata.name}`), lines: lines.sort() }
}

function formatFinding({ constraint, object, message }: Omit<Finding, 'fix'>): string {
  return `${constraint}: ${object}: ${message}`
}

function nameObject({ kind, namespace, name }: { kind: string; namespace?: string; name: string }): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`
}
