import { assetPath } from '../assets/index.ts'
import { quote, sortDiagnostics, type Diagnostic } from '../diagnostic/index.ts'
import { openCatalogue } from '../gatekeeper/index.ts'
import { combineOutcomes, summarizeSuites, type SuiteResult, type SuiteRunResult } from '../result/index.ts'
import { FileCache, type ReadFile } from './file-cache.ts'
import { compileFilter, type Filter } from './filter.ts'
import { findSuites, type SuiteCandidate } from './find-suites.ts'
import { Preparation } from './prepare.ts'
import { Problem } from './problem.ts'
import { runTest, type RunContext } from './run-test.ts'
import { isSuite, readSuite } from './suite-file.ts'
import { findUnusedSamples, type LoadedSuite } from './unused-samples.ts'

export interface SuiteRunOptions {
  /** The folder with the compiled catalogue. Default: graphgate's own. */
  readonly policies?: string
  /** gator's `--run`: an expression for names of tests and cases, or two with `//` between. */
  readonly run?: string
  /** What paths are relative to. Default: the working directory. */
  readonly cwd?: string
}

/** The result, and what is to be said beside it: to the user, not to readers of the result. */
export interface SuiteRun {
  readonly result: SuiteRunResult
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Runs suites (`test.gatekeeper.sh`) as `gator verify` does, on WebAssembly.
 *
 * @param paths suite files, directories, or `DIR/...` for everything below a directory
 */
export async function runSuites(paths: readonly string[], options: SuiteRunOptions = {}): Promise<SuiteRun> {
  const started = performance.now()
  const reported = new Map<string, Diagnostic>()
  const report = (diagnostics: readonly Diagnostic[]) => {
    for (const diagnostic of diagnostics) reported.set(JSON.stringify([diagnostic.code, diagnostic.message, diagnostic.position]), diagnostic)
  }
  const finish = (suites: readonly SuiteResult[]): SuiteRun => {
    const result = summarizeSuites(suites, performance.now() - started)
    return { result, diagnostics: sortDiagnostics([...reported.values()]) }
  }
  const filter = await readFilter(options.run, report)
  if (filter === 'invalid') return finish([])
  const cache = new FileCache()
  const found = findSuites(paths, options.cwd ?? process.cwd(), cache)
  const context: RunContext = { preparation: new Preparation(cache, openCatalogue(options.policies ?? assetPath('policies')), report), filter, report }
  const results: SuiteResult[] = []
  for (const { path, diagnostic } of found.failures) {
    report([diagnostic])
    results.push(failSuite(path, [diagnostic.message]))
  }
  const suites: LoadedSuite[] = []
  for (const candidate of found.candidates) {
    const loaded = loadSuite(candidate, cache, report)
    if (loaded === undefined) continue
    if ('suite' in loaded) suites.push(loaded)
    const result = 'suite' in loaded ? await runSuite(loaded, context) : loaded
    if (result !== undefined) results.push(result)
  }
  report(findUnusedSamples(suites, found.roots))
  // Where a path could not be searched, that has been said.
  if (found.failures.length === 0 && !results.some(({ tests }) => tests.length > 0)) report([describeNothing(paths, options.run)])
  return finish(results)
}

type Reporter = (diagnostics: readonly Diagnostic[]) => void

async function readFilter(expression: string | undefined, report: Reporter): Promise<Filter | undefined | 'invalid'> {
  if (expression === undefined || expression === '') return undefined
  try {
    return await compileFilter(expression)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const message = `--run ${quote(expression)} is not valid: ${reason}`
    report([{ code: 'GG406', severity: 'error', message, hint: 'write RE2, as for Go\'s regexp package' }])
    return 'invalid'
  }
}

/** The suite in a file; undefined where the file is none, unless the user named it. */
function loadSuite(candidate: SuiteCandidate, cache: FileCache, report: Reporter): LoadedSuite | SuiteResult | undefined {
  const { file, path, named } = candidate
  const read = cache.read(path, file)
  if ('problem' in read) return failWith(file, Problem.inFile(file, 'GG402', read.problem, 'name a suite that can be read'), report)
  report(read.content.diagnostics)
  if (!read.content.valid) return failWith(file, new Problem(read.content.diagnostics), report)
  const [document, ...others] = read.documents
  if (document === undefined || !isSuite(document.value)) {
    if (named) return failWith(file, Problem.inFile(file, 'GG402', 'is not a Suite', 'a suite is test.gatekeeper.sh/v1alpha1 Suite'), report)
    return undefined
  }
  report(findIgnoredSuites(others))
  const { suite, diagnostics } = readSuite(document, read.content.text)
  report(diagnostics)
  return suite === undefined ? failWith(file, new Problem(diagnostics), report) : { ...candidate, suite }
}

function findIgnoredSuites(others: ReadFile['documents']): Diagnostic[] {
  return others.flatMap((document) => {
    if (!isSuite(document.value)) return []
    const message = 'a second suite in one file is ignored, by gator too'
    return Problem.at(document, [], 'GG408', message, 'move it to a file of its own').asWarnings()
  })
}

/** Undefined where the filter selects nothing of the suite. */
async function runSuite({ suite, file, path }: LoadedSuite, context: RunContext): Promise<SuiteResult | undefined> {
  const started = performance.now()
  const place = { document: suite.document, file, path }
  const tests = []
  for (const test of suite.tests) tests.push(await runTest(place, test, suite.skip, context))
  const selected = tests.filter((test) => test !== undefined)
  if (context.filter !== undefined && selected.length === 0) return undefined
  const result = suite.skip ? 'skip' : combineOutcomes(selected.map((test) => test.result))
  return { path: file, result, durationMs: performance.now() - started, messages: [], tests: selected }
}

function failWith(path: string, problem: Problem, report: Reporter): SuiteResult {
  report(problem.diagnostics)
  return failSuite(path, problem.messages)
}

function failSuite(path: string, messages: readonly string[]): SuiteResult {
  return { path, result: 'error', durationMs: 0, messages, tests: [] }
}

function describeNothing(paths: readonly string[], run: string | undefined): Diagnostic {
  const where = paths.map((path) => quote(path)).join(', ')
  const message = run === undefined || run === '' ? `no tests found at ${where}` : `no test or case at ${where} matches --run ${quote(run)}`
  const hint = run === undefined || run === '' ? `${quote(`${(paths[0] ?? '.').replace(/\/+(\.\.\.)?$/, '')}/...`)} searches everything below a directory` : 'correct the expression'
  return { code: 'GG401', severity: 'error', message, hint }
}
