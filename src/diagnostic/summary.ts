import type { Diagnostic } from './diagnostic.ts'

/** One line for the end of a run: `2 errors and 1 warning in 2 files`, `no problems found`. */
export function summarizeDiagnostics(diagnostics: readonly Diagnostic[]): string {
  if (diagnostics.length === 0) return 'no problems found'
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error').length
  const files = new Set(diagnostics.flatMap((diagnostic) => diagnostic.position?.file ?? [])).size
  const counts = [count(errors, 'error'), count(diagnostics.length - errors, 'warning')].filter((text) => text !== '')
  return `${counts.join(' and ')}${files > 0 ? ` in ${count(files, 'file')}` : ''}`
}

function count(number: number, noun: string): string {
  if (number === 0) return ''
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
