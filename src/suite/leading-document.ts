import type { ReadFile } from './file-cache.ts'

/**
 * Whether an empty document comes first, such as `null` before `---`. Parsing drops it, but Gatekeeper's tools take it for
 * the object and refuse the file. Blank lines, comments and one `---` before the first object are no document to them.
 */
export function startsWithNothing({ content, documents }: ReadFile): boolean {
  const [first] = documents
  if (first === undefined || first.index === 0) return false
  return first.index > 1 || !/^(?:[ \t]*\r?\n|#[^\n]*\n)+---/.test(content.text)
}
