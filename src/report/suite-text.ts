import { escapeControls } from '../diagnostic/index.ts'
import type { CaseResult, Outcome, SuiteResult, SuiteRunResult, SuiteTotals, TestResult } from '../result/index.ts'

/** Colours a word of the report. */
type Paint = (outcome: Outcome, text: string) => string

const CODES: Readonly<Record<Outcome, number>> = { pass: 32, fail: 31, error: 31, skip: 33 }
const SUITE_WORDS: Readonly<Record<Outcome, string>> = { pass: 'ok', fail: 'FAIL', skip: 'skip', error: 'ERROR' }
const CASE_WORDS: Readonly<Record<Outcome, string>> = { pass: 'PASS', fail: 'FAIL', skip: 'SKIP', error: 'ERROR' }
/** Violations shown of one case; a rule that goes wild should not bury the others. */
const MAX_VIOLATIONS = 10

/**
 * For people, as `go test` shows it: a line for each suite, and below those that did not pass the cases with the reason.
 * Ends with the totals and a line break.
 */
export function renderSuiteText(result: SuiteRunResult, options: { color?: boolean } = {}): string {
  const paint: Paint = (outcome, text) => (options.color === true ? `\u001b[${CODES[outcome]}m${text}\u001b[39m` : text)
  const lines = result.suites.flatMap((suite) => renderSuite(suite, paint))
  return [...lines, renderTotals(result.totals, result.durationMs), ''].join('\n')
}

function renderSuite(suite: SuiteResult, paint: Paint): string[] {
  const cases = suite.tests.reduce((sum, test) => sum + Math.max(test.cases.length, 1), 0)
  const word = paint(suite.result, SUITE_WORDS[suite.result].padEnd(5))
  const line = `${word} ${escapeControls(suite.path)} (${countCases(cases)}, ${formatSeconds(suite.durationMs)})`
  return [line, ...suite.messages.map((message) => `    ${escapeControls(message)}`), ...suite.tests.flatMap((test) => renderTest(test, paint))]
}

function renderTest(test: TestResult, paint: Paint): string[] {
  const own = test.messages.length > 0 || (test.cases.length === 0 && test.result !== 'pass')
  const head = own ? [`  ${paint(test.result, `--- ${CASE_WORDS[test.result]}`)}: ${escapeControls(test.name)}`] : []
  const reasons = test.messages.map((message) => `        ${escapeControls(message)}`)
  // Cases that could not be run because of their test have nothing of their own to say.
  const cases = test.messages.length > 0 ? [] : test.cases.flatMap((item) => renderCase(test, item, paint))
  return [...head, ...reasons, ...cases]
}

function renderCase(test: TestResult, item: CaseResult, paint: Paint): string[] {
  if (item.result === 'pass' || item.result === 'skip') return []
  const name = `${escapeControls(test.name)}/${escapeControls(item.name)}`
  const head = `  ${paint(item.result, `--- ${CASE_WORDS[item.result]}`)}: ${name} (${formatSeconds(item.durationMs)})`
  const messages = item.messages.map((message) => `        ${escapeControls(message)}`)
  const failures = item.failures.map(({ location, wanted, got }) => {
    const place = location === undefined ? '' : `${escapeControls(location.file)}:${location.line}:${location.column}: `
    return `        ${place}wanted ${escapeControls(wanted)}, got ${got}`
  })
  return [head, ...messages, ...failures, ...(item.result === 'fail' ? renderViolations(item) : [])]
}

function renderViolations({ violations }: CaseResult): string[] {
  if (violations.length === 0) return ['        there were no violations']
  const shown = violations.slice(0, MAX_VIOLATIONS)
  const lines = shown.map(({ constraint, action, msg }) => `          [${escapeControls(action)}] ${escapeControls(constraint)}: ${escapeControls(msg)}`)
  const more = violations.length - shown.length
  return ['        violations:', ...lines, ...(more > 0 ? [`          … and ${more} more`] : [])]
}

function renderTotals(totals: SuiteTotals, durationMs: number): string {
  const counts = (['pass', 'fail', 'error', 'skip'] as const).filter((outcome) => outcome === 'pass' || totals[outcome] > 0)
  const words = { pass: 'passed', fail: 'failed', error: 'not decided', skip: 'skipped' }
  const suites = `${totals.suites} ${totals.suites === 1 ? 'suite' : 'suites'}`
  return `${suites}: ${counts.map((outcome) => `${totals[outcome]} ${words[outcome]}`).join(', ')} (${formatSeconds(durationMs)})`
}

function countCases(cases: number): string {
  return `${cases} ${cases === 1 ? 'case' : 'cases'}`
}

function formatSeconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(3)}s`
}
