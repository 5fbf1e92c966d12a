import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { expandLists, parseDocuments, type JsonValue, type Path } from '../../src/input/index.ts'

const values = (text: string, file = 'f.yaml'): JsonValue[] => parseDocuments(text, file).documents.map(({ value }) => value)

describe('documents of a text', () => {
  it.each<[string, string, JsonValue[]]>([
    ['nothing', '', []],
    ['comments', '# a\n---\n# b\n', []],
    ['separators', '---\na: 1\n---\n---\nb: 2\n--- # c\nc: 3\n', [{ a: 1 }, { b: 2 }, { c: 3 }]],
    ['null documents', '~\n---\nnull\n---\na: 1\n', [{ a: 1 }]],
    ['CRLF', 'a: 1\r\n---\r\nb: |\r\n  x\r\n  y\r\n', [{ a: 1 }, { b: 'x\ny\n' }]],
    ['byte order marks', '\ufeffa: 1\n---\n\ufeffb: 2\n', [{ a: 1 }, { b: 2 }]],
    ['JSON', '{"a": "\\ud83d\\ude00\\/"}', [{ a: '😀/' }]],
    ['JSON values one after another', '{"a": 1}\n{"b": 2}{"c": 3}', [{ a: 1 }, { b: 2 }, { c: 3 }]],
    ['JSON and YAML', '{"a": "\\/"}\n---\nb: 2\n', [{ a: '/' }, { b: 2 }]],
    ['a flow map that is no JSON', '{a: 1}', [{ a: 1 }]],
    ['JSON with a comma too many, as kubectl reads it', '{"a": [1,],}', [{ a: [1] }]],
    ['quotes and brackets continued to the left', 'a:\n  b: "x\ny"\n  c: [\n1, "2\n3"\n]\nd: \'e\n\n f\'\n', [{ a: { b: 'x y', c: [1, '2 3'] }, d: 'e\nf' }]],
  ])('%s', (_name, text, expected) => {
    expect(values(text)).toEqual(expected)
    expect(parseDocuments(text, 'f.yaml').diagnostics).toEqual([])
  })

  it('counts documents that hold nothing', () => {
    expect(parseDocuments('a: 1\n---\n# nothing\n---\nb: 2\n', 'f').documents.map(({ index }) => index)).toEqual([0, 2])
  })

  it('keeps hostile keys as data', () => {
    for (const file of ['f.yaml', 'f.json']) {
      const [value] = values('{"__proto__": {"polluted": true}, "constructor": 1}', file)
      expect(JSON.stringify(value)).toBe('{"__proto__":{"polluted":true},"constructor":1}')
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    }
    const [merged] = values('a: &a {"__proto__": 1}\nb: {<<: *a}\n')
    expect(JSON.stringify(merged)).toBe('{"a":{"__proto__":1},"b":{"__proto__":1}}')
    expect('polluted' in {}).toBe(false)
  })
})

describe('a key that stands twice', () => {
  it.each([
    ['YAML', 'a: 1\nb: {c: 2, c: 3}\n', 2],
    ['JSON', '{"a": 1,\n "b": {"c": 2, "c" : 3}}', 2],
    ['JSON with strings that look like keys', '{"a": "\\"x\\": 1",\n "a": "y:"}', 2],
  ])('in %s is a warning, and the last one counts', (_name, text, line) => {
    const { documents, diagnostics } = parseDocuments(text, 'f')
    expect(diagnostics.map(({ code, position }) => [code, position?.line])).toEqual([['GG012', line]])
    expect(JSON.stringify(documents[0]?.value)).toMatch(/"c":3|"a":"y:"/)
  })

  it('is not what values that look like keys make', () => {
    expect(parseDocuments('{"a": "b\\": ", "c": ["d", ":"], "e:": {}}', 'f').diagnostics).toEqual([])
  })
})

describe('locate', () => {
  const text = `metadata:
  name: &n mesh
  labels: {a: b, "c": 'd'}
spec:
- one
- x: "two \${a} \\t \${b}"
  z: |
    first
      \${c}
base: &b {k: v, a: 1}
both: {<<: *b, a: 2}
ref: *n
`
  const [document] = parseDocuments(text, 'f.yaml').documents
  const at = (path: Path, target?: 'key' | 'value'): string => {
    const { line, column, endLine, endColumn } = document?.locate(path, target) ?? { line: 0, column: 0 }
    return `${line}:${column}-${endLine ?? ''}:${endColumn ?? ''}`
  }

  it.each<[Path, 'key' | 'value', string]>([
    [[], 'value', '1:1-12:8'],
    [['metadata', 'name'], 'value', '2:12-2:16'],
    [['metadata', 'name'], 'key', '2:3-2:7'],
    [['metadata', 'labels', 'c'], 'value', "3:23-3:26"],
    [['metadata', 'labels', 'c'], 'key', '3:18-3:21'],
    [['metadata', 'nope', 'deeper'], 'key', '1:1-1:9'],
    [['spec', 0], 'value', '5:3-5:6'],
    [['spec', 1, 'x'], 'key', '6:3-6:4'],
    [['spec', 7], 'key', '4:1-4:5'],
    [['both', 'k'], 'value', '10:14-10:15'],
    [['both', 'a'], 'value', '11:19-11:20'],
    [['ref'], 'value', '12:6-12:8'],
    [['ref', 'no'], 'value', '12:6-12:8'],
  ])('%j %s', (path, target, place) => {
    expect(at(path, target)).toBe(place)
  })

  it.each<[Path, string, string]>([
    [['spec', 1, 'x'], '${a}', '6:11-6:15'],
    [['spec', 1, 'x'], '${b}', '6:19-6:23'],
    [['spec', 1, 'z'], '${c}', '9:7-9:11'],
    [['metadata', 'name'], 'mesh', '2:12-2:16'],
  ])('a part of a string: %j %s', (path, part, place) => {
    const value = path.reduce<unknown>((inner, step) => (inner as Record<string, unknown>)[step], document?.value) as string
    const start = value.indexOf(part)
    const { line, column, endLine, endColumn } = document?.locateIn(path, start, start + part.length) ?? { line: 0, column: 0 }
    expect(`${line}:${column}-${endLine ?? ''}:${endColumn ?? ''}`).toBe(place)
  })

  it('works in text that had to be indented', () => {
    const [moved] = parseDocuments('a:\n  b: "one\ntwo ${x}"\n  c: [\nd, "${y}"\n]\ne: ${z}\n', 'f.yaml').documents
    expect(moved?.value).toEqual({ a: { b: 'one two ${x}', c: ['d', '${y}'] }, e: '${z}' })
    expect(moved?.locate(['a', 'b'])).toMatchObject({ line: 2, column: 6, endLine: 3, endColumn: 10 })
    expect(moved?.locate(['a', 'c', 1])).toMatchObject({ line: 5, column: 4, endLine: 5, endColumn: 10 })
    expect(moved?.locateIn(['e'], 2, 3)).toMatchObject({ line: 7, column: 6 })
  })

  it.each<[string, string, string]>([
    ['a literal block with an indentation of its own', 'a: |2-\n    x ${m}\n', '2:7-2:11'],
    ['a literal block after blank lines', 'a: |\n\n\n  x\n\n    ${m}\n', '6:5-6:9'],
    ['a literal block with CRLF', 'a: |\r\n  x\r\n  y ${m}\r\n', '3:5-3:9'],
    ['single quotes', "a: 'it''s ''${m}'''\n", '1:13-1:17'],
    ['escapes', 'a: "\\U0001F600\\x41\\n${m}"\n', '1:21-1:25'],
    ['folded text: all of it', 'a: >\n  x\n  ${m}\n', '1:4-3:7'],
    ['text on several lines: all of it', 'a: x\n  ${m}\nb: 1\n', '1:4-2:7'],
  ])('a part of a string in %s', (_name, source, place) => {
    const [part] = parseDocuments(source, 'f.yaml').documents
    const start = (part?.value as { a: string }).a.indexOf('${m}')
    const { line, column, endLine, endColumn } = part?.locateIn(['a'], start, start + 4) ?? { line: 0, column: 0 }
    expect(`${line}:${column}-${endLine ?? ''}:${endColumn ?? ''}`).toBe(place)
  })

  it('works in JSON as in YAML', () => {
    const [json] = parseDocuments('{"a": [1, {"b\\n": "x \\u00e9 ${y}"}]}', 'f.json').documents
    expect(json?.locate(['a', 1, 'b\n'], 'key')).toMatchObject({ line: 1, column: 12, endColumn: 17 })
    expect(json?.locateIn(['a', 1, 'b\n'], 4, 8)).toMatchObject({ column: 29, endColumn: 33 })
    expect(json?.locate(['a', 9])).toMatchObject({ column: 7 })
  })
})

describe('expandLists', () => {
  it('takes items out of lists of any kind, with their places', () => {
    const text = 'apiVersion: v1\nkind: List\nitems:\n- kind: A\n- apiVersion: v1\n  kind: ConfigMapList\n  items:\n  - kind: B\n  - null\n---\nkind: Checklist\nitems: 3\n'
    const members = expandLists(parseDocuments(text, 'f').documents)
    expect(members.map(({ value }) => value)).toEqual([{ kind: 'A' }, { kind: 'B' }, { kind: 'Checklist', items: 3 }])
    expect(members.map((member) => member.locate(['kind']).line)).toEqual([4, 8, 11])
  })
})

describe('any value, any text', () => {
  const layout = { indent: fc.integer({ min: 1, max: 6 }), lineWidth: fc.constantFrom(0, 20, 80), defaultKeyType: fc.constant('QUOTE_DOUBLE' as const) }
  const quoted = fc.constantFrom('QUOTE_DOUBLE' as const, 'QUOTE_SINGLE' as const)
  const anyString = fc.oneof(quoted, fc.constantFrom('PLAIN' as const, 'BLOCK_LITERAL' as const, 'BLOCK_FOLDED' as const))
  const styles = fc.oneof(
    fc.record({ collectionStyle: fc.constant('block' as const), defaultStringType: anyString, ...layout }),
    // Without quotes, the library writes {a: $?} and the like, which Kubernetes refuses.
    fc.record({ collectionStyle: fc.constant('flow' as const), defaultStringType: quoted, ...layout }),
  )
  // Of what JSON can hold, what YAML 1.1 text can hold too, without the escapes that differ.
  const json = fc.jsonValue({ maxDepth: 5 }).map((value) => JSON.parse(JSON.stringify(value)) as JsonValue)

  it('reads back what the yaml library writes, in every style', () => {
    fc.assert(
      fc.property(json, styles, (value, style) => {
        // It leaves the key << without quotes, which makes it a merge.
        fc.pre(!JSON.stringify(value).includes('"<<":'))
        // Its block scalars do not keep a blank at the beginning: Kubernetes reads " " as "".
        fc.pre(!style.defaultStringType.startsWith('BLOCK') || !/"(?: |\\[nrt])/.test(JSON.stringify(value)))
        const { documents, diagnostics } = parseDocuments(stringify({ value }, { version: '1.1', ...style }), 'f.yaml')
        expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
        expect(documents[0]?.value).toEqual({ value })
      }),
      { numRuns: 300 },
    )
  })

  it('reads JSON the same through either door', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(values(JSON.stringify({ value }), 'f.json')).toEqual([{ value }])
        expect(values(JSON.stringify({ value }, null, 2))).toEqual([{ value }])
      }),
    )
  })

  it('never throws, and points into the text', () => {
    const unit = fc.constantFrom('a', 'b: ', '- ', '? ', '\n', '  ', '\t', '{', '}', '[', ']', ',', ':', '&a ', '*a', '!!int ', '<<: ', '"', "'", '|\n', '>', '#', '%', '---', '...', '\\', '1', '\u0085', '\ufeff', 'é', '\u0000', '\ud800')
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 40 }), fc.constantFrom('f.yaml', 'f.json'), (text, file) => {
        const { documents, diagnostics } = parseDocuments(text, file)
        const lines = text.split('\n')
        for (const { position } of [...diagnostics, ...documents.map((document) => ({ position: document.locate(['a', 0, 'b'], 'key') }))]) {
          expect(position?.line).toBeLessThanOrEqual(lines.length)
          expect(position?.column).toBeLessThanOrEqual((lines[(position?.line ?? 1) - 1]?.length ?? 0) + 1)
        }
      }),
      { numRuns: 2000 },
    )
  })
})
