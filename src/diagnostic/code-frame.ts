import { depictControls } from './escape.ts'
import type { Position } from './diagnostic.ts'

/** Lines shown before the one at fault. */
const CONTEXT_LINES = 2
/** Columns of source shown; longer lines are cut around the caret. */
const WIDTH = 100
/** Columns kept before the caret in a line that is cut. */
const LEAD = 40

/**
 * Draws the source around a position:
 *
 * ```text
 *     6 | spec:
 *     7 |   chldren: []
 *       |   ^^^^^^^
 * ```
 *
 * @param lineAt the text of a line (1-based) without its line break, undefined past the end of the file
 */
export function renderFrame(lineAt: (line: number) => string | undefined, position: Position): string {
  const target = lineAt(position.line)
  if (target === undefined) return ''
  const from = Math.max(0, position.column - 1 - LEAD)
  const cut = target.length > WIDTH ? from : 0
  const gutter = Math.max(5, String(position.line).length + 1)
  const rows: string[] = []
  for (let line = Math.max(1, position.line - CONTEXT_LINES); line <= position.line; line++) {
    rows.push(`${String(line).padStart(gutter)} | ${windowLine(lineAt(line) ?? '', cut)}`.trimEnd())
  }
  const start = position.column - 1 - cut + (cut > 0 ? 1 : 0)
  rows.push(`${' '.repeat(gutter)} | ${' '.repeat(Math.max(0, start))}${'^'.repeat(caretLength(position, target, start))}`)
  return rows.join('\n')
}

/** The part of a line from column `cut` on, with an ellipsis on each side that was cut. */
function windowLine(line: string, cut: number): string {
  const end = cut + WIDTH
  return `${cut > 0 ? '…' : ''}${depictControls(line.slice(cut, end))}${line.length > end ? '…' : ''}`
}

function caretLength(position: Position, line: string, start: number): number {
  const sameLine = position.endLine === undefined || position.endLine === position.line
  const end = sameLine ? (position.endColumn ?? position.column + 1) : line.length + 1
  return Math.max(1, Math.min(end - position.column, WIDTH + 1 - start))
}
