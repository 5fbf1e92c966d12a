/** Whether some part of a text matches. */
export type Pattern = (text: string) => boolean

/** Characters that mean something in RE2; a pattern without them is plain text. */
const SPECIAL = /[\\.+*?()|[\]{}^$]/

/**
 * Compiles an RE2 pattern: what Go's `regexp` takes, in linear time whatever the text. The library loads when a pattern
 * first needs it (7 ms, and as much again until it is warm); plain text needs none.
 *
 * @throws Error saying why the pattern is invalid
 */
export async function compilePattern(pattern: string): Promise<Pattern> {
  if (!SPECIAL.test(pattern)) return (text) => text.includes(pattern)
  const { RE2JS } = await import('re2js')
  const compiled = RE2JS.compile(pattern)
  return (text) => compiled.matcher(text).find()
}
