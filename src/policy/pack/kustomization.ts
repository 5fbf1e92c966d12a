import { emitYamlFile } from './emit.ts'
import type { PackFile } from './file.ts'

/** A folder's `kustomization.yaml`. @param folder '' for the pack itself. */
export function buildKustomization(folder: string, resources: readonly string[]): PackFile {
  return {
    path: folder === '' ? 'kustomization.yaml' : `${folder}/kustomization.yaml`,
    text: emitYamlFile({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: [...resources].sort() }),
  }
}
