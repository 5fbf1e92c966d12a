import { accessSync, constants, mkdirSync, renameSync, rmdirSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { PackFile } from '../pack/file.ts'
import { claimDirectory } from './claim.ts'
import type { Comparison } from './compare.ts'
import { HalfWritten } from './failure.ts'

export interface WriteOptions {
  /** Removes files of ours that are no longer part of the pack. */
  readonly prune: boolean
  /** Aborted by a signal: until the first file is put into place nothing has changed, and no trace is left. */
  readonly signal?: AbortSignal
}

/** Files are written synchronously, thrice as fast as through promises; between so many of them a signal is heard. */
const FILES_AT_ONCE = 100

/**
 * Writes the missing and changed files of a pack, and prunes. All files are written into a staging folder on the same disk
 * first, and only when that worked each is renamed into its place; if that fails midway, what was done is undone. So a full
 * disk, a missing permission or an interrupt leaves the directory as it was, and no reader ever sees half a file.
 * @throws DirectoryClaimed, HalfWritten, the system's error, or the signal's reason.
 */
export async function writePack(dir: string, { missing, changed, extra }: Comparison, { prune, signal }: WriteOptions): Promise<void> {
  const files: readonly PackFile[] = [...missing, ...changed]
  const pruned = prune ? extra : []
  if (files.length + pruned.length === 0) return
  const top = resolve(dir)
  const created = mkdirSync(top, { recursive: true })
  const undo: (() => void)[] = created === undefined ? [] : [() => { removeEmptyFolders(dirname(created), top) }]
  try {
    const staging = claimDirectory(top)
    undo.push(() => { rmSync(staging, { recursive: true, force: true }) })
    await stageFiles(staging, files, signal)
    makeFolders(top, [...files, ...pruned], undo)
    for (const [index, { path }] of missing.entries()) {
      renameSync(join(staging, String(index)), join(top, path))
      undo.push(() => { unlinkSync(join(top, path)) })
    }
    for (const [index, { path, before }] of changed.entries()) {
      renameSync(join(staging, String(missing.length + index)), join(top, path))
      undo.push(() => { restore(staging, join(top, path), before) })
    }
    for (const [index, { path }] of pruned.entries()) {
      renameSync(join(top, path), join(staging, `pruned-${index}`))
      undo.push(() => { renameSync(join(staging, `pruned-${index}`), join(top, path)) })
    }
    rmSync(staging, { recursive: true })
  } catch (error) {
    undoAll(undo, error)
    throw error
  }
  for (const { path } of pruned) removeEmptyFolders(top, dirname(join(top, path)))
}

function undoAll(undo: (() => void)[], cause: unknown): void {
  for (const step of undo.reverse()) {
    try {
      step()
    } catch (error) {
      throw new HalfWritten(`${String(cause)}; ${String(error)}`)
    }
  }
}

async function stageFiles(staging: string, files: readonly PackFile[], signal: AbortSignal | undefined): Promise<void> {
  for (const [index, { text }] of files.entries()) {
    if (index % FILES_AT_ONCE === 0) {
      await setImmediate()
      signal?.throwIfAborted()
    }
    writeFileSync(join(staging, String(index)), text)
  }
}

function makeFolders(top: string, files: readonly { readonly path: string }[], undo: (() => void)[]): void {
  for (const folder of new Set(files.map(({ path }) => dirname(join(top, path))))) {
    const first = mkdirSync(folder, { recursive: true })
    if (first !== undefined) undo.push(() => { removeEmptyFolders(dirname(first), folder) })
    // Found now, a folder that refuses files stops the run before the first of them is in place.
    accessSync(folder, constants.W_OK)
  }
}

function restore(staging: string, file: string, text: string): void {
  const copy = join(staging, 'restored')
  writeFileSync(copy, text)
  renameSync(copy, file)
}

/** Removes `folder` and the folders above it, up to but without `top`, as long as they are empty. */
function removeEmptyFolders(top: string, folder: string): void {
  for (let current = folder; isBelow(top, current); current = dirname(current)) {
    try {
      rmdirSync(current)
    } catch {
      return
    }
  }
}

function isBelow(top: string, folder: string): boolean {
  const way = relative(top, folder)
  return way !== '' && !way.startsWith('..')
}
