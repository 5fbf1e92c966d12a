import type { ASTNode } from '@marcbachmann/cel-js'

/** An identifier that an expression takes from outside: `root` in `root.spec.replicas`. */
export interface Reference {
  readonly name: string
  readonly start: number
  readonly end: number
}

/** Names that a macro makes local, innermost first. */
interface Scope {
  readonly name: string
  readonly outer: Scope | undefined
}

/** Macros over a list whose first argument names the item. */
const COMPREHENSIONS = new Set(['all', 'exists', 'exists_one', 'filter', 'map'])

/** The identifiers of a parsed expression in the order of the text, without the variables of its macros. */
export function listReferences(ast: ASTNode): Reference[] {
  const references: Reference[] = []
  // A stack and no recursion: `a + a + …` nests as deep as the parser allows nodes.
  const open: [node: ASTNode, scope: Scope | undefined][] = [[ast, undefined]]
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    const [node, scope] = item
    if (node.op === 'id') {
      const name = node.args.replace(/^\./, '')
      if (!isLocal(name, scope)) references.push({ name, start: node.start, end: node.end })
    } else {
      open.push(...operandsOf(node, scope))
    }
  }
  return references.sort((a, b) => a.start - b.start)
}

function operandsOf(node: ASTNode, scope: Scope | undefined): [ASTNode, Scope | undefined][] {
  const within = (nodes: readonly ASTNode[]): [ASTNode, Scope | undefined][] => nodes.map((operand) => [operand, scope])
  switch (node.op) {
    case 'value':
    case 'id':
      return []
    case '.':
    case '.?':
      return [[node.args[0], scope]]
    case '!_':
    case '-_':
      return [[node.args, scope]]
    case 'list':
      return within(node.args)
    case 'map':
      return within(node.args.flat())
    case 'call':
      return within(node.args[1])
    case 'rcall':
      return operandsOfMethod(node.args, scope)
    default:
      return within(node.args)
  }
}

function operandsOfMethod(
  [method, receiver, args]: [string, ASTNode, ASTNode[]],
  scope: Scope | undefined,
): [ASTNode, Scope | undefined][] {
  const [variable, ...rest] = args
  if (variable?.op !== 'id') return [receiver, ...args].map((operand) => [operand, scope])
  const inner: Scope = { name: variable.args, outer: scope }
  if (COMPREHENSIONS.has(method) && rest.length > 0) return [[receiver, scope], ...rest.map((operand): [ASTNode, Scope] => [operand, inner])]
  const [bound, body] = rest
  // cel.bind(name, value, body): the value does not see the name yet.
  if (method === 'bind' && bound !== undefined && body !== undefined && rest.length === 2) return [[receiver, scope], [bound, scope], [body, inner]]
  return [receiver, ...args].map((operand) => [operand, scope])
}

function isLocal(name: string, scope: Scope | undefined): boolean {
  for (let at = scope; at !== undefined; at = at.outer) if (at.name === name) return true
  return false
}
