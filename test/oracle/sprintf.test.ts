import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareRegoValues, parseRegoValue } from '../../src/gatekeeper/builtins/rego-value.ts'
import { sprintf } from '../../src/gatekeeper/builtins/sprintf.ts'
import { lacksTools, requireTool } from './tools.ts'

const CALLS = process.env['GRAPHGATE_DEEP'] === '1' ? 50_000 : 2_000
/** One module of this many calls compiles in a second or two. */
const BATCH = 1_000

/** A call: the format, and the arguments as Rego terms. */
interface Call {
  format: string
  values: string[]
}

function chars(text: string): fc.Arbitrary<string> {
  return fc.constantFrom(...Array.from(text))
}

function isSameTerm(a: string, b: string): boolean {
  return compareRegoValues(parseRegoValue(a), parseRegoValue(b)) === 0
}

const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 8 }), fc.constantFrom('', '`', '"\\', '\u0007\n\t\u007f', 'ä€😀', '\ufeff\u200b\ufffd'))
const number = fc.oneof(
  fc.integer().map(String),
  fc.constantFrom('0', '-1', '97', '8364', '128512', '55296', '1114112', '1000001'),
  fc.constantFrom('9223372036854775807', '9223372036854775808', '-9223372036854775808', '-9223372036854775809', '123456789012345678901234567890'),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (/[.e]/.test(String(value)) ? String(value) : `${value}.0`)),
  fc.constantFrom('0.0', '1.50', '0.5', '1.5', '2.5', '0.125', '1e21', '1e-7', '123456.789', '5e-324', '1.7976931348623157e308', '1E5', '0.1'),
)
const term: fc.Arbitrary<string> = fc.letrec<{ term: string }>((tie) => ({
  term: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text.map((value) => JSON.stringify(value)),
    number,
    fc.constantFrom('null', 'true', 'false', 'set()', '[]', '{}'),
    fc.array(tie('term'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    fc.uniqueArray(tie('term'), { minLength: 1, maxLength: 3, comparator: isSameTerm }).map((items) => `{${items.join(', ')}}`),
    fc.uniqueArray(fc.tuple(text, tie('term')), { maxLength: 3, selector: ([key]) => key }).map((entries) => `{${entries.map(([key, value]) => `${JSON.stringify(key)}: ${value}`).join(', ')}}`),
  ),
})).term

const size = fc.oneof(fc.constant(''), fc.integer({ min: 0, max: 25 }).map(String), fc.constantFrom('*', '100001', '9999999999'))
const index = fc.oneof({ weight: 6, arbitrary: fc.constant('') }, { weight: 1, arbitrary: fc.constantFrom('[1]', '[2]', '[3]', '[0]', '[9]', '[x]', '[]', '[1', '[-1]', '[10000002]') })
// %p would print addresses.
const verb = fc.oneof({ weight: 8, arbitrary: chars('vvvsddqxXtfFeEgGboOcUT') }, { weight: 1, arbitrary: chars('%zw!.ä😀') })
const directive = fc
  .tuple(fc.array(chars('+-# 0'), { maxLength: 3 }), index, size, index, fc.oneof({ weight: 3, arbitrary: fc.constant('') }, { weight: 1, arbitrary: size.map((text) => `.${text}`) }), index, verb)
  .map(([flags, first, width, second, precision, third, letter]) => `%${flags.join('')}${first}${width}${precision === '' ? '' : precision[0]}${second}${precision.slice(1)}${third}${letter}`)
const format = fc.array(fc.oneof({ weight: 3, arbitrary: directive }, { weight: 1, arbitrary: text.map((value) => value.replaceAll('%', '%%')) }, { weight: 1, arbitrary: fc.constantFrom('%', '%v', '%5', '%.', '%[1]') }), { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''))
const call: fc.Arbitrary<Call> = fc
  .record({ format, values: fc.array(term, { maxLength: 4 }) })
  // Under %w Go prints the memory behind a big integer.
  .filter((candidate) => !(candidate.format.includes('w') && candidate.values.some((value) => /\d{19}/.test(value))))

describe.skipIf(lacksTools('opa'))('sprintf against opa eval', () => {
  test(`${CALLS} generated calls give the same texts`, () => {
    const seed = Number(process.env['GRAPHGATE_SEED'] ?? Date.now() % 2 ** 31)
    const calls = fc.sample(call, { numRuns: CALLS, seed })
    const differences: string[] = []
    for (let start = 0; start < calls.length; start += BATCH) {
      const batch = calls.slice(start, start + BATCH)
      const expected = evaluate(batch)
      batch.forEach(({ format, values }, at) => {
        const got = sprintf({ kind: 'string', value: format }, parseRegoValue(`[${values.join(', ')}]`))
        if (got !== expected[at]) differences.push(describeDifference(format, values, expected[at], got))
      })
    }
    expect(differences.slice(0, 10), `GRAPHGATE_SEED=${seed}`).toEqual([])
  }, 900_000)
})

/** Cut, because a width may ask for a million spaces. */
function describeDifference(format: string, values: readonly string[], opa = 'undefined', graphgate = 'undefined'): string {
  return `sprintf(${JSON.stringify(format)}, [${values.join(', ')}])\n  opa:       ${opa.slice(0, 200)}\n  graphgate: ${graphgate.slice(0, 200)}`
}

function evaluate(calls: readonly Call[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'graphgate-sprintf-'))
  try {
    const rules = calls.map((item, at) => `out[${at}] := sprintf(${JSON.stringify(item.format)}, [${item.values.join(', ')}])`)
    writeFileSync(join(folder, 'calls.rego'), escapeText(`package calls\n\n${rules.join('\n')}\n`))
    const output = execFileSync(requireTool('opa'), ['eval', '--format', 'json', '--data', join(folder, 'calls.rego'), 'data.calls.out'], { encoding: 'utf8', maxBuffer: 1 << 28 })
    const { result } = JSON.parse(output) as { result: [{ expressions: [{ value: Record<string, string> }] }] }
    const value = result[0].expressions[0].value
    return calls.map((_, at) => value[String(at)] ?? 'undefined')
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** A byte order mark, for one, may not stand in Rego; everything outside ASCII is in strings here. */
function escapeText(rego: string): string {
  return rego.replace(/[^\n -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
