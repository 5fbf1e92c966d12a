import type { SuiteRunResult } from '../result/index.ts'

/** For programs: the result itself. Its schema is `SUITE_RESULT_SCHEMA`. */
export function renderSuiteJson(result: SuiteRunResult): string {
  return `${JSON.stringify(result, null, 2)}\n`
}
