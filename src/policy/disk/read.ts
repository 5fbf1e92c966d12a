import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { isUtf8 } from 'node:buffer'
import { join } from 'node:path'
import type { DiskEntry } from './compare.ts'
import { GENERATED_MARK } from '../pack/emit.ts'

/** The names that a pack owns at its top; nothing else in the output directory is read or touched. */
const TOP = ['README.md', 'kustomization.yaml', 'templates', 'graphs', 'cluster', 'tests']

/**
 * Reads what stands in an output directory under the names that a pack owns. Links are reported, never followed.
 * Synchronously: a pack is thousands of small files, which that reads several times as fast.
 * @returns undefined if the directory does not exist.
 * @throws the system's error (EACCES, ENOTDIR, …) if it cannot be read.
 */
export function readDisk(dir: string): Map<string, DiskEntry> | undefined {
  let names: string[]
  try {
    names = readdirSync(dir)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  const entries = new Map<string, DiskEntry>()
  const owned = new Set(TOP.map((name) => name.toLowerCase()))
  for (const name of names) {
    if (owned.has(name.toLowerCase())) readEntry(dir, name, entries)
  }
  return entries
}

function readEntry(dir: string, path: string, entries: Map<string, DiskEntry>): void {
  const stat = lstatSync(join(dir, path))
  if (stat.isSymbolicLink()) entries.set(path, { type: 'link' })
  else if (stat.isFile()) entries.set(path, { type: 'file', text: readMarked(join(dir, path), stat.size) })
  else if (!stat.isDirectory()) entries.set(path, { type: 'other' })
  else {
    entries.set(path, { type: 'folder' })
    for (const name of readdirSync(join(dir, path))) readEntry(dir, `${path}/${name}`, entries)
  }
}

/** No file of ours is larger; what is larger is foreign, and its size is reason enough not to read it. */
const MOST_BYTES = 64 * 1024 * 1024

function readMarked(file: string, size: number): string {
  if (size > MOST_BYTES) return ''
  const bytes = readFileSync(file)
  // Git may check files out with other line ends, which change nothing that a pack says.
  const text = (isUtf8(bytes) ? bytes.toString('utf8') : bytes.toString('latin1')).replaceAll('\r\n', '\n')
  // Foreign text is never compared, so it need not be kept.
  return text.slice(0, GENERATED_MARK.length + 16).includes(GENERATED_MARK) ? text : ''
}
