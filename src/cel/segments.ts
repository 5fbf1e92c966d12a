/** One `${…}` of a string. */
export interface Segment {
  /** Where `${` begins, and one past the closing brace. */
  readonly start: number
  readonly end: number
  /** What stands between the braces, and where that begins. */
  readonly expression: string
  readonly expressionStart: number
}

export interface Segments {
  readonly segments: readonly Segment[]
  /** Where a `${` begins that nothing closes. */
  readonly unclosed?: number
}

/** True if a string holds an expression, closed or not. */
export function hasExpression(text: string): boolean {
  return text.includes('${')
}

/**
 * Finds the expressions of a string, as kro does: braces within an expression nest, and braces and quotes within its
 * string literals do not count. Whether an expression is valid CEL is not looked at.
 */
export function findSegments(text: string): Segments {
  const segments: Segment[] = []
  for (let start = text.indexOf('${'); start !== -1; start = text.indexOf('${', segments.at(-1)?.end)) {
    const close = findClosingBrace(text, start + 2)
    if (close === -1) return { segments, unclosed: start }
    segments.push({ start, end: close + 1, expression: text.slice(start + 2, close), expressionStart: start + 2 })
  }
  return { segments }
}

/** The one expression that is all of a string, `undefined` if there is more or less. */
export function wholeExpression(text: string): Segment | undefined {
  const [segment, ...others] = findSegments(text).segments
  if (segment === undefined || others.length > 0) return undefined
  return segment.start === 0 && segment.end === text.length ? segment : undefined
}

function findClosingBrace(text: string, from: number): number {
  let depth = 0
  for (let at = from; at < text.length; at++) {
    const unit = text[at]
    if (unit === '"' || unit === "'") {
      at = skipString(text, at)
    } else if (unit === '/' && text[at + 1] === '/') {
      const lineEnd = text.indexOf('\n', at)
      if (lineEnd !== -1) at = lineEnd
    } else if (unit === '{') {
      depth++
    } else if (unit === '}') {
      if (depth === 0) return at
      depth--
    }
  }
  return -1
}

/** The last character of the string literal that begins at `start`; the text's last one if nothing ends it. */
function skipString(text: string, start: number): number {
  const quote = text.charAt(start)
  const triple = quote.repeat(3)
  const delimiter = text.startsWith(triple, start) ? triple : quote
  for (let at = start + delimiter.length; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text.startsWith(delimiter, at)) return at + delimiter.length - 1
  }
  return text.length - 1
}
