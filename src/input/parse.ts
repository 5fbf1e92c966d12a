import { quote, type Diagnostic } from '../diagnostic/index.ts'
import { createDocument, type ParsedDocuments } from './document.ts'
import { readJson, startsLikeJson } from './read-json.ts'
import { SourceText } from './source-text.ts'
import { readYaml } from './yaml/read-yaml.ts'

/** What neither YAML nor JSON may hold: controls but tab and line breaks, lone surrogates, non-characters. */
const FORBIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

/**
 * Reads the documents of a text: YAML documents separated by `---`, or JSON values one after another; what
 * looks like JSON and is not is YAML, as for kubectl, whatever the file's name. Values are those
 * of sigs.k8s.io/yaml, and the text is divided as kubectl divides it: at lines that begin with `---`. Documents that
 * hold nothing are left out. Pure, and never throws: what is wrong becomes diagnostics, document by document.
 */
export function parseDocuments(text: string, file: string): ParsedDocuments {
  const source = new SourceText(file, text)
  const forbidden = FORBIDDEN.exec(text)
  if (forbidden !== null) return { documents: [], diagnostics: [refuseCharacter(source, forbidden.index)] }
  if (startsLikeJson(text, 0)) {
    const json = readJson(source, 0, text.length)
    if (json !== undefined) return json
  }
  return parseYamlStream(source)
}

function refuseCharacter(source: SourceText, at: number): Diagnostic {
  const code = source.text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0')
  return source.diagnose(
    { code: 'GG007', severity: 'error', message: `${quote(source.file)} is not text: it holds the character U+${code}`, hint: 'remove the character, or leave the file out' },
    at,
  )
}

/** Nobody reads more of one document; the last one says how many there would be. */
const MOST_DIAGNOSTICS = 100

function addDiagnostics(parsed: ParsedDocuments, diagnostics: readonly Diagnostic[]): void {
  const kept = diagnostics.slice(0, MOST_DIAGNOSTICS)
  const last = kept.at(-1)
  const rest = diagnostics.length - kept.length
  if (last !== undefined && rest > 0) kept[kept.length - 1] = { ...last, message: `${last.message} (and ${rest} more in this document)` }
  for (const diagnostic of kept) parsed.diagnostics.push(diagnostic)
}

function parseYamlStream(source: SourceText): ParsedDocuments {
  const parsed: ParsedDocuments = { documents: [], diagnostics: [] }
  let index = 0
  for (const part of splitStream(source, parsed.diagnostics)) {
    if (startsLikeJson(source.text, part.start)) {
      const json = readJson(source, part.start, part.limit, index)
      if (json !== undefined) {
        // No spread into push: there may be more than a call may have arguments.
        for (const document of json.documents) parsed.documents.push(document)
        addDiagnostics(parsed, json.diagnostics)
        index++
        continue
      }
    }
    const { value, findSpan, diagnostics } = readYaml(source, part.start, part.limit)
    addDiagnostics(parsed, diagnostics)
    if (value !== null) parsed.documents.push(createDocument(source, index, value, findSpan))
    index++
  }
  return parsed
}

interface StreamPart {
  start: number
  limit: number
}

/** Parts between separator lines. As for kubectl, nothing but a comment may follow the dashes. */
function splitStream(source: SourceText, diagnostics: Diagnostic[]): StreamPart[] {
  const { text } = source
  const parts: StreamPart[] = []
  let start = 0
  for (let line = text.startsWith('---') ? 0 : nextSeparator(text, 0); line !== -1; line = nextSeparator(text, line)) {
    const lineEnd = endOfLine(text, line)
    const after = text.slice(line + 3, lineEnd).trim()
    if (after !== '' && !after.startsWith('#')) {
      diagnostics.push(
        source.diagnose({ code: 'GG018', severity: 'error', message: 'text after "---" on the same line', hint: 'begin the document on the next line: Kubernetes tools refuse this' }, line, lineEnd),
      )
    }
    if (line > 0) parts.push({ start: skipByteOrderMarks(text, start), limit: line })
    start = Math.min(lineEnd + 1, text.length)
  }
  parts.push({ start: skipByteOrderMarks(text, start), limit: text.length })
  return parts
}

function nextSeparator(text: string, from: number): number {
  const at = text.indexOf('\n---', from)
  return at === -1 ? -1 : at + 1
}

function endOfLine(text: string, from: number): number {
  const at = text.indexOf('\n', from)
  return at === -1 ? text.length : at
}

function skipByteOrderMarks(text: string, at: number): number {
  let start = at
  while (text.charCodeAt(start) === 0xfeff) start++
  return start
}
