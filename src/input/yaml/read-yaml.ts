import type { ParsedNode } from 'yaml'
import type { Diagnostic } from '../../diagnostic/index.ts'
import type { SpanFinder } from '../document.ts'
import type { JsonValue } from '../json.ts'
import type { SourceText } from '../source-text.ts'
import { resolveAliases } from './aliases.ts'
import { composeYaml, type Composed } from './compose.ts'
import { convertTree } from './convert.ts'
import { findCharacter, findNode } from './find-span.ts'
import { Refusal, type Finding } from './refusal.ts'

export interface YamlDocument {
  /** Null where there is no document, or none that can be read. */
  value: JsonValue
  findSpan: SpanFinder
  diagnostics: Diagnostic[]
}

/** Line breaks of YAML 1.1 that no editor shows as such, and that the library does not know. */
const ODD_BREAK = /\r(?!\n)|[\u0085\u2028\u2029]/

/**
 * Reads the part of a text between two offsets as one YAML document.
 *
 * The tree is dropped once the value is made; the first question for a position parses the part again. Most documents
 * are never asked, and thousands of trees would weigh far more than their text.
 */
export function readYaml(source: SourceText, start: number, limit: number): YamlDocument {
  const text = source.text.slice(start, limit)
  const document: YamlDocument = { value: null, findSpan: delaySpans(text, start), diagnostics: [] }
  let toSource: Composed['toSource'] = (offset) => offset
  const diagnose = (severity: 'error' | 'warning', { code, message, hint, range }: Finding) => {
    document.diagnostics.push(source.diagnose({ code, severity, message, hint }, start + toSource(range[0]), start + toSource(range[1])))
  }
  try {
    refuseOddBreak(text)
    const composed = composeYaml(text)
    toSource = composed.toSource
    if (composed.root !== null) {
      const { value, warnings } = convertTree(composed.root, composed.text, resolveAliases(composed.root))
      for (const warning of warnings) diagnose('warning', warning)
      document.value = value
    }
    if (composed.rest !== undefined) diagnose('warning', warnOfRest(composed.rest))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    diagnose('error', error)
  }
  return document
}

function refuseOddBreak(text: string): void {
  const found = ODD_BREAK.exec(text)
  if (found === null) return
  const name = `U+${text.charCodeAt(found.index).toString(16).toUpperCase().padStart(4, '0')}`
  throw new Refusal('GG010', `the character ${name} is a line break in YAML 1.1, and in few other places`, 'remove it; in a value, write it as an escape within double quotes', [found.index, found.index + 1])
}

function warnOfRest(rest: number): Finding {
  return { code: 'GG018', message: 'Kubernetes ignores everything from here to the next "---"', hint: 'put "---" on a line of its own before it, or remove it', range: [rest, rest] }
}

/** @param start where the text begins in its file */
export function delaySpans(text: string, start: number): SpanFinder {
  let find: SpanFinder | undefined
  return (path, target) => {
    find ??= createSpanFinder(text, start)
    return find(path, target)
  }
}

function createSpanFinder(text: string, start: number): SpanFinder {
  const everything = () => ({ start, end: start + text.trimEnd().length })
  try {
    const composed = composeYaml(text)
    return composed.root === null ? everything : findSpans(composed, composed.root, start)
  } catch (error) {
    // Of JSON, a little is no YAML: a key and its colon on two lines.
    if (error instanceof Refusal) return everything
    throw error
  }
}

function findSpans({ text, toSource }: Composed, root: ParsedNode, start: number): SpanFinder {
  const targets = resolveAliases(root)
  const toFile = (offset: number) => start + toSource(offset)
  return (path, target) => {
    const node = findNode(root, targets, path, target)
    const [from, to] = node.range
    return {
      start: toFile(from),
      // A block ends where the next begins.
      end: toFile(from + text.slice(from, to).trimEnd().length),
      content(index) {
        const at = findCharacter(text, node, index)
        return at === undefined ? undefined : toFile(at)
      },
    }
  }
}
