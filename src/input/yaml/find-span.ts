import { isAlias, isMap, isScalar, isSeq, type ParsedNode } from 'yaml'
import type { Path } from '../document.ts'
import type { AliasTargets } from './aliases.ts'
import { isMergeKey } from './convert.ts'
import { readKey } from './scalar.ts'

interface Member {
  key?: ParsedNode
  value: ParsedNode
}

/** The node at a path or its nearest existing ancestor, by the rules of `convert.ts`: last key wins, merged maps count. */
export function findNode(root: ParsedNode, targets: AliasTargets, path: Path, target: 'key' | 'value'): ParsedNode {
  let member: Member = { value: root }
  for (const step of path) {
    const next = findMember(member.value, targets, step)
    if (next === undefined) break
    member = next
  }
  return target === 'key' ? (member.key ?? member.value) : member.value
}

function findMember(node: ParsedNode | null | undefined, targets: AliasTargets, step: string | number): Member | undefined {
  if (isAlias(node)) return findMember(targets.get(node), targets, step)
  if (isSeq(node)) {
    const value = typeof step === 'number' ? (node.items[step]) : undefined
    return value && { value }
  }
  if (!isMap(node)) return undefined
  for (const { key, value } of node.items.toReversed()) {
    if (isMergeKey(key)) {
      const found = findMerged(value, targets, step)
      if (found !== undefined) return found
    } else if (readKey(key, targets, key.range) === String(step)) return { key, value: value ?? key }
  }
  return undefined
}

function findMerged(node: ParsedNode | null, targets: AliasTargets, step: string | number): Member | undefined {
  for (const source of isSeq(node) ? node.items : [node]) {
    const found = findMember(source, targets, step)
    if (found !== undefined) return found
  }
  return undefined
}

const ESCAPE_LENGTHS: Readonly<Record<string, number>> = { x: 4, u: 6, U: 10 }

/**
 * Where a character of a string stands in the text: in strings on one line and in literal blocks.
 *
 * @returns undefined where that cannot be told cheaply
 */
export function findCharacter(text: string, node: ParsedNode, index: number): number | undefined {
  if (!isScalar(node) || typeof node.value !== 'string') return undefined
  const [start, end] = node.range
  const raw = text.slice(start, end)
  if (node.type === 'BLOCK_LITERAL') return findInBlock(raw, node.value, index, start)
  if (raw.includes('\n')) return undefined
  if (node.type === 'PLAIN') return start + index
  return start + (node.type === 'QUOTE_DOUBLE' ? skipDoubleQuoted(raw, index) : skipSingleQuoted(raw, index))
}

/** Each character of the value is one of the text, or one escape. */
function skipDoubleQuoted(raw: string, index: number): number {
  let at = 1
  for (let units = 0; units < index && at < raw.length - 1; units++) {
    const escape = raw[at] === '\\' ? (raw[at + 1] ?? '') : ''
    const length = escape === '' ? 1 : (ESCAPE_LENGTHS[escape] ?? 2)
    if (Number.parseInt(raw.slice(at + 2, at + length), 16) > 0xffff) units++
    at += length
  }
  return at
}

function skipSingleQuoted(raw: string, index: number): number {
  return 1 + raw.slice(1, -1).replaceAll("''", '\0').slice(0, index).replaceAll('\0', "''").length
}

/** Lines of the value follow the block's header one by one, each behind the same number of blanks. */
function findInBlock(raw: string, value: string, index: number, start: number): number | undefined {
  const lines = raw.split('\n')
  const before = value.slice(0, index).split('\n')
  const column = before.at(-1)?.length ?? 0
  const firstLine = value.split('\n').findIndex((line) => line !== '')
  const indent = (lines[firstLine + 1]?.replace(/\r$/, '').length ?? 0) - (value.split('\n')[firstLine]?.length ?? 0)
  if (firstLine === -1 || indent < 0) return undefined
  const lineStart = lines.slice(0, before.length).reduce((sum, line) => sum + line.length + 1, start)
  return lineStart + Math.min(column + indent, lines[before.length]?.length ?? 0)
}
