import { quoteGo } from './go-quote.ts'

/**
 * A value as Rego has it. JSON would lose what a message shows: sets turn into lists, and numbers into doubles, where
 * OPA keeps the digits as they were written.
 */
export type RegoValue =
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'array'; readonly items: readonly RegoValue[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [RegoValue, RegoValue])[] }
  | { readonly kind: 'set'; readonly items: readonly RegoValue[] }

/**
 * Reads what `opa_value_dump` writes: JSON, but sets stand as `{1, 2}` or `set()`, and keys may be any value.
 *
 * @throws SyntaxError for anything else
 */
export function parseRegoValue(text: string): RegoValue {
  const reader = new Reader(text)
  const value = reader.value()
  reader.end()
  return value
}

const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/y
const STRING = /"(?:[^"\\]|\\.)*"/y
const SPACE = /\s*/y

class Reader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  value(): RegoValue {
    if (this.#take('set()')) return { kind: 'set', items: [] }
    if (this.#take('null')) return { kind: 'null' }
    if (this.#take('true')) return { kind: 'boolean', value: true }
    if (this.#take('false')) return { kind: 'boolean', value: false }
    if (this.#take('[')) return { kind: 'array', items: this.#list(']') }
    if (this.#take('{')) return this.#braces()
    const string = this.#match(STRING)
    if (string !== undefined) return { kind: 'string', value: JSON.parse(string) as string }
    const number = this.#match(NUMBER)
    if (number !== undefined) return { kind: 'number', text: number }
    throw this.#unexpected()
  }

  end(): void {
    this.#match(SPACE)
    if (this.#at < this.#text.length) throw this.#unexpected()
  }

  /** An object, or a set: the first member tells by the colon after it. */
  #braces(): RegoValue {
    if (this.#take('}')) return { kind: 'object', entries: [] }
    const first = this.value()
    if (!this.#take(':')) return { kind: 'set', items: this.#rest([first], '}') }
    const entries: [RegoValue, RegoValue][] = [[first, this.value()]]
    while (!this.#take('}')) {
      this.#expect(',')
      const key = this.value()
      this.#expect(':')
      entries.push([key, this.value()])
    }
    return { kind: 'object', entries }
  }

  #list(close: string): RegoValue[] {
    return this.#take(close) ? [] : this.#rest([this.value()], close)
  }

  #rest(items: RegoValue[], close: string): RegoValue[] {
    while (!this.#take(close)) {
      this.#expect(',')
      items.push(this.value())
    }
    return items
  }

  #take(token: string): boolean {
    this.#match(SPACE)
    const found = this.#text.startsWith(token, this.#at)
    if (found) this.#at += token.length
    return found
  }

  #expect(token: string): void {
    if (!this.#take(token)) throw this.#unexpected()
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0]
    this.#at += found?.length ?? 0
    return found
  }

  #unexpected(): SyntaxError {
    return new SyntaxError(`unexpected text at ${this.#at}: ${this.#text.slice(this.#at, this.#at + 20)}`)
  }
}

/** As OPA writes a value in a message (`ast.Value.String`): members of objects and sets in OPA's order. */
export function printRegoValue(value: RegoValue): string {
  switch (value.kind) {
    case 'null':
      return 'null'
    case 'boolean':
      return String(value.value)
    case 'number':
      return value.text
    case 'string':
      return quoteGo(value.value)
    case 'array':
      return `[${value.items.map(printRegoValue).join(', ')}]`
    case 'set':
      if (value.items.length === 0) return 'set()'
      return `{${value.items.toSorted(compareRegoValues).map(printRegoValue).join(', ')}}`
    case 'object': {
      const entries = value.entries.toSorted(([a], [b]) => compareRegoValues(a, b))
      return `{${entries.map(([key, item]) => `${printRegoValue(key)}: ${printRegoValue(item)}`).join(', ')}}`
    }
  }
}

const ORDER = ['null', 'boolean', 'number', 'string', 'array', 'object', 'set'] as const

/** OPA's total order of values (`ast.Compare`). */
export function compareRegoValues(a: RegoValue, b: RegoValue): number {
  if (a.kind === 'boolean' && b.kind === 'boolean') return Number(a.value) - Number(b.value)
  if (a.kind === 'number' && b.kind === 'number') return compareNumbers(a.text, b.text)
  if (a.kind === 'string' && b.kind === 'string') return compareUtf8(a.value, b.value)
  if (a.kind === 'array' && b.kind === 'array') return compareLists(a.items, b.items)
  if (a.kind === 'set' && b.kind === 'set') return compareLists(sorted(a.items), sorted(b.items))
  if (a.kind === 'object' && b.kind === 'object') return compareLists(flatten(a.entries), flatten(b.entries))
  return ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind)
}

function compareLists(a: readonly RegoValue[], b: readonly RegoValue[]): number {
  for (const [index, item] of a.entries()) {
    const other = b[index]
    if (other === undefined) break
    const order = compareRegoValues(item, other)
    if (order !== 0) return order
  }
  return a.length - b.length
}

function sorted(items: readonly RegoValue[]): RegoValue[] {
  return items.toSorted(compareRegoValues)
}

function flatten(entries: readonly (readonly [RegoValue, RegoValue])[]): RegoValue[] {
  return entries.toSorted(([a], [b]) => compareRegoValues(a, b)).flat()
}

function compareNumbers(a: string, b: string): number {
  const order = Number(a) - Number(b)
  if (order !== 0 && !Number.isNaN(order)) return order
  const isInteger = /^-?\d+$/
  if (!isInteger.test(a) || !isInteger.test(b)) return 0
  const difference = BigInt(a) - BigInt(b)
  return difference < 0n ? -1 : Number(difference > 0n)
}

/** By code points, as Go compares UTF-8; JavaScript would compare UTF-16 units. */
function compareUtf8(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}
