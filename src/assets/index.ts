import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Path of a file that the package ships beside its code: `assetPath('policies', 'manifest.json')`.
 * Works from the sources and from the bundle, which lie at different depths below the package's folder.
 */
export function assetPath(...parts: readonly string[]): string {
  return join((root ??= findRoot()), ...parts)
}

let root: string | undefined

function findRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder)
    if (parent === folder) throw new Error('the graphgate package is incomplete: its package.json is missing')
    folder = parent
  }
  return folder
}
