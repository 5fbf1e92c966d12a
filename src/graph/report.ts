import type { Diagnostic, Position } from '../diagnostic/index.ts'
import type { InputDocument, Path } from '../input/document.ts'
import type { GraphCode } from './codes.ts'

/** What a diagnostic points at: a value, its key, or some characters of a string. */
export interface Place {
  readonly path: Path
  readonly target?: 'key' | 'value'
  /** Characters of the string at `path`, from start to before end. */
  readonly range?: readonly [start: number, end: number]
}

/** Collects what is wrong with one document. */
export interface Report {
  readonly document: InputDocument
  readonly diagnostics: Diagnostic[]
  /** True once the graph cannot be used. */
  invalid: boolean
}

/** Beyond these nobody reads on; a hostile file could otherwise make millions. */
const MAX_DIAGNOSTICS = 100

export function createReport(document: InputDocument): Report {
  return { document, diagnostics: [], invalid: false }
}

export function reportError(report: Report, code: GraphCode, place: Place, message: string, hint: string): void {
  report.invalid = true
  add(report, code, 'error', place, message, hint)
}

export function reportWarning(report: Report, code: GraphCode, place: Place, message: string, hint: string): void {
  add(report, code, 'warning', place, message, hint)
}

function add(report: Report, code: GraphCode, severity: Diagnostic['severity'], place: Place, message: string, hint: string): void {
  const count = report.diagnostics.length
  if (count > MAX_DIAGNOSTICS) return
  if (count === MAX_DIAGNOSTICS) {
    const position = report.document.locate([])
    const text = `this document has more problems than the ${MAX_DIAGNOSTICS} shown`
    const frame = report.document.frame(position)
    report.diagnostics.push({ code: 'GG199', severity, message: text, hint: 'correct these, then run it again', position, frame })
    return
  }
  const position = locatePlace(report.document, place)
  report.diagnostics.push({ code, severity, message, hint, position, frame: report.document.frame(position) })
}

function locatePlace(document: InputDocument, { path, target = 'value', range }: Place): Position {
  return range === undefined ? document.locate(path, target) : document.locateIn(path, range[0], range[1])
}

/** `graphs/mesh.yaml:7`, for "the other one is at". */
export function describePlace(document: InputDocument, path: Path): string {
  const { file, line } = document.locate(path)
  return `${file}:${line}`
}
