import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { quote, renderFrame, renderGithub, renderText, sortDiagnostics, summarizeDiagnostics, type Diagnostic, type Position } from '../../src/diagnostic/index.ts'

const at = (line: number, column: number, more: Partial<Position> = {}): Position => ({ file: 'graphs/mesh.yaml', line, column, ...more })
const frame = (text: string, position: Position): string => renderFrame((line) => text.split('\n')[line - 1], position)
const problem = (parts: Partial<Diagnostic> = {}): Diagnostic => ({ code: 'GG104', severity: 'error', message: 'unknown field "chldren"', hint: 'did you mean "children"?', ...parts })

const SOURCE = 'apiVersion: v1\nkind: ConfigMap\nspec:\n  chldren: []\nlast: 1'

describe('renderText', () => {
  it.each<{ name: string; diagnostics: Diagnostic[]; text: string }>([
    { name: 'nothing', diagnostics: [], text: '' },
    {
      name: 'an error with its source',
      diagnostics: [problem({ position: at(4, 3), frame: frame(SOURCE, at(4, 3, { endLine: 4, endColumn: 10 })) })],
      text: `error[GG104] graphs/mesh.yaml:4:3: unknown field "chldren"
    2 | kind: ConfigMap
    3 | spec:
    4 |   chldren: []
      |   ^^^^^^^
  = fix: did you mean "children"?
`,
    },
    {
      name: 'several, one without a place',
      diagnostics: [problem({ severity: 'warning', position: at(1, 1) }), problem({ code: 'GG100', message: 'no graph', hint: '' })],
      text: 'warning[GG104] graphs/mesh.yaml:1:1: unknown field "chldren"\n  = fix: did you mean "children"?\n\nerror[GG100]: no graph\n',
    },
    {
      name: 'control characters in file names and messages',
      diagnostics: [problem({ message: 'a\u001b[2Jb\rc\nerror[GG999]: forged', hint: '\u202etxet', position: { file: 'x\u0007.yaml', line: 1, column: 1 } })],
      text: 'error[GG104] x\\u0007.yaml:1:1: a\\u001b[2Jb\\rc\n         error[GG999]: forged\n  = fix: \\u202etxet\n',
    },
  ])('$name', ({ diagnostics, text }) => {
    expect(renderText(diagnostics, { color: false })).toBe(text)
  })

  it('colours severity, caret and fix', () => {
    const position = at(1, 1)
    expect(renderText([problem({ position, frame: frame('a: b', position) })], { color: true })).toBe(
      '\u001b[1m\u001b[31merror[GG104]\u001b[39m\u001b[22m graphs/mesh.yaml:1:1: unknown field "chldren"\n    1 | a: b\n\u001b[31m      | ^\u001b[39m\n  = \u001b[1mfix\u001b[22m: did you mean "children"?\n',
    )
  })
})

describe('renderFrame', () => {
  it.each<{ name: string; source: string; position: Position; text: string }>([
    { name: 'the first line', source: 'a: b', position: at(1, 4), text: '    1 | a: b\n      |    ^' },
    { name: 'one past the end of a line', source: 'a:\n', position: at(1, 3), text: '    1 | a:\n      |   ^' },
    { name: 'a range over several lines ends with the first', source: 'ab: c\nd: e', position: at(1, 1, { endLine: 2, endColumn: 2 }), text: '    1 | ab: c\n      | ^^^^^' },
    { name: 'tabs and controls keep their columns', source: 'a\tb\u0000c\u0085d', position: at(1, 7), text: '    1 | a→b␀c�d\n      |       ^' },
    { name: 'line numbers of six digits', source: `${'\n'.repeat(123_455)}x`, position: at(123_456, 1), text: ' 123454 |\n 123455 |\n 123456 | x\n        | ^' },
    { name: 'a line that is not there', source: 'a', position: at(7, 1), text: '' },
    {
      name: 'a long line, cut on both sides',
      source: `${'a'.repeat(500)}HERE${'b'.repeat(500)}`,
      position: at(1, 501, { endLine: 1, endColumn: 505 }),
      text: `    1 | …${'a'.repeat(40)}HERE${'b'.repeat(56)}…\n      | ${' '.repeat(41)}^^^^`,
    },
    { name: 'a long line, cut behind', source: 'x'.repeat(200), position: at(1, 1, { endLine: 1, endColumn: 201 }), text: `    1 | ${'x'.repeat(100)}…\n      | ${'^'.repeat(101)}` },
  ])('$name', ({ source, position, text }) => {
    expect(frame(source, position)).toBe(text)
  })
})

describe('renderGithub', () => {
  it.each<{ name: string; diagnostic: Diagnostic; text: string }>([
    {
      name: 'a range',
      diagnostic: problem({ position: at(4, 3, { endLine: 4, endColumn: 10 }) }),
      text: '::error file=graphs/mesh.yaml,line=4,endLine=4,col=3,endColumn=10,title=GG104::unknown field "chldren"%0Afix: did you mean "children"?\n',
    },
    { name: 'no place, no hint', diagnostic: problem({ severity: 'warning', hint: '' }), text: '::warning title=GG104::unknown field "chldren"\n' },
    {
      name: 'everything that must be escaped',
      diagnostic: problem({ message: '100%\r\n::error::x', hint: '', position: { file: 'a,b:c%.yaml', line: 1, column: 2 } }),
      text: '::error file=a%2Cb%3Ac%25.yaml,line=1,endLine=1,col=2,title=GG104::100%25\\r%0A::error::x\n',
    },
  ])('$name', ({ diagnostic, text }) => {
    expect(renderGithub([diagnostic])).toBe(text)
  })
})

describe('order and summary', () => {
  it('sorts by file, line, column, code and message, says nothing twice, and puts what has no place last', () => {
    const sorted = [
      problem({ position: { file: 'A.yaml', line: 9, column: 9 } }),
      problem({ position: { file: 'a.yaml', line: 2, column: 9 } }),
      problem({ position: { file: 'a.yaml', line: 10, column: 1 } }),
      problem({ position: { file: 'a.yaml', line: 10, column: 2 }, message: 'a' }),
      problem({ position: { file: 'a.yaml', line: 10, column: 2 }, message: 'b' }),
      problem({ code: 'GG100' }),
      problem({ code: 'GG200' }),
    ]
    fc.assert(
      fc.property(fc.shuffledSubarray([...sorted, ...sorted], { minLength: sorted.length * 2 }), (shuffled) => {
        expect(sortDiagnostics(shuffled)).toEqual(sorted)
      }),
    )
  })

  it.each<[Diagnostic[], string]>([
    [[], 'no problems found'],
    [[problem()], '1 error'],
    [[problem({ severity: 'warning', position: at(1, 1) }), problem({ severity: 'warning', position: at(2, 1) })], '2 warnings in 1 file'],
    [[problem({ position: at(1, 1) }), problem({ severity: 'warning', position: { file: 'b', line: 1, column: 1 } })], '1 error and 1 warning in 2 files'],
  ])('summary %#', (diagnostics, text) => {
    expect(summarizeDiagnostics(diagnostics)).toBe(text)
  })
})

describe('quote', () => {
  it.each([
    ['plain', '"plain"'],
    ['say "hi" \\ \n', '"say \\"hi\\" \\\\ \\n"'],
    ['\ud800', '"\\ud800"'],
    ['x'.repeat(100), `"${'x'.repeat(40)}…${'x'.repeat(39)}"`],
  ])('%j', (name, text) => {
    expect(quote(name)).toBe(text)
  })

  it('never lets a control character through, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const rendered = renderText([problem({ message: quote(text), hint: text, position: { file: text, line: 1, column: 1 }, frame: frame(text, at(1, 1)) })], { color: false })
        expect(rendered.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
      }),
    )
  })
})
