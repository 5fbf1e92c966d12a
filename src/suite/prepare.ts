import { quote, type Diagnostic } from '../diagnostic/index.ts'
import {
  buildInventory,
  createEngine,
  readConstraint,
  readTemplate,
  type Engine,
  type Inventory,
  type ResolveProgram,
  type Template,
} from '../gatekeeper/index.ts'
import type { InputDocument, Path } from '../input/index.ts'
import type { FileCache, ReadFile } from './file-cache.ts'
import { Problem } from './problem.ts'
import { startsWithNothing } from './leading-document.ts'

/** A file that a suite names, where it is and what to call it. */
export interface NamedFile {
  readonly path: string
  readonly file: string
  /** Where the suite names it. */
  readonly document: InputDocument
  readonly at: Path
}

/** Whether a constraint is refused by its schema, or what it says of objects. */
export type PreparedTest = { readonly refused: Problem } | { readonly engine: Engine | Problem }

/**
 * Templates, constraints and inventories of a run. Each distinct one is read once: suites share templates, and gator's
 * time goes into compiling them anew for every case.
 */
export class Preparation {
  readonly #cache: FileCache
  readonly #resolve: ResolveProgram
  readonly #report: (diagnostics: readonly Diagnostic[]) => void
  readonly #templates = new Map<number, Promise<Template | Problem>>()
  readonly #tests = new Map<string, Promise<PreparedTest | Problem>>()
  readonly #inventories = new Map<string, Inventory | Problem>()

  /** @param report takes warnings about files that can be used all the same */
  constructor(cache: FileCache, resolve: ResolveProgram, report: (diagnostics: readonly Diagnostic[]) => void) {
    this.#cache = cache
    this.#resolve = resolve
    this.#report = report
  }

  /** A template with a constraint; the problem where one of them cannot be used. */
  async test(templateFile: NamedFile, constraintFile: NamedFile): Promise<PreparedTest | Problem> {
    const template = this.read(templateFile)
    if (template instanceof Problem) return template
    const constraint = this.read(constraintFile)
    if (constraint instanceof Problem) return constraint
    const key = `${template.content.id},${constraint.content.id}`
    let test = this.#tests.get(key)
    if (test === undefined) {
      test = this.#prepare(template, constraint)
      this.#tests.set(key, test)
    }
    return test
  }

  /** The inventory that some files make together; empty for none. */
  inventory(files: readonly NamedFile[]): Inventory | Problem {
    const read: ReadFile[] = []
    for (const file of files) {
      const found = this.read(file)
      if (found instanceof Problem) return found
      if (found.documents.length === 0) return Problem.at(file.document, file.at, 'GG407', `${quote(file.file)} holds no object`, 'remove it from the inventory')
      read.push(found)
    }
    const key = read.map(({ content }) => content.id).join()
    const known = this.#inventories.get(key) ?? makeInventory(read)
    this.#inventories.set(key, known)
    return known
  }

  /** A file that a suite names; what is wrong with it is a problem at the place where the suite names it. */
  read({ path, file, document, at }: NamedFile): ReadFile | Problem {
    const found = this.#cache.read(path, file)
    if ('problem' in found) return Problem.at(document, at, 'GG407', `${quote(file)} ${found.problem}`, 'paths are relative to the suite')
    if (!found.content.valid) return new Problem(found.content.diagnostics)
    if (startsWithNothing(found)) {
      return Problem.at(document, at, 'GG407', `${quote(file)} begins with a document that holds nothing`, 'remove everything before the first object')
    }
    this.#report(found.content.diagnostics)
    return found
  }

  async #prepare(templateFile: ReadFile, constraintFile: ReadFile): Promise<PreparedTest | Problem> {
    let template = this.#templates.get(templateFile.content.id)
    if (template === undefined) {
      template = this.#loadTemplate(templateFile)
      this.#templates.set(templateFile.content.id, template)
    }
    const loaded = await template
    return loaded instanceof Problem ? loaded : this.#constrain(loaded, constraintFile)
  }

  async #loadTemplate(file: ReadFile): Promise<Template | Problem> {
    const document = this.#firstDocument(file, 'template')
    if (document instanceof Problem) return document
    const { template, diagnostics } = await readTemplate(document)
    if (template === undefined) return new Problem(diagnostics)
    this.#report(diagnostics)
    return template
  }

  #constrain(template: Template, file: ReadFile): PreparedTest | Problem {
    const document = this.#firstDocument(file, 'constraint')
    if (document instanceof Problem) return document
    const { constraint, diagnostics } = readConstraint(document, template)
    if (constraint === undefined) {
      const problem = new Problem(diagnostics)
      return diagnostics.some(({ code }) => code === 'GG313') ? { refused: problem } : problem
    }
    this.#report(diagnostics)
    const program = this.#resolve(template)
    return { engine: 'code' in program ? new Problem([program]) : createEngine([{ constraint, program }]) }
  }

  /** What gator reads of a file, too; it says nothing of the others. */
  #firstDocument({ file, documents }: ReadFile, what: string): InputDocument | Problem {
    const [first, second] = documents
    if (first === undefined) return Problem.inFile(file, 'GG407', `holds no ${what}`, `write the ${what} into it`)
    if (second !== undefined) {
      const message = `everything after the first document is ignored: a test has one ${what}`
      this.#report(Problem.at(second, [], 'GG408', message, 'move it to a file of its own').asWarnings())
    }
    return first
  }
}

function makeInventory(files: readonly ReadFile[]): Inventory | Problem {
  const documents = files.flatMap((file) => file.documents)
  const { inventory, problems } = buildInventory(documents.map(({ value }) => value))
  if (problems.length === 0) return inventory
  const diagnostics = problems.flatMap(({ index, reason }): Diagnostic[] => {
    const document = documents[index]
    if (document === undefined) return []
    const message = `the object cannot be in the inventory: ${reason}`
    return Problem.at(document, [], 'GG322', message, 'complete the object').diagnostics
  })
  return new Problem(diagnostics)
}
