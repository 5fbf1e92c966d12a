import { renderText } from '../../src/diagnostic/index.ts'
import { type LoadedGraphs, loadGraphs, type ResourceGraph } from '../../src/graph/index.ts'
import { type InputDocument, parseDocuments } from '../../src/input/index.ts'

export const RULE_NAMES = ['root-graph-label', 'child-root-label', 'child-orphaned']

/** Parses a text that must be readable; a number with too many digits is no matter here. */
export function readDocuments(text: string, file = 'graphs.yaml'): InputDocument[] {
  const { documents, diagnostics } = parseDocuments(text, file)
  if (diagnostics.some(({ severity }) => severity === 'error')) throw new Error(renderText(diagnostics, { color: false }))
  return documents
}

export async function loadText(text: string, file?: string): Promise<LoadedGraphs> {
  return loadGraphs(readDocuments(text, file), { ruleNames: RULE_NAMES })
}

/** Graphs without the document, which holds functions. */
export function plainGraphs(graphs: readonly ResourceGraph[]): Omit<ResourceGraph, 'document'>[] {
  return graphs.map((graph) => {
    const copy: Partial<ResourceGraph> = { ...graph }
    delete (copy as { document?: unknown }).document
    return copy as Omit<ResourceGraph, 'document'>
  })
}
