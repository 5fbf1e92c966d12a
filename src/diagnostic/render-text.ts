import picocolors from 'picocolors'
import type { Diagnostic } from './diagnostic.ts'
import { escapeControls } from './escape.ts'

/**
 * For people: `error[GG104] graphs/mesh.yaml:7:12: message`, the code frame, then `  = fix: hint`, a blank line between
 * diagnostics and a line break at the end. Nothing for no diagnostics.
 */
export function renderText(diagnostics: readonly Diagnostic[], options: { color: boolean }): string {
  return diagnostics.map((diagnostic) => renderDiagnostic(diagnostic, options.color)).join('\n')
}

function renderDiagnostic(diagnostic: Diagnostic, color: boolean): string {
  const colors = picocolors.createColors(color)
  const paint = diagnostic.severity === 'error' ? colors.red : colors.yellow
  const { position } = diagnostic
  const place = position === undefined ? '' : ` ${escapeControls(position.file)}:${position.line}:${position.column}`
  const lines = [`${colors.bold(paint(`${diagnostic.severity}[${diagnostic.code}]`))}${place}: ${indentLines(diagnostic.message)}`]
  if (diagnostic.frame !== undefined && diagnostic.frame !== '') {
    const rows = diagnostic.frame.split('\n')
    lines.push(...rows.slice(0, -1), paint(rows.at(-1) ?? ''))
  }
  if (diagnostic.hint !== '') lines.push(`  = ${colors.bold('fix')}: ${indentLines(diagnostic.hint)}`)
  return `${lines.join('\n')}\n`
}

/** Later lines are indented, so that no message can look like another diagnostic. */
function indentLines(text: string): string {
  return text.split('\n').map(escapeControls).join('\n         ')
}
