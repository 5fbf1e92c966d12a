import { formatFloat, type FloatVerb } from './go-float.ts'
import { isPrintable } from './go-printable.ts'
import { canBackquote, quoteGo } from './go-quote.ts'

// Go's fmt package for the four kinds of arguments that OPA's sprintf passes to it: after fmt/format.go, fmt/print.go
// and math/big/intconv.go, with strings counted in code points as Go counts runes.

export type GoArgument =
  | { readonly type: 'int64' | '*big.Int'; readonly value: bigint }
  | { readonly type: 'float64'; readonly value: number }
  | { readonly type: 'string'; readonly value: string }

/** The flags, width and precision of one verb. */
export interface Flags {
  plus: boolean
  minus: boolean
  sharp: boolean
  space: boolean
  zero: boolean
  /** `%+v` and `%#v`: the flag is taken from `plus` and `sharp`. */
  plusV: boolean
  sharpV: boolean
  width: number | undefined
  precision: number | undefined
}

export function noFlags(): Flags {
  return {
    plus: false,
    minus: false,
    sharp: false,
    space: false,
    zero: false,
    plusV: false,
    sharpV: false,
    width: undefined,
    precision: undefined,
  }
}

/** One argument under one verb; a verb that does not fit gives Go's `%!verb(type=value)`. */
export function formatArgument(argument: GoArgument, verb: string, flags: Flags): string {
  if (verb === 'T') return pad(truncate(argument.type, flags), flags)
  switch (argument.type) {
    case 'int64':
      return formatInt64(argument.value, verb, flags) ?? formatBadVerb(argument, verb, flags)
    case 'float64':
      return formatDouble(argument.value, verb, flags) ?? formatBadVerb(argument, verb, flags)
    case 'string':
      return formatString(argument.value, verb, flags) ?? formatBadVerb(argument, verb, flags)
    case '*big.Int':
      return formatBigInt(argument.value, verb, flags)
  }
}

/** `int64=5`, as in the EXTRA and bad verb forms. */
export function describeArgument(argument: GoArgument, flags: Flags): string {
  return `${argument.type}=${formatArgument(argument, 'v', flags)}`
}

function formatBadVerb(argument: GoArgument, verb: string, flags: Flags): string {
  return `%!${verb}(${describeArgument(argument, flags)})`
}

function pad(text: string, flags: Flags): string {
  const missing = (flags.width ?? 0) - Array.from(text).length
  if (missing <= 0) return text
  if (flags.minus) return text + ' '.repeat(missing)
  return (flags.zero ? '0' : ' ').repeat(missing) + text
}

function truncate(text: string, { precision }: Flags): string {
  return precision === undefined ? text : Array.from(text).slice(0, precision).join('')
}

function formatString(value: string, verb: string, flags: Flags): string | undefined {
  switch (verb) {
    case 'v':
      return flags.sharpV ? formatQuoted(value, flags) : pad(truncate(value, flags), flags)
    case 's':
      return pad(truncate(value, flags), flags)
    case 'q':
      return formatQuoted(value, flags)
    case 'x':
      return formatBytes(value, flags)
    case 'X':
      return formatBytes(value, flags).toUpperCase()
    default:
      return undefined
  }
}

function formatQuoted(value: string, flags: Flags): string {
  const text = truncate(value, flags)
  if (flags.sharp && canBackquote(text)) return pad(`\`${text}\``, flags)
  return pad(quoteGo(text, { ascii: flags.plus }), flags)
}

function formatBytes(value: string, flags: Flags): string {
  const bytes = [...Buffer.from(value)].slice(0, flags.precision)
  if (bytes.length === 0) return pad('', flags)
  const pairs = bytes.map((byte) => byte.toString(16).padStart(2, '0'))
  const prefix = flags.sharp ? '0x' : ''
  return pad(prefix + pairs.join(flags.space ? ` ${prefix}` : ''), flags)
}

function formatInt64(value: bigint, verb: string, flags: Flags): string | undefined {
  switch (verb) {
    case 'v':
    case 'd':
      return formatInteger(value, 10, verb, flags)
    case 'b':
      return formatInteger(value, 2, verb, flags)
    case 'o':
    case 'O':
      return formatInteger(value, 8, verb, flags)
    case 'x':
    case 'X':
      return formatInteger(value, 16, verb, flags)
    case 'c':
      return pad(toRune(value), flags)
    case 'q':
      return pad(quoteGo(toRune(value), { ascii: flags.plus, quote: "'" }), flags)
    case 'U':
      return formatUnicode(value, flags)
    default:
      return undefined
  }
}

function formatInteger(value: bigint, base: number, verb: string, flags: Flags): string {
  const spaces = { ...flags, zero: false }
  const { precision, width } = flags
  if (precision === 0 && value === 0n) return pad('', spaces)
  const negative = value < 0n
  const sign = negative ? '-' : flags.plus ? '+' : flags.space ? ' ' : ''
  let least = precision ?? 0
  // Zeros on the left make room for the sign, but not for a prefix such as 0x.
  if (precision === undefined && flags.zero && !flags.minus && width !== undefined) least = width - sign.length
  let digits = (negative ? -value : value).toString(base)
  if (verb === 'X') digits = digits.toUpperCase()
  digits = digits.padStart(least, '0')
  return pad(sign + integerPrefix(digits, base, verb, flags) + digits, spaces)
}

function integerPrefix(digits: string, base: number, verb: string, flags: Flags): string {
  if (verb === 'O') return flags.sharp && !digits.startsWith('0') ? '0o0' : '0o'
  if (!flags.sharp) return ''
  if (base === 2) return '0b'
  if (base === 16) return verb === 'X' ? '0X' : '0x'
  return base === 8 && !digits.startsWith('0') ? '0' : ''
}

function formatUnicode(value: bigint, flags: Flags): string {
  const code = BigInt.asUintN(64, value)
  const least = Math.max(flags.precision ?? 0, 4)
  const shown = flags.sharp && isPrintable(Number(code)) ? ` '${String.fromCodePoint(Number(code))}'` : ''
  return pad(`U+${code.toString(16).toUpperCase().padStart(least, '0')}${shown}`, { ...flags, zero: false })
}

/** The character of a code point; the replacement character where there is none. */
function toRune(value: bigint): string {
  const valid = value >= 0n && value <= 0x10ffffn && !(value >= 0xd800n && value < 0xe000n)
  return valid ? String.fromCodePoint(Number(value)) : '\ufffd'
}

const FLOAT_VERBS: Readonly<Record<string, { verb: FloatVerb; precision: number }>> = {
  v: { verb: 'g', precision: -1 },
  g: { verb: 'g', precision: -1 },
  G: { verb: 'G', precision: -1 },
  b: { verb: 'b', precision: -1 },
  x: { verb: 'x', precision: -1 },
  X: { verb: 'X', precision: -1 },
  e: { verb: 'e', precision: 6 },
  E: { verb: 'E', precision: 6 },
  f: { verb: 'f', precision: 6 },
  F: { verb: 'f', precision: 6 },
}

function formatDouble(value: number, verb: string, flags: Flags): string | undefined {
  const form = Object.hasOwn(FLOAT_VERBS, verb) ? FLOAT_VERBS[verb] : undefined
  if (form === undefined) return undefined
  const precision = flags.precision ?? form.precision
  const text = formatFloat(value, form.verb, precision)
  const negative = text.startsWith('-')
  let number = negative ? text.slice(1) : text
  if (flags.sharp && form.verb !== 'b') number = restorePoint(number, form.verb, precision)
  const sign = negative ? '-' : flags.plus ? '+' : flags.space ? ' ' : ''
  const missing = (flags.width ?? 0) - sign.length - number.length
  if (sign !== '' && flags.zero && !flags.minus && missing > 0) return sign + '0'.repeat(missing) + number
  return pad(sign + number, flags)
}

/** The sharp flag: always a decimal point, and for %g and %x the trailing zeros up to the precision. */
function restorePoint(number: string, verb: FloatVerb, precision: number): string {
  const hex = verb === 'x' || verb === 'X'
  const at = number.search(hex ? /p/i : /e/i)
  const tail = at < 0 ? '' : number.slice(at)
  let head = at < 0 ? number : number.slice(0, at)
  // Only these verbs ask for digits; %X, %e and %f have all that they need.
  let wanted = verb === 'g' || verb === 'G' || verb === 'x' ? (precision === -1 ? 6 : precision) : 0
  let significant = false
  for (const char of head) {
    if (char === '.') continue
    if (char !== '0') significant = true
    if (significant) wanted--
  }
  if (!head.includes('.')) {
    if (head === '0') wanted--
    head += '.'
  }
  return head + '0'.repeat(Math.max(wanted, 0)) + tail
}

const BIG_INT_BASES: Readonly<Record<string, number>> = { b: 2, o: 8, O: 8, d: 10, s: 10, v: 10, x: 16, X: 16 }

/** `(*big.Int).Format`: integers beyond 64 bits. */
function formatBigInt(value: bigint, verb: string, flags: Flags): string {
  if (verb === 'w') return `%!w(*big.Int=${describeWords(value)})`
  const base = Object.hasOwn(BIG_INT_BASES, verb) ? BIG_INT_BASES[verb] : undefined
  if (base === undefined) return `%!${verb}(big.Int=${value})`
  const sharp = flags.sharp || flags.sharpV
  const sign = value < 0n ? '-' : flags.plus || flags.plusV ? '+' : flags.space ? ' ' : ''
  const prefix = verb === 'O' ? '0o' : sharp ? ({ b: '0b', o: '0', x: '0x', X: '0X' }[verb] ?? '') : ''
  let digits = (value < 0n ? -value : value).toString(base)
  if (verb === 'X') digits = digits.toUpperCase()
  digits = digits.padStart(flags.precision ?? 0, '0')
  const missing = (flags.width ?? 0) - sign.length - prefix.length - digits.length
  if (missing <= 0) return sign + prefix + digits
  if (flags.minus) return sign + prefix + digits + ' '.repeat(missing)
  if (flags.zero && flags.precision === undefined) return sign + prefix + '0'.repeat(missing) + digits
  return ' '.repeat(missing) + sign + prefix + digits
}

/** `%w` makes Go print the struct behind the pointer: the sign and the words of 64 bits. */
function describeWords(value: bigint): string {
  const words: bigint[] = []
  for (let rest = value < 0n ? -value : value; rest > 0n; rest >>= 64n) words.push(BigInt.asUintN(64, rest))
  return `&{${value < 0n} [${words.join(' ')}]}`
}
