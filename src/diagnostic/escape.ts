// Text from files ends up on terminals and in CI logs. Control characters could move the cursor or recolour it,
// bidirectional overrides could make a line read as another one, so neither leaves this program as it came in.

// Every C0 and C1 control, DEL, line and paragraph separators, invisible and bidirectional formatting, lone surrogates.
const UNSAFE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

const SHORT: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** Writes unsafe characters as escapes (`\n`, `\u001b`); the result is one printable line. */
export function escapeControls(text: string): string {
  return text.replace(UNSAFE, (unit) => SHORT[unit] ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/**
 * Replaces each unsafe character by one visible character, so that columns keep their place in a code frame:
 * a tab becomes an arrow, a control its Unicode picture, anything else the replacement character.
 */
export function depictControls(text: string): string {
  return text.replace(UNSAFE, (unit) => {
    const code = unit.charCodeAt(0)
    if (unit === '\t') return '→'
    if (code < 0x20) return String.fromCharCode(0x2400 + code)
    return code === 0x7f ? '\u2421' : '\ufffd'
  })
}

/**
 * A name from the input, as it stands in messages: in double quotes, escaped, and cut in the middle of long ones.
 *
 * @param limit characters kept of the name
 */
export function quote(name: string, limit = 80): string {
  const kept = Math.floor((limit - 1) / 2)
  const short = name.length > limit ? `${name.slice(0, limit - 1 - kept)}…${name.slice(-kept)}` : name
  return `"${escapeControls(short.replaceAll('\\', '\\\\').replaceAll('"', '\\"'))}"`
}
