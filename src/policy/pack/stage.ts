import { GENERATED_MARK } from './emit.ts'
import type { PackFile } from './file.ts'

export type Stage = 'templates' | 'constraints' | 'all'

const HEADER = `# ${GENERATED_MARK}\n`

/**
 * The manifests of a pack as one YAML stream, for `kubectl apply -f -`: what the pack's kustomization would apply, without
 * the cluster pack. Constraints (and SyncSets) need their templates to be in the cluster first.
 */
export function stageManifests(files: readonly PackFile[], stage: Stage): string {
  const folders = stage === 'all' ? ['templates/', 'graphs/'] : [stage === 'templates' ? 'templates/' : 'graphs/']
  const documents = folders.flatMap((folder) =>
    files
      .filter(({ path }) => path.startsWith(folder) && path.endsWith('.yaml') && !path.endsWith('/kustomization.yaml'))
      .map(({ text }) => text.slice(HEADER.length)),
  )
  return HEADER + documents.join('---\n')
}
