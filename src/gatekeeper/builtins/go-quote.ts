import { isPrintable } from './go-printable.ts'

// Go's strconv.Quote and its relatives.

const SHORT: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
}

/** `strconv.Quote`, or with `ascii` `strconv.QuoteToASCII`; `quote` also makes rune literals. */
export function quoteGo(text: string, options: { ascii?: boolean; quote?: '"' | "'" } = {}): string {
  const { ascii = false, quote = '"' } = options
  let quoted = quote as string
  for (const char of text) quoted += escapeRune(char, quote, ascii)
  return quoted + quote
}

/** Whether text can stand between backquotes (`strconv.CanBackquote`). */
export function canBackquote(text: string): boolean {
  return !/[\u0000-\u0008\u000a-\u001f`\u007f\ufeff]/.test(text)
}

function escapeRune(char: string, quote: string, ascii: boolean): string {
  if (char === quote || char === '\\') return `\\${char}`
  const code = char.codePointAt(0) ?? 0
  if (isPrintable(code) && (!ascii || code < 0x80)) return char
  if (Object.hasOwn(SHORT, char)) return SHORT[char] ?? ''
  if (code < 0x20 || code === 0x7f) return `\\x${hex(code, 2)}`
  if (code >= 0xd800 && code < 0xe000) return '\\ufffd'
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`
}

function hex(code: number, length: number): string {
  return code.toString(16).padStart(length, '0')
}
