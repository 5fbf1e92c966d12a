/** Something to say about a document. Offsets count within it, from 0. */
export interface Finding {
  code: `GG0${string}`
  message: string
  hint: string
  range: readonly [start: number, end: number]
}

/** Stops the reading of one document; `read-yaml.ts` makes a diagnostic of it. */
export class Refusal extends Error implements Finding {
  readonly code: `GG0${string}`
  readonly hint: string
  readonly range: readonly [start: number, end: number]

  constructor(code: `GG0${string}`, message: string, hint: string, [start, end]: readonly number[]) {
    super(message)
    this.code = code
    this.hint = hint
    this.range = [start ?? 0, end ?? start ?? 0]
  }
}
