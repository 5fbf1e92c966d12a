import { isAlias, isMap, isScalar, isSeq, type Alias, type ParsedNode, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml'
import { quote } from '../../diagnostic/index.ts'
import type { JsonObject, JsonValue } from '../json.ts'
import type { AliasTargets } from './aliases.ts'
import { MAX_DEPTH, refuseDepth } from './compose.ts'
import { Refusal, type Finding } from './refusal.ts'
import { readKey, readScalar } from './scalar.ts'

// Kubernetes too allows 99 values from aliases for each one written; it lowers that for large documents by degrees.
const FREE_COPIES = 1000
const COPIES_PER_VALUE = 99
const MAX_COPIES = 400_000

const TIGHT_COLON = /\s*:[,[\]{}]/y

/**
 * The value of a tree, as sigs.k8s.io/yaml makes JSON of it. Throws a `Refusal`.
 *
 * @param text what the offsets of the tree refer to
 */
export function convertTree(root: ParsedNode, text: string, targets: AliasTargets): { value: JsonValue; warnings: Finding[] } {
  const converter = new Converter(text, targets)
  return { value: converter.convert(root), warnings: converter.warnings }
}

class Converter {
  readonly warnings: Finding[] = []
  readonly #text: string
  readonly #targets: AliasTargets
  #depth = 0
  #written = 0
  #copied = 0
  /** The alias that is being followed: the one that stands in the document itself. */
  #alias: Alias.Parsed | undefined

  constructor(text: string, targets: AliasTargets) {
    this.#text = text
    this.#targets = targets
  }

  convert(node: ParsedNode | null): JsonValue {
    this.#count()
    if (node === null) return null
    if (isAlias(node)) return this.#follow(node, (target) => this.convert(target))
    if (isScalar(node)) return this.#convertScalar(node)
    return this.#descend(node, () => (isSeq(node) ? this.#convertList(node) : this.#convertMap(node)))
  }

  #count(): void {
    if (this.#alias === undefined) this.#written++
    else if (++this.#copied > FREE_COPIES && (this.#copied > MAX_COPIES || this.#copied > this.#written * COPIES_PER_VALUE)) {
      throw new Refusal('GG013', 'the document grows out of proportion through its aliases', 'write the repeated parts out, or nest aliases less', this.#alias.range)
    }
  }

  #follow<Result>(alias: Alias.Parsed, use: (target: ParsedNode) => Result): Result {
    const outer = this.#alias
    this.#alias ??= alias
    const result = use(this.#targets.get(alias) as ParsedNode)
    this.#alias = outer
    return result
  }

  #descend<Result>(node: ParsedNode, use: () => Result): Result {
    if (++this.#depth > MAX_DEPTH) throw refuseDepth((this.#alias ?? node).range[0])
    const result = use()
    this.#depth--
    return result
  }

  #convertScalar(node: Scalar.Parsed): JsonValue {
    const value = readScalar(node)
    if (typeof value === 'bigint') return this.#convertInteger(value, node)
    if (typeof value === 'number' && !Number.isFinite(value)) {
      throw new Refusal('GG015', `${quote(node.source)} is no number that JSON can hold`, 'use a number, or quote the value to make it a string', node.range)
    }
    return value
  }

  /** In brackets, Kubernetes reads `{a:}` as the key "a:" and `{?a}` as the key "a", the library as "a" and "?a". */
  #refuseMisread(node: ParsedNode): void {
    if (!isScalar(node) || node.type !== 'PLAIN') return
    const [start, end] = node.range
    TIGHT_COLON.lastIndex = end
    if (node.source.startsWith('?') || TIGHT_COLON.test(this.#text)) {
      throw new Refusal('GG010', `what ${quote(this.#text.slice(start, end + 1))} means depends on the reader`, 'put quotes around the text, and a blank behind the colon of a key', [start, end + 1])
    }
  }

  #convertInteger(exact: bigint, node: Scalar.Parsed): number {
    const value = Number(exact)
    if (!Number.isSafeInteger(value) && BigInt(value) !== exact) {
      this.#warn('GG019', `${quote(node.source)} is read as ${String(value)}`, 'quote the value if it is an identifier', node)
    }
    return value
  }

  #warn(code: 'GG012' | 'GG019', message: string, hint: string, { range }: ParsedNode): void {
    if (this.#alias === undefined) this.warnings.push({ code, message, hint, range: [range[0], range[1]] })
  }

  #convertList(node: YAMLSeq.Parsed): JsonValue[] {
    return node.items.map((item) => {
      if (node.flow === true) this.#refuseMisread(item)
      return this.convert(item)
    })
  }

  #convertMap(node: YAMLMap.Parsed): JsonObject {
    const object: JsonObject = {}
    this.#addMembers(node, object)
    return object
  }

  #addMembers(node: YAMLMap.Parsed, object: JsonObject): void {
    // Of the map itself: merged ones may be overridden freely.
    const names = new Set<string>()
    for (const { key, value } of node.items) {
      if (node.flow === true) this.#refuseMisread(key)
      if (isMergeKey(key)) {
        this.#merge(value, object, key.range)
        continue
      }
      this.#count()
      const name = readKey(key, this.#targets, key.range)
      if (names.has(name)) this.#warn('GG012', `key ${quote(name)} stands twice in this map; Kubernetes keeps the last`, 'remove one of the two', key)
      names.add(name)
      setMember(object, name, this.convert(value))
    }
  }

  /** As for Kubernetes, a merge overrides the keys before it; of several maps, the first counts most. */
  #merge(value: ParsedNode | null, object: JsonObject, place: readonly number[]): void {
    if (isSeq(value)) for (const item of [...value.items].reverse()) this.#mergeMap(item, object, place)
    else this.#mergeMap(value, object, place)
  }

  #mergeMap(source: ParsedNode | null, object: JsonObject, place: readonly number[]): void {
    this.#count()
    if (isAlias(source)) this.#follow(source, (target) => { this.#mergeMap(target, object, place) })
    else if (isMap(source)) this.#descend(source, () => { this.#addMembers(source, object) })
    else {
      throw new Refusal('GG010', 'a merge key needs a map, or a list of maps', 'refer to a map: "<<: *name"', source?.range ?? place)
    }
  }
}

export function isMergeKey(node: ParsedNode | null): boolean {
  return isScalar(node) && node.source === '<<' && (node.tag === undefined ? node.type === 'PLAIN' : node.tag === 'tag:yaml.org,2002:merge')
}

/** `__proto__` is a key like any other. */
function setMember(object: JsonObject, name: string, value: JsonValue): void {
  if (name === '__proto__') Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true })
  else object[name] = value
}
