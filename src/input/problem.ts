import type { Diagnostic } from '../diagnostic/index.ts'

/** An error about a file as a whole: it has no position, so the message names the file. */
export function inputError(code: `GG0${string}`, message: string, hint: string): Diagnostic {
  return { code, severity: 'error', message, hint }
}

/** The system's error code (`EACCES`), which is the same in every locale, or the message where there is none. */
export function systemReason(error: unknown): string {
  if (error instanceof Error) return 'code' in error && typeof error.code === 'string' ? error.code : error.message
  return String(error)
}
