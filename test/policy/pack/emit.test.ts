import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDocuments, type JsonObject, type JsonValue } from '../../../src/input/index.ts'
import { emitYaml } from '../../../src/policy/pack/emit.ts'
import { objects } from '../arbitrary-objects.ts'

describe('emitYaml', () => {
  it.each<[string, JsonValue, string]>([
    ['text', 'x', 'a: x\n'],
    ['words that mean something to YAML 1.1', ['yes', 'off', 'n', '~', '0644', '0o17', '1_000', '12:30', '2001-01-01', '.inf', '<<'], 'a:\n  - "yes"\n  - "off"\n  - "n"\n  - "~"\n  - "0644"\n  - "0o17"\n  - "1_000"\n  - "12:30"\n  - "2001-01-01"\n  - ".inf"\n  - <<\n'],
    ['text of several lines', 'package x\n\nviolation contains {"msg": msg} if {\n\tx\n}\n', 'a: |\n  package x\n\n  violation contains {"msg": msg} if {\n  \tx\n  }\n'],
    ['no line break at the end', 'x\ny', 'a: |-\n  x\n  y\n'],
    ['blanks alone', ' ', 'a: " "\n'],
    ['blanks at the beginning', '  x\ny\n', 'a: "  x\\ny\\n"\n'],
    ['line breaks at the end', 'x\n\n', 'a: "x\\n\\n"\n'],
    ['line breaks of YAML 1.1', 'x\u0085y\u2028z', 'a: "x\\u0085y\\u2028z"\n'],
    ['a merge key', { '<<': { b: 1 } }, 'a:\n  "<<":\n    b: 1\n'],
    ['keys that are not strings elsewhere', { yes: 1, 1: 2, '': 3, '1.5': 4 }, 'a:\n  "1": 2\n  "yes": 1\n  "": 3\n  "1.5": 4\n'],
    ['hostile keys', JSON.parse('{"__proto__": 1, "constructor": 2}') as JsonObject, 'a:\n  __proto__: 1\n  constructor: 2\n'],
    ['half a surrogate pair', 'x\ud800', 'a: x\ufffd\n'],
    ['the same object twice', [JSON.parse('{"b": 1}'), JSON.parse('{"b": 1}')] as JsonValue, 'a:\n  - b: 1\n  - b: 1\n'],
  ])('%s', (_name, a, expected) => {
    expect(emitYaml({ a })).toBe(expected)
  })

  it('separates documents', () => {
    expect(emitYaml({ a: 1 }, { b: '--- x' })).toBe('a: 1\n---\nb: --- x\n')
  })

  it('is read back as it was', () => {
    fc.assert(
      fc.property(fc.array(objects, { minLength: 1, maxLength: 3 }), (values) => {
        const { documents, diagnostics } = parseDocuments(emitYaml(...values), 'f.yaml')
        expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
        expect(documents.map(({ value }) => value)).toEqual(values)
      }),
      { numRuns: 1000 },
    )
  })
})
