import type { ExitCode } from './exit.ts'
import type { Io } from './io.ts'

/** One option of a command; help and docs/cli.md are made from these. */
export interface OptionSpec {
  /** As commander reads it: `-f, --file <path>`. */
  readonly flags: string
  readonly description: string
  readonly repeatable?: boolean
  readonly required?: boolean
  readonly choices?: readonly string[]
  readonly default?: string
}

export interface ArgumentSpec {
  /** `<path...>` is required, `[name]` is not. */
  readonly name: string
  readonly description: string
}

export type Options = Readonly<Record<string, string | boolean | readonly string[] | undefined>>

export type Run = (args: readonly string[], options: Options, io: Io) => Promise<ExitCode>

export interface CommandSpec {
  /** `['graph', 'show']` is `graphgate graph show`. */
  readonly path: readonly [string, ...string[]]
  /** Other paths that mean the same. */
  readonly aliases?: readonly (readonly [string, ...string[]])[]
  readonly summary: string
  readonly description: string
  readonly arguments: readonly ArgumentSpec[]
  readonly options: readonly OptionSpec[]
  readonly examples: readonly string[]
  /** Loads the command's own file, so that no other command pays for its libraries. */
  readonly load: () => Promise<{ run: Run }>
}
