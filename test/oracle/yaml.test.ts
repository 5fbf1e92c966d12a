import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDocuments, type JsonValue } from '../../src/input/index.ts'
import { lacksTools, requireTool } from './tools.ts'

type Answer = { json: JsonValue } | { error: string }

/** What sigs.k8s.io/yaml makes of each text. */
function askKubernetes(texts: readonly string[]): Answer[] {
  const { stdout, stderr, status } = spawnSync(requireTool('kubeyaml'), { input: JSON.stringify(texts), encoding: 'utf8', maxBuffer: 2 ** 30 })
  if (status !== 0) throw new Error(stderr)
  return (JSON.parse(stdout) as ({ json?: JsonValue } | { error: string })[]).map((answer) => ('error' in answer ? answer : { json: answer.json ?? null }))
}

const refused = Symbol('refused')

/** Our reading, in the words of the comparison: one value, null for nothing, `refused` for an error. */
function readOurselves(text: string): JsonValue | typeof refused {
  const { documents, diagnostics } = parseDocuments(text, 'f.yaml')
  if (diagnostics.some(({ severity }) => severity === 'error')) return refused
  return documents[0]?.value ?? null
}

function readAsKubernetes(answer: Answer): JsonValue | typeof refused {
  return 'error' in answer ? refused : answer.json
}

/** Every trap is one document; the table says what it is about, Kubernetes says what it means. */
const TRAPS: Record<string, string> = {
  'words for booleans': 'a: [yes, no, on, off, y, n, Y, N, Yes, NO, On, OFF, true, False, TRUE, yEs, oN]',
  'booleans as keys': 'yes: 1\nno: 2\non: 3\ny: 4\n',
  'words for null': 'a: [~, null, Null, NULL, nULL, ]',
  'nothing as a value': 'a:\nb: ~\nc: ""\n',
  octal: 'a: [0644, 0o17, 0O17, 017, 08, 09.5, 00, 0, -0644]',
  'hexadecimal and binary': 'a: [0x1F, 0XfF, -0x1, 0x, 0b101, 0B1, -0b11, 0b2, 0xG]',
  underscores: 'a: [1_000, 1__0, _1, 1_, 0x_f, 1_0.5, "1_000"]',
  'underscores after a dot': 'a: [.5_1, .5__1, .5_, ._5, .5_1e3, .5e1_0, .5_e3, .5e_3]',
  'signs': 'a: [+1, -1, +0x1, +-1, -, +]',
  'base 60': 'a: [12:30:00, 1:30, 190:20:30.15, "1:30"]',
  dates: 'a: [2001-01-01, 2001-12-14t21:59:43.10-05:00, 2001-12-14 21:59:43.10, 2001-1-1]',
  'dates as keys': '2001-01-01: 1\n',
  floats: 'a: [1.5, .5, 1., -1.5e3, 1e3, 1E+3, 1e-3, .5e2, ., ..5, 1.2.3, e3, 1e400, 1e-400]',
  'float keys': '1.0: a\n1.5: b\n1e10: c\n0.00001: d\n123456789.0: e\n1e6: f\n.inf: g\n',
  'infinity': 'a: .inf',
  'not a number': 'a: .NaN',
  'large integers': 'a: [9223372036854775807, 9223372036854775808, 18446744073709551615, 18446744073709551616, -9223372036854775809]',
  'large integers as keys': '9223372036854775807: a\n',
  'too large an integer as a key': '18446744073709551615: a\n',
  'a large integer as a key, exact as a double': '8446744073709551616: a\n',
  'the first integer too large for a key, exact as a double': '9223372036854775808: a\n',
  'an unsigned integer as a float': 'a: !!float 9223372036854775808\n',
  'a null key': '~: a\n',
  'a list as a key': '? [a, b]\n: c\n',
  'a map as a key': '{a: b}: c\n',
  'integers as keys': '017: a\n0x10: b\n1: c\n',
  'duplicate keys': 'a: 1\nb: 2\na: 3\n',
  'duplicate keys in a flow map': '{a: 1, a: 2}',
  'a merge': 'a: &a {x: 1, y: 2}\nb:\n  <<: *a\n  y: 3\n',
  'a merge after the key it overrides': 'a: &a {x: 1}\nb:\n  x: 2\n  <<: *a\n',
  'a merge of several': 'a: &a {x: 1}\nb: &b {x: 2, y: 3}\nc:\n  <<: [*a, *b]\n',
  'a merge of a map in place': 'b:\n  <<: {x: 1}\n',
  'a merge of text': 'b:\n  <<: x\n',
  'a merge in quotes': 'b:\n  "<<": x\n',
  'a merge sign as a value': 'a: <<\n',
  'an alias': 'a: &a [1, 2]\nb: *a\nc: &a x\nd: *a\n',
  'an unknown alias': 'a: *b\n',
  'an alias within its anchor': 'a: &a [*a]\n',
  'an alias as a key': 'a: &a k\n*a : v\n',
  'an anchor with dots': 'a: &a.b c\n',
  'quoted strings continued to the left': 'a:\n  b: "one\n two\nthree"\n  c: \'four\n five\'\n',
  'quoted strings folded': 'a: "one\n  two\n\n  three \\\n  four\\n"\n',
  'plain text continued': 'a: one\n  two\n\n  three\nb: x\n',
  'plain text with signs': 'a: b#c\nd: e #f\ng: h:i\nj: -k\nl: ?m\nn: a,b\no: [a?b]\n',
  'a colon in plain text': 'a: b: c\n',
  'literal text': 'a: |\n  one\n    two\n\n  three\n\nb: |-\n  x\nc: |+\n  y\n\nd: |2\n    z\n',
  'folded text': 'a: >\n  one\n  two\n\n  three\n    four\n  five\nb: >-\n  x\n  y\n',
  'literal text with a tab': 'a: |\n\tx\n',
  'literal text without text': 'a: |\nb: 1\n',
  'escapes': 'a: "\\x41\\u00e9\\U0001F600\\0\\a\\b\\t\\n\\v\\f\\r\\e\\ \\"\\\\\\N\\_\\L\\P\\\'"\n',
  'an escaped slash': 'a: "\\/"\n',
  'a surrogate escape': 'a: "\\ud83d\\ude00"\n',
  'an unknown escape': 'a: "\\d"\n',
  'single quotes': "a: 'it''s \\n'\n",
  'tabs between tokens': 'a:\tb\nc: [1,\t2]\n',
  'tabs for indentation': 'a:\n\tb: 1\n',
  'a tab after a dash': 'a:\n-\tb\n',
  'carriage returns': 'a: 1\r\nb: |\r\n  x\r\n  y\r\nc: "d\r\n  e"\r\n',
  'other line breaks': 'a: "x\u0085y\u2028z"\n',
  'a byte order mark': '\ufeffa: 1\n',
  'a byte order mark within': 'a: \ufeffb\n',
  'comments': '# a\na: 1 # b\n# c\nb: # d\n  - 1\n',
  'only a comment': '# nothing\n',
  'only blanks': '  \n\n',
  'lists at the level of their key': 'a:\n- 1\n- b: 2\n  c: 3\n-\n- - 4\n  - 5\n',
  'a list beside its key': 'a: - b\n',
  'wrong indentation': 'a:\n  b: 1\n c: 2\n',
  'flow collections': 'a: [1, [2, 3], {b: c, d: , e}]\nf: {"g":1, h: i,}\n',
  'pairs in flow lists': 'a: [b: c, ? d : e, f]\n',
  'flow collections over lines': 'a: [1,\n2,\n  3]\nb: {\nc: 4\n}\n',
  'an unclosed bracket': 'a: [1, 2\n',
  'an unclosed quote': 'a: "b\n',
  'a comma too many': 'a: [1,, 2]\n',
  'complex keys': '? a\n: b\n? c\n',
  'reserved signs': 'a: @b\n',
  'a percent sign': 'a: %b\n',
  'tags': 'a: !!str 1\nb: !!int "3"\nc: !!float 3\nd: !!bool "yes"\ne: !!null ""\nf: !custom x\ng: ! 12\nh: !<tag:yaml.org,2002:str> 5\n',
  'a tag that does not fit': 'a: !!int x\n',
  'timestamp tags': 'a: !!timestamp 2001-01-01\n',
  'a timestamp tag that does not fit': 'a: !!timestamp soon\n',
  'binary tags': 'a: !!binary aGVsbG8=\n',
  'a broken binary tag': 'a: !!binary "a b"\n',
  'tags of collections': 'a: !!set {b, c}\nd: !!omap [e: f]\ng: !!map {h: i}\n',
  'an unknown tag handle': 'a: !x!y z\n',
  'text after a value': '"a" b\n',
  'text after a flow map': '{a: 1} b\n',
  'the end of a document': 'a: 1\n...\nb: 2\n',
  'a key too long': `${'k'.repeat(1025)}: v\n`,
  'a key almost too long': `${'k'.repeat(1023)}: v\n`,
  'a key on two lines': '"a\n b": c\n',
  'a question mark in a flow map': '{a?: b, ?c: d}\n',
  'a hostile key': '__proto__: {a: 1}\nconstructor: {prototype: 2}\n',
  'characters outside the first plane': '"😀": 😀\n',
  'a shell script': 'run: |\n  #!/bin/sh\n  if [ "$a" = "b" ]; then\n  \techo "x: y" # no comment\n  fi\n',
  'a Go template': 'a: {{ .Values.x }}\n',
  'a quoted Go template': 'a: "{{ .Values.x }}"\n',
  'an alias bomb': ['a: &a [x,x,x,x,x,x,x,x,x,x]', ...'bcdefg'.split('').map((name, i) => `${name}: &${name} [${Array<string>(10).fill(`*${'abcdef'[i] ?? ''}`).join(',')}]`)].join('\n'),
}

/** The same order of keys, and no negative zero, on both sides. */
function normalize(value: JsonValue | typeof refused): string {
  if (value === refused) return 'refused'
  return JSON.stringify(value, (_key, inner: JsonValue) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  )
}

describe.skipIf(lacksTools('kubeyaml'))('YAML as sigs.k8s.io/yaml reads it', () => {
  const names = Object.keys(TRAPS)

  it('every trap', () => {
    const answers = askKubernetes(Object.values(TRAPS))
    const kubernetes = Object.fromEntries(names.map((name, i) => [name, normalize(readAsKubernetes(answers[i] ?? { error: 'no answer' }))]))
    const ours = Object.fromEntries(names.map((name) => [name, normalize(readOurselves(TRAPS[name] ?? ''))]))
    expect(names.length).toBeGreaterThanOrEqual(40)
    expect(ours).toEqual(kubernetes)
  })

  it('random text made of the pieces of YAML, and real documents with random edits', () => {
    const pieces = [
      ...'a|b|yes|0644|0o17|1_000|12:30|2001-01-01|~|.inf|1.5|.5_1|9223372036854775808|"q"|\'s\'|"a\n  b"|- |? |: |:|, |,|[|]|{|}|\n|\n  |\n    |\n- | |  |\t|#|# c|&a |*a|*a |<<: *a|<<|!!str |!!int |!foo |! |@|%|`|-|"|\'|\\n|é|😀|key: |a: b\n|- a\n|\r\n|\u0085|\u2028|!!binary aGk=|"\\x41"|?|-0|1e400'.split('|'),
      '|\n', '|-\n  ', '>\n  ', '|2\n', '...\n', '%YAML 1.1\n',
    ] // prettier-ignore
    const soup = fc.array(fc.constantFrom(...pieces), { maxLength: 14 }).map((parts) => parts.join(''))
    const base = fc.constantFrom(
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n  labels: {a: "b", c: d}\nspec:\n  list:\n  - a\n  - b: c\n    d: |\n      text\n        more\n\n  - "quoted\n    text"\n  f: >-\n    folded\n    text\n',
      'a: &x {b: 1}\nc:\n  <<: *x\n  d: *x\n',
      '? a\n: b\n? c\n: - d\n',
    )
    const edits = fc.array(fc.record({ at: fc.nat(200), remove: fc.nat(3), insert: fc.constantFrom('', ...pieces) }), { minLength: 1, maxLength: 4 })
    const edited = fc.tuple(base, edits).map(([text, changes]) => changes.reduce<string>((now, { at, remove, insert }) => now.slice(0, at) + insert + now.slice(at + remove), text))
    // kubectl divides streams before it parses them, kubeyaml does not; both doors of JSON are tested elsewhere.
    const usable = fc.oneof(soup, edited).filter((text) => !/\p{Cs}/u.test(text) && !/^---/m.test(text) && !/^\s*\{/.test(text))
    const seed = Number(process.env['GRAPHGATE_SEED'] ?? Date.now() % 2 ** 31)
    const texts = fc.sample(usable, { numRuns: process.env['GRAPHGATE_DEEP'] === '1' ? 200_000 : 20_000, seed })
    const answers = askKubernetes(texts)
    const different = texts.flatMap((text, i) => {
      const theirs = normalize(readAsKubernetes(answers[i] ?? { error: 'no answer' }))
      const ours = normalize(readOurselves(text))
      return ours === theirs ? [] : [{ text, ours, theirs }]
    })
    expect(different.slice(0, 5), `seed ${seed}`).toEqual([])
  })
})
