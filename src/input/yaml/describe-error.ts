import { isCollection, isScalar, visit, type ErrorCode, type ParsedNode, type YAMLError } from 'yaml'
import { toOriginal, type Indented } from './indent-flow.ts'
import { Refusal } from './refusal.ts'

interface Words {
  code: ErrorCode
  /** Part of the library's message, where a code has several. */
  says?: string
  /** Instead of the library's message. */
  message?: string
  hint: string
  /** Point at where the quoted string or the bracket begins. */
  atFlowStart?: boolean
}

const CLOSE_BRACKET = { message: 'a bracket or a brace is never closed', hint: 'add what is missing; quote values with special characters', atFlowStart: true }

/** What to say of the library's errors. The first that fits counts. */
const WORDS: readonly Words[] = [
  { code: 'BAD_INDENT', says: 'Flow', ...CLOSE_BRACKET },
  { code: 'BAD_INDENT', message: 'wrong indentation', hint: 'align the line with its siblings; a value over several lines stands deeper than its key' },
  { code: 'MISSING_CHAR', says: 'quote', message: 'a quoted string is never closed', hint: 'add the closing quote', atFlowStart: true },
  { code: 'MISSING_CHAR', says: 'expected to end with', ...CLOSE_BRACKET },
  { code: 'MISSING_CHAR', says: 'must be sufficiently indented', ...CLOSE_BRACKET },
  { code: 'MISSING_CHAR', says: 'map keys need', message: 'a key without a colon', hint: 'write "key: value"; a value that spans lines must be indented deeper than its key' },
  { code: 'MISSING_CHAR', says: 'Sequence item', message: 'a list item without "-"', hint: 'align the line with its siblings, or begin it with "- "' },
  { code: 'MULTILINE_IMPLICIT_KEY', message: 'a key without a colon', hint: 'write "key: value"; a value that spans lines must be indented deeper than its key' },
  { code: 'BLOCK_AS_IMPLICIT_KEY', message: 'a map begins where only one value can stand', hint: 'quote the value if its colon is text; otherwise begin the map on a line of its own, with one indentation for all its keys' },
  { code: 'BAD_DQ_ESCAPE', message: 'an unknown escape in a quoted string', hint: 'write \\\\ for a backslash, or use single quotes' },
  { code: 'BAD_SCALAR_START', hint: 'put the value in quotes' },
  { code: 'TAB_AS_INDENT', message: 'a tab used for indentation', hint: 'indent with spaces' },
  { code: 'TAG_RESOLVE_FAILED', hint: 'remove the tag, or correct it' },
  { code: 'UNEXPECTED_TOKEN', says: 'at node end', message: 'text after the end of a value', hint: 'put the whole value in quotes, or correct the indentation' },
  { code: 'UNEXPECTED_TOKEN', says: 'block-seq-ind', message: 'a list cannot begin on the line of its key', hint: 'begin it on the next line' },
]

/** The library repeats text of any length. */
const MAX_MESSAGE = 200

/** The refusal for an error of the library, in offsets of the original text. */
export function describeError(error: YAMLError, indented: Indented, root: ParsedNode | null): Refusal {
  const words = WORDS.find(({ code, says }) => code === error.code && error.message.includes(says ?? ''))
  const message = words?.message ?? error.message.charAt(0).toLowerCase() + error.message.slice(1, MAX_MESSAGE)
  const flow = words?.atFlowStart === true ? findFlow(root, error.pos[0]) : undefined
  const start = flow?.[0] ?? skipBlanks(indented.text, error.pos[0])
  const end = flow === undefined ? Math.max(start, error.pos[1]) : start + 1
  return new Refusal('GG010', message, words?.hint ?? 'correct the line; quote values with special characters', [toOriginal(indented, start), toOriginal(indented, Math.min(end, indented.text.length))])
}

function skipBlanks(text: string, start: number): number {
  let at = start
  while (text[at] === ' ') at++
  return at
}

/** The range of the innermost quoted string or bracket around an offset, or just before it. */
function findFlow(root: ParsedNode | null, at: number): readonly number[] | undefined {
  let found: readonly number[] | undefined
  visit(root, {
    Node(_key, node) {
      const [start = at, , end = at] = node.range ?? []
      if (start > at || end < at) return visit.SKIP
      const isFlow = isCollection(node) ? node.flow === true : isScalar(node) && (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE')
      if (isFlow) found = node.range ?? undefined
      return undefined
    },
  })
  return found
}
