import { type Diagnostic, escapeControls, sortDiagnostics } from '../diagnostic/index.ts'
import {
  buildPack,
  catalogue,
  comparePack,
  describeFailure,
  type Comparison,
  diffPack,
  isFresh,
  type PackFile,
  readDisk,
  readTemplates,
  stageManifests,
  writePack,
} from '../policy/index.ts'
import type { Run } from './command.ts'
import { EXIT, type ExitCode } from './exit.ts'
import { type Io, useColor } from './io.ts'
import { hasErrors, loadGraphInputs, plural, reportDiagnostics } from './load.ts'

/** `graphgate generate`: graphs in, a pack on disk, a diff, or manifests on stdout. */
export const run: Run = async (_args, options, io) => {
  const dir = options['directory'] as string | undefined
  const usage = checkUsage(options)
  if (usage !== undefined) {
    reportDiagnostics([usage], io)
    return EXIT.unusable
  }
  const { graphs, diagnostics: found } = await loadGraphInputs(options, io)
  if (hasErrors(found)) {
    reportDiagnostics(found, io)
    return EXIT.unusable
  }
  const pack = buildPack(graphs, catalogue, await readTemplates(catalogue))
  const diagnostics = sortDiagnostics([...found, ...pack.diagnostics])
  reportDiagnostics(diagnostics, io)
  if (hasErrors(diagnostics)) return EXIT.unusable
  if (dir === undefined) {
    io.stdout.write(stageManifests(pack.files, (options['stage'] as 'templates' | 'constraints' | 'all' | undefined) ?? 'all'))
    return EXIT.clean
  }
  const made = `${plural(graphs.length, 'graph')}, ${plural(pack.files.length, 'file')}`
  return options['check'] === true ? check(dir, pack.files, made, io) : write(dir, pack.files, made, options['prune'] === true, io)
}

function checkUsage(options: Parameters<Run>[1]): Diagnostic | undefined {
  const usage = (message: string, hint: string): Diagnostic => ({ code: 'GG901', severity: 'error', message, hint })
  if (options['directory'] === undefined) {
    for (const flag of ['check', 'prune']) {
      if (options[flag] === true) return usage(`--${flag} needs the directory of a pack`, 'add -d DIR')
    }
  } else if (options['stage'] !== undefined) {
    return usage('--stage chooses what goes to standard output, but -d writes the whole pack', 'leave one of them out')
  }
  if (options['check'] === true && options['prune'] === true) return usage('--check writes nothing, so it cannot prune', 'leave one of them out')
  return undefined
}

async function check(dir: string, files: readonly PackFile[], made: string, io: Io): Promise<ExitCode> {
  const disk = await attempt(() => readDisk(dir), dir, io)
  if (disk === FAILED) return EXIT.unusable
  if (disk === undefined) {
    reportDiagnostics([{ code: 'GG214', severity: 'error', message: `${dir} does not exist, so there is nothing to check`, hint: 'correct the path, or generate the pack first' }], io)
    return EXIT.unusable
  }
  const comparison = comparePack(dir, files, disk)
  if (comparison.conflicts.length > 0) {
    reportDiagnostics(comparison.conflicts, io)
    return EXIT.unusable
  }
  if (isFresh(comparison)) {
    io.stderr.write(`${escapeControls(dir)} is up to date (${made})\n`)
    return EXIT.clean
  }
  io.stdout.write(diffPack(comparison, useColor(io.stdout, io.env)))
  io.stderr.write(`${escapeControls(dir)} is stale: ${describe(comparison, ['missing', 'changed', 'too many'])}; run graphgate generate${comparison.extra.length > 0 ? ' --prune' : ''}\n`)
  return EXIT.findings
}

async function write(dir: string, files: readonly PackFile[], made: string, prune: boolean, io: Io): Promise<ExitCode> {
  const disk = await attempt(() => readDisk(dir), dir, io)
  if (disk === FAILED) return EXIT.unusable
  const comparison = comparePack(dir, files, disk ?? new Map())
  if (comparison.conflicts.length > 0) {
    reportDiagnostics(comparison.conflicts, io)
    return EXIT.unusable
  }
  const written = await attempt(() => writePack(dir, comparison, { prune, signal: io.signal }), dir, io)
  if (written === FAILED) return io.signal.aborted ? EXIT.interrupted : EXIT.unusable
  io.stderr.write(`${escapeControls(dir)}: ${made}; ${describe(prune ? comparison : { ...comparison, extra: [] }, ['written', 'updated', 'removed'])}\n`)
  if (!prune && comparison.extra.length > 0) {
    const [first] = comparison.extra
    const rest = comparison.extra.length - 1
    const message = `${dir}/${first?.path ?? ''}${rest > 0 ? ` and ${plural(rest, 'more file')}` : ''} of an earlier run ${rest > 0 ? 'are' : 'is'} no longer part of the pack`
    reportDiagnostics([{ code: 'GG215', severity: 'warning', message, hint: 'generate with --prune' }], io)
  }
  return EXIT.clean
}

/** @param words for what is missing, changed, and extra on disk */
function describe({ missing, changed, extra }: Pick<Comparison, 'missing' | 'changed' | 'extra'>, words: readonly [string, string, string]): string {
  const counts = [missing.length, changed.length, extra.length]
  const text = words.flatMap((word, index) => ((counts[index] ?? 0) > 0 ? [`${counts[index] ?? 0} ${word}`] : []))
  return text.length > 0 ? text.join(', ') : 'nothing to change'
}

const FAILED = Symbol('failed')

/** Turns a refusal of the operating system into a diagnostic; any other error is a bug and goes on up. */
async function attempt<T>(action: () => T | Promise<T>, dir: string, io: Io): Promise<T | typeof FAILED> {
  try {
    return await action()
  } catch (error) {
    if (io.signal.aborted) return FAILED
    const failure = describeFailure(error, dir)
    if (failure === undefined) throw error
    reportDiagnostics([failure], io)
    return FAILED
  }
}
