import { quote, type Diagnostic } from '../diagnostic/index.ts'
import type { InputDocument, Path } from '../input/index.ts'

/** Why something of a suite cannot be run. */
export class Problem {
  readonly diagnostics: Diagnostic[]

  constructor(diagnostics: readonly Diagnostic[]) {
    this.diagnostics = [...diagnostics]
  }

  /** A problem at a value of a document. */
  static at(document: InputDocument, path: Path, code: string, message: string, hint: string): Problem {
    const position = document.locate(path)
    return new Problem([{ code, severity: 'error', message, hint, position, frame: document.frame(position) }])
  }

  /** A problem of a file as a whole. */
  static inFile(file: string, code: string, message: string, hint: string): Problem {
    return new Problem([{ code, severity: 'error', message: `${quote(file)} ${message}`, hint }])
  }

  /** The same as warnings, where things go on regardless. */
  asWarnings(): Diagnostic[] {
    return this.diagnostics.map((diagnostic) => ({ ...diagnostic, severity: 'warning' }))
  }

  /** In words, one line each: `suite.yaml:7:9: message`. */
  get messages(): string[] {
    const errors = this.diagnostics.filter(({ severity }) => severity === 'error')
    return errors.map(({ message, position }) => {
      return position === undefined ? message : `${position.file}:${position.line}:${position.column}: ${message}`
    })
  }
}
