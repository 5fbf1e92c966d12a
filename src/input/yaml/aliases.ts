import { isAlias, visit, type Alias, type ParsedNode } from 'yaml'
import { quote } from '../../diagnostic/index.ts'
import { Refusal } from './refusal.ts'

/** What each alias refers to. */
export type AliasTargets = ReadonlyMap<Alias, ParsedNode>

/** Kubernetes takes no other characters, which the library does. */
const NAME = /^[\w-]+$/

/**
 * Resolves all aliases, in the order of the text: the last anchor of a name before an alias counts. Throws a `Refusal`
 * for one that is unknown or stands within its anchor.
 */
export function resolveAliases(root: ParsedNode): AliasTargets {
  const anchors = new Map<string, ParsedNode>()
  const targets = new Map<Alias, ParsedNode>()
  visit(root, {
    Node(_key, visited, path) {
      const node = visited as ParsedNode
      if (isAlias(node)) targets.set(node, findTarget(node, anchors, path))
      else if (node.anchor !== undefined) {
        if (!NAME.test(node.anchor)) throw new Refusal('GG017', `anchor ${quote(node.anchor)} has an impossible name`, 'use letters, digits, "-" and "_" alone', node.range)
        anchors.set(node.anchor, node)
      }
    },
  })
  return targets
}

function findTarget(alias: Alias.Parsed, anchors: ReadonlyMap<string, ParsedNode>, path: readonly unknown[]): ParsedNode {
  const name = alias.source
  const target = anchors.get(name)
  if (target === undefined) throw new Refusal('GG017', `unknown anchor ${quote(name)}`, `define it with &${name} before, in the same document; quote the value if it is text`, alias.range)
  if (path.includes(target)) throw new Refusal('GG017', `anchor ${quote(name)} contains itself`, 'an alias cannot stand within what it refers to', alias.range)
  return target
}
