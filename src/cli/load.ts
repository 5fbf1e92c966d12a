import { type Diagnostic, escapeControls, renderText, sortDiagnostics, summarizeDiagnostics } from '../diagnostic/index.ts'
import { loadGraphs } from '../graph/index.ts'
import { readInputs } from '../input/index.ts'
import { catalogue, isGenerated } from '../policy/index.ts'
import { type Io, useColor } from './io.ts'
import type { Options } from './command.ts'

type GraphInputs = Awaited<ReturnType<typeof loadGraphs>> & { files: number; skipped: number }

/**
 * Reads the graphs that a command is about (`-f`), with every diagnostic of reading and validating them. What graphgate
 * wrote itself is left out: the samples of a pack hold graphs too, wrong ones among them.
 */
export async function loadGraphInputs(options: Options, io: Io): Promise<GraphInputs> {
  const inputs = await readInputs(options['file'] as readonly string[], { stdin: io.stdin, skip: isGenerated })
  const ruleNames = catalogue.map((rule) => rule.name)
  const loaded = await loadGraphs(inputs.documents, { ruleNames, unreadable: hasErrors(inputs.diagnostics) })
  io.signal.throwIfAborted()
  return { ...loaded, files: inputs.files, skipped: inputs.skipped, diagnostics: sortDiagnostics([...inputs.diagnostics, ...loaded.diagnostics]) }
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === 'error')
}

/** Diagnostics of a command whose result is something else: to stderr, with their count. */
export function reportDiagnostics(diagnostics: readonly Diagnostic[], io: Io): void {
  if (diagnostics.length === 0) return
  io.stderr.write(`${renderText(diagnostics, { color: useColor(io.stderr, io.env) })}${summarizeDiagnostics(diagnostics)}\n`)
}

/** `1 graph`, `2 graphs`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

/** `3 ConfigMap, 1 Deployment`: the most frequent first, five at most. */
export function countKinds(kinds: Readonly<Record<string, number>>): string {
  const sorted = Object.entries(kinds).sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
  const shown = sorted.slice(0, 5).map(([kind, count]) => `${count} ${escapeControls(kind)}`)
  return [...shown, ...(sorted.length > 5 ? ['…'] : [])].join(', ')
}
