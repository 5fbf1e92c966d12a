// Go's strconv.FormatFloat for doubles. JavaScript's own toFixed and toPrecision round ties upwards and stop at 100
// digits; Go rounds the exact decimal value, ties to even, so that is done here with big integers.

/** Decimal digits of a number: 0.d1d2d3… times 10 to the `point`. */
interface Decimal {
  digits: string
  point: number
}

/** The value is `mantissa` times 2 to the power of `exponent`. */
interface Binary {
  mantissa: bigint
  exponent: number
}

export type FloatVerb = 'b' | 'e' | 'E' | 'f' | 'g' | 'G' | 'x' | 'X'

/**
 * `strconv.FormatFloat(value, verb, precision, 64)` of a finite number.
 *
 * @param precision -1 for the fewest digits that read back as the same number
 */
export function formatFloat(value: number, verb: FloatVerb, precision: number): string {
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  const magnitude = Math.abs(value)
  return sign + formatMagnitude(magnitude, verb, precision)
}

function formatMagnitude(value: number, verb: FloatVerb, precision: number): string {
  if (verb === 'b') return formatBinary(splitDouble(value))
  if (verb === 'x' || verb === 'X') return formatHex(splitDouble(value), verb, precision)
  if (precision < 0) {
    const shortest = shortestDecimal(value)
    const count = shortest.digits.length
    if (verb === 'f') return writeFixed(shortest, Math.max(count - shortest.point, 0))
    if (verb === 'e' || verb === 'E') return writeExponent(shortest, count - 1, verb)
    return writeGeneral(shortest, count, verb, 6)
  }
  const exact = exactDecimal(value)
  if (verb === 'f') return writeFixed(roundDecimal(exact, exact.point + precision), precision)
  if (verb === 'e' || verb === 'E') return writeExponent(roundDecimal(exact, precision + 1), precision, verb)
  const wanted = precision === 0 ? 1 : precision
  const rounded = roundDecimal(exact, wanted)
  const count = rounded.digits.length
  return writeGeneral(rounded, wanted, verb, wanted > count && count >= rounded.point ? count : wanted)
}

function writeGeneral(decimal: Decimal, precision: number, verb: 'g' | 'G', limit: number): string {
  const count = decimal.digits.length
  const exponent = decimal.point - 1
  if (exponent < -4 || exponent >= limit) return writeExponent(decimal, Math.min(precision, count) - 1, verb === 'g' ? 'e' : 'E')
  const digits = precision > decimal.point ? count : precision
  return writeFixed(decimal, Math.max(digits - decimal.point, 0))
}

function writeExponent({ digits, point }: Decimal, precision: number, letter: 'e' | 'E'): string {
  const fraction = precision > 0 ? `.${digits.slice(1, precision + 1).padEnd(precision, '0')}` : ''
  const exponent = digits === '' ? 0 : point - 1
  const size = String(Math.abs(exponent)).padStart(2, '0')
  return `${digits[0] ?? '0'}${fraction}${letter}${exponent < 0 ? '-' : '+'}${size}`
}

function writeFixed({ digits, point }: Decimal, precision: number): string {
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0'
  if (precision <= 0) return whole
  const digitAt = (_: unknown, index: number) => digits[point + index] ?? '0'
  return `${whole}.${Array.from({ length: precision }, digitAt).join('')}`
}

function shortestDecimal(value: number): Decimal {
  if (value === 0) return { digits: '', point: 0 }
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e')
  return { digits: mantissa.replace('.', ''), point: Number(exponent) + 1 }
}

function exactDecimal(value: number): Decimal {
  const { mantissa, exponent } = splitDouble(value)
  if (mantissa === 0n) return { digits: '', point: 0 }
  const whole = exponent >= 0 ? mantissa << BigInt(exponent) : mantissa * 5n ** BigInt(-exponent)
  const digits = whole.toString()
  return { digits: digits.replace(/0+$/, ''), point: digits.length + Math.min(exponent, 0) }
}

/** Keeps `count` digits, ties to even; a negative count keeps all, as Go's decimal does. */
function roundDecimal(decimal: Decimal, count: number): Decimal {
  const { digits, point } = decimal
  if (count < 0 || count >= digits.length) return decimal
  const kept = digits.slice(0, count)
  const rest = digits.slice(count)
  const up = rest === '5' ? count > 0 && Number(kept.at(-1)) % 2 === 1 : (rest[0] ?? '0') >= '5'
  if (!up) return { digits: kept.replace(/0+$/, ''), point: kept.replace(/0+$/, '') === '' ? 0 : point }
  const stem = kept.replace(/9+$/, '')
  if (stem === '') return { digits: '1', point: point + 1 }
  return { digits: stem.slice(0, -1) + String(Number(stem.at(-1)) + 1), point }
}

function splitDouble(value: number): Binary {
  const bits = new DataView(new ArrayBuffer(8))
  bits.setFloat64(0, value)
  const biased = (bits.getUint16(0) >> 4) & 0x7ff
  const fraction = bits.getBigUint64(0) & 0xfffffffffffffn
  return biased === 0 ? { mantissa: fraction, exponent: -1074 } : { mantissa: fraction | (1n << 52n), exponent: biased - 1075 }
}

/** `4503599627370496p-52` */
function formatBinary({ mantissa, exponent }: Binary): string {
  return `${mantissa}p${exponent >= 0 ? '+' : ''}${exponent}`
}

/** `0x1.8p+01` */
function formatHex(binary: Binary, verb: 'x' | 'X', precision: number): string {
  let exponent = binary.mantissa === 0n ? 0 : binary.exponent + 52
  let mantissa = binary.mantissa << 8n
  const top = 1n << 60n
  while (mantissa !== 0n && (mantissa & top) === 0n) {
    mantissa <<= 1n
    exponent--
  }
  if (precision >= 0 && precision < 15) {
    const shift = BigInt(precision * 4)
    const extra = (mantissa << shift) & (top - 1n)
    mantissa >>= 60n - shift
    if ((extra | (mantissa & 1n)) > 1n << 59n) mantissa++
    mantissa <<= 60n - shift
    if ((mantissa & (1n << 61n)) !== 0n) {
      mantissa >>= 1n
      exponent++
    }
  }
  const lead = (mantissa >> 60n) & 1n
  const fraction = (mantissa & (top - 1n)).toString(16).padStart(15, '0')
  const shown = precision < 0 ? fraction.replace(/0+$/, '') : fraction.padEnd(precision, '0').slice(0, precision)
  const power = `p${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
  const text = `0x${lead}${shown === '' ? '' : `.${shown}`}${power}`
  return verb === 'X' ? text.toUpperCase() : text
}
