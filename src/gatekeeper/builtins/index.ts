import type { RegoValue } from './rego-value.ts'
import { sprintf } from './sprintf.ts'

/** A Rego builtin that the WASM asks its host for; undefined makes the call undefined in Rego. */
export type Builtin = (...operands: RegoValue[]) => string | undefined

/** The builtins that this host has. Any other one is an error when a rule calls it. */
export const BUILTINS: ReadonlyMap<string, Builtin> = new Map([
  ['sprintf', (format: RegoValue, values: RegoValue) => sprintf(format, values)],
])
