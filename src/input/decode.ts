/**
 * Text of a file: UTF-8, or UTF-16 with a byte order mark (what PowerShell writes), as YAML readers accept it. The mark
 * itself is removed.
 *
 * @returns undefined for anything else
 */
export function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(detectEncoding(bytes), { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function detectEncoding(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return 'utf-8'
}
