import type { Diagnostic } from '../../diagnostic/index.ts'
import type { PackFile } from '../pack/file.ts'
import { isGenerated } from '../pack/emit.ts'

/** What stands in an output directory: by path below it, with forward slashes. */
export type DiskEntry = { readonly type: 'file'; readonly text: string } | { readonly type: 'folder' | 'link' | 'other' }

export interface Comparison {
  readonly missing: readonly PackFile[]
  readonly changed: readonly (PackFile & { readonly before: string })[]
  /** Ours, from an earlier run, and no longer part of the pack. */
  readonly extra: readonly { readonly path: string; readonly text: string }[]
  /** Why the pack cannot be written: foreign files and links in the way. */
  readonly conflicts: readonly Diagnostic[]
}

/**
 * Compares a pack with what is on disk. Pure. A file is ours if it begins with the generated-by line; any other is never
 * overwritten and never extra.
 */
export function comparePack(dir: string, files: readonly PackFile[], disk: ReadonlyMap<string, DiskEntry>): Comparison {
  const missing: PackFile[] = []
  const changed: (PackFile & { before: string })[] = []
  const conflicts: Diagnostic[] = []
  const wanted = new Map(files.map((file) => [file.path, file]))
  const folders = new Set(files.flatMap(({ path }) => parentFolders(path)))

  for (const [path, entry] of disk) {
    if (entry.type === 'link' && (wanted.has(path) || folders.has(path))) {
      conflicts.push(conflict('GG212', dir, path, 'is a symbolic link, and graphgate writes through none'))
    } else if (entry.type !== 'folder' && folders.has(path)) {
      conflicts.push(conflict('GG211', dir, path, 'is a file where the pack needs a folder'))
    }
  }
  // On a disk that ignores case, `Readme.md` and `README.md` are one file.
  const spellings = new Map([...disk.keys()].map((path) => [path.toLowerCase(), path]))
  for (const file of files) {
    const spelling = spellings.get(file.path.toLowerCase())
    const entry = disk.get(file.path)
    if (entry === undefined) {
      if (spelling === undefined) missing.push(file)
      else conflicts.push(conflict('GG211', dir, spelling, `differs only in case from ${file.path}, which the pack needs`))
    } else if (entry.type === 'file') {
      if (entry.text === file.text) continue
      if (isGenerated(entry.text)) changed.push({ ...file, before: entry.text })
      else conflicts.push(conflict('GG211', dir, file.path, 'was not written by graphgate, so it is not overwritten'))
    } else if (entry.type !== 'link') {
      conflicts.push(conflict('GG211', dir, file.path, 'is not a plain file'))
    }
  }
  const extra = [...disk]
    .flatMap(([path, entry]) => (entry.type === 'file' && !wanted.has(path) && isGenerated(entry.text) ? [{ path, text: entry.text }] : []))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
  return { missing, changed, extra, conflicts }
}

/** True if the disk holds the pack, the whole pack and nothing of ours but the pack. */
export function isFresh({ missing, changed, extra, conflicts }: Comparison): boolean {
  return missing.length + changed.length + extra.length + conflicts.length === 0
}

function parentFolders(path: string): string[] {
  const parts = path.split('/').slice(0, -1)
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'))
}

function conflict(code: string, dir: string, path: string, what: string): Diagnostic {
  return {
    code,
    severity: 'error',
    message: `${dir}/${path} ${what}`,
    hint: 'move it away, or choose another output directory; nothing was written',
  }
}
