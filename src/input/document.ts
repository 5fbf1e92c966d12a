import type { Diagnostic, Position } from '../diagnostic/index.ts'
import type { JsonValue } from './json.ts'
import type { SourceText } from './source-text.ts'

/** Steps from the document's root: keys of maps, indexes of lists. */
export type Path = readonly (string | number)[]

/** One YAML or JSON document of one file. */
export interface InputDocument {
  /** The file as the user named it; `<stdin>` for standard input. */
  readonly file: string
  /** Place in the file, from 0; documents that hold nothing count. */
  readonly index: number
  /** As sigs.k8s.io/yaml reads it. */
  readonly value: JsonValue
  /**
   * Where a value or its key stands. A path that does not exist gives its nearest existing ancestor; one into an alias
   * or a merged map gives the place it was taken from.
   */
  locate(path: Path, target?: 'key' | 'value'): Position
  /** The place of a part of a string, counted in the string's own characters; the whole string where that cannot be told. */
  locateIn(path: Path, start: number, end: number): Position
  /** The source around a position of this file, for `Diagnostic.frame`. */
  frame(position: Position): string
}

export interface ParsedDocuments {
  documents: InputDocument[]
  diagnostics: Diagnostic[]
}

/** Offsets of a value in its text. `content` maps a character of the string value to an offset where that is known. */
export interface Span {
  start: number
  end: number
  content?: (index: number) => number | undefined
}

/** How a reader of one format answers `locate`: the span of a path, or of its nearest ancestor. */
export type SpanFinder = (path: Path, target: 'key' | 'value') => Span

export function createDocument(
  source: SourceText,
  index: number,
  value: JsonValue,
  findSpan: SpanFinder,
): InputDocument {
  return {
    file: source.file,
    index,
    value,
    locate(path, target = 'value') {
      const { start, end } = findSpan(path, target)
      return source.position(start, end)
    },
    locateIn(path, start, end) {
      const span = findSpan(path, 'value')
      const from = span.content?.(start)
      const to = span.content?.(end)
      return from === undefined || to === undefined ? source.position(span.start, span.end) : source.position(from, to)
    },
    frame(position) {
      return source.frame(position)
    },
  }
}
