import { type Diagnostic, sortDiagnostics } from '../diagnostic/index.ts'
import { loadExpressionParser } from '../cel/index.ts'
import type { InputDocument } from '../input/document.ts'
import { expandLists } from '../input/lists.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../input/json.ts'
import { buildGraph } from './build.ts'
import { checkChains } from './checks/chains.ts'
import { checkChildClaims, checkRootClaims } from './checks/claims.ts'
import { checkChildren } from './checks/children.ts'
import { checkExpressions } from './checks/expressions.ts'
import { reportMisfits } from './checks/fields.ts'
import { checkMetadata } from './checks/metadata.ts'
import { checkNames } from './checks/names.ts'
import { checkPolicy } from './checks/policy.ts'
import { checkTemplate, usesExpressions } from './checks/template.ts'
import { draftGraph, type GraphDraft } from './draft.ts'
import { identifyDocument } from './identify.ts'
import type { ResourceGraph } from './model.ts'
import { createReport, type Report, reportError } from './report.ts'
import { givesVersions, readVersions } from './versions.ts'

export interface LoadOptions {
  /** Names that `spec.policy.rules` may use. */
  readonly ruleNames: readonly string[]
  /** True if some input could not be read: that then explains why there is no graph. */
  readonly unreadable?: boolean
}

export interface LoadedGraphs {
  /** The valid graphs by name. */
  readonly graphs: ResourceGraph[]
  /** Everything wrong with any document, sorted by place. */
  readonly diagnostics: Diagnostic[]
  /** Documents of other kinds, and how many of each; not the CustomResourceDefinitions that gave versions. */
  readonly ignored: { readonly count: number; readonly kinds: Record<string, number> }
}

/** Larger objects than this no API server stores: etcd's limit for a request (`--max-request-bytes`). */
const MAX_SIZE = 1_572_864

/**
 * Reads the graphs among documents, in lists too, and checks each one alone and all together. Never throws for anything that stands in
 * a document; a graph with an error is reported and left out. The order of documents does not matter.
 */
export async function loadGraphs(documents: readonly InputDocument[], options: LoadOptions): Promise<LoadedGraphs> {
  const sorted = sortDocuments(expandLists(documents))
  const drafts: GraphDraft[] = []
  const reports: Report[] = []
  const kinds = new Map<string, number>()
  for (const document of sorted) {
    const identity = identifyDocument(document)
    if (identity.is === 'other') {
      if (!givesVersions(document.value)) kinds.set(identity.kind, (kinds.get(identity.kind) ?? 0) + 1)
    } else if (identity.is === 'broken') reports.push(identity.report)
    else if (isTooLarge(identity.value)) reports.push(reportTooLarge(document))
    else drafts.push(draftGraph(document, identity.value))
  }
  const versions = readVersions(sorted)
  await checkDrafts(drafts, versions, options)
  reports.push(...drafts.map(({ report }) => report))
  const diagnostics = reports.flatMap((report) => report.diagnostics)
  if (drafts.length === 0 && diagnostics.length === 0 && options.unreadable !== true) diagnostics.push(noGraphs(sorted.length))
  const valid = drafts.filter(({ report }) => !report.invalid)
  return {
    graphs: valid.map((draft) => buildGraph(draft, versions)).sort((a, b) => (a.name < b.name ? -1 : 1)),
    diagnostics: sortDiagnostics(diagnostics),
    ignored: { count: [...kinds.values()].reduce((sum, count) => sum + count, 0), kinds: Object.fromEntries(kinds) },
  }
}

async function checkDrafts(drafts: readonly GraphDraft[], versions: ReturnType<typeof readVersions>, { ruleNames }: LoadOptions): Promise<void> {
  if (drafts.length === 0) return
  // Both libraries take longer to load than most commands to run, so each is loaded when something needs it.
  const { findMisfits } = await import('./checks/schema.ts')
  for (const draft of drafts) {
    const value = draft.document.value as JsonObject
    reportMisfits(draft.report, findMisfits(value))
    checkMetadata(draft.report, value)
    checkChildren(draft, versions)
    checkPolicy(draft, ruleNames)
    for (const child of draft.children) checkTemplate(draft, child)
  }
  if (drafts.some(({ children }) => children.some(usesExpressions))) {
    const parse = await loadExpressionParser()
    for (const draft of drafts) checkExpressions(draft, parse)
  }
  // A copy of a graph claims what the first one claims; that it is a copy says it all.
  const copies = checkNames(drafts)
  const originals = drafts.filter((draft) => !copies.has(draft))
  checkRootClaims(originals)
  checkChildClaims(originals)
  checkChains(originals)
}

/** By file and place, so that "the first one" is the same whatever order the documents come in. */
function sortDocuments(documents: readonly InputDocument[]): InputDocument[] {
  return [...documents].sort((a, b) => {
    if (a.file !== b.file) return a.file < b.file ? -1 : 1
    if (a.index !== b.index) return a.index - b.index
    // Items of one list share their document.
    const [first, second] = [a.locate([]), b.locate([])]
    return first.line - second.line || first.column - second.column
  })
}

/** Counts characters roughly as JSON has them, and stops at the limit; no recursion, as nesting comes from files. */
function isTooLarge(value: JsonValue): boolean {
  let size = 0
  const open: JsonValue[] = [value]
  for (let item = open.pop(); item !== undefined && size <= MAX_SIZE; item = open.pop()) {
    if (typeof item === 'string') size += item.length
    else if (Array.isArray(item)) for (const entry of item) open.push(entry)
    else if (isJsonObject(item)) {
      for (const [key, field] of Object.entries(item)) {
        size += key.length
        open.push(field)
      }
    }
    size += 2
  }
  return size > MAX_SIZE
}

function reportTooLarge(document: InputDocument): Report {
  const report = createReport(document)
  reportError(
    report,
    'GG109',
    { path: [] },
    'the graph is larger than 1.5 MiB, more than Kubernetes stores',
    'remove what does not belong into a graph',
  )
  return report
}

function noGraphs(documents: number): Diagnostic {
  return {
    code: 'GG139',
    severity: 'error',
    message: documents === 0 ? 'no graph: the inputs are empty' : `no graph: none of the ${documents} documents is a ResourceGraph`,
    hint: 'name a file with apiVersion: kro.dev/v1alpha1 and kind: ResourceGraph',
  }
}
