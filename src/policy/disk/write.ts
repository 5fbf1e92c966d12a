import { accessSync, constants, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { mkdir, readdir, rm, rmdir, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { Comparison } from './compare.ts'
import type { PackFile } from '../pack/file.ts'

export interface WriteOptions {
  /** Removes files of ours that are no longer part of the pack. */
  readonly prune: boolean
  /** Aborted by SIGINT: until the first file is renamed into place nothing has changed, and the staging folder goes. */
  readonly signal?: AbortSignal
}

/** Begins the name of the folder where a run prepares its files; the process id behind it tells a dead run's folder. */
const STAGING = '.graphgate-'

/**
 * Writes the missing and changed files of a pack: all of them into a staging folder on the same disk first, and only when
 * that worked renames each into its place. So a full disk or an interrupt leaves the directory as it was, and no reader
 * ever sees half a file.
 * @throws the system's error if a file cannot be written, or the signal's reason; the staging folder is gone then.
 */
export async function writePack(dir: string, { missing, changed, extra }: Comparison, options: WriteOptions): Promise<void> {
  const files: readonly PackFile[] = [...missing, ...changed]
  const created = await mkdir(dir, { recursive: true })
  await removeDeadStaging(dir)
  try {
    if (files.length > 0) await replaceFiles(dir, files, options.signal)
    if (options.prune) await removeFiles(dir, extra.map(({ path }) => path))
  } catch (error) {
    if (created !== undefined) await removeEmptyFolders(created, dir)
    throw error
  }
}

async function replaceFiles(dir: string, files: readonly PackFile[], signal: AbortSignal | undefined): Promise<void> {
  const staging = join(dir, `${STAGING}${process.pid}`)
  await mkdir(staging)
  try {
    await stageFiles(staging, files, signal)
    await placeFiles(dir, staging, files)
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

/** Between so many files, an interrupt is heard. Each file is written synchronously: for small files that is thrice as fast. */
const FILES_AT_ONCE = 100

async function stageFiles(staging: string, files: readonly PackFile[], signal: AbortSignal | undefined): Promise<void> {
  for (const [index, { text }] of files.entries()) {
    if (index % FILES_AT_ONCE === 0) {
      await setImmediate()
      signal?.throwIfAborted()
    }
    writeFileSync(join(staging, String(index)), text)
  }
}

async function placeFiles(dir: string, staging: string, files: readonly PackFile[]): Promise<void> {
  const folders = new Set(files.map(({ path }) => dirname(join(dir, path))))
  const made: string[] = []
  try {
    for (const folder of folders) {
      const first = mkdirSync(folder, { recursive: true })
      if (first !== undefined) made.push(first)
      // Found now, a folder that refuses files stops the run before the first of them is in place.
      accessSync(folder, constants.W_OK)
    }
  } catch (error) {
    for (const folder of made) await rm(folder, { recursive: true, force: true })
    throw error
  }
  for (const [index, { path }] of files.entries()) renameSync(join(staging, String(index)), join(dir, path))
}

async function removeFiles(dir: string, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await unlink(join(dir, path))
    await removeEmptyFolders(dir, dirname(join(dir, path)))
  }
}

/** Removes `folder` and its parents up to `top` itself, as long as they are empty. */
async function removeEmptyFolders(top: string, folder: string): Promise<void> {
  let current = folder
  while (current.length >= top.length && current.startsWith(top)) {
    try {
      await rmdir(current)
    } catch {
      return
    }
    current = dirname(current)
  }
}

/** A run that was killed left its staging folder; nobody else writes there, so it can go. */
async function removeDeadStaging(dir: string): Promise<void> {
  for (const entry of await readdir(dir, { withFileTypes: true })) {
    const pid = Number(entry.name.startsWith(STAGING) ? entry.name.slice(STAGING.length) : Number.NaN)
    if (entry.isDirectory() && Number.isInteger(pid) && !isAlive(pid)) await rm(join(dir, entry.name), { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
