import { lstat, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { claimDirectory } from '../../../src/policy/disk/claim.ts'
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

async function contents(): Promise<Record<string, string>> {
  const entries = (await list()).map(async (path) => [path, await readFile(join(dir, path), 'utf8')] as const)
  return Object.fromEntries(await Promise.all(entries))
}

/** As the owner file of a run on this machine has it. */
function hostOf(folder: string): string {
  const probe = join(folder, '..', 'probe')
  mkdirSync(probe)
  const { host } = JSON.parse(readFileSync(join(claimDirectory(probe), 'owner.json'), 'utf8')) as { host: string }
  rmSync(probe, { recursive: true })
  return host
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

  it('leaves the directory to the run that has claimed it, whoever that is', async () => {
    await generate()
    await mkdir(join(dir, '.graphgate'))
    await writeFile(join(dir, '.graphgate/notes.txt'), 'precious')
    const owners = ['', JSON.stringify({ pid: process.ppid, host: hostOf(dir) }), JSON.stringify({ pid: 999_999_999, host: 'elsewhere' })]
    for (const owner of owners) {
      await writeFile(join(dir, '.graphgate/owner.json'), owner)
      await expect(generate([file('README.md', 'new')])).rejects.toThrow('is in use')
      expect(await readFile(join(dir, 'README.md'), 'utf8')).toBe(emitYamlFile({ value: 'readme' }))
      expect(await readFile(join(dir, '.graphgate/notes.txt'), 'utf8')).toBe('precious')
    }
  })

  it('takes over from a run that was killed on this machine', async () => {
    await mkdir(join(dir, '.graphgate'), { recursive: true })
    await writeFile(join(dir, '.graphgate/0'), 'half a fi')
    await writeFile(join(dir, '.graphgate/owner.json'), JSON.stringify({ pid: 999_999_999, host: hostOf(dir) }))
    await generate()
    expect(await readdir(dir)).toEqual(['README.md', 'graphs', 'templates'])
  })

  it('undoes everything when a file cannot be placed', async () => {
    await generate()
    const before = await contents()
    // It came into being after the comparison: a folder, which no file can replace.
    const comparison = comparePack(dir, [file('README.md', 'new'), file('a-new/file.yaml', 'n'), file('graphs/z.yaml', 'z')], readDisk(dir) ?? new Map())
    await mkdir(join(dir, 'graphs/z.yaml/inside'), { recursive: true })
    await expect(writePack(dir, comparison, { prune: true })).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/)
    await rm(join(dir, 'graphs/z.yaml'), { recursive: true })
    expect(await contents()).toEqual(before)
    expect(await readdir(dir)).toEqual(['README.md', 'graphs', 'templates'])
  })

  it('undoes everything when a file cannot be pruned', async () => {
    await generate()
    const comparison = comparePack(dir, [file('README.md', 'new')], readDisk(dir) ?? new Map())
    await rm(join(dir, 'templates/t.yaml'))
    await expect(writePack(dir, comparison, { prune: true })).rejects.toThrow('ENOENT')
    expect(await contents()).toEqual({ 'README.md': emitYamlFile({ value: 'readme' }), 'graphs/g/a.yaml': emitYamlFile({ value: 'a' }) })
  })

  it('removes the folders that pruning leaves empty, in the working directory too', async () => {
    await generate()
    const cwd = process.cwd()
    try {
      process.chdir(dir)
      await writePack('.', comparePack('.', [file('README.md', 'readme')], readDisk('.') ?? new Map()), { prune: true })
    } finally {
      process.chdir(cwd)
    }
    expect(await readdir(dir)).toEqual(['README.md'])
  })
})

describe('readDisk', () => {
  it('takes other line ends and byte order marks for what they are: ours all the same', async () => {
    await generate()
    const crlf = emitYamlFile({ value: 't' }).replaceAll('\n', '\r\n')
    await writeFile(join(dir, 'templates/t.yaml'), crlf)
    await writeFile(join(dir, 'README.md'), `\ufeff${emitYamlFile({ value: 'readme' })}`)
    await writeFile(join(dir, 'graphs/g/a.yaml'), Buffer.concat([Buffer.from(emitYamlFile({ value: 'a' })), Buffer.from([0xff])]))
    const { missing, changed, conflicts } = comparePack(dir, PACK, readDisk(dir) ?? new Map())
    expect({ missing, changed: changed.map(({ path }) => path), conflicts }).toEqual({ missing: [], changed: ['README.md', 'graphs/g/a.yaml'], conflicts: [] })
  })

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
