import { describe, expect, test } from 'vitest'
import { compareRegoValues, parseRegoValue, printRegoValue } from '../../src/gatekeeper/builtins/rego-value.ts'
import { sprintf } from '../../src/gatekeeper/builtins/sprintf.ts'

// Expected texts are what `opa eval` prints; test/oracle/sprintf.test.ts compares thousands more with the real one.

type Row = [format: string, values: string, text: string]

function format(text: string, values: string): string | undefined {
  return sprintf({ kind: 'string', value: text }, parseRegoValue(values))
}

describe.each<[string, Row[]]>([
  [
    'values under %v',
    [
      ['%v', '["x"]', 'x'],
      ['%v', '[null]', 'null'],
      ['%v', '[true]', 'true'],
      ['%v', '[5]', '5'],
      ['%v', '[1.50]', '1.5'],
      ['%v', '[1e21]', '1e+21'],
      ['%v', '[0.000001]', '1e-06'],
      ['%v', '[123456789]', '123456789'],
      ['%v', '[123456789.0]', '1.23456789e+08'],
      ['%v', '[123456789012345678901]', '123456789012345678901'],
      ['%v', '[[1, "a", null]]', '[1, "a", null]'],
      ['%v', '[{"b": 1, "a": {"c": []}}]', '{"a": {"c": []}, "b": 1}'],
      ['%v', '[{"team", "owner"}]', '{"owner", "team"}'],
      ['%v', '[set()]', 'set()'],
      ['%v', '[{}]', '{}'],
      ['%v', '[["<&\\u0007\\ud83d\\ude00"]]', '["<&\\a😀"]'],
      ['%+v', '[5]', '5'],
      ['%#v', '["x"]', '"x"'],
    ],
  ],
  [
    'strings',
    [
      ['%s', '["x"]', 'x'],
      ['%s', '[[1]]', '[1]'],
      ['%q', '["a\\"b\\n"]', '"a\\"b\\n"'],
      ['%#q', '["a\\"b"]', '`a"b`'],
      ['%+q', '["ä"]', '"\\u00e4"'],
      ['%x', '["hi"]', '6869'],
      ['% X', '["hi"]', '68 69'],
      ['%#x', '["hi"]', '0x6869'],
      ['%5s|%-5s|', '["ä", "b"]', '    ä|b    |'],
      ['%.2s', '["äöü"]', 'äö'],
      ['%05s', '["a"]', '0000a'],
    ],
  ],
  [
    'integers',
    [
      ['%d', '[-5]', '-5'],
      ['%+d', '[5]', '+5'],
      ['% d', '[5]', ' 5'],
      ['%05d', '[-42]', '-0042'],
      ['%-5d|', '[42]', '42   |'],
      ['%.3d', '[7]', '007'],
      ['%x %X %o %O %b', '[255, 255, 8, 8, 5]', 'ff FF 10 0o10 101'],
      ['%#x %#o %#b', '[255, 8, 5]', '0xff 010 0b101'],
      ['%c %q %U %#U', '[97, 97, 97, 97]', "a 'a' U+0061 U+0061 'a'"],
      ['%d', '[9223372036854775808]', '9223372036854775808'],
      ['%x', '[36893488147419103232]', '20000000000000000'],
      ['%q', '[9223372036854775808]', '%!q(big.Int=9223372036854775808)'],
    ],
  ],
  [
    'floating point',
    [
      ['%f', '[1.5]', '1.500000'],
      ['%.2f', '[2.675]', '2.67'],
      ['%.0f', '[0.5]', '0'],
      ['%.0f', '[1.5]', '2'],
      ['%e', '[12345.678]', '1.234568e+04'],
      ['%E', '[0.5]', '5.000000E-01'],
      ['%g', '[100000.5]', '100000.5'],
      ['%G', '[1e-10]', '1E-10'],
      ['%8.3f|', '[3.14159]', '   3.142|'],
      ['%08.3f', '[-3.14159]', '-003.142'],
      ['%x', '[1.5]', '0x1.8p+00'],
      ['%b', '[1.5]', '6755399441055744p-52'],
      ['%f', '[1]', '%!f(int64=1)'],
    ],
  ],
  [
    'what Go says of mistakes',
    [
      ['%', '[]', '%!(NOVERB)'],
      ['%d', '["x"]', '%!d(string=x)'],
      ['%t', '[true]', '%!t(string=true)'],
      ['%z', '[5]', '%!z(int64=5)'],
      ['%s', '[5]', '%!s(int64=5)'],
      ['%d', '[1.5]', '%!d(float64=1.5)'],
      ['%s %s', '["x"]', 'x %!s(MISSING)'],
      ['x', '[1, "a", null]', 'x%!(EXTRA int64=1, string=a, string=null)'],
      ['%[3]d', '[1]', '%!d(BADINDEX)'],
      ['%[x]d', '[1]', '%!d(BADINDEX)'],
      ['%[', '[1]', '%!(NOVERB)'],
      ['%*d', '["x", 1]', '%!(BADWIDTH)1'],
      ['%.*d', '["x", 1]', '%!(BADPREC)1'],
      ['%99999999d', '[1]', '%!(NOVERB)%!(EXTRA int64=1)'],
      ['%T', '["x"]', 'string'],
    ],
  ],
  [
    'percent signs, indexes and stars',
    [
      ['100%%', '[]', '100%'],
      ['%5%', '[]', '%'],
      ['%[2]v %[1]v', '["a", "b"]', 'b a'],
      ['%[1]v %v', '["a", "b"]', 'a b'],
      ['%[2]*[1]d', '[12, 5]', '   12'],
      ['%*d', '[-5, 12]', '12   '],
      ['%.*f', '[1, 2.55]', '2.5'],
    ],
  ],
])('%s', (_title, rows) => {
  test.each(rows)('%j with %s', (text, values, expected) => {
    expect(format(text, values)).toBe(expected)
  })
})

test('arguments of the wrong types make the call undefined', () => {
  expect([sprintf(parseRegoValue('1'), parseRegoValue('[]')), sprintf(parseRegoValue('"x"'), parseRegoValue('{"x"}'))]).toEqual([undefined, undefined])
})

describe('values of Rego', () => {
  test('of every kind have OPA\'s order', () => {
    const ordered = ['null', 'false', 'true', '-1', '1', '1.5', '10', '12345678901234567890', '12345678901234567891', '"B"', '"a"', '"\ud83d\ude00"', '[]', '[1]', '[1, 2]', '[2]', '{}', '{"a": 1}', '{"a": 2}', '{"b": 0}', 'set()', '{1}', '{1, 2}', '{2}']
    const shuffled = ordered.toReversed().map(parseRegoValue).sort(compareRegoValues)
    expect(shuffled.map(printRegoValue)).toEqual(ordered)
  })

  test.each(['', '{', '[1,]', '{1: }', '"', '01x', 'set(', '{"a": 1, 2}', '1 2'])('%j is a syntax error', (text) => {
    expect(() => parseRegoValue(text)).toThrow(SyntaxError)
  })
})
