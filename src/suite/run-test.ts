import { quote, type Diagnostic } from '../diagnostic/index.ts'
import type { Engine } from '../gatekeeper/index.ts'
import { combineOutcomes, type CaseResult, type TestResult } from '../result/index.ts'
import type { Filter } from './filter.ts'
import type { PreparedTest, Preparation } from './prepare.ts'
import { Problem } from './problem.ts'
import { locate, nameFile, runCase, type SuitePlace } from './run-case.ts'
import type { SuiteCase, SuiteTest } from './suite-file.ts'

/** What a run shares between its suites. */
export interface RunContext {
  readonly preparation: Preparation
  readonly filter: Filter | undefined
  /** Takes diagnostics; the same one more than once is fine. */
  readonly report: (diagnostics: readonly Diagnostic[]) => void
}

/** Runs a test of a suite; undefined where the filter selects nothing of it. */
export async function runTest(place: SuitePlace, test: SuiteTest, skip: boolean, context: RunContext): Promise<TestResult | undefined> {
  const names = test.cases.map(({ name }) => name)
  if (context.filter?.matchesTest(test.name, names) === false) return undefined
  const started = performance.now()
  const cases = test.cases.filter(({ name }) => context.filter?.matchesCase(test.name, name) ?? true)
  if (cases.length === 0 && test.cases.length > 0) return undefined
  const finish = (result: Omit<TestResult, 'name' | 'durationMs'>): TestResult => {
    return { name: test.name, durationMs: performance.now() - started, ...result }
  }
  if (skip || test.skip) {
    return finish({ result: 'skip', messages: [], cases: test.invalid ? [] : cases.map(skipCase) })
  }
  const prepared = await prepareTest(place, test, context.preparation)
  if (test.invalid) return finish(judgeRefusal(place, test, prepared, context))
  if (test.cases.length === 0) {
    const problem = Problem.at(place.document, test.path, 'GG409', `test ${quote(test.name)} has no cases`, 'add cases, or set invalid: true')
    context.report(problem.asWarnings())
  }
  const engine = engineOf(prepared)
  if (engine instanceof Problem) return finish(failAll(place, test, cases, engine, context))
  if (cases.length === 0) return finish({ result: 'skip', messages: ['it has no cases'], cases: [] })
  const results: CaseResult[] = []
  for (const item of cases) results.push(await timeCase(place, item, engine, context))
  return finish({ result: combineOutcomes(results.map(({ result }) => result)), messages: [], cases: results })
}

async function prepareTest(place: SuitePlace, test: SuiteTest, preparation: Preparation): Promise<PreparedTest | Problem> {
  const missing = test.template === '' ? 'template' : test.constraint === '' ? 'constraint' : undefined
  if (missing !== undefined) {
    return Problem.at(place.document, test.path, 'GG409', `test ${quote(test.name)} names no ${missing}`, `set ${missing}`)
  }
  if (test.expansion !== '') {
    const message = `test ${quote(test.name)} was not run: ExpansionTemplates are not evaluated`
    return Problem.at(place.document, [...test.path, 'expansion'], 'GG411', message, 'run this test with gator verify')
  }
  const template = nameFile(place, test.template, [...test.path, 'template'])
  return preparation.test(template, nameFile(place, test.constraint, [...test.path, 'constraint']))
}

function engineOf(prepared: PreparedTest | Problem): Engine | Problem {
  if (prepared instanceof Problem) return prepared
  return 'refused' in prepared ? prepared.refused : prepared.engine
}

/** A test that expects its constraint to be refused by the schema, and by nothing else. */
function judgeRefusal(
  place: SuitePlace,
  test: SuiteTest,
  prepared: PreparedTest | Problem,
  { report }: RunContext,
): Omit<TestResult, 'name' | 'durationMs'> {
  const location = locate(place, test.path)
  if (prepared instanceof Problem) {
    report(prepared.diagnostics)
    return { result: 'error', messages: prepared.messages, cases: [], location }
  }
  if ('refused' in prepared) return { result: 'pass', messages: [], cases: [] }
  return { result: 'fail', messages: ['the constraint should have been refused by its schema, but it is valid'], cases: [], location }
}

function failAll(
  place: SuitePlace,
  test: SuiteTest,
  cases: readonly SuiteCase[],
  problem: Problem,
  { report }: RunContext,
): Omit<TestResult, 'name' | 'durationMs'> {
  report(problem.diagnostics)
  const results = cases.map((item) => (item.skip ? skipCase(item) : errorCase(item, problem.messages)))
  return { result: 'error', messages: problem.messages, cases: results, location: locate(place, test.path) }
}

async function timeCase(place: SuitePlace, item: SuiteCase, engine: Engine, context: RunContext): Promise<CaseResult> {
  if (item.skip) return skipCase(item)
  const started = performance.now()
  const result = await runCase(place, item, engine, context.preparation)
  const durationMs = performance.now() - started
  if (!(result instanceof Problem)) return { ...result, durationMs }
  context.report(result.diagnostics)
  return { ...errorCase(item, result.messages), durationMs, location: locate(place, item.path) }
}

function skipCase({ name }: SuiteCase): CaseResult {
  return { name, result: 'skip', durationMs: 0, messages: [], failures: [], violations: [] }
}

function errorCase({ name }: SuiteCase, messages: readonly string[]): CaseResult {
  return { name, result: 'error', durationMs: 0, messages, failures: [], violations: [] }
}
