import { summarizeSuites, type CaseResult, type SuiteRunResult } from '../../src/result/index.ts'

function item(name: string, result: CaseResult['result'], parts: Partial<CaseResult> = {}): CaseResult {
  return { name, result, durationMs: 1.25, messages: [], failures: [], violations: [], ...parts }
}

/** A result with one of everything, hostile text included. */
export const SAMPLE: SuiteRunResult = summarizeSuites(
  [
    { path: 'a/suite.yaml', result: 'pass', durationMs: 12.3456, messages: [], tests: [{ name: 't', result: 'pass', durationMs: 10, messages: [], cases: [item('one', 'pass')] }] },
    {
      path: 'b/suite.yaml',
      result: 'error',
      durationMs: 20,
      messages: [],
      tests: [
        {
          name: 'labels <&>',
          result: 'fail',
          durationMs: 5,
          messages: [],
          cases: [
            item('good', 'pass'),
            item('skipped', 'skip'),
            item('bad "quoted"', 'fail', {
              failures: [
                { assertion: 0, wanted: 'exactly 2 violations matching "<x>"', got: 1, location: { file: 'b/suite.yaml', line: 7, column: 9 } },
                { assertion: 1, wanted: 'no violations', got: 1 },
              ],
              violations: [{ constraint: 'Kind/name', action: 'deny', msg: 'line one\nline two \u001b[31mred\u001b[0m \u0000 ]]>' }],
              location: { file: 'b/suite.yaml', line: 5, column: 5 },
            }),
            item('silent', 'fail', { failures: [{ assertion: 0, wanted: 'at least 1 violation', got: 0 }] }),
            item('undecided', 'error', { messages: ['b/suite.yaml:9:5: no verdict'] }),
          ],
        },
        { name: 'no template', result: 'error', durationMs: 0, messages: ['b/suite.yaml:12:3: "x.yaml" does not exist'], cases: [item('one', 'error', { messages: ['m'] })] },
        { name: 'refused', result: 'pass', durationMs: 1, messages: [], cases: [] },
        { name: 'not refused', result: 'fail', durationMs: 1, messages: ['the constraint is valid'], cases: [], location: { file: 'b/suite.yaml', line: 20, column: 3 } },
      ],
    },
    { path: 'c/suite.yaml', result: 'skip', durationMs: 0, messages: [], tests: [{ name: 's', result: 'skip', durationMs: 0, messages: [], cases: [item('x', 'skip')] }] },
    { path: 'd/suite.yaml', result: 'error', durationMs: 0, messages: ['d/suite.yaml:3:8: tests must be a list'], tests: [] },
  ],
  45.678,
)
