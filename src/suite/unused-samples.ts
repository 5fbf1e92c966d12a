import { readdirSync } from 'node:fs'
import { basename, dirname, extname, join, relative, sep } from 'node:path'
import { quote, type Diagnostic } from '../diagnostic/index.ts'
import type { SuiteCandidate } from './find-suites.ts'
import type { Suite } from './suite-file.ts'

/** A suite and where it is. */
export interface LoadedSuite extends SuiteCandidate {
  readonly suite: Suite
}

const EXTENSIONS: readonly string[] = ['.yaml', '.yml', '.json']

/**
 * Files that lie in a folder of samples but belong to no case. A folder of samples is one below a suite's own, from which
 * it takes objects, in a directory that was searched to the bottom: elsewhere other suites may use them.
 */
export function findUnusedSamples(suites: readonly LoadedSuite[], roots: readonly string[]): Diagnostic[] {
  const used = new Set<string>()
  const folders = new Map<string, string>()
  for (const { suite, file, path } of suites) {
    for (const test of suite.tests) {
      const samples = test.cases.flatMap((item) => [item.object, ...item.inventory]).filter((name) => name !== '')
      for (const name of [test.template, test.constraint, test.expansion, ...samples]) used.add(join(dirname(path), name))
      for (const name of samples) {
        const folder = dirname(join(dirname(path), name))
        if (folder !== dirname(path) && isBelow(folder, dirname(path))) folders.set(folder, join(dirname(file), dirname(name)))
      }
    }
  }
  const searched = [...folders].filter(([folder]) => roots.some((root) => isBelow(folder, root)))
  return searched.flatMap(([folder, shown]) =>
    listSamples(folder)
      .filter((path) => !used.has(path))
      .map((path) => describeUnused(join(shown, basename(path)))),
  )
}

function listSamples(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => EXTENSIONS.includes(extname(name)) && !name.startsWith('kustomization.'))
      .map((name) => join(folder, name))
  } catch {
    // The folder is gone: the cases that name its files say so.
    return []
  }
}

function isBelow(path: string, root: string): boolean {
  const way = relative(root, path)
  return way !== '..' && !way.startsWith(`..${sep}`)
}

function describeUnused(file: string): Diagnostic {
  return {
    code: 'GG405',
    severity: 'warning',
    message: `no suite uses the sample ${quote(file)}`,
    hint: 'add a case for it, or remove it',
  }
}
