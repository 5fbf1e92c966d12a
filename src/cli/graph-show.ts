import { drawMermaid, drawTree } from '../graph/index.ts'
import type { Run } from './command.ts'
import { EXIT } from './exit.ts'
import { hasErrors, loadGraphInputs, reportDiagnostics } from './load.ts'

/** `graphgate graph show`. */
export const run: Run = async (_args, options, io) => {
  const { graphs, diagnostics } = await loadGraphInputs(options, io)
  reportDiagnostics(diagnostics, io)
  if (hasErrors(diagnostics)) return EXIT.unusable
  io.stdout.write(options['output'] === 'mermaid' ? drawMermaid(graphs) : drawTree(graphs))
  return EXIT.clean
}
