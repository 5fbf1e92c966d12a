import { join } from 'node:path'
import {
  createEngine,
  isConstraint,
  isTemplate,
  openCatalogue,
  readConstraint,
  readTemplate,
  type Engine,
  type EnforcementPoint,
  type RunnableConstraint,
  type Template,
} from '../../../src/gatekeeper/index.ts'
import { readInputs, type InputDocument } from '../../../src/input/index.ts'
import { root } from '../../cli/run.ts'

/** The constraints of a pack in graphgate's own engine, as they act at an enforcement point. */
export type PackEngine = (point: EnforcementPoint) => Engine

/** Reads the templates and constraints in these folders. Whatever cannot be used throws. */
export async function readPackEngine(...folders: string[]): Promise<PackEngine> {
  const { documents, diagnostics } = await readInputs(folders)
  if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics))
  const templates = await readTemplates(documents)
  const resolve = openCatalogue(join(root, 'policies'))
  const runnable = documents
    .filter(({ value }) => isConstraint(value))
    .map((document): RunnableConstraint => {
      const template = templates.get((document.value as { kind: string }).kind)
      if (template === undefined) throw new Error(`${document.file} is a constraint without a template`)
      const { constraint, diagnostics: refusals } = readConstraint(document, template)
      if (constraint === undefined) throw new Error(JSON.stringify(refusals))
      const program = resolve(template)
      if ('code' in program) throw new Error(program.message)
      return { constraint, program }
    })
  return (point) => createEngine(runnable, { point })
}

async function readTemplates(documents: readonly InputDocument[]): Promise<Map<string, Template>> {
  const templates = new Map<string, Template>()
  for (const document of documents.filter(({ value }) => isTemplate(value))) {
    const { template, diagnostics } = await readTemplate(document)
    if (template === undefined) throw new Error(JSON.stringify(diagnostics))
    templates.set(template.kind, template)
  }
  return templates
}
