import type { CaseResult, SuiteResult, SuiteRunResult, TestResult } from '../result/index.ts'

/**
 * For CI servers: JUnit's XML. A suite is a `testsuite`, a case a `testcase` whose class is its test; a test without
 * cases, and a suite that could not be run, is a `testcase` itself.
 */
export function renderSuiteJunit(result: SuiteRunResult): string {
  const suites = result.suites.map(toJunitSuite)
  const sum = (key: 'tests' | 'failures' | 'errors' | 'skipped') => suites.reduce((total, suite) => total + suite.counts[key], 0)
  const attributes = writeAttributes({
    name: 'graphgate test',
    tests: sum('tests'),
    failures: sum('failures'),
    errors: sum('errors'),
    skipped: sum('skipped'),
    time: formatSeconds(result.durationMs),
  })
  return ['<?xml version="1.0" encoding="UTF-8"?>', `<testsuites${attributes}>`, ...suites.flatMap(({ lines }) => lines), '</testsuites>', ''].join('\n')
}

interface JunitCase {
  readonly className: string
  readonly name: string
  readonly result: CaseResult['result']
  readonly durationMs: number
  readonly file: string | undefined
  /** First line, then details. */
  readonly reason: readonly string[]
}

function toJunitSuite(suite: SuiteResult): { lines: string[]; counts: Record<'tests' | 'failures' | 'errors' | 'skipped', number> } {
  const cases = listCases(suite)
  const count = (result: JunitCase['result']) => cases.filter((item) => item.result === result).length
  const counts = { tests: cases.length, failures: count('fail'), errors: count('error'), skipped: count('skip') }
  const attributes = writeAttributes({ name: suite.path, ...counts, time: formatSeconds(suite.durationMs) })
  return { lines: [`  <testsuite${attributes}>`, ...cases.flatMap(writeCase), '  </testsuite>'], counts }
}

function listCases(suite: SuiteResult): JunitCase[] {
  const cases = suite.tests.flatMap((test) => (test.cases.length === 0 ? [testAsCase(test)] : test.cases.map((item) => toJunitCase(test, item))))
  if (suite.messages.length === 0) return cases
  const whole = { className: suite.path, name: suite.path, result: suite.result, durationMs: suite.durationMs, file: suite.path, reason: suite.messages }
  return [...cases, whole]
}

function testAsCase({ name, result, durationMs, location, messages }: TestResult): JunitCase {
  return { className: name, name, result, durationMs, file: location?.file, reason: messages }
}

function toJunitCase(test: TestResult, item: CaseResult): JunitCase {
  const failures = item.failures.map(({ wanted, got }) => `wanted ${wanted}, got ${got}`)
  const places = item.failures.flatMap(({ location }) => (location === undefined ? [] : [`at ${location.file}:${location.line}:${location.column}`]))
  const violations = item.violations.map(({ constraint, action, msg }) => `[${action}] ${constraint}: ${msg}`)
  const own = [...item.messages, ...failures, ...places, ...violations]
  return {
    className: test.name,
    name: item.name,
    result: item.result,
    durationMs: item.durationMs,
    file: item.location?.file,
    reason: item.result === 'error' && test.messages.length > 0 ? test.messages : own,
  }
}

function writeCase(item: JunitCase): string[] {
  const { className, name, file, result, reason } = item
  const attributes = writeAttributes({ classname: className, name, file, time: formatSeconds(item.durationMs) })
  if (result === 'pass') return [`    <testcase${attributes}/>`]
  if (result === 'skip') return [`    <testcase${attributes}>`, '      <skipped/>', '    </testcase>']
  const tag = result === 'fail' ? 'failure' : 'error'
  const [message = ''] = reason
  return [`    <testcase${attributes}>`, `      <${tag}${writeAttributes({ message })}>${escapeXml(reason.join('\n'))}</${tag}>`, '    </testcase>']
}

function writeAttributes(attributes: Readonly<Record<string, string | number | undefined>>): string {
  const entries = Object.entries(attributes).filter(([, value]) => value !== undefined)
  return entries.map(([name, value]) => ` ${name}="${escapeXml(String(value)).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')}"`).join('')
}

/** Everything that XML 1.0 has no place for, escaped or not: controls, lone surrogates, two non-characters. */
const ILLEGAL =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' }

function escapeXml(text: string): string {
  return text.replace(ILLEGAL, '').replace(/[&<>"\r]/g, (char) => ENTITIES[char] ?? char)
}

function formatSeconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3)
}
