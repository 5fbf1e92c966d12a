// Expressions in strings: `${…}` is CEL. Finding them is cheap; the CEL library is loaded when something is parsed.
import type { Parsed } from './parse.ts'

export type { Parsed } from './parse.ts'
export { findSegments, hasExpression, type Segment, wholeExpression } from './segments.ts'
export { isReservedWord, ROOT_NAME, STANDARD_NAMES } from './words.ts'

/** Loads the CEL library (some 20 ms) and gives the function that parses an expression. */
export async function loadExpressionParser(): Promise<(source: string) => Parsed> {
  const { parseExpression } = await import('./parse.ts')
  return parseExpression
}
