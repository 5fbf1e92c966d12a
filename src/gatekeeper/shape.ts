import { quote } from '../diagnostic/index.ts'
import { isJsonObject, type JsonObject, type JsonValue, type Path } from '../input/index.ts'

/**
 * The type that a value must have for Go to decode it; null passes everywhere, as the zero value. `fields` is a struct,
 * whose unknown fields are errors unless it is `lenient`; `later` defers to a shape that refers to itself.
 */
export type Shape =
  | 'any'
  | 'string'
  | 'strings'
  | 'bool'
  | 'integer'
  | 'number'
  | 'time'
  | { readonly list: Shape }
  | { readonly map: Shape }
  | { readonly fields: Readonly<Record<string, Shape>>; readonly lenient?: boolean }
  | { readonly oneOf: readonly Shape[]; readonly words: string }
  | { readonly later: () => Shape }

export interface ShapeProblem {
  readonly path: Path
  readonly reason: string
}

/** What keeps a value from being decoded. */
export function findShapeProblems(value: JsonValue | undefined, shape: Shape, path: Path = []): ShapeProblem[] {
  if (value === undefined || value === null) return []
  if (typeof shape === 'string') return isOfShape(value, shape) ? [] : [mistyped(path, WORDS[shape])]
  if ('later' in shape) return findShapeProblems(value, shape.later(), path)
  if ('oneOf' in shape) return findAlternatives(value, shape, path)
  if ('list' in shape) {
    if (!Array.isArray(value)) return [mistyped(path, 'a list')]
    return value.flatMap((item, index) => findShapeProblems(item, shape.list, [...path, index]))
  }
  if (!isJsonObject(value)) return [mistyped(path, 'a map')]
  if ('map' in shape) return Object.entries(value).flatMap(([key, item]) => findShapeProblems(item, shape.map, [...path, key]))
  return findFieldProblems(value, shape, path)
}

type Scalar = Extract<Shape, string>

const WORDS: Readonly<Record<Scalar, string>> = {
  any: 'anything',
  string: 'a string',
  strings: 'a list of strings',
  bool: 'true or false',
  integer: 'a whole number',
  number: 'a number',
  time: 'a time such as 2026-01-31T12:00:00Z',
}

function isOfShape(value: JsonValue, shape: Scalar): boolean {
  switch (shape) {
    case 'any':
      return true
    case 'string':
      return typeof value === 'string'
    case 'strings':
      return Array.isArray(value) && value.every((item) => typeof item === 'string')
    case 'bool':
      return typeof value === 'boolean'
    case 'number':
      return typeof value === 'number'
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 2 ** 63
    case 'time':
      return typeof value === 'string' && isTime(value)
  }
}

/** RFC 3339, on a day that there is. */
function isTime(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/.test(text)) return false
  const date = new Date(`${text.slice(0, 10)}T00:00:00Z`)
  return !Number.isNaN(Date.parse(text)) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text.slice(0, 10))
}

/** The problems of the alternative that the value is meant to be, which is the first of its JSON type. */
function findAlternatives(value: JsonValue, { oneOf, words }: { oneOf: readonly Shape[]; words: string }, path: Path): ShapeProblem[] {
  const found = oneOf.map((shape) => findShapeProblems(value, shape, path))
  if (found.some((problems) => problems.length === 0)) return []
  return found.find((problems) => problems.every((problem) => problem.path.length > path.length)) ?? [mistyped(path, words)]
}

/** Go's decoder takes a field in any case, so a field that differs from a known one in case alone is never harmless. */
function findFieldProblems(
  value: JsonObject,
  { fields, lenient = false }: { fields: Readonly<Record<string, Shape>>; lenient?: boolean },
  path: Path,
): ShapeProblem[] {
  return Object.entries(value).flatMap(([key, item]) => {
    const at = [...path, key]
    const field = Object.hasOwn(fields, key) ? fields[key] : undefined
    if (field !== undefined) return findShapeProblems(item, field, at)
    if (!lenient) return [{ path: at, reason: `unknown field ${quote(at.join('.'))}` }]
    const meant = Object.keys(fields).find((name) => name.toLowerCase() === key.toLowerCase())
    return meant === undefined ? [] : [{ path: at, reason: `${quote(at.join('.'))} must be written ${quote(meant)}` }]
  })
}

function mistyped(path: Path, words: string): ShapeProblem {
  return { path, reason: path.length === 0 ? `it must be ${words}` : `${path.join('.')} must be ${words}` }
}
