import { renderFrame, type Diagnostic, type Position } from '../diagnostic/index.ts'

/** A file's text, and where its lines begin: worked out when something first asks for a position. */
export class SourceText {
  readonly file: string
  readonly text: string
  #lineStarts: number[] | undefined

  constructor(file: string, text: string) {
    this.file = file
    this.text = text
  }

  /** The position of a range of offsets (UTF-16 code units from the start of the text). */
  position(start: number, end: number = start): Position {
    const from = this.#place(start)
    if (end <= start) return { file: this.file, ...from }
    const to = this.#place(end)
    return { file: this.file, ...from, endLine: to.line, endColumn: to.column }
  }

  frame(position: Position): string {
    return renderFrame((line) => this.#line(line), position)
  }

  /** A diagnostic that points at a range of offsets. */
  diagnose(parts: Pick<Diagnostic, 'code' | 'severity' | 'message' | 'hint'>, start: number, end?: number): Diagnostic {
    const position = this.position(start, end)
    return { ...parts, position, frame: this.frame(position) }
  }

  #place(offset: number): { line: number; column: number } {
    const starts = this.#starts()
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 }
  }

  #line(line: number): string | undefined {
    const starts = this.#starts()
    const start = starts[line - 1]
    if (start === undefined) return undefined
    return this.text.slice(start, starts[line] ?? this.text.length).replace(/\r?\n$|\r$/, '')
  }

  #starts(): number[] {
    if (this.#lineStarts === undefined) {
      this.#lineStarts = [0]
      for (let at = this.text.indexOf('\n'); at !== -1; at = this.text.indexOf('\n', at + 1)) this.#lineStarts.push(at + 1)
    }
    return this.#lineStarts
  }
}
