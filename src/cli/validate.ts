import { renderGithub, renderText, sortDiagnostics, summarizeDiagnostics } from '../diagnostic/index.ts'
import { catalogue, checkGraph } from '../policy/index.ts'
import type { Run } from './command.ts'
import { EXIT } from './exit.ts'
import { useColor } from './io.ts'
import { countKinds, hasErrors, loadGraphInputs, plural } from './load.ts'

/** `graphgate validate`: the diagnostics are the result, so they go to stdout. */
export const run: Run = async (_args, options, io) => {
  const { graphs, diagnostics: found, ignored, files, skipped } = await loadGraphInputs(options, io)
  const diagnostics = sortDiagnostics([...found, ...graphs.flatMap((graph) => checkGraph(graph, catalogue))])
  const invalid = hasErrors(diagnostics)
  if (options['output'] === 'json') {
    const result = {
      schemaVersion: 1,
      valid: !invalid,
      graphs: graphs.map(({ name, document }) => {
        const { file, line } = document.locate([])
        return { name, file, line }
      }),
      ignored: ignored.count,
      diagnostics: diagnostics.map(({ code, severity, message, hint, position }) => ({ code, severity, message, hint, ...(position && { position }) })),
    }
    io.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
  } else if (options['output'] === 'github') {
    io.stdout.write(renderGithub(diagnostics))
  } else {
    io.stdout.write(renderText(diagnostics, { color: useColor(io.stdout, io.env) }))
    const read = [
      `${plural(graphs.length, 'valid graph')} in ${plural(files, 'file')}`,
      ...(ignored.count > 0 ? [`${plural(ignored.count, 'other object')} ignored (${countKinds(ignored.kinds)})`] : []),
      ...(skipped > 0 ? [`${plural(skipped, 'file')} of graphgate's own left out`] : []),
    ].join('; ')
    io.stdout.write(`${diagnostics.length > 0 ? `\n${summarizeDiagnostics(diagnostics)}; ` : ''}${read}\n`)
  }
  return invalid ? EXIT.unusable : EXIT.clean
}
