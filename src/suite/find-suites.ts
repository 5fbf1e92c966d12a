import { readdirSync, statSync, type Dirent } from 'node:fs'
import { extname, join, relative, resolve } from 'node:path'
import { quote, type Diagnostic } from '../diagnostic/index.ts'
import type { FileCache } from './file-cache.ts'
import { mayHoldSuite } from './suite-text.ts'

/** A file that may hold a suite. */
export interface SuiteCandidate {
  /** As the user would write it. */
  readonly file: string
  readonly path: string
  /** Named by the user, so that it must be a suite. */
  readonly named: boolean
}

export interface FoundSuites {
  /** In order of their paths, each once. */
  readonly candidates: readonly SuiteCandidate[]
  /** Absolute paths of the directories that were searched with everything below them. */
  readonly roots: readonly string[]
  /** Paths that could not be searched, or not to the end. */
  readonly failures: readonly { readonly path: string; readonly diagnostic: Diagnostic }[]
}

const EXTENSIONS: readonly string[] = ['.yaml', '.yml']

/**
 * Finds the files of suites, as `gator verify` does: a file, a directory without what is below it, or `DIR/...` with it.
 * Links to directories are not followed.
 */
export function findSuites(paths: readonly string[], cwd: string, cache: FileCache): FoundSuites {
  const candidates = new Map<string, SuiteCandidate>()
  const roots: string[] = []
  const failures: FoundSuites['failures'][number][] = []
  for (const given of paths) {
    const recursive = given === '...' || given.endsWith('/...')
    const name = recursive ? given.slice(0, -3) : given
    const path = resolve(cwd, name)
    const fail = (at: string, error: unknown) => failures.push({ path: at, diagnostic: describeBadPath(at, error) })
    const show = (found: string) => join(name === '' ? '.' : name, relative(path, found))
    try {
      if (!statSync(path).isDirectory()) {
        addNamed(candidates, { file: given, path, named: true }, recursive)
        continue
      }
      if (recursive) roots.push(path)
      for (const found of listFiles(path, recursive, (folder, error) => fail(folder === path ? given : show(folder), error))) {
        if (!candidates.has(found) && mayHoldSuite(cache.readText(found))) candidates.set(found, { file: show(found), path: found, named: false })
      }
    } catch (error) {
      fail(given, error)
    }
  }
  const ordered = [...candidates.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
  return { candidates: ordered, roots, failures }
}

class BadPath extends Error {}

function addNamed(candidates: Map<string, SuiteCandidate>, candidate: SuiteCandidate, recursive: boolean): void {
  if (recursive) throw new BadPath('only a directory can be searched with "..."')
  if (!EXTENSIONS.includes(extname(candidate.path))) throw new BadPath('a suite is a *.yaml or *.yml file')
  candidates.set(candidate.path, candidate)
}

/** @param fail takes directories that cannot be read; the others are searched all the same */
function* listFiles(folder: string, recursive: boolean, fail: (folder: string, error: unknown) => void): Generator<string> {
  for (const entry of readFolder(folder, fail)) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) {
      if (recursive) yield* listFiles(path, true, fail)
    } else if (EXTENSIONS.includes(extname(entry.name)) && (entry.isFile() || mayBeFile(path))) yield path
  }
}

function readFolder(folder: string, fail: (folder: string, error: unknown) => void): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    fail(folder, error)
    return []
  }
}

/**
 * Links count as what they lead to; a link that leads nowhere is no file. One that cannot be followed may be one: reading
 * it says what is wrong.
 */
function mayBeFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() === true
  } catch {
    return true
  }
}

function describeBadPath(given: string, error: unknown): Diagnostic {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const reason = error instanceof BadPath ? error.message : code === 'ENOENT' ? 'it does not exist' : `it cannot be read: ${code}`
  return {
    code: 'GG402',
    severity: 'error',
    message: `no suites at ${quote(given)}: ${reason}`,
    hint: 'name a suite, a directory, or DIR/... for everything below it',
  }
}
