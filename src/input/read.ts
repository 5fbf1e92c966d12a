import { createReadStream, readFileSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { quote, type Diagnostic } from '../diagnostic/index.ts'
import { decodeText } from './decode.ts'
import type { InputDocument } from './document.ts'
import { findFiles, type FoundFile } from './find-files.ts'
import { parseDocuments } from './parse.ts'
import { inputError, systemReason } from './problem.ts'

const STDIN = '<stdin>'
const MIB = 1024 * 1024

export interface InputOptions {
  /** What `-` reads. Default: standard input. */
  stdin?: Readable
  /** What relative patterns are relative to. Default: the working directory. */
  cwd?: string
  /** Size limit of one file, in bytes. Default: 16 MiB. */
  maxFileBytes?: number
  /** Files whose text it accepts are left out, as if they were not there. */
  skip?: (text: string) => boolean
}

export interface Inputs {
  /** Lists are not expanded; see `expandLists`. */
  documents: InputDocument[]
  diagnostics: Diagnostic[]
  /** How many files were read, whatever they held; without those that were skipped. */
  files: number
  skipped: number
}

/**
 * Reads files, directories, globs and `-` (standard input): what `-f` means for every command. Documents come in a
 * stable order: by file name, whatever the order of the patterns. Never throws for what it reads; every problem of every
 * file is a diagnostic.
 */
export async function readInputs(patterns: readonly string[], options: InputOptions = {}): Promise<Inputs> {
  const limit = options.maxFileBytes ?? 16 * MIB
  const { files, diagnostics } = await findFiles(patterns.filter((pattern) => pattern !== '-'), options.cwd ?? process.cwd())
  const inputs: Inputs = { documents: [], diagnostics, files: 0, skipped: 0 }
  const sources = files.map((file) => ({ name: file.name, read: () => readFound(file, limit) }))
  if (patterns.includes('-')) {
    sources.push({ name: STDIN, read: () => collectBytes(options.stdin ?? process.stdin, limit) })
    sources.sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)))
  }
  for (const source of sources) addFile(inputs, source.name, await readSource(source, limit), options.skip)
  return inputs
}

interface Source {
  name: string
  read: () => Uint8Array | undefined | Promise<Uint8Array | undefined>
}

async function readSource(source: Source, limit: number): Promise<Uint8Array | Diagnostic> {
  try {
    return (await source.read()) ?? describeTooLarge(source.name, limit)
  } catch (error) {
    return inputError('GG002', `cannot read ${quote(source.name)}: ${systemReason(error)}`, 'make it readable, or leave it out')
  }
}

function addFile(inputs: Inputs, name: string, content: Uint8Array | Diagnostic, skip: InputOptions['skip']): void {
  if (!(content instanceof Uint8Array)) {
    inputs.diagnostics.push(content)
    return
  }
  const text = decodeText(content)
  if (text !== undefined && skip?.(text) === true) {
    inputs.skipped++
    return
  }
  inputs.files++
  if (text === undefined) {
    inputs.diagnostics.push(
      inputError('GG007', `${quote(name)} is not text: it is not valid UTF-8`, 'save it as UTF-8, or leave it out'),
    )
    return
  }
  const parsed = parseDocuments(text, name)
  // No spread into push: a file may hold more documents than a call may have arguments.
  for (const document of parsed.documents) inputs.documents.push(document)
  for (const diagnostic of parsed.diagnostics) inputs.diagnostics.push(diagnostic)
}

/** Synchronous for plain files: thousands of small ones are read several times faster than through promises. */
function readFound(file: FoundFile, limit: number): Uint8Array | undefined | Promise<Uint8Array | undefined> {
  if (file.stats.isFile()) return file.stats.size > limit ? undefined : readFileSync(file.path)
  // A pipe such as the shell's <(kustomize build …).
  return collectBytes(createReadStream(file.path), limit)
}

/** @returns undefined when there is more than the limit */
async function collectBytes(stream: Readable, limit: number): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Buffer)
    size += bytes.length
    if (size > limit) return undefined
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}

function describeTooLarge(name: string, limit: number): Diagnostic {
  const size = limit >= MIB ? `${Math.floor(limit / MIB)} MiB` : `${limit} bytes`
  return inputError('GG006', `${quote(name)} is larger than ${size}`, 'split it, or leave it out')
}
