import { expect, test } from 'vitest'
import { renderSuiteText } from '../../src/report/index.ts'
import { summarizeSuites } from '../../src/result/index.ts'
import { SAMPLE } from './suite-sample.ts'

test('shows a line for each suite, and below it what did not pass and why', () => {
  expect(renderSuiteText(SAMPLE)).toBe(`ok    a/suite.yaml (1 case, 0.012s)
ERROR b/suite.yaml (8 cases, 0.020s)
  --- FAIL: labels <&>/bad "quoted" (0.001s)
        b/suite.yaml:7:9: wanted exactly 2 violations matching "<x>", got 1
        wanted no violations, got 1
        violations:
          [deny] Kind/name: line one\\nline two \\u001b[31mred\\u001b[0m \\u0000 ]]>
  --- FAIL: labels <&>/silent (0.001s)
        wanted at least 1 violation, got 0
        there were no violations
  --- ERROR: labels <&>/undecided (0.001s)
        b/suite.yaml:9:5: no verdict
  --- ERROR: no template
        b/suite.yaml:12:3: "x.yaml" does not exist
  --- FAIL: not refused
        the constraint is valid
skip  c/suite.yaml (1 case, 0.000s)
ERROR d/suite.yaml (0 cases, 0.000s)
    d/suite.yaml:3:8: tests must be a list
4 suites: 3 passed, 3 failed, 3 not decided, 2 skipped (0.046s)
`)
})

test('paints words only when asked to', () => {
  const [first] = renderSuiteText(SAMPLE, { color: true }).split('\n')
  expect(first).toBe('\u001b[32mok   \u001b[39m a/suite.yaml (1 case, 0.012s)')
})

test('shows the first violations of many', () => {
  const violations = Array.from({ length: 12 }, (_, index) => ({ constraint: 'K/n', action: 'deny', msg: `m${index}` }))
  const item = { name: 'c', result: 'fail' as const, durationMs: 0, messages: [], failures: [], violations }
  const suite = { path: 's', result: 'fail' as const, durationMs: 0, messages: [], tests: [{ name: 't', result: 'fail' as const, durationMs: 0, messages: [], cases: [item] }] }
  const lines = renderSuiteText(summarizeSuites([suite], 0)).split('\n')
  expect([lines.filter((line) => line.includes('K/n')).length, lines.at(-3)]).toEqual([10, '          … and 2 more'])
})

test('of nothing is the totals alone', () => {
  expect(renderSuiteText(summarizeSuites([], 1))).toBe('0 suites: 0 passed (0.001s)\n')
})
