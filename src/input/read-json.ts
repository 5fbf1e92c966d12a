import type { Diagnostic } from '../diagnostic/index.ts'
import { createDocument, type ParsedDocuments } from './document.ts'
import type { JsonObject, JsonValue } from './json.ts'
import type { SourceText } from './source-text.ts'
import { MAX_DEPTH } from './yaml/compose.ts'
import { delaySpans } from './yaml/read-yaml.ts'

/** As kubectl guesses: an opening brace, after blanks at most. */
export function startsLikeJson(text: string, start: number): boolean {
  const blanks = /[ \t\r\n]*/y
  blanks.lastIndex = start
  blanks.test(text)
  return text[blanks.lastIndex] === '{'
}

/**
 * Reads a part of a text as JSON values, one after another. Positions come from the YAML reader: JSON is YAML.
 *
 * @returns undefined for what is not JSON throughout and may be YAML, and where a key stands twice, of which the YAML reader
 * warns and `JSON.parse` does not
 */
export function readJson(source: SourceText, start: number, limit: number, firstIndex = 0): ParsedDocuments | undefined {
  const result: ParsedDocuments = { documents: [], diagnostics: [] }
  for (let at = start; at < limit; ) {
    const text = source.text.slice(at, limit)
    const parsed = parseFirst(text)
    if (parsed === undefined || exceedsDepth(parsed.value, MAX_DEPTH)) return undefined
    const own = text.slice(0, parsed.length)
    if (countKeys(own) !== countMembers(parsed.value)) return undefined
    addValue(result, source, at, own, firstIndex + result.documents.length, parsed.value)
    at += parsed.length
  }
  return result
}

/** The first value of a text and the length of what it was read from. */
function parseFirst(text: string): { value: JsonValue; length: number } | undefined {
  try {
    return { value: JSON.parse(text) as JsonValue, length: text.length }
  } catch (error) {
    const length = Number(/after JSON at position (\d+)/.exec(String(error))?.[1] ?? 0)
    return length === 0 ? undefined : { value: JSON.parse(text.slice(0, length)) as JsonValue, length }
  }
}

/** Keys in the text: the strings that a colon follows. */
function countKeys(text: string): number {
  let count = 0
  for (const [, colon] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?/g)) if (colon !== undefined) count++
  return count
}

/** Keys that are left in the value, of which the last of two stays. */
function countMembers(value: JsonValue): number {
  if (typeof value !== 'object' || value === null) return 0
  const members: JsonValue[] = Object.values(value)
  return members.reduce<number>((sum, member) => sum + countMembers(member), Array.isArray(value) ? 0 : members.length)
}

function exceedsDepth(value: JsonValue, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return depth === 0 || Object.values(value).some((member: JsonValue) => exceedsDepth(member, depth - 1))
}

function addValue(result: ParsedDocuments, source: SourceText, start: number, text: string, index: number, value: JsonValue): void {
  const findSpan = delaySpans(text, start)
  const problem = findOddNumber(value, [])
  if (problem !== undefined) {
    const { path, ...parts } = problem
    const span = findSpan(path, 'value')
    result.diagnostics.push(source.diagnose(parts, span.start, span.end))
    if (parts.severity === 'error') return
  }
  if (value !== null) result.documents.push(createDocument(source, index, value, findSpan))
}

interface OddNumber extends Pick<Diagnostic, 'code' | 'severity' | 'message' | 'hint'> {
  path: (string | number)[]
}

/** The first number that JavaScript reads otherwise than Kubernetes. */
function findOddNumber(value: JsonValue, path: (string | number)[]): OddNumber | undefined {
  if (typeof value === 'number') return checkNumber(value, path)
  if (typeof value !== 'object' || value === null) return undefined
  for (const key of Array.isArray(value) ? value.keys() : Object.keys(value)) {
    path.push(key)
    const found = findOddNumber((value as JsonObject)[key] ?? null, path)
    if (found !== undefined) return found
    path.pop()
  }
  return undefined
}

function checkNumber(value: number, path: (string | number)[]): OddNumber | undefined {
  if (!Number.isFinite(value)) {
    return { path, code: 'GG015', severity: 'error', message: 'a number that is too large', hint: 'use a smaller one, or quote it to make it a string' }
  }
  if (!Number.isInteger(value) || Math.abs(value) <= Number.MAX_SAFE_INTEGER || Math.abs(value) >= 2 ** 64) return undefined
  return { path, code: 'GG019', severity: 'warning', message: `a number beyond 2^53 is read as ${String(value)}`, hint: 'quote the value if it is an identifier' }
}
