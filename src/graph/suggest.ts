import { closest, distance } from 'fastest-levenshtein'
import { quote } from '../diagnostic/index.ts'
import type { JsonValue } from '../input/json.ts'

/** Longer names are nobody's typing mistake, and comparing them costs length squared. */
const MAX_LENGTH = 100

/** The known name that was probably meant: one mistake in three letters at most. Case does not count. */
export function findSimilar(name: string, known: readonly string[]): string | undefined {
  if (name === '' || name.length > MAX_LENGTH || known.length === 0) return undefined
  const lower = name.toLowerCase()
  const sameLetters = known.find((candidate) => candidate.toLowerCase() === lower)
  if (sameLetters !== undefined) return sameLetters
  const nearest = closest(name, known)
  const shorter = Math.min(name.length, nearest.length)
  return shorter >= 3 && distance(name, nearest) <= Math.ceil(shorter / 3) ? nearest : undefined
}

/** `did you mean "children"?`, else the known names, else `otherwise`. */
export function suggest(name: string, known: readonly string[], otherwise?: string): string {
  const similar = findSimilar(name, known)
  if (similar !== undefined) return `did you mean ${quote(similar)}?`
  return otherwise ?? `known are ${joinNames(known)}`
}

/** What to do where a text must stand and something else does. */
export function adviseText(value: JsonValue | undefined): string {
  if (typeof value === 'boolean') return 'put it in quotes: YAML reads y, n, yes, no, on and off as true or false'
  return typeof value === 'number' ? `put it in quotes: ${quote(String(value))}` : 'write a text'
}

/** `"a", "b" and "c"`. */
export function joinNames(names: readonly string[]): string {
  const quoted = names.map((name) => quote(name))
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1) ?? ''}`
}
