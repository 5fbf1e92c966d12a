/** Exit codes of every command; where several apply, the later in `2 > 3 > 1 > 0` gives way. */
export const EXIT = {
  clean: 0,
  /** Violations, failing tests, a stale pack under `--check`. */
  findings: 1,
  /** Nothing could run: usage, an invalid graph among the inputs, no tests. Nothing was written. */
  unusable: 2,
  /** Something could not be decided; partial results were printed. */
  undecided: 3,
  interrupted: 130,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]
