import { describe, expect, test } from 'vitest'
import { compileFilter } from '../../src/suite/filter.ts'

const TESTS: [test: string, cases: string[]][] = [
  ['forbid-labels', ['missing-label', 'with-label']],
  ['require-labels', ['missing-label', 'empty-object']],
  ['missing-label', ['a']],
]

/** `test/case` of all that is selected; `test` alone where no case is. */
async function select(expression: string): Promise<string[]> {
  const filter = await compileFilter(expression)
  return TESTS.flatMap(([name, cases]) => {
    if (!filter.matchesTest(name, cases)) return []
    const selected = cases.filter((item) => filter.matchesCase(name, item))
    return selected.length === 0 ? [name] : selected.map((item) => `${name}/${item}`)
  })
}

describe('--run', () => {
  const cases: [expression: string, selected: string[]][] = [
    ['missing-label', ['forbid-labels/missing-label', 'require-labels/missing-label', 'missing-label/a']],
    ['require', ['require-labels/missing-label', 'require-labels/empty-object']],
    ['^missing-label$//', ['missing-label/a']],
    ['//^missing', ['forbid-labels/missing-label', 'require-labels/missing-label', 'missing-label']],
    ['labels//empty', ['forbid-labels', 'require-labels/empty-object']],
    ['r.+e-labels//(empty|missing)', ['require-labels/missing-label', 'require-labels/empty-object']],
    ['nothing', []],
  ]
  test.each(cases)('%j', async (expression, selected) => {
    expect(await select(expression)).toEqual(selected)
  })

  test('takes at most one //', async () => {
    await expect(compileFilter('a//b//c')).rejects.toThrow('it may hold at most one "//"')
  })

  test.each(['(', 'a//[', '(?=x)'])('%j is not RE2', async (expression) => {
    await expect(compileFilter(expression)).rejects.toThrow()
  })
})
