import { Environment, type ASTNode } from '@marcbachmann/cel-js'
import { listReferences, type Reference } from './references.ts'

/** An expression that is valid CEL, or where and why it is not; places are characters of the expression. */
export type Parsed =
  | { readonly ok: true; readonly references: readonly Reference[] }
  | { readonly ok: false; readonly message: string; readonly start: number; readonly end: number }

/** Longer expressions are programs, and no place to write them. */
const MAX_LENGTH = 16_384

// Optional types (`root.?spec`, `orValue`) are on, as in kro.
const environment = new Environment({ enableOptionalTypes: true, unlistedVariablesAreDyn: true, limits: { maxAstNodes: 10_000, maxDepth: 100 } })

/** Parses an expression (without its `${}`). Never throws. */
export function parseExpression(source: string): Parsed {
  if (source.length > MAX_LENGTH) return { ok: false, message: `longer than ${MAX_LENGTH} characters`, start: 0, end: source.length }
  let ast: ASTNode
  try {
    ast = environment.parse(source).ast
  } catch (error) {
    return describeFailure(source, error)
  }
  return { ok: true, references: listReferences(ast) }
}

function describeFailure(source: string, error: unknown): Parsed {
  // Other errors than the parser's own: a row of thousands of operators overflows its stack.
  if (!isParseError(error)) return { ok: false, message: 'too complex', start: 0, end: source.length }
  const { start, end } = error.range ?? { start: 0, end: source.length }
  const atEnd = start >= source.trimEnd().length
  return { ok: false, message: atEnd ? 'the expression ends too early' : describeSummary(error.summary), start, end: Math.max(end, start + 1) }
}

function isParseError(error: unknown): error is { summary: string; range?: { start: number; end: number } } {
  return error instanceof Error && error.name === 'ParseError' && 'summary' in error && typeof error.summary === 'string'
}

/** How the library calls what it reads; as a reader would. */
const TOKENS: Readonly<Record<string, string>> = {
  EOF: 'the end', NUMBER: 'a number', STRING: 'a string', BOOLEAN: 'true or false', NULL: 'null', IDENTIFIER: 'a name', BYTES: 'bytes',
  PLUS: '"+"', MINUS: '"-"', MULTIPLY: '"*"', DIVIDE: '"/"', MODULO: '"%"', EQ: '"=="', NE: '"!="', LT: '"<"', LE: '"<="', GT: '">"', GE: '">="',
  AND: '"&&"', OR: '"||"', NOT: '"!"', IN: '"in"', LPAREN: '"("', RPAREN: '")"', LBRACKET: '"["', RBRACKET: '"]"', LBRACE: '"{"', RBRACE: '"}"',
  DOT: '"."', COMMA: '","', COLON: '":"', QUESTION: '"?"',
}

function describeSummary(summary: string): string {
  const plain = summary.replace(/\b[A-Z]{2,}\b/g, (token) => TOKENS[token] ?? token).replace('Unexpected token: ', 'unexpected ')
  return plain.charAt(0).toLowerCase() + plain.slice(1)
}
