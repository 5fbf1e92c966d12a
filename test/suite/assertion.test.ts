import { describe, expect, test } from 'vitest'
import { compileAssertion } from '../../src/suite/assertion.ts'

type Violations = number | string | undefined

async function judge(violations: Violations, message: string | undefined, messages: string[]): Promise<string> {
  const assertion = await compileAssertion({ violations, message, path: [] })
  const got = assertion.findMismatch(messages)
  return got === undefined ? 'holds' : `wanted ${assertion.wanted}, got ${got}`
}

describe('an assertion', () => {
  const cases: [violations: Violations, message: string | undefined, messages: string[], outcome: string][] = [
    [undefined, undefined, ['a'], 'holds'],
    [undefined, undefined, [], 'wanted at least 1 violation, got 0'],
    ['yes', undefined, ['a', 'b'], 'holds'],
    ['yes', undefined, [], 'wanted at least 1 violation, got 0'],
    ['no', undefined, [], 'holds'],
    ['no', undefined, ['a'], 'wanted no violations, got 1'],
    [0, undefined, [], 'holds'],
    [0, undefined, ['a'], 'wanted no violations, got 1'],
    [1, undefined, ['a'], 'holds'],
    [1, undefined, ['a', 'b'], 'wanted exactly 1 violation, got 2'],
    [2, undefined, [], 'wanted exactly 2 violations, got 0'],
    [1, 'a', ['a', 'b'], 'holds'],
    ['no', 'c', ['a', 'b'], 'holds'],
    ['yes', 'c', ['a', 'b'], 'wanted at least 1 violation matching "c", got 0'],
    [2, '^[ab]$', ['a', 'b', 'ab'], 'holds'],
    [1, '^[ab]$', ['a', 'b'], 'wanted exactly 1 violation matching "^[ab]$", got 2'],
    ['yes', '(?i)LABEL', ['no label'], 'holds'],
    ['yes', '\\pL\\z', ['ä'], 'holds'],
    ['yes', 'a.b', ['a\nb'], 'wanted at least 1 violation matching "a.b", got 0'],
    ['yes', '', ['anything'], 'holds'],
    ['yes', 'a/b "c" é', ['say a/b "c" é'], 'holds'],
  ]
  test.each(cases)('violations %j, message %j, of %j: %s', async (violations, message, messages, outcome) => {
    expect(await judge(violations, message, messages)).toBe(outcome)
  })

  const invalid: [violations: Violations, message: string | undefined, reason: RegExp][] = [
    ['Yes', undefined, /^violations must be a number from 0, "yes" or "no", not "Yes"$/],
    ['1', undefined, /not "1"$/],
    [-1, undefined, /not -1$/],
    ['yes', '(?!x)', /^message is not a valid RE2 expression: /],
    ['yes', '[', /^message is not a valid RE2 expression: /],
  ]
  test.each(invalid)('violations %j, message %j is invalid', async (violations, message, reason) => {
    await expect(compileAssertion({ violations, message, path: [] })).rejects.toThrow(reason)
  })
})
