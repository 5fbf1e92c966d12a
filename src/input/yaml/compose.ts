import { Composer, isCollection, isPair, isScalar, Lexer, Parser, type CST, type Document, type ParsedNode } from 'yaml'
import { describeError } from './describe-error.ts'
import { Refusal } from './refusal.ts'
import { indentFlows, toOriginal, type Indented } from './indent-flow.ts'
import { KUBERNETES_SCHEMA } from './schema.ts'

/** Levels of maps and lists. */
export const MAX_DEPTH = 500

/** A document as the `yaml` library composes it. */
export interface Composed {
  /** Null where there is nothing but comments. */
  root: ParsedNode | null
  /** Where something follows the end of the document ("..."). */
  rest: number | undefined
  /** What the offsets of the tree refer to. */
  text: string
  /** The place in the given text of an offset of the tree. */
  toSource: (offset: number) => number
}

/**
 * Composes the tree of one document; quoted strings and brackets that continue to the left of their key are indented
 * where need be. Throws a `Refusal`, in offsets of the text.
 */
export function composeYaml(text: string): Composed {
  const first = composeDocuments(text)
  if (first[0]?.errors[0] === undefined) return describeComposed(first, { text, added: [] })
  const indented = indentFlows(text)
  const documents = indented.added.length === 0 ? first : composeDocuments(indented.text)
  const error = documents[0]?.errors[0]
  if (error !== undefined) throw describeError(error, indented, documents[0]?.contents ?? null)
  return describeComposed(documents, indented)
}

function describeComposed([document, next]: Document.Parsed[], indented: Indented): Composed {
  const toSource = (offset: number) => toOriginal(indented, offset)
  if (document?.contents && !/\n[ \t]*$/.test(indented.text)) cutLastBreak(document.contents, indented.text.length)
  const rest = next?.errors[0]?.pos[0] ?? next?.contents?.range[0]
  return { root: document?.contents ?? null, text: indented.text, rest: rest === undefined ? undefined : toSource(rest), toSource }
}

/** A block scalar that ends with the text, without a line break, has none in its value either: the library adds one. */
function cutLastBreak(root: ParsedNode, end: number): void {
  let last: unknown = root
  while (isCollection(last)) {
    const item: unknown = last.items.at(-1)
    last = isPair(item) ? (item.value ?? item.key) : item
  }
  if (!isScalar(last) || (last.type !== 'BLOCK_LITERAL' && last.type !== 'BLOCK_FOLDED')) return
  if (last.range?.[1] !== end) return
  if (last.source !== undefined) last.source = last.source.replace(/\n$/, '')
  if (typeof last.value === 'string') last.value = last.value.replace(/\n$/, '')
}

function composeDocuments(text: string): Document.Parsed[] {
  const composer = new Composer({ version: '1.1', schema: KUBERNETES_SCHEMA, uniqueKeys: false })
  return [...composer.compose(parseTokens(text), true, text.length)]
}

/** The library's own parser, stopped before text nested too deeply overflows the stack of what comes after it. */
function* parseTokens(text: string): Generator<CST.Token> {
  const parser = new Parser()
  for (const lexeme of new Lexer().lex(text)) {
    yield* parser.next(lexeme)
    // Beside collections, the stack holds the document and a scalar.
    if (parser.stack.length > MAX_DEPTH + 2) throw refuseDepth(parser.offset)
  }
  yield* parser.end()
}

export function refuseDepth(at: number): Refusal {
  return new Refusal('GG014', `nested more than ${MAX_DEPTH} levels deep`, 'flatten the document', [at, at])
}
