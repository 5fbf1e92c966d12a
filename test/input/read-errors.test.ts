import { describe, expect, it } from 'vitest'
import { renderText } from '../../src/diagnostic/index.ts'
import { INPUT_CODES, parseDocuments } from '../../src/input/index.ts'

const bomb = ['a: &a [x,x,x,x,x,x,x,x,x,x]', ...'bcdefghi'.split('').map((name, i) => `${name}: &${name} [${Array<string>(10).fill(`*${'abcdefgh'[i] ?? ''}`).join(',')}]`)].join('\n')

/** What a person sees for each mistake, whole. */
const CASES: { name: string; file?: string; text: string; output: string }[] = [
  {
    name: 'a colon in a value that is not quoted',
    text: 'kind: A\nmessage: try this: that\n',
    output: `error[GG010] f.yaml:2:10: a map begins where only one value can stand
    1 | kind: A
    2 | message: try this: that
      |          ^
  = fix: quote the value if its colon is text; otherwise begin the map on a line of its own, with one indentation for all its keys
`,
  },
  {
    name: 'a tab for indentation',
    text: 'a:\n\tb: 1\n',
    output: `error[GG010] f.yaml:2:1: a tab used for indentation
    1 | a:
    2 | →b: 1
      | ^
  = fix: indent with spaces
`,
  },
  {
    name: 'wrong indentation',
    text: 'a:\n  b: 1\n c: 2\n',
    output: `error[GG010] f.yaml:3:2: wrong indentation
    1 | a:
    2 |   b: 1
    3 |  c: 2
      |  ^
  = fix: align the line with its siblings; a value over several lines stands deeper than its key
`,
  },
  {
    name: 'a string that is never closed',
    text: 'a: "b\nc: d\n',
    output: `error[GG010] f.yaml:1:4: a quoted string is never closed
    1 | a: "b
      |    ^
  = fix: add the closing quote
`,
  },
  {
    name: 'a bracket that is never closed',
    text: 'a: [b, c\n',
    output: `error[GG010] f.yaml:1:4: a bracket or a brace is never closed
    1 | a: [b, c
      |    ^
  = fix: add what is missing; quote values with special characters
`,
  },
  {
    name: 'a template expression without quotes',
    text: 'name: {{ .Values.name }}\n',
    output: `error[GG015] f.yaml:1:8: a map or a list cannot be a key
    1 | name: {{ .Values.name }}
      |        ^^^^^^^^^^^^^^^^
  = fix: quote the key to make it a string
`,
  },
  {
    name: 'a value that begins with a reserved character',
    text: 'a: @b\n',
    output: `error[GG010] f.yaml:1:4: plain value cannot start with reserved character @
    1 | a: @b
      |    ^
  = fix: put the value in quotes
`,
  },
  {
    name: 'an unknown escape',
    text: 'a: "\\d+"\n',
    output: `error[GG010] f.yaml:1:5: an unknown escape in a quoted string
    1 | a: "\\d+"
      |     ^
  = fix: write \\\\ for a backslash, or use single quotes
`,
  },
  {
    name: 'a key without a colon',
    text: 'a: 1\nb\nc: 2\n',
    output: `error[GG010] f.yaml:2:1: a key without a colon
    1 | a: 1
    2 | b
      | ^
  = fix: write "key: value"; a value that spans lines must be indented deeper than its key
`,
  },
  {
    name: 'an unknown anchor',
    text: 'a: *nope\n',
    output: `error[GG017] f.yaml:1:4: unknown anchor "nope"
    1 | a: *nope
      |    ^^^^^
  = fix: define it with &nope before, in the same document; quote the value if it is text
`,
  },
  {
    name: 'an anchor within itself',
    text: 'a: &x [*x]\n',
    output: `error[GG017] f.yaml:1:8: anchor "x" contains itself
    1 | a: &x [*x]
      |        ^^
  = fix: an alias cannot stand within what it refers to
`,
  },
  {
    name: 'an alias bomb',
    text: bomb,
    output: `error[GG013] f.yaml:4:14: the document grows out of proportion through its aliases
    2 | b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]
    3 | c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]
    4 | d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]
      |              ^^
  = fix: write the repeated parts out, or nest aliases less
`,
  },
  {
    name: 'infinity',
    text: 'a: .inf\n',
    output: `error[GG015] f.yaml:1:4: ".inf" is no number that JSON can hold
    1 | a: .inf
      |    ^^^^
  = fix: use a number, or quote the value to make it a string
`,
  },
  {
    name: 'a null key',
    text: '~: 1\n',
    output: `error[GG015] f.yaml:1:1: null cannot be a key
    1 | ~: 1
      | ^
  = fix: quote the key to make it a string
`,
  },
  {
    name: 'a tag that does not fit',
    text: 'a: !!int x\n',
    output: `error[GG016] f.yaml:1:10: the value is not what its tag !!int says
    1 | a: !!int x
      |          ^
  = fix: remove the tag, or correct the value
`,
  },
  {
    name: 'a duplicate key is a warning',
    text: 'a: 1\nb: 2\na: 3\n',
    output: `warning[GG012] f.yaml:3:1: key "a" stands twice in this map; Kubernetes keeps the last
    1 | a: 1
    2 | b: 2
    3 | a: 3
      | ^
  = fix: remove one of the two
`,
  },
  {
    name: 'a large integer is a warning',
    text: 'a: 9007199254740993\n',
    output: `warning[GG019] f.yaml:1:4: "9007199254740993" is read as 9007199254740992
    1 | a: 9007199254740993
      |    ^^^^^^^^^^^^^^^^
  = fix: quote the value if it is an identifier
`,
  },
  {
    name: 'text after a separator',
    text: 'a: 1\n--- {b: 2}\n',
    output: `error[GG018] f.yaml:2:1: text after "---" on the same line
    1 | a: 1
    2 | --- {b: 2}
      | ^^^^^^^^^^
  = fix: begin the document on the next line: Kubernetes tools refuse this
`,
  },
  {
    name: 'text after the end of a document',
    text: 'a: 1\n...\nb: 2\n',
    output: `warning[GG018] f.yaml:3:1: Kubernetes ignores everything from here to the next "---"
    1 | a: 1
    2 | ...
    3 | b: 2
      | ^
  = fix: put "---" on a line of its own before it, or remove it
`,
  },
  {
    name: 'a NUL byte',
    text: 'a: 1\nb: \u0000\n',
    output: `error[GG007] f.yaml:2:4: "f.yaml" is not text: it holds the character U+0000
    1 | a: 1
    2 | b: ␀
      |    ^
  = fix: remove the character, or leave the file out
`,
  },
  {
    name: 'half a surrogate pair',
    text: 'a: \ud83d\n',
    output: `error[GG007] f.yaml:1:4: "f.yaml" is not text: it holds the character U+D83D
    1 | a: �
      |    ^
  = fix: remove the character, or leave the file out
`,
  },
  {
    name: 'broken JSON',
    file: 'f.json',
    text: '{\n  "a": 1,\n  "b" 2\n}\n',
    output: `error[GG010] f.json:3:7: missing , or : between flow map items
    1 | {
    2 |   "a": 1,
    3 |   "b" 2
      |       ^
  = fix: correct the line; quote values with special characters
`,
  },
  {
    name: 'JSON that is cut off',
    file: 'f.json',
    text: '{"a": [1, {"b": 2',
    output: `error[GG010] f.json:1:11: a bracket or a brace is never closed
    1 | {"a": [1, {"b": 2
      |           ^
  = fix: add what is missing; quote values with special characters
`,
  },
  {
    name: 'a mistake after lines that had to be indented',
    text: 'a:\n  b: "one\ntwo"\nc: [\nd, e\n]\nf: @\n',
    output: `error[GG010] f.yaml:7:4: plain value cannot start with reserved character @
    5 | d, e
    6 | ]
    7 | f: @
      |    ^
  = fix: put the value in quotes
`,
  },
  {
    name: 'a line break of YAML 1.1 alone',
    text: 'a: x\u2028y\n',
    output: `error[GG010] f.yaml:1:5: the character U+2028 is a line break in YAML 1.1, and in few other places
    1 | a: x�y
      |     ^
  = fix: remove it; in a value, write it as an escape within double quotes
`,
  },
  {
    name: 'a float as a key',
    text: '1e10: x\n',
    output: `error[GG015] f.yaml:1:1: "1e10" cannot be a key
    1 | 1e10: x
      | ^^^^
  = fix: quote the key to make it a string
`,
  },
  {
    name: 'a merge of text',
    text: 'a:\n  <<: x\n',
    output: `error[GG010] f.yaml:2:7: a merge key needs a map, or a list of maps
    1 | a:
    2 |   <<: x
      |       ^
  = fix: refer to a map: "<<: *name"
`,
  },
  {
    name: 'JSON with a number beyond all bounds',
    file: 'f.json',
    text: '{"a": [1, 1e400]}',
    output: `error[GG015] f.json:1:11: a number that is too large
    1 | {"a": [1, 1e400]}
      |           ^^^^^
  = fix: use a smaller one, or quote it to make it a string
`,
  },
  {
    name: 'every document of a file is checked',
    text: 'a: *x\n---\nb: 1\n---\nc: @\n',
    output: `error[GG017] f.yaml:1:4: unknown anchor "x"
    1 | a: *x
      |    ^^
  = fix: define it with &x before, in the same document; quote the value if it is text

error[GG010] f.yaml:5:4: plain value cannot start with reserved character @
    3 | b: 1
    4 | ---
    5 | c: @
      |    ^
  = fix: put the value in quotes
`,
  },
]

describe('mistakes in a file', () => {
  it.each(CASES)('$name', ({ file, text, output }) => {
    const { diagnostics } = parseDocuments(text, file ?? 'f.yaml')
    expect(renderText(diagnostics, { color: false })).toBe(output)
    for (const { code } of diagnostics) expect(Object.keys(INPUT_CODES)).toContain(code)
  })

  it('lets aliases repeat much, and stops them before it is too much', () => {
    const text = (aliases: number) => `a: &a [${'x, '.repeat(100)}]\nb: [${'*a, '.repeat(aliases)}]\n`
    expect(parseDocuments(text(90), 'f').diagnostics).toEqual([])
    const wide = (aliases: number) => `a: &a [${'x, '.repeat(10_000)}]\nb: [${'*a, '.repeat(aliases)}]\n`
    expect(parseDocuments(wide(42), 'f').diagnostics.map(({ code }) => code)).toEqual(['GG013'])
  })

  it.each<[string, string, string]>([
    ['brackets', 'f.yaml', '['.repeat(10_000)],
    ['maps', 'f.yaml', Array.from({ length: 1000 }, (_, level) => `${' '.repeat(level)}a:`).join('\n')],
    ['lists', 'f.yaml', `${'- '.repeat(1000)}a`],
    ['aliases', 'f.yaml', Array.from({ length: 300 }, (_, i) => `a${i}: &a${i} ${i === 0 ? '1' : `[[*a${i - 1}]]`}`).join('\n')],
    ['JSON', 'f.json', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
  ])('refuses to go too deep: %s', (_name, file, text) => {
    const { documents, diagnostics } = parseDocuments(text, file)
    expect(documents).toEqual([])
    expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([['GG014', 'nested more than 500 levels deep']])
  })
})
