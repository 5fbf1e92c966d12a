import { describeArgument, formatArgument, noFlags, type Flags, type GoArgument } from './go-format.ts'
import { printRegoValue, type RegoValue } from './rego-value.ts'

/**
 * OPA's `sprintf`, whose result is Go's `fmt.Sprintf`: every verb, flag, width, precision and index, and Go's ways of
 * saying what is wrong (`%!d(string=x)`, `%!s(MISSING)`, `%!(EXTRA int64=1)`). The WASM SDK has JavaScript's sprintf-js
 * instead, which prints objects as `[object Object]` and throws where Go explains.
 *
 * @returns undefined where the arguments have the wrong types: the call is undefined in Rego too
 */
export function sprintf(format: RegoValue, values: RegoValue): string | undefined {
  if (format.kind !== 'string' || values.kind !== 'array') return undefined
  return new Printer(format.value, values.items.map(toArgument)).print()
}

const INT64_MIN = -(2n ** 63n)
const INT64_MAX = 2n ** 63n - 1n
/** Go refuses widths, precisions and indexes beyond this. */
const LARGEST = 1_000_000

/** As OPA passes values to Go: composites, booleans and null as their text. */
function toArgument(value: RegoValue): GoArgument {
  if (value.kind === 'string') return { type: 'string', value: value.value }
  if (value.kind !== 'number') return { type: 'string', value: printRegoValue(value) }
  if (/[.eE]/.test(value.text)) {
    const number = Number(value.text)
    return Number.isFinite(number) ? { type: 'float64', value: number } : { type: 'string', value: value.text }
  }
  const integer = BigInt(value.text)
  return { type: integer >= INT64_MIN && integer <= INT64_MAX ? 'int64' : '*big.Int', value: integer }
}

/** Go's `doPrintf`, step for step. */
class Printer {
  readonly #format: readonly string[]
  readonly #arguments: readonly GoArgument[]
  #at = 0
  #next = 0
  #reordered = false
  #goodIndex = true
  #out = ''

  constructor(format: string, values: readonly GoArgument[]) {
    this.#format = Array.from(format)
    this.#arguments = values
  }

  print(): string {
    while (this.#at < this.#format.length) {
      const char = this.#format[this.#at++] ?? ''
      if (char === '%') this.#verb()
      else this.#out += char
    }
    if (!this.#reordered && this.#next < this.#arguments.length) {
      const extra = this.#arguments.slice(this.#next).map((argument) => describeArgument(argument, noFlags()))
      this.#out += `%!(EXTRA ${extra.join(', ')})`
    }
    return this.#out
  }

  #verb(): void {
    const flags = noFlags()
    this.#flags(flags)
    const indexed = this.#precision(flags, this.#width(flags, this.#index()))
    if (!indexed) this.#index()
    const verb = this.#format[this.#at++]
    if (verb === undefined) this.#out += '%!(NOVERB)'
    else if (verb === '%') this.#out += '%'
    else if (!this.#goodIndex) this.#out += `%!${verb}(BADINDEX)`
    else this.#argument(verb, flags)
  }

  #argument(verb: string, flags: Flags): void {
    const argument = this.#arguments[this.#next]
    if (argument === undefined) {
      this.#out += `%!${verb}(MISSING)`
      return
    }
    this.#next++
    if (verb === 'v' || verb === 'w') {
      flags.sharpV = flags.sharp
      flags.plusV = flags.plus
      flags.sharp = false
      flags.plus = false
    }
    this.#out += formatArgument(argument, verb, flags)
  }

  /** The flags, with which a verb begins. */
  #flags(flags: Flags): void {
    this.#goodIndex = true
    for (; ; this.#at++) {
      const char = this.#format[this.#at]
      if (char === '#') flags.sharp = true
      else if (char === '0') flags.zero = true
      else if (char === '+') flags.plus = true
      else if (char === '-') flags.minus = true
      else if (char === ' ') flags.space = true
      else return
    }
  }

  /** @returns whether an index (`[3]`) stands right before what follows */
  #width(flags: Flags, indexed: boolean): boolean {
    if (this.#take('*')) {
      flags.width = this.#integerArgument()
      if (flags.width === undefined) this.#out += '%!(BADWIDTH)'
      if (flags.width !== undefined && flags.width < 0) {
        flags.width = -flags.width
        flags.minus = true
        flags.zero = false
      }
      return false
    }
    flags.width = this.#number()
    if (indexed && flags.width !== undefined) this.#goodIndex = false
    return indexed
  }

  #precision(flags: Flags, indexed: boolean): boolean {
    // A point at the very end is no precision: Go takes it for the verb.
    if (this.#at + 1 >= this.#format.length || !this.#take('.')) return indexed
    if (indexed) this.#goodIndex = false
    const indexedAgain = this.#index()
    if (this.#take('*')) {
      const precision = this.#integerArgument()
      flags.precision = precision !== undefined && precision >= 0 ? precision : undefined
      if (flags.precision === undefined) this.#out += '%!(BADPREC)'
      return false
    }
    flags.precision = this.#number() ?? 0
    return indexedAgain
  }

  #take(char: string): boolean {
    if (this.#format[this.#at] !== char) return false
    this.#at++
    return true
  }

  /** Decimal digits; a number that is too large makes Go skip to the end of the format. */
  #number(): number | undefined {
    let number: number | undefined
    for (let char = this.#format[this.#at]; char !== undefined && /^[0-9]$/.test(char); char = this.#format[this.#at]) {
      if ((number ?? 0) > LARGEST) {
        this.#at = this.#format.length
        return undefined
      }
      number = (number ?? 0) * 10 + Number(char)
      this.#at++
    }
    return number
  }

  #integerArgument(): number | undefined {
    const argument = this.#arguments[this.#next]
    if (argument === undefined) return undefined
    this.#next++
    if (argument.type !== 'int64') return undefined
    const number = Number(argument.value)
    return Math.abs(number) > LARGEST ? undefined : number
  }

  /** An explicit argument index, `[n]` from 1. */
  #index(): boolean {
    if (this.#format[this.#at] !== '[') return false
    this.#reordered = true
    const close = this.#format.indexOf(']', this.#at + 1)
    // `[]` at the very end is too short to be looked at.
    if (close < 0 || this.#format.length - this.#at < 3) {
      this.#goodIndex = false
      this.#at++
      return false
    }
    const text = this.#format.slice(this.#at + 1, close).join('')
    this.#at = close + 1
    const valid = /^[0-9]+$/.test(text) && Math.floor(Number(text) / 10) <= LARGEST
    const index = Number(text) - 1
    if (valid && index >= 0 && index < this.#arguments.length) this.#next = index
    else this.#goodIndex = false
    return valid
  }
}
