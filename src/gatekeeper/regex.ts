/** Whether some part of a text matches. */
export type Pattern = (text: string) => boolean

/** Characters that mean something in RE2; a pattern without them is plain text. */
const SPECIAL = /[\\.+*?()|[\]{}^$]/

/** Names in `\p{…}`, past escapes and quoted text. */
const CLASS_NAME = /\\Q[\s\S]*?(?:\\E|$)|\\[pP]\{\^?([^}]*)\}|\\[\s\S]/g
/** What the library knows beyond Go 1.26, besides every name with an underscore. */
const NOT_IN_GO: readonly string[] = ['Alphabetic', 'Dash', 'Emoji', 'Garay', 'Lowercase', 'Math', 'Sidetic', 'SignWriting', 'Sunuwar', 'Todhri', 'Unknown', 'Uppercase']

/**
 * Compiles an RE2 pattern: what Go's `regexp` takes, in linear time whatever the text. The library loads when a pattern
 * first needs it (7 ms, and as much again until it is warm); plain text needs none.
 *
 * @throws Error saying why the pattern is invalid
 */
export async function compilePattern(pattern: string): Promise<Pattern> {
  if (!SPECIAL.test(pattern)) return (text) => text.includes(pattern)
  for (const [all, name] of pattern.matchAll(CLASS_NAME)) {
    if (name !== undefined && (name.includes('_') || NOT_IN_GO.includes(name))) throw new Error(`invalid character class range: \`${all}\``)
  }
  const { RE2JS } = await import('re2js')
  const compiled = RE2JS.compile(pattern)
  return (text) => compiled.matcher(text).find()
}
