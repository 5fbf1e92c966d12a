import { describe, expect, test } from 'vitest'
import { compilePattern } from '../../src/gatekeeper/regex.ts'

describe('names of character classes', () => {
  // Each refused by `gator verify`, in the message of an assertion.
  const refused = ['\\p{Lowercase}', '\\P{Uppercase}', '\\p{^White_Space}', 'a\\p{Emoji}', '[\\p{Old_Italic}]', '\\\\\\p{Math}']
  test.each(refused)('%s is refused, as by Go', async (pattern) => {
    await expect(compilePattern(pattern)).rejects.toThrow('invalid character class range')
  })

  const taken: [pattern: string, text: string][] = [
    ['^\\p{Ll}$', 'a'],
    ['^\\p{Greek}$', 'α'],
    ['\\\\p', 'a\\p{Lowercase}'],
    ['\\Q\\p{Lowercase}\\E', '\\p{Lowercase}'],
    ['^\\pL$', 'a'],
  ]
  test.each(taken)('%s matches', async (pattern, text) => {
    expect((await compilePattern(pattern))(text)).toBe(true)
  })
})
