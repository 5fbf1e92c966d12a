/** The outcome of a case, and of what contains it: error comes before fail, fail before pass, pass before skip. */
export type Outcome = 'pass' | 'fail' | 'skip' | 'error'

/** What running suites found. Every output is a view of this; it is also what `-o json` writes, under this version. */
export interface SuiteRunResult {
  readonly schemaVersion: 1
  readonly suites: readonly SuiteResult[]
  readonly totals: SuiteTotals
  readonly durationMs: number
}

/** Counts of suites, tests and cases. A test that says `invalid: true` has no cases, and counts as one itself. */
export interface SuiteTotals {
  readonly suites: number
  readonly tests: number
  readonly cases: number
  readonly pass: number
  readonly fail: number
  readonly skip: number
  readonly error: number
}

export interface SuiteResult {
  /** The file, as reached from the path that the user named. */
  readonly path: string
  readonly result: Outcome
  readonly durationMs: number
  /** Why the suite could not be run as a whole. */
  readonly messages: readonly string[]
  readonly tests: readonly TestResult[]
}

/** One template with one constraint. */
export interface TestResult {
  readonly name: string
  readonly result: Outcome
  readonly durationMs: number
  readonly messages: readonly string[]
  readonly cases: readonly CaseResult[]
  readonly location?: ResultLocation
}

/** One object under that constraint. */
export interface CaseResult {
  readonly name: string
  readonly result: Outcome
  readonly durationMs: number
  /** Why the case could not be decided. */
  readonly messages: readonly string[]
  readonly failures: readonly AssertionFailure[]
  /** What the constraint said; kept where the case did not pass. */
  readonly violations: readonly SeenViolation[]
  readonly location?: ResultLocation
}

/** An assertion that did not hold. */
export interface AssertionFailure {
  /** Place in the case's list, from 0. */
  readonly assertion: number
  /** In words: `no violations matching "…"`. */
  readonly wanted: string
  /** How many violations matched. */
  readonly got: number
  readonly location?: ResultLocation
}

export interface SeenViolation {
  readonly constraint: string
  readonly action: string
  readonly msg: string
}

/** Where in which file, from 1. */
export interface ResultLocation {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** The outcome of a whole from those of its parts; pass where there are none. */
export function combineOutcomes(outcomes: readonly Outcome[]): Outcome {
  for (const outcome of ['error', 'fail', 'pass'] as const) if (outcomes.includes(outcome)) return outcome
  return outcomes.length > 0 ? 'skip' : 'pass'
}

/** Puts the result of a run together. */
export function summarizeSuites(suites: readonly SuiteResult[], durationMs: number): SuiteRunResult {
  const tests = suites.flatMap((suite) => suite.tests)
  const outcomes = suites.flatMap(collectOutcomes)
  const count = (outcome: Outcome) => outcomes.filter((candidate) => candidate === outcome).length
  const totals = {
    suites: suites.length,
    tests: tests.length,
    cases: tests.reduce((sum, test) => sum + test.cases.length, 0),
    pass: count('pass'),
    fail: count('fail'),
    skip: count('skip'),
    error: count('error'),
  }
  return { schemaVersion: 1, suites, totals, durationMs }
}

/** What counts: cases, tests without cases, and suites that could not be run at all. */
function collectOutcomes(suite: SuiteResult): Outcome[] {
  const outcomes = suite.tests.flatMap((test) => (test.cases.length === 0 ? [test.result] : test.cases.map((item) => item.result)))
  return suite.result === 'error' && !outcomes.includes('error') ? [...outcomes, 'error'] : outcomes
}
