import { readFileSync, statSync } from 'node:fs'
import type { Diagnostic } from '../diagnostic/index.ts'
import { decodeText } from '../input/decode.ts'
import { parseDocuments, type InputDocument } from '../input/index.ts'

/** A file that was read. Files with the same content have the same `content`, so what is made of it can be shared. */
export interface ReadFile {
  readonly file: string
  readonly content: Content
  readonly documents: readonly InputDocument[]
}

/** A text, read once however many files hold it. */
export interface Content {
  readonly id: number
  readonly text: string
  /** Mistakes and doubts of the YAML; positions name the first file that held the text. */
  readonly diagnostics: readonly Diagnostic[]
  /** Whether all of it could be read. */
  readonly valid: boolean
}

interface Parsed extends Content {
  readonly file: string
  readonly documents: readonly InputDocument[]
}

const MAX_BYTES = 16 * 1024 * 1024

/** The files of a run: each is read once, and equal ones are parsed once. */
export class FileCache {
  readonly #files = new Map<string, ReadFile | { problem: string }>()
  readonly #texts = new Map<string, string | { problem: string }>()
  readonly #parsed = new Map<string, Parsed>()

  /**
   * Reads and parses a file.
   *
   * @param path where it is, @param file what to call it in messages
   * @returns the problem, as words that follow the name of the file, where it cannot be read; YAML mistakes are in `content`
   */
  read(path: string, file: string): ReadFile | { problem: string } {
    const known = this.#files.get(path)
    if (known !== undefined) return known
    const text = this.readText(path)
    const result = typeof text === 'string' ? this.#parse(text, file) : text
    this.#files.set(path, result)
    return result
  }

  /** The text of a file, without parsing it. */
  readText(path: string): string | { problem: string } {
    const known = this.#texts.get(path)
    if (known !== undefined) return known
    const text = readText(path)
    this.#texts.set(path, text)
    return text
  }

  #parse(text: string, file: string): ReadFile {
    const known = this.#parsed.get(text)
    if (known !== undefined) {
      return { file, content: known, documents: known.documents.map((document) => renameDocument(document, file)) }
    }
    const { documents, diagnostics: found } = parseDocuments(text, file)
    // gator refuses a key that stands twice; here the last would win, and take tests or fields out of sight.
    const diagnostics = found.map((diagnostic) => (diagnostic.code === 'GG012' ? { ...diagnostic, severity: 'error' as const } : diagnostic))
    const valid = !diagnostics.some(({ severity }) => severity === 'error')
    const parsed = { id: this.#parsed.size, text, file, documents, diagnostics, valid }
    this.#parsed.set(text, parsed)
    return { file, content: parsed, documents }
  }
}

function readText(path: string): string | { problem: string } {
  try {
    const stats = statSync(path)
    if (stats.isDirectory()) return { problem: 'is a directory' }
    // A pipe may never end, and a device never does.
    if (!stats.isFile()) return { problem: 'is not a regular file' }
    if (stats.size > MAX_BYTES) return { problem: 'is larger than 16 MiB' }
    return decodeText(readFileSync(path)) ?? { problem: 'is not text: it is not valid UTF-8' }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    return { problem: code === 'ENOENT' ? 'does not exist' : `cannot be read: ${code}` }
  }
}

/** The same document under the name of another file. */
function renameDocument(document: InputDocument, file: string): InputDocument {
  return {
    file,
    index: document.index,
    value: document.value,
    locate: (path, target) => ({ ...document.locate(path, target), file }),
    locateIn: (path, start, end) => ({ ...document.locateIn(path, start, end), file }),
    frame: (position) => document.frame(position),
  }
}
