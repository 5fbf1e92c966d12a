import type { Diagnostic } from './diagnostic.ts'

/** By file, line and column, then code and message; those without a position come last. Independent of the locale. */
function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  if (a.position === undefined || b.position === undefined) {
    return Number(a.position === undefined) - Number(b.position === undefined) || compareText(a, b)
  }
  return (
    compareStrings(a.position.file, b.position.file) ||
    a.position.line - b.position.line ||
    a.position.column - b.position.column ||
    compareText(a, b)
  )
}

/** A sorted copy without repetitions: the same code, message and place is said once. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const sorted = [...diagnostics].sort(compareDiagnostics)
  return sorted.filter((diagnostic, index) => {
    const previous = sorted[index - 1]
    return previous === undefined || compareDiagnostics(previous, diagnostic) !== 0
  })
}

function compareText(a: Diagnostic, b: Diagnostic): number {
  return compareStrings(a.code, b.code) || compareStrings(a.message, b.message)
}

function compareStrings(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
