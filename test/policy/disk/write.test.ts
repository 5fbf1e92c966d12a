import { lstat, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { comparePack } from '../../../src/policy/disk/compare.ts'
import { readDisk } from '../../../src/policy/disk/read.ts'
import { emitYamlFile } from '../../../src/policy/pack/emit.ts'
import { writePack } from '../../../src/policy/disk/write.ts'

const file = (path: string, value: string) => ({ path, text: emitYamlFile({ value }) })
const PACK = [file('README.md', 'readme'), file('graphs/g/a.yaml', 'a'), file('templates/t.yaml', 't')]

let dir = ''
beforeEach(async () => {
  dir = join(await mkdtemp(join(tmpdir(), 'graphgate-write-')), 'out')
})
afterEach(async () => {
  await rm(join(dir, '..'), { recursive: true })
})

async function generate(files = PACK, prune = false, signal?: AbortSignal): Promise<void> {
  await writePack(dir, comparePack(dir, files, readDisk(dir) ?? new Map()), { prune, ...(signal && { signal }) })
}

async function list(): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(dir.length + 1))
    .sort()
}

describe('writePack', () => {
  it('writes a pack into a folder that does not exist yet, and nothing else', async () => {
    await generate()
    expect(await list()).toEqual(['README.md', 'graphs/g/a.yaml', 'templates/t.yaml'])
    expect(await readFile(join(dir, 'graphs/g/a.yaml'), 'utf8')).toBe(emitYamlFile({ value: 'a' }))
  })

  it('does not touch what is the same', async () => {
    await generate()
    const before = await lstat(join(dir, 'README.md'))
    await generate([PACK[0] ?? file('', ''), file('graphs/g/a.yaml', 'changed')])
    expect((await lstat(join(dir, 'README.md'))).ino).toBe(before.ino)
    expect(await readFile(join(dir, 'graphs/g/a.yaml'), 'utf8')).toBe(emitYamlFile({ value: 'changed' }))
  })

  it('prunes files of ours and the folders that they leave empty, and keeps what is not ours', async () => {
    await generate()
    await writeFile(join(dir, 'templates/mine.yaml'), 'mine: true\n')
    await generate([file('README.md', 'readme')], true)
    expect(await list()).toEqual(['README.md', 'templates/mine.yaml'])
    expect(await readdir(dir)).not.toContain('graphs')
  })

  it('keeps extra files without prune', async () => {
    await generate()
    await generate([file('README.md', 'readme')])
    expect(await list()).toEqual(['README.md', 'graphs/g/a.yaml', 'templates/t.yaml'])
  })

  it('leaves no trace when interrupted before the first file is in place', async () => {
    const interrupted = new AbortController()
    interrupted.abort()
    await expect(generate(PACK, false, interrupted.signal)).rejects.toThrow('aborted')
    await expect(lstat(dir)).rejects.toThrow('ENOENT')
  })

  it('leaves the old pack whole when a new file cannot be prepared', async () => {
    await generate()
    // A staging folder that is somebody's file: the run cannot prepare anything.
    await writeFile(join(dir, `.graphgate-${process.pid}`), 'in the way')
    await expect(generate([file('README.md', 'new')])).rejects.toThrow('EEXIST')
    expect(await readFile(join(dir, 'README.md'), 'utf8')).toBe(emitYamlFile({ value: 'readme' }))
    expect(await readFile(join(dir, `.graphgate-${process.pid}`), 'utf8')).toBe('in the way')
  })

  it('removes the staging folder of a run that was killed, and no other', async () => {
    await mkdir(join(dir, '.graphgate-999999999'), { recursive: true })
    await writeFile(join(dir, '.graphgate-999999999', '0'), 'half a fi')
    await mkdir(join(dir, `.graphgate-${process.ppid}`))
    await mkdir(join(dir, '.graphgate-notes'))
    await generate()
    expect((await readdir(dir)).sort()).toEqual([`.graphgate-${process.ppid}`, '.graphgate-notes', 'README.md', 'graphs', 'templates'])
  })
})

describe('readDisk', () => {
  it('is undefined for a folder that does not exist', () => {
    expect(readDisk(dir)).toBeUndefined()
  })

  it('reads only what a pack owns, reports links and does not follow them', async () => {
    await generate()
    await mkdir(join(dir, 'src'))
    await writeFile(join(dir, 'src/secret.yaml'), 'x')
    await writeFile(join(dir, 'templates/mine.yaml'), 'mine: true\n')
    await symlink('/', join(dir, 'tests'))
    const disk = readDisk(dir)
    expect(Object.fromEntries(disk ?? [])).toEqual({
      'README.md': { type: 'file', text: emitYamlFile({ value: 'readme' }) },
      graphs: { type: 'folder' },
      'graphs/g': { type: 'folder' },
      'graphs/g/a.yaml': { type: 'file', text: emitYamlFile({ value: 'a' }) },
      templates: { type: 'folder' },
      'templates/mine.yaml': { type: 'file', text: '' },
      'templates/t.yaml': { type: 'file', text: emitYamlFile({ value: 't' }) },
      tests: { type: 'link' },
    })
  })
})
