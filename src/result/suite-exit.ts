import type { SuiteRunResult } from './suite-result.ts'

/**
 * The exit code of a run of suites: 2 where nothing was tested, 3 where something could not be decided, 1 where a case
 * failed, else 0. Tests that are skipped on purpose count as found.
 */
export function suiteExitCode({ totals }: SuiteRunResult): 0 | 1 | 2 | 3 {
  if (totals.tests === 0) return 2
  if (totals.error > 0) return 3
  return totals.fail > 0 ? 1 : 0
}
