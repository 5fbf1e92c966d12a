/** What stands in every suite; files without it need not be parsed. */
const SUITE_GROUP = 'test.gatekeeper.sh'
/** In double quotes, a character may be written by its number, and a line may go on after a backslash. */
const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|[ \t]*\r?\n[ \t]*)/g
/** `!!binary` holds text in base64; a tag may spell it with `%`. */
const BINARY = /!\S*(?:binary|%)/i

/** Whether a file found in a directory must be looked at: it may be a suite, or what it is cannot be told. */
export function mayHoldSuite(text: string | { readonly problem: string }): boolean {
  if (typeof text !== 'string') return true
  if (text.includes(SUITE_GROUP) || BINARY.test(text)) return true
  return text.includes('\\') && unescape(text).includes(SUITE_GROUP)
}

function unescape(text: string): string {
  return text.replace(ESCAPE, (_all, ...digits: (string | undefined)[]) => {
    const code = digits.slice(0, 3).find((group) => group !== undefined)
    const point = Number.parseInt(code ?? '', 16)
    return point <= 0x10ffff ? String.fromCodePoint(point) : ''
  })
}
