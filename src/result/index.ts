export { suiteExitCode } from './suite-exit.ts'
export { combineOutcomes, summarizeSuites } from './suite-result.ts'
export type {
  AssertionFailure,
  CaseResult,
  Outcome,
  ResultLocation,
  SuiteResult,
  SuiteRunResult,
  SuiteTotals,
  TestResult,
} from './suite-result.ts'
export { SUITE_RESULT_SCHEMA } from './suite-schema.ts'
