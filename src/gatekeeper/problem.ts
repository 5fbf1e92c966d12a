import type { Diagnostic } from '../diagnostic/index.ts'
import type { InputDocument, Path } from '../input/index.ts'

/** Notes something wrong at a value of a document. */
export type Report = (path: Path, code: string, message: string, hint: string, severity?: 'error' | 'warning') => void

/** A diagnostic at a value of a document, with the source around it. */
export function diagnoseAt(
  document: InputDocument,
  path: Path,
  parts: Pick<Diagnostic, 'code' | 'severity' | 'message' | 'hint'>,
  target: 'key' | 'value' = 'value',
): Diagnostic {
  const position = document.locate(path, target)
  return { ...parts, position, frame: document.frame(position) }
}

/** Reports about one document, gathered in a list. */
export function reportInto(diagnostics: Diagnostic[], document: InputDocument): Report {
  return (path, code, message, hint, severity = 'error') => {
    diagnostics.push(diagnoseAt(document, path, { code, severity, message, hint }))
  }
}
