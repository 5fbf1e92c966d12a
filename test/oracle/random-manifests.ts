import fc from 'fast-check'
import type { JsonObject, JsonValue } from '../../src/input/index.ts'

const words = fc.constantFrom('a', 'mesh', 'app.kubernetes.io/name', 'x y', 'yes', 'no', 'on', '0644', '1_000', '12:30:00', '2001-01-01', '1.5', 'null', '~', '', 'a: b', '# c', 'it\'s', 'say "x"', '{{ .Values.x }}', '*', '&a', '!x', '@x', '- a', 'a\\d+', 'é 😀', 'https://example.com/?a=b#c', '${schema.spec.name}', 'one two three four five')
const paragraphs = fc.array(fc.constantFrom('', 'one', '  two', 'three: "four"', '# five', '- six', '\tseven', 'eight nine ten'), { minLength: 2, maxLength: 6 }).map((lines) => `x\n${lines.join('\n')}\ny\n`)
const scalars: fc.Arbitrary<JsonValue> = fc.oneof({ weight: 5, arbitrary: words }, paragraphs, fc.integer(), fc.constantFrom(0.5, -1.25, 1e10, 0), fc.boolean(), fc.constant(null))

/** Objects with text, numbers, lists and maps as manifests have them. */
export const manifests: fc.Arbitrary<JsonObject> = fc
  .letrec<{ value: JsonValue; map: JsonObject }>((tie) => ({
    value: fc.oneof({ maxDepth: 4, withCrossShrink: true }, { weight: 3, arbitrary: scalars }, fc.array(tie('value'), { maxLength: 4 }), tie('map')),
    map: fc.dictionary(words, tie('value'), { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
  }))
  .map

/** The object as a person may write it: block and flow, all sorts of quotes, text over lines, comments, anchors. */
export function writeManifest(manifest: JsonObject, seed: number): string {
  return new Writer(seed).write(manifest)
}

class Writer {
  #state: number
  readonly #break: string
  readonly #width: number

  constructor(seed: number) {
    this.#state = seed
    this.#break = this.#chance(5) ? '\r\n' : '\n'
    this.#width = 1 + this.#below(4)
  }

  write(manifest: JsonObject): string {
    const head = this.#chance(4) ? '# a comment: [\n\n' : ''
    const text = head + this.#writeMap(manifest, 0)
    return (this.#chance(6) ? text.replace(/\n$/, '') : text).replaceAll('\n', this.#break)
  }

  /** A linear congruential generator: the same seed, the same style. */
  #below(limit: number): number {
    this.#state = (Math.imul(this.#state, 1_103_515_245) + 12_345) >>> 0
    return Math.floor((this.#state / 2 ** 32) * limit)
  }

  #chance(oneIn: number): boolean {
    return this.#below(oneIn) === 0
  }

  #writeMap(map: JsonObject, indent: number): string {
    return Object.entries(map).map(([key, value]) => `${' '.repeat(indent)}${this.#writeWord(key, true)}:${this.#writeValue(value, indent)}`).join(this.#chance(8) ? '\n' : '')
  }

  /** What follows a colon or a dash, to the end of the line or block. */
  #writeValue(value: JsonValue, indent: number): string {
    const isEmpty = typeof value === 'object' && value !== null && Object.keys(value).length === 0
    if (typeof value !== 'object' || value === null || isEmpty || this.#chance(4)) return ` ${this.#writeInline(value, indent)}`
    const comment = this.#chance(6) ? ' # why' : ''
    if (!Array.isArray(value)) return `${comment}\n${this.#writeMap(value, indent + this.#width)}`
    const inner = indent + (this.#chance(2) ? 0 : this.#width)
    return `${comment}\n${value.map((item) => this.#writeItem(item, inner)).join('')}`
  }

  #writeItem(item: JsonValue, indent: number): string {
    const dash = `${' '.repeat(indent)}-`
    const isMap = typeof item === 'object' && item !== null && !Array.isArray(item) && Object.keys(item).length > 0
    if (isMap && this.#chance(2)) return `${dash} ${this.#writeMap(item, indent + 2).trimStart()}`
    // Lists within lists stand deeper than their dash.
    return dash + (Array.isArray(item) ? ` ${this.#writeFlow(item, indent)}\n` : this.#writeValue(item, indent))
  }

  #writeInline(value: JsonValue, indent: number): string {
    if (typeof value === 'string' && /^x\n[^]*\n$/.test(value) && this.#chance(2)) return this.#writeBlock(value, indent)
    const end = this.#chance(8) ? ' # why\n' : '\n'
    if (typeof value === 'string') return this.#writeWord(value, false, indent) + end
    return this.#writeFlow(value, indent) + end
  }

  #writeBlock(value: string, indent: number): string {
    const own = ' '.repeat(indent + this.#width)
    return `|\n${value.trimEnd().split('\n').map((line) => (line === '' ? '' : own + line)).join('\n')}\n`
  }

  #writeFlow(value: JsonValue, indent: number): string {
    if (typeof value === 'string') return this.#writeWord(value, false)
    if (typeof value !== 'object' || value === null) return value === null && this.#chance(2) ? '~' : JSON.stringify(value)
    // Kubernetes lets lines within brackets begin anywhere.
    const gap = this.#chance(4) ? `\n${' '.repeat(this.#below(indent + 3))}` : ' '
    const members = Array.isArray(value)
      ? value.map((item) => this.#writeFlow(item, indent))
      : Object.entries(value).map(([key, item]) => `${this.#writeWord(key, true)}: ${this.#writeFlow(item, indent)}`)
    const [open, close] = Array.isArray(value) ? '[]' : '{}'
    return `${open ?? ''}${members.join(`,${gap}`)}${close ?? ''}`
  }

  #writeWord(text: string, isKey: boolean, indent?: number): string {
    const plain = /^[a-z][a-z. /]*$/.test(text) && !/^(?:yes|no|on|null)$/.test(text)
    if (plain && this.#chance(2)) return !isKey && indent !== undefined && this.#chance(4) ? this.#fold(text, indent + 1 + this.#below(3)) : text
    if (!text.includes('\n') && this.#chance(2)) return `'${this.#foldValue(text.replaceAll("'", "''"), isKey, indent)}'`
    return `"${this.#foldValue(JSON.stringify(text).slice(1, -1), isKey, indent)}"`
  }

  #foldValue(text: string, isKey: boolean, indent = 0): string {
    return isKey || !this.#chance(4) ? text : this.#fold(text, this.#below(indent + 3))
  }

  /** A line break in place of a blank between two words; within quotes the next line may begin anywhere. */
  #fold(text: string, indent: number): string {
    return text.replace(/(?<=\w) (?=\w)/, `\n${' '.repeat(indent)}`)
  }
}
