import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDocuments, type JsonValue } from '../../src/input/index.ts'
import { emitYaml } from '../../src/policy/pack/emit.ts'
import { objects } from '../policy/arbitrary-objects.ts'
import { manifests, writeManifest } from './random-manifests.ts'
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
  'signs': 'a: [+1, -1, +0x1, +-1, +]\nb: -\n',
  'base 60': 'a: [12:30:00, 1:30, 190:20:30.15, "1:30"]',
  dates: 'a: [2001-01-01, 2001-12-14t21:59:43.10-05:00, 2001-12-14 21:59:43.10, 2001-1-1]',
  'dates as keys': '2001-01-01: 1\n',
  floats: 'a: [1.5, .5, 1., -1.5e3, 1e3, 1E+3, 1e-3, .5e2, ., ..5, 1.2.3, e3, 1e400, 1e-400]',
  'float keys': '1.0: a\n1.5: b\n0.25: c\n-1e3: d\n99999.5: e\n',
  'infinity': 'a: .inf',
  'not a number': 'a: .NaN',
  'large integers': 'a: [9223372036854775807, 9223372036854775808, 18446744073709551615, 18446744073709551616, -9223372036854775809]',
  'large integers as keys': '9223372036854775807: a\n',
  'too large an integer as a key': '18446744073709551615: a\n',
  'a large integer as a key, exact as a double': '8446744073709551616: a\n',
  'the first integer too large for a key, exact as a double': '9223372036854775808: a\n',
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
  'brackets continued to the left': 'a:\n  b: [\n1, "2\n3",\n  ]\n  c: {\nd: 4,\ne: \'5\n6\'}\n',
  'quoted strings in lists continued to the left': 'a:\n  - b: "one\n\n  two \\\n three"\n  - c: 1\n',
  'quoted strings folded': 'a: "one\n  two\n\n  three \\\n  four\\n"\n',
  'plain text continued': 'a: one\n  two\n\n  three\nb: x\n',
  'plain text with signs': 'a: b#c\nd: e #f\ng: h:i\nj: -k\nl: ?m\nn: a,b\n',
  'a colon in plain text': 'a: b: c\n',
  'literal text': 'a: |\n  one\n    two\n\n  three\n\nb: |-\n  x\nc: |+\n  y\n\nd: |2\n    z\n',
  'folded text': 'a: >\n  one\n  two\n\n  three\n    four\n  five\nb: >-\n  x\n  y\n',
  'literal text with a tab': 'a: |\n\tx\n',
  'literal text at the end of a file without a line break': 'a:\n- |\n  x',
  'folded text at the end of a file without a line break': 'a:\n  b: >\n    x\n    y',
  'literal text at the end, kept': 'a: |+\n  x\n\n',
  'literal text at the end, stripped': 'a: |-\n  x',
  'literal text without text': 'a: |\nb: 1\n',
  'escapes': 'a: "\\x41\\u00e9\\U0001F600\\0\\a\\b\\t\\n\\v\\f\\r\\e\\ \\"\\\\\\N\\_\\L\\P"\n',
  'an unknown escape': 'a: "\\d"\n',
  'single quotes': "a: 'it''s \\n'\n",
  'tabs between tokens': 'a:\tb\nc: [1,\t2]\n',
  'tabs for indentation': 'a:\n\tb: 1\n',
  'carriage returns': 'a: 1\r\nb: |\r\n  x\r\n  y\r\nc: "d\r\n  e"\r\n',
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
  'the end of a document': 'a: 1\n...\nb: 2\n',
  'a key too long': `${'k'.repeat(1025)}: v\n`,
  'a key almost too long': `${'k'.repeat(1023)}: v\n`,
  'a key on two lines': '"a\n b": c\n',
  'a hostile key': '__proto__: {a: 1}\nconstructor: {prototype: 2}\n',
  'characters outside the first plane': '"😀": 😀\n',
  'a shell script': 'run: |\n  #!/bin/sh\n  if [ "$a" = "b" ]; then\n  \techo "x: y" # no comment\n  fi\n',
  'a Go template': 'a: {{ .Values.x }}\n',
  'a quoted Go template': 'a: "{{ .Values.x }}"\n',
  'an alias bomb': ['a: &a [x,x,x,x,x,x,x,x,x,x]', ...'bcdefg'.split('').map((name, i) => `${name}: &${name} [${Array<string>(10).fill(`*${'abcdef'[i] ?? ''}`).join(',')}]`)].join('\n'),
}

/**
 * Where the `yaml` library reads exotic text otherwise; docs/differences.md has the same list. Ours is an error, or what
 * the text plainly says where Kubernetes refuses it; but for the last.
 */
const DIFFERENCES: { text: string; kubernetes: JsonValue | typeof refused; ours: JsonValue | typeof refused }[] = [
  { text: '"a" b\n', kubernetes: 'a', ours: refused },
  { text: '{a: 1} b\n', kubernetes: { a: 1 }, ours: refused },
  { text: 'a: [1, -]\n', kubernetes: { a: [1, '-'] }, ours: refused },
  { text: 'a: {b:, c: d}\n', kubernetes: { a: { 'b:': null, c: 'd' } }, ours: refused },
  { text: 'a: {?b: c}\n', kubernetes: { a: { b: 'c' } }, ours: refused },
  { text: 'a: [b?c]\n', kubernetes: refused, ours: { a: ['b?c'] } },
  { text: '1e10: a\n', kubernetes: { '1e+10': 'a' }, ours: refused },
  { text: '.inf: a\n', kubernetes: { '.inf': 'a' }, ours: refused },
  { text: 'a: "\\\'"\n', kubernetes: { a: "'" }, ours: refused },
  { text: 'a: "\\/"\n', kubernetes: refused, ours: { a: '/' } },
  { text: 'a: "\\ud83d\\ude00"\n', kubernetes: refused, ours: { a: '😀' } },
  { text: 'a: "x\u0085y\u2028z"\n', kubernetes: { a: 'x y\u2028z' }, ours: refused },
  { text: 'a: x\rb: y\r', kubernetes: { a: 'x', b: true }, ours: refused },
  { text: 'a:\n-\tb\n', kubernetes: refused, ours: { a: ['b'] } },
  { text: 'a: !!float 9223372036854775808\n', kubernetes: refused, ours: { a: 9223372036854775808 } },
  { text: 'a: !!timestamp 2001-12-14t21:59:43.10-05:00\n', kubernetes: { a: '2001-12-14t21:59:43.10-05:00' }, ours: refused },
  { text: 'a: |2\n    \nb: 1\n', kubernetes: { a: '  \n', b: 1 }, ours: { a: '', b: 1 } },
]

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

  it('well-formed manifests in random styles', () => {
    const seed = Number(process.env['GRAPHGATE_SEED'] ?? Date.now() % 2 ** 31)
    const cases = fc.sample(fc.tuple(manifests, fc.nat()), { numRuns: process.env['GRAPHGATE_DEEP'] === '1' ? 50_000 : 3000, seed })
    const texts = cases.map(([manifest, style]) => writeManifest(manifest, style))
    const answers = askKubernetes(texts)
    const different = texts.flatMap((text, i) => {
      const theirs = normalize(readAsKubernetes(answers[i] ?? { error: 'no answer' }))
      const ours = normalize(readOurselves(text))
      // A file cut off within a block loses its last line break.
      const meant = text.endsWith('\n') ? normalize(cases[i]?.[0] ?? null) : theirs
      return ours === theirs && ours === meant && ours !== 'refused' ? [] : [{ text, ours, theirs, meant }]
    })
    expect(different.slice(0, 3), `seed ${seed}`).toEqual([])
  })

  it('differs where docs/differences.md says so', () => {
    const answers = askKubernetes(DIFFERENCES.map(({ text }) => text))
    const found = DIFFERENCES.map(({ text }, i) => ({ text, kubernetes: readAsKubernetes(answers[i] ?? { error: 'no answer' }), ours: readOurselves(text) }))
    expect(found).toEqual(DIFFERENCES)
  })

  it('what graphgate writes', () => {
    const seed = Number(process.env['GRAPHGATE_SEED'] ?? Date.now() % 2 ** 31)
    const written = fc.sample(objects, { numRuns: 500, seed })
    const answers = askKubernetes(written.map((object) => emitYaml(object)))
    const different = written.filter((object, i) => normalize(readAsKubernetes(answers[i] ?? { error: 'no answer' })) !== normalize(object))
    expect(different.slice(0, 3), `seed ${seed}`).toEqual([])
  })
})
