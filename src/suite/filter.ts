import { compilePattern, type Pattern } from '../gatekeeper/index.ts'

/** Which tests and cases `--run` selects. */
export interface Filter {
  matchesTest(test: string, cases: readonly string[]): boolean
  matchesCase(test: string, name: string): boolean
}

/**
 * gator's filter: `name` selects cases with that in their own name or their test's; `test//case` both, each of which may
 * be empty. Expressions are RE2 and match anywhere in a name.
 *
 * @throws Error saying what is wrong with the expression
 */
export async function compileFilter(expression: string): Promise<Filter> {
  const parts = expression.split('//')
  if (parts.length > 2) throw new Error('it may hold at most one "//"')
  const [first = '', second] = parts
  const left = await compilePattern(first)
  return second === undefined ? filterEither(left) : filterBoth(left, await compilePattern(second))
}

function filterEither(pattern: Pattern): Filter {
  const matchesCase = (test: string, name: string) => pattern(name) || pattern(test)
  return { matchesTest: (test, cases) => pattern(test) || cases.some(pattern), matchesCase }
}

function filterBoth(testPattern: Pattern, casePattern: Pattern): Filter {
  return {
    matchesTest: (test) => testPattern(test),
    matchesCase: (test, name) => casePattern(name) && testPattern(test),
  }
}
