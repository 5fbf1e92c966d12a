import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findSegments, hasExpression, wholeExpression } from '../../src/cel/index.ts'

describe('findSegments', () => {
  it.each<[name: string, text: string, expressions: string[], unclosed?: number]>([
    ['no expression', 'plain $text {with} braces', []],
    ['one', '${root.spec.a}', ['root.spec.a']],
    ['several with text around', 'a ${b} c ${d} e', ['b', 'd']],
    ['one after another', '${a}${b}', ['a', 'b']],
    ['nested braces', "${{'a': {'b': 1}}.a}", ["{'a': {'b': 1}}.a"]],
    ['a brace in a string', '${"}" + a}', ['"}" + a']],
    ['an opening brace in a string', "${'{' + a}", ["'{' + a"]],
    ['a quote within other quotes', `\${"it's}" + a}`, [`"it's}" + a`]],
    ['an escaped quote', String.raw`${'${'}"\"}" + a}`, [String.raw`"\"}" + a`]],
    ['a triple quoted string', '${"""a"}b""" + c}', ['"""a"}b""" + c']],
    ['a comment', '${a // }\n}', ['a // }\n']],
    ['nothing within', 'a ${} b', ['']],
    ['an expression within an expression', '${a ${b}}', ['a ${b}']],
    ['never closed', 'a ${b', [], 2],
    ['never closed after another', '${a} ${b', ['a'], 5],
    ['closed only in a string', "${a + '}", [], 0],
    ['an unbalanced brace', '${{a}', [], 0],
    ['a dollar at the end', 'a$', []],
  ])('%s', (_name, text, expressions, unclosed) => {
    const found = findSegments(text)
    expect(found.segments.map(({ expression }) => expression)).toEqual(expressions)
    expect(found.unclosed).toBe(unclosed)
  })

  it('says where each one stands', () => {
    expect(findSegments('a ${b} ${c}').segments).toEqual([
      { start: 2, end: 6, expression: 'b', expressionStart: 4 },
      { start: 7, end: 11, expression: 'c', expressionStart: 9 },
    ])
  })

  it('cuts any text into segments that are parts of it, in order', () => {
    const piece = fc.constantFrom('${', '}', '{', '"', "'", '\\', '//', '\n', 'a', '"""')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')), (text) => {
        let from = 0
        for (const { start, end, expression, expressionStart } of findSegments(text).segments) {
          expect(start).toBeGreaterThanOrEqual(from)
          expect(text.slice(start, end)).toBe(`\${${expression}}`)
          expect(expressionStart).toBe(start + 2)
          from = end
        }
      }),
    )
  })

  it('finds what string literals, maps and calls are written into', () => {
    const literal = fc.string().map((text) => JSON.stringify(text).replaceAll('\u2028', ' '))
    const expression = fc.letrec<{ any: string }>((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        literal,
        fc.constantFrom('root.spec.a', '1', '[1, 2]'),
        fc.tuple(tie('any'), tie('any')).map(([key, value]) => `{${key}: ${value}}`),
        tie('any').map((inner) => `size(${inner})`),
      ),
    })).any
    fc.assert(
      fc.property(fc.string().filter((text) => !text.includes('${') && !text.endsWith('$')), expression, (before, source) => {
        expect(findSegments(`${before}\${${source}}`).segments.map((segment) => segment.expression)).toEqual([source])
      }),
    )
  })
})

describe('wholeExpression', () => {
  it.each<[text: string, whole: boolean]>([
    ['${a}', true],
    [' ${a}', false],
    ['${a} ', false],
    ['${a}${b}', false],
    ['${a', false],
    ['a', false],
    ['', false],
  ])('%j: %s', (text, whole) => {
    expect(wholeExpression(text) !== undefined).toBe(whole)
  })
})

it('hasExpression is true for unclosed ones', () => {
  expect(['a', '$a', '${a}', 'x ${'].map(hasExpression)).toEqual([false, false, true, true])
})
