import { quote } from '../../diagnostic/index.ts'
import type { GraphDraft } from '../draft.ts'
import { describePlace, reportError } from '../report.ts'

const PATH = ['metadata', 'name']

/** Two graphs of one name would write the same constraints; on some disks two that differ only in case write the same files. @returns the later ones. */
export function checkNames(drafts: readonly GraphDraft[]): ReadonlySet<GraphDraft> {
  const seen = new Map<string, GraphDraft>()
  const copies = new Set<GraphDraft>()
  for (const draft of drafts) {
    const { name } = draft
    if (name === undefined || name === '') continue
    const first = seen.get(name.toLowerCase())
    if (first === undefined) {
      seen.set(name.toLowerCase(), draft)
      continue
    }
    copies.add(draft)
    const other = describePlace(first.document, PATH)
    const message =
      first.name === name
        ? `the graph ${quote(name)} is defined twice: the other one is at ${other}`
        : `the name ${quote(name)} differs only in case from ${quote(first.name ?? '')} at ${other}`
    reportError(draft.report, 'GG113', { path: PATH }, message, 'rename one of the two, or remove it')
  }
  return copies
}
