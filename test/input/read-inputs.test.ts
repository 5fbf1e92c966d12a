import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readInputs, type InputOptions } from '../../src/input/index.ts'

let cwd = ''
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'graphgate-input-'))
})
afterEach(() => {
  rmSync(cwd, { recursive: true })
})

function write(files: Record<string, string | Uint8Array>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true })
    writeFileSync(join(cwd, name), content)
  }
}

async function read(patterns: string[], options: InputOptions = {}): Promise<{ documents: string[]; diagnostics: string[]; files: number }> {
  const { documents, diagnostics, files } = await readInputs(patterns, { cwd, ...options })
  return {
    documents: documents.map(({ file, value }) => `${file} ${JSON.stringify(value)}`),
    diagnostics: diagnostics.map(({ code, message }) => `${code} ${message}`),
    files,
  }
}

describe('what patterns mean', () => {
  beforeEach(() => {
    write({
      'g/b.yaml': 'id: b',
      'g/a.yml': 'id: a',
      'g/sub/c.json': '{"id": "c"}',
      'g/README.md': '# no',
      'g/.hidden/d.yaml': 'id: d',
      'g/.e.yaml': 'id: e',
      'g/node_modules/f.yaml': 'id: f',
      'other.txt': 'id: txt',
    })
  })

  it.each<{ name: string; patterns: string[]; documents: string[] }>([
    { name: 'a directory', patterns: ['g'], documents: ['g/a.yml {"id":"a"}', 'g/b.yaml {"id":"b"}', 'g/sub/c.json {"id":"c"}'] },
    { name: 'a file of any extension', patterns: ['other.txt'], documents: ['other.txt {"id":"txt"}'] },
    { name: 'a hidden directory, named', patterns: ['g/.hidden'], documents: ['g/.hidden/d.yaml {"id":"d"}'] },
    { name: 'a glob', patterns: ['g/**/*.{yaml,json}'], documents: ['g/b.yaml {"id":"b"}', 'g/sub/c.json {"id":"c"}'] },
    { name: 'a glob that finds directories and other files', patterns: ['g/*'], documents: ['g/a.yml {"id":"a"}', 'g/b.yaml {"id":"b"}', 'g/sub/c.json {"id":"c"}'] },
    { name: 'the same files by many names', patterns: ['./g/b.yaml', 'g', 'g/*.yaml', 'g/../g/b.yaml'], documents: ['g/a.yml {"id":"a"}', 'g/b.yaml {"id":"b"}', 'g/sub/c.json {"id":"c"}'] },
    { name: 'another order', patterns: ['other.txt', 'g/sub', 'g/a.yml'], documents: ['g/a.yml {"id":"a"}', 'g/sub/c.json {"id":"c"}', 'other.txt {"id":"txt"}'] },
  ])('$name', async ({ patterns, documents }) => {
    expect(await read(patterns)).toEqual({ documents, diagnostics: [], files: documents.length })
    expect((await read([...patterns].reverse())).documents).toEqual(documents)
  })

  it('reads standard input beside files', async () => {
    const stdin = Readable.from(['id: ', Buffer.from('in\n')])
    expect(await read(['g/b.yaml', '-'], { stdin })).toEqual({ documents: ['<stdin> {"id":"in"}', 'g/b.yaml {"id":"b"}'], diagnostics: [], files: 2 })
  })

  it('takes a file whose name looks like a glob as a file', async () => {
    write({ 'a[1].yaml': 'id: odd', 'a1.yaml': 'id: one' })
    expect((await read(['a[1].yaml'])).documents).toEqual(['a[1].yaml {"id":"odd"}'])
  })

  it('follows links, once and never in circles', async () => {
    symlinkSync('..', join(cwd, 'g/sub/up'))
    symlinkSync('b.yaml', join(cwd, 'g/link.yaml'))
    expect((await read(['g'])).documents).toEqual(['g/a.yml {"id":"a"}', 'g/b.yaml {"id":"b"}', 'g/sub/c.json {"id":"c"}'])
  })
})

describe('what cannot be read', () => {
  it.each<{ name: string; prepare?: () => void; patterns: string[]; diagnostics: string[] }>([
    { name: 'a missing file', patterns: ['nope.yaml'], diagnostics: ['GG001 no such file or directory: "nope.yaml"'] },
    { name: 'a file in a file', prepare: () => { write({ f: 'a: 1' }) }, patterns: ['f/x.yaml'], diagnostics: ['GG001 no such file or directory: "f/x.yaml"'] },
    { name: 'a broken link', prepare: () => { symlinkSync('nowhere', join(cwd, 'l.yaml')) }, patterns: ['l.yaml'], diagnostics: ['GG003 symbolic link "l.yaml" leads to a file that does not exist'] },
    { name: 'a broken link in a directory', prepare: () => { write({ 'd/a.yaml': '' }); symlinkSync('nowhere', join(cwd, 'd/l.yaml')) }, patterns: ['d'], diagnostics: ['GG003 symbolic link "d/l.yaml" leads to a file that does not exist'] },
    { name: 'a link to itself', prepare: () => { symlinkSync('l.yaml', join(cwd, 'l.yaml')) }, patterns: ['l.yaml'], diagnostics: ['GG003 symbolic link "l.yaml" leads back to itself'] },
    { name: 'a glob without a match', patterns: ['g/*.yaml'], diagnostics: ['GG004 no YAML or JSON file matches "g/*.yaml"'] },
    { name: 'a directory without YAML', prepare: () => { write({ 'd/a.txt': '' }) }, patterns: ['d'], diagnostics: ['GG005 no *.yaml, *.yml or *.json file in "d"'] },
    { name: 'a file of 50 MB', prepare: () => { write({ 'big.yaml': '' }); truncateSync(join(cwd, 'big.yaml'), 50_000_000) }, patterns: ['big.yaml'], diagnostics: ['GG006 "big.yaml" is larger than 16 MiB'] },
    { name: 'binary', prepare: () => { write({ 'b.yaml': new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0xff]) }) }, patterns: ['b.yaml'], diagnostics: ['GG007 "b.yaml" is not text: it is not valid UTF-8'] },
    { name: 'a name with control characters', patterns: ['a\u001b[2J\n.yaml'], diagnostics: ['GG001 no such file or directory: "a\\u001b[2J\\n.yaml"'] },
    { name: 'a name with a NUL byte', patterns: ['a\u0000b'], diagnostics: ['GG001 no such file or directory: "a\\u0000b"'] },
    { name: 'several at once', prepare: () => { write({ 'a.yaml': 'x: @', 'ok.yaml': 'a: 1' }) }, patterns: ['nope', 'a.yaml', 'ok.yaml'], diagnostics: ['GG001 no such file or directory: "nope"', 'GG010 plain value cannot start with reserved character @'] },
  ])('$name', async ({ prepare, patterns, diagnostics }) => {
    prepare?.()
    expect((await read(patterns)).diagnostics).toEqual(diagnostics)
  })

  it('a file that is gone when its turn comes', async () => {
    write({ 'gone.yaml': 'a: 1' })
    // Standard input comes first, by its name.
    const stdin = Readable.from(function* removeFile() {
      rmSync(join(cwd, 'gone.yaml'))
      yield 'b: 2'
    }())
    expect(await read(['-', 'gone.yaml'], { stdin })).toEqual({ documents: ['<stdin> {"b":2}'], diagnostics: ['GG002 cannot read "gone.yaml": ENOENT'], files: 1 })
  })

  it('stops reading standard input at the limit', async () => {
    const stdin = Readable.from(function* endless() {
      for (;;) yield Buffer.alloc(1024, 'a')
    }())
    expect(await read(['-'], { stdin, maxFileBytes: 10_000 })).toEqual({ documents: [], diagnostics: ['GG006 "<stdin>" is larger than 10000 bytes'], files: 0 })
  })

  it('reports a stream that fails', async () => {
    const stdin = new Readable({ read() { this.destroy(Object.assign(new Error('gone'), { code: 'EIO' })) } })
    expect((await read(['-'], { stdin })).diagnostics).toEqual(['GG002 cannot read "<stdin>": EIO'])
  })

  it('reads UTF-16 with a byte order mark, as Windows shells write it', async () => {
    write({ 'w.yaml': Buffer.from('\ufeffa: é\r\n', 'utf16le') })
    expect((await read(['w.yaml'])).documents).toEqual(['w.yaml {"a":"é"}'])
  })
})

describe('what is no manifest, or far too much of one', () => {
  it('leaves out a pipe that lies in a directory, which nobody will ever write to', async () => {
    write({ 'g/a.yaml': 'id: a' })
    execFileSync('mkfifo', [join(cwd, 'g/b.yaml')])
    expect(await read(['g'])).toEqual({ documents: ['g/a.yaml {"id":"a"}'], diagnostics: [], files: 1 })
  })

  it('reports a pattern that cannot be matched', async () => {
    const { diagnostics } = await read([`${'+(a|'.repeat(5000)}*`])
    expect(diagnostics).toHaveLength(1)
    expect(diagnostics[0]).toMatch(/^GG00[14] /)
  })

  it('says how many more problems a document has than anyone reads', async () => {
    write({ 'many.yaml': 'a: 1\n'.repeat(130_000) })
    const { documents, diagnostics } = await read(['many.yaml'])
    expect(documents).toEqual(['many.yaml {"a":1}'])
    expect(diagnostics).toHaveLength(100)
    expect(diagnostics[99]).toMatch(/ \(and 129899 more in this document\)$/)
  })
})
