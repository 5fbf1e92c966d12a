import { renderSuiteJson, renderSuiteJunit, renderSuiteText } from '../report/index.ts'
import { suiteExitCode } from '../result/index.ts'
import { runSuites } from '../suite/index.ts'
import type { Run } from './command.ts'
import { useColor } from './io.ts'
import { reportDiagnostics } from './load.ts'

/** `graphgate test`: suites in, a result out. */
export const run: Run = async (paths, options, io) => {
  const filter = options['run'] as string | undefined
  const { result, diagnostics } = await runSuites(paths, filter === undefined ? {} : { run: filter })
  reportDiagnostics(diagnostics, io)
  if (options['output'] === 'json') io.stdout.write(renderSuiteJson(result))
  else if (options['output'] === 'junit') io.stdout.write(renderSuiteJunit(result))
  else io.stdout.write(renderSuiteText(result, { color: useColor(io.stdout, io.env) }))
  return suiteExitCode(result)
}
