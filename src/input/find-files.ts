import { lstatSync, readdirSync, realpathSync, statSync, type Stats } from 'node:fs'
import { join, normalize, resolve } from 'node:path'
import { quote, type Diagnostic } from '../diagnostic/index.ts'
import { inputError, systemReason } from './problem.ts'

const EXTENSIONS = /\.(?:ya?ml|json)$/

/** A file to read: `name` is for people, `path` for the system. */
export interface FoundFile {
  name: string
  path: string
  stats: Stats
}

/**
 * The files that patterns mean: each a file (whatever its extension), a directory (searched for YAML and JSON, below it
 * too; hidden entries and node_modules are left out) or a glob. Sorted by name; a file reached twice is listed once,
 * under its first name. What cannot be found is reported, never skipped.
 */
export async function findFiles(
  patterns: readonly string[],
  cwd: string,
): Promise<{ files: FoundFile[]; diagnostics: Diagnostic[] }> {
  const search: Search = { cwd, files: [], diagnostics: [], visited: new Set() }
  for (const pattern of patterns) {
    if (entryExists(cwd, pattern)) addEntry(search, normalize(pattern), 'named')
    else await addGlob(search, pattern)
  }
  return { files: dropRepeated(search.files), diagnostics: search.diagnostics }
}

interface Search {
  cwd: string
  files: FoundFile[]
  diagnostics: Diagnostic[]
  /** Real paths of directories seen, so that links cannot lead in circles. */
  visited: Set<string>
}

/** A broken link exists, and so does what may not be looked at; a name that no file can have does not. */
function entryExists(cwd: string, name: string): boolean {
  try {
    return lstatSync(resolve(cwd, name), { throwIfNoEntry: false }) !== undefined
  } catch (error) {
    return !['ENOTDIR', 'ENAMETOOLONG', 'ERR_INVALID_ARG_VALUE'].includes(systemReason(error))
  }
}

/** `named`: by the user, so every extension counts and an empty directory is an error. */
function addEntry(search: Search, name: string, how: 'named' | 'found'): void {
  const path = resolve(search.cwd, name)
  const stats = followEntry(search, name, path)
  if (stats === undefined) return
  if (stats.isDirectory()) {
    const before = search.files.length
    const problems = search.diagnostics.length
    const repeated = !walkDirectory(search, name, path)
    if (how === 'found' || repeated || search.files.length > before || search.diagnostics.length > problems) return
    search.diagnostics.push(
      inputError('GG005', `no *.yaml, *.yml or *.json file in ${quote(name)}`, 'name another directory, or the files themselves'),
    )
    // A pipe or a device that merely lies in a directory is nobody's manifest, and reading it might never end.
  } else if (how === 'named' || (EXTENSIONS.test(name) && stats.isFile())) {
    search.files.push({ name, path, stats })
  }
}

function followEntry(search: Search, name: string, path: string): Stats | undefined {
  try {
    return statSync(path)
  } catch (error) {
    search.diagnostics.push(describeFailure(name, error))
    return undefined
  }
}

function describeFailure(name: string, error: unknown): Diagnostic {
  const reason = systemReason(error)
  if (reason === 'ENOENT') {
    return inputError('GG003', `symbolic link ${quote(name)} leads to a file that does not exist`, 'repair the link or remove it')
  }
  if (reason === 'ELOOP') {
    return inputError('GG003', `symbolic link ${quote(name)} leads back to itself`, 'repair the link or remove it')
  }
  return inputError('GG002', `cannot read ${quote(name)}: ${reason}`, 'make it readable, or leave it out')
}

/** @returns false if the directory was searched before */
function walkDirectory(search: Search, name: string, path: string): boolean {
  try {
    const real = realpathSync(path)
    if (search.visited.has(real)) return false
    search.visited.add(real)
    for (const entry of readdirSync(path).sort()) {
      if (!entry.startsWith('.') && entry !== 'node_modules') addFound(search, join(name, entry))
    }
  } catch (error) {
    search.diagnostics.push(describeFailure(name, error))
  }
  return true
}

/** Broken links of other extensions are nobody's business here. */
function addFound(search: Search, name: string): void {
  const stats = lstatSync(resolve(search.cwd, name), { throwIfNoEntry: false })
  if (stats === undefined || (stats.isFile() && !EXTENSIONS.test(name))) return
  if (stats.isSymbolicLink() && !EXTENSIONS.test(name) && !pointsToDirectory(resolve(search.cwd, name))) return
  addEntry(search, name, 'found')
}

function pointsToDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

async function addGlob(search: Search, pattern: string): Promise<void> {
  const { glob, isDynamicPattern } = await import('tinyglobby')
  if (!isDynamicPattern(pattern)) {
    search.diagnostics.push(inputError('GG001', `no such file or directory: ${quote(pattern)}`, 'check the spelling; paths are relative to the working directory'))
    return
  }
  let names: string[]
  try {
    names = await glob(pattern, {
      cwd: search.cwd,
      expandDirectories: false,
      onlyFiles: false,
      followSymbolicLinks: false,
      ignore: ['**/node_modules/**'],
    })
  } catch (error) {
    search.diagnostics.push(inputError('GG004', `the pattern ${quote(pattern)} cannot be matched: ${systemReason(error)}`, 'write a simpler pattern, or name the files'))
    return
  }
  const before = search.files.length
  const problems = search.diagnostics.length
  for (const name of names.sort()) addEntry(search, normalize(name), 'found')
  if (search.files.length > before || search.diagnostics.length > problems) return
  search.diagnostics.push(
    inputError('GG004', `no YAML or JSON file matches ${quote(pattern)}`, 'correct the pattern; quote it in the shell so that it arrives unexpanded'),
  )
}

/** Sorted by name; of several names for one file (repeated patterns, links) the first stays. */
function dropRepeated(files: readonly FoundFile[]): FoundFile[] {
  const seen = new Set<string>()
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)))
  return sorted.filter(({ path, stats }) => {
    const key = stats.isFile() ? realpathSync(path) : path
    return !seen.has(key) && Boolean(seen.add(key))
  })
}
