/** A place in a file. Lines and columns start at 1; columns count UTF-16 code units, as editors and JavaScript do. */
export interface Position {
  /** The file as the user named it; `<stdin>` for standard input. */
  file: string
  line: number
  column: number
  endLine?: number
  /** One past the last column, as `String.slice` counts. */
  endColumn?: number
}

/** Something wrong with the input: data, never thrown, so that one run reports every mistake of every file. */
export interface Diagnostic {
  /** Stable, and explained by `graphgate explain CODE`. */
  code: string
  severity: 'error' | 'warning'
  /** What is wrong, with the offending name. */
  message: string
  /** What to do about it. */
  hint: string
  position?: Position
  /** The source lines with a caret, rendered when the diagnostic is made: printing never reads a file again. */
  frame?: string
}

/** What `graphgate explain CODE` prints. Each module keeps its own table in `codes.ts`. */
export interface CodeEntry {
  title: string
  explanation: string
  remedy: string
}
