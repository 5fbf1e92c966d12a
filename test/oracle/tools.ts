import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The real programs that tests compare graphgate with; `npm run tools` builds them at pinned versions. */
export type ToolName = 'opa' | 'gator' | 'gatekeeper' | 'kubeyaml' | 'kubectl' | 'etcd' | 'kube-apiserver'

/** GRAPHGATE_ORACLES=required (CI): a missing tool fails the tests that need it, instead of skipping them. */
export const oraclesRequired: boolean = process.env['GRAPHGATE_ORACLES'] === 'required'

/**
 * Where the tool is, if it is built. PATH is never searched: whatever happens to be installed there is not the pinned
 * version, and an oracle of another version proves nothing.
 */
function findTool(name: ToolName): string | undefined {
  const file = fileURLToPath(new URL(`../../.tools/bin/${name}`, import.meta.url))
  return existsSync(file) ? file : undefined
}

/** Where the tool is; throws when it is not built. */
export function requireTool(name: ToolName): string {
  const file = findTool(name)
  if (file === undefined) throw new Error(`${name} is not built: run \`npm run tools -- ${name}\` (needs Go)`)
  return file
}

/** For `describe.skipIf`: whether tests that need these tools are to be skipped. Throws where oracles are required. */
export function lacksTools(...names: ToolName[]): boolean {
  if (oraclesRequired) names.forEach(requireTool)
  return names.some((name) => findTool(name) === undefined)
}

/** A file that came with a tool, such as `gatekeeper.yaml`, the manifest that Gatekeeper ships. */
export function requireShared(file: string, from: ToolName): string {
  const path = fileURLToPath(new URL(`../../.tools/share/${file}`, import.meta.url))
  if (!existsSync(path)) throw new Error(`${file} is not there: run \`npm run tools -- ${from}\` (needs Go)`)
  return path
}
