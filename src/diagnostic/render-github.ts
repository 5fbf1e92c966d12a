import type { Diagnostic } from './diagnostic.ts'
import { escapeControls } from './escape.ts'

/**
 * Workflow commands that GitHub Actions shows as annotations:
 * `::error file=graphs/mesh.yaml,line=7,endLine=7,col=12,endColumn=17,title=GG104::message`.
 *
 * Escaping as in actions/toolkit `packages/core/src/command.ts`.
 */
export function renderGithub(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map((diagnostic) => `${renderAnnotation(diagnostic)}\n`).join('')
}

function renderAnnotation({ severity, code, message, hint, position }: Diagnostic): string {
  const properties: [string, string | number | undefined][] = [
    ['file', position?.file],
    ['line', position?.line],
    ['endLine', position && (position.endLine ?? position.line)],
    ['col', position?.column],
    ['endColumn', position?.endColumn],
    ['title', code],
  ]
  const written = properties.filter(([, value]) => value !== undefined)
  const list = written.map(([name, value]) => `${name}=${escapeProperty(String(value))}`).join(',')
  return `::${severity} ${list}::${escapeData(hint === '' ? message : `${message}\nfix: ${hint}`)}`
}

function escapeData(text: string): string {
  return text.split('\n').map(escapeControls).join('\n').replaceAll('%', '%25').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
