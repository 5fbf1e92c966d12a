import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { isReservedWord, loadExpressionParser, type Parsed } from '../../src/cel/index.ts'

let parse: (source: string) => Parsed
beforeAll(async () => {
  parse = await loadExpressionParser()
})

describe('references of an expression', () => {
  it.each<[source: string, names: string[]]>([
    ['root.spec.a', ['root']],
    ['1 + 2', []],
    ['"root"', []],
    ['root.spec[gateway.metadata.name]', ['root', 'gateway']],
    ['root.spec["a"].size()', ['root']],
    ['size(root.spec.a) + int(web.status.b)', ['root', 'web']],
    ['a ? b : c', ['a', 'b', 'c']],
    ['!a && -b < c', ['a', 'b', 'c']],
    ['[a, b]', ['a', 'b']],
    ['{"k": a, b: c}', ['a', 'b', 'c']],
    ['has(root.spec.a)', ['root']],
    ['root.?spec.?a.orValue(b)', ['root', 'b']],
    ['root.list[?0]', ['root']],
    ['root.list.all(x, x > y)', ['root', 'y']],
    ['root.list.exists(x, x == 1)', ['root']],
    ['root.list.exists_one(x, x == 1)', ['root']],
    ['root.list.filter(x, x.on).map(y, x)', ['root', 'x']],
    ['root.list.map(x, x.on, x.name)', ['root']],
    ['root.list.map(x, root.other.filter(y, y == x))', ['root', 'root']],
    ['root.list.map(root, root.a)', ['root']],
    ['x.list.map(x, x)', ['x']],
    ['cel.bind(x, root.a, x + y)', ['cel', 'root', 'y']],
    ['cel.bind(x, x.a, x)', ['cel', 'x']],
    ['type(root) == string', ['root', 'string']],
    ['root.spec.a // root.spec.b', ['root']],
  ])('%s', (source, names) => {
    const parsed = parse(source)
    expect(parsed.ok && parsed.references.map(({ name }) => name)).toEqual(names)
  })

  it('come with their places', () => {
    const parsed = parse('root.a + web.b')
    expect(parsed).toEqual({ ok: true, references: [{ name: 'root', start: 0, end: 4 }, { name: 'web', start: 9, end: 12 }] })
  })
})

describe('what is no expression', () => {
  it.each<[source: string, message: string, start: number, end: number]>([
    ['', 'the expression ends too early', 0, 1],
    ['a +', 'the expression ends too early', 3, 4],
    ['(a', 'the expression ends too early', 2, 3],
    ['a b', "unexpected character: 'b'", 2, 3],
    ['a + * b', 'unexpected "*"', 4, 5],
    ['[a; b]', 'unexpected character: ;', 2, 3],
    ['{a b}', 'expected ":", got a name', 3, 4],
    ['"abc', 'unterminated string', 0, 4],
    ['if', 'reserved identifier: if', 0, 2],
    ['$', 'unexpected character: $', 0, 1],
  ])('%j', (source, message, start, end) => {
    expect(parse(source)).toEqual({ ok: false, message, start, end })
  })

  it.each<[name: string, source: string]>([
    ['a hundred thousand operators', '!'.repeat(16_000) + 'a'],
    ['deep brackets', '['.repeat(8_000)],
    ['too much text', `"${'a'.repeat(20_000)}"`],
    ['thousands of operands', Array.from({ length: 6_000 }, () => 'a').join('+')],
  ])('%s', (_name, source) => {
    expect(parse(source).ok).toBe(false)
  })

  it('never throws', () => {
    const piece = fc.constantFrom('root', '.', '?', '[', ']', '{', '}', '(', ')', '"', "'", '\\', 'a', '1', '+', '==', '&&', 'map', 'cel.bind', ',', ' ', '\n', 'in', 'b"')
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.array(piece).map((pieces) => pieces.join(''))), (source) => {
        const parsed = parse(source)
        const places = parsed.ok ? parsed.references : [parsed]
        for (const { start, end } of places) {
          expect(start).toBeGreaterThanOrEqual(0)
          expect(end).toBeGreaterThan(start)
          expect(start).toBeLessThanOrEqual(source.length)
        }
      }),
    )
  })
})

it.each(['root', 'in', 'true', 'string', 'map', 'cel'])('%s is no id', (word) => {
  expect(isReservedWord(word)).toBe(true)
})
