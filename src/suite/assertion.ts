import type { SuiteAssertion } from './suite-file.ts'
import { compilePattern, type Pattern } from '../gatekeeper/index.ts'

/** An assertion that can be held against messages. */
export interface Assertion {
  /** In words, for the one that does not hold: `exactly 2 violations matching "…"`. */
  readonly wanted: string
  /** How many of the messages match; undefined where that is as it should be. */
  findMismatch(messages: readonly string[]): number | undefined
}

/**
 * Makes an assertion out of what a suite says.
 *
 * @throws Error saying what is wrong with it
 */
export async function compileAssertion({ violations = 'yes', message }: SuiteAssertion): Promise<Assertion> {
  const holds = countTest(violations)
  const pattern: Pattern = message === undefined ? () => true : await compileMessage(message)
  const matching = message === undefined ? '' : ` matching ${JSON.stringify(message)}`
  return {
    wanted: describeCount(violations) + matching,
    findMismatch(messages) {
      const got = messages.filter(pattern).length
      return holds(got) ? undefined : got
    },
  }
}

function countTest(violations: number | string): (got: number) => boolean {
  if (violations === 'yes') return (got) => got > 0
  if (violations === 'no') return (got) => got === 0
  if (typeof violations === 'number' && violations >= 0) return (got) => got === violations
  throw new Error(`violations must be a number from 0, "yes" or "no", not ${JSON.stringify(violations)}`)
}

function describeCount(violations: number | string): string {
  if (violations === 'yes') return 'at least 1 violation'
  if (violations === 'no' || violations === 0) return 'no violations'
  return `exactly ${violations} ${violations === 1 ? 'violation' : 'violations'}`
}

async function compileMessage(message: string): Promise<Pattern> {
  try {
    return await compilePattern(message)
  } catch (error) {
    throw new Error(`message is not a valid RE2 expression: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}
