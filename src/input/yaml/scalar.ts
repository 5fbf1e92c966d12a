import { isAlias, isScalar, type ParsedNode, type Scalar } from 'yaml'
import { quote } from '../../diagnostic/index.ts'
import type { AliasTargets } from './aliases.ts'
import { Refusal } from './refusal.ts'

/** A scalar before it becomes JSON: integers are bigints. */
export type ScalarValue = null | boolean | bigint | number | string

const STANDARD = 'tag:yaml.org,2002:'
const MAX_INT64 = 2n ** 63n - 1n
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/
const DATE = /^\d{4}-(?:0?[1-9]|1[0-2])-(?:0?[1-9]|[12]\d)$/

/** The types that a tag can promise; other tags make text of a scalar. */
const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  int: (value) => typeof value === 'bigint',
  float: (value) => typeof value === 'number',
  bool: (value) => typeof value === 'boolean',
  null: (value) => value === null,
}

/** The value of a scalar. Throws a `Refusal` where its tag promises another type. */
export function readScalar(node: Scalar.Parsed): ScalarValue {
  if (node.tag === undefined) return node.value as ScalarValue
  const type = node.tag.startsWith(STANDARD) ? node.tag.slice(STANDARD.length) : ''
  if (type === 'binary') return decodeBinary(node)
  const fits = type === 'timestamp' ? () => DATE.test(node.source) : Object.hasOwn(TYPES, type) ? TYPES[type] : undefined
  if (fits === undefined) return node.source
  if (!fits(node.value)) throw refuseTag(node, type)
  return node.value as ScalarValue
}

function decodeBinary(node: Scalar.Parsed): string {
  const text = node.source.replaceAll(/[\r\n]/g, '')
  if (!BASE64.test(text)) throw refuseTag(node, 'binary')
  return Buffer.from(text, 'base64').toString('utf8')
}

function refuseTag(node: Scalar.Parsed, type: string): Refusal {
  return new Refusal('GG016', `the value is not what its tag !!${type} says`, 'remove the tag, or correct the value', node.range)
}

/**
 * The string that a key becomes in JSON: `yes: 1` has the key "true", `017: 1` the key "15", as for Kubernetes. Throws a
 * `Refusal` for keys that JSON cannot have.
 */
export function readKey(key: ParsedNode | null, targets: AliasTargets, place: readonly number[]): string {
  const node = isAlias(key) ? targets.get(key) : key
  if (!isScalar(node)) throw refuseKey(node === null || node === undefined ? 'null' : 'a map or a list', place)
  const value = readScalar(node)
  if (value === null) throw refuseKey('null', place)
  if (typeof value === 'bigint' && value > MAX_INT64) throw refuseKey(quote(node.source), place)
  if (typeof value === 'number' && !isShortFloat(value)) throw refuseKey(quote(node.source), place)
  return Object.is(value, -0) ? '-0' : String(value)
}

function refuseKey(what: string, place: readonly number[]): Refusal {
  return new Refusal('GG015', `${what} cannot be a key`, 'quote the key to make it a string', place)
}

/** Kubernetes writes keys such as `1.5` with the digits and the exponent of a 32-bit float: others would be mangled. */
function isShortFloat(value: number): boolean {
  const size = Math.abs(value)
  return value === 0 || (size >= 1e-4 && size < 1e6 && Number(value.toPrecision(6)) === value)
}
