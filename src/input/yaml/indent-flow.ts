import { Lexer } from 'yaml'

/** A text in which lines were moved to the right. */
export interface Indented {
  text: string
  /** Blanks that were added, by where they begin, in order. */
  added: { at: number; count: number }[]
}

/** Each string or bracket that is indented costs another look at the text: a bound on all of it, in characters. */
const MAX_CHARACTERS = 10_000_000

// Marks of the library's lexer: the document begins, plain text follows, brackets were given up.
const BEGIN = '\u0002'
const PLAIN = '\u001f'
const GIVEN_UP = '\u0018'

/**
 * Indents quoted strings and brackets that continue to the left of their key, which Kubernetes reads and the library
 * refuses: blanks at the beginning of these lines have no meaning. Lines stay lines.
 *
 * @returns the text itself where there is nothing to indent
 */
export function indentFlows(text: string): Indented {
  const indented: Indented = { text, added: [] }
  let end = 0
  for (let read = 0; read < MAX_CHARACTERS; read += indented.text.length) {
    const start = findBrokenFlow(indented.text)
    const limit = start === undefined || start < end ? undefined : findFlowEnd(indented.text, start)
    if (start === undefined || limit === undefined) break
    const lines = indentLines(indented, start, limit)
    if (lines === undefined) break
    indented.text = indented.text.slice(0, start) + lines + indented.text.slice(limit)
    end = start + lines.length
  }
  return indented
}

/** The place in the original text of an offset in an indented one; blanks that were added stand for the line's start. */
export function toOriginal({ added }: Indented, offset: number): number {
  return offset - added.reduce((sum, { at, count }) => sum + Math.min(Math.max(offset - at, 0), count), 0)
}

function indentLines({ text, added }: Indented, start: number, end: number): string | undefined {
  const count = start - (text.lastIndexOf('\n', start) + 1)
  const lines = text.slice(start, end).split('\n')
  // A document cannot end within quotes or brackets.
  if (count === 0 || lines.length * count > MAX_CHARACTERS || lines.some((line) => /^\.\.\.(?:\s|$)/.test(line))) return undefined
  let at = start
  for (const line of lines.slice(0, -1)) {
    at += line.length + 1
    added.push({ at, count })
    at += count
  }
  return lines.join(`\n${' '.repeat(count)}`)
}

/** Where the first quoted string or outermost bracket begins that the lexer gives up for its indentation. */
function findBrokenFlow(text: string): number | undefined {
  let at = 0
  let depth = 0
  let start = 0
  for (const lexeme of new Lexer().lex(text)) {
    if (lexeme === BEGIN || lexeme === PLAIN) continue
    if (depth === 0) start = at
    if (lexeme === GIVEN_UP || isOpenQuote(lexeme)) return start
    depth += depthChange(lexeme)
    at += lexeme.length
  }
  return undefined
}

/** The lexer finds the end where it does not know of any indentation. */
function findFlowEnd(text: string, start: number): number | undefined {
  let at = start
  let depth = 0
  for (const lexeme of new Lexer().lex(text.slice(start))) {
    if (lexeme === BEGIN || lexeme === PLAIN) continue
    if (lexeme === GIVEN_UP || isOpenQuote(lexeme)) return undefined
    depth += depthChange(lexeme)
    at += lexeme.length
    if (depth === 0) return at
  }
  return undefined
}

function depthChange(lexeme: string): number {
  if (lexeme === '[' || lexeme === '{') return 1
  return lexeme === ']' || lexeme === '}' ? -1 : 0
}

function isOpenQuote(lexeme: string): boolean {
  if (lexeme.startsWith('"')) return lexeme.length === 1 || !/[^\\](?:\\\\)*"$/.test(lexeme)
  return lexeme.startsWith("'") && !lexeme.slice(1).replaceAll("''", '').endsWith("'")
}
