import type { Readable, Writable } from 'node:stream'

/** What a command talks to; the tests hand in their own. Results go to `stdout`, everything else to `stderr`. */
export interface Io {
  readonly stdin: Readable
  readonly stdout: Writable & { isTTY?: boolean }
  readonly stderr: Writable & { isTTY?: boolean }
  readonly env: Readonly<Record<string, string | undefined>>
  /** Aborted on SIGINT. */
  readonly signal: AbortSignal
}

/** Colour goes to terminals only, and not where `NO_COLOR` is set (no-color.org). */
export function useColor(stream: { isTTY?: boolean }, env: Io['env']): boolean {
  return stream.isTTY === true && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb'
}
