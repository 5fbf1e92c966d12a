import { quote } from '../../diagnostic/index.ts'
import { findSegments, hasExpression, type Parsed, ROOT_NAME, type Segment, STANDARD_NAMES, wholeExpression } from '../../cel/index.ts'
import type { Path } from '../../input/document.ts'
import { type ChildDraft, fieldAt, type GraphDraft } from '../draft.ts'
import { type Report, reportError } from '../report.ts'
import { findSimilar } from '../suggest.ts'
import { walkExpressions } from './template.ts'

type Parse = (source: string) => Parsed

/** Which names an expression may use, and which it might have meant. */
interface Names {
  readonly own: string | undefined
  readonly ownAllowed: boolean
  readonly earlier: readonly string[]
  readonly later: readonly string[]
}

/** Checks every `${…}` of a graph: its syntax, and that it looks only at the root and at earlier children. */
export function checkExpressions(draft: GraphDraft, parse: Parse): void {
  for (const child of draft.children) {
    const names = namesFor(draft, child, false)
    const path = ['spec', 'children', child.index]
    if (child.template !== undefined) {
      for (const { text, path: below } of walkExpressions(child.template)) {
        checkText(draft.report, text, () => [...path, 'template', ...below()], names, parse)
      }
    }
    checkConditions(draft.report, child, 'includeWhen', names, parse)
    checkConditions(draft.report, child, 'readyWhen', { ...names, ownAllowed: true }, parse)
  }
}

function namesFor({ children }: GraphDraft, child: ChildDraft, ownAllowed: boolean): Names {
  const ids = (list: readonly ChildDraft[]): string[] => list.flatMap(({ id }) => id ?? [])
  const at = children.indexOf(child)
  return { own: child.id, ownAllowed, earlier: ids(children.slice(0, at)), later: ids(children.slice(at + 1)) }
}

/** Each condition is one expression and nothing else, as in kro. */
function checkConditions(report: Report, child: ChildDraft, field: 'includeWhen' | 'readyWhen', names: Names, parse: Parse): void {
  const conditions = fieldAt(child.value, field)
  if (!Array.isArray(conditions)) return
  for (const [index, text] of conditions.entries()) {
    if (typeof text !== 'string' || text === '') continue
    const path = ['spec', 'children', child.index, field, index]
    const before = report.diagnostics.length
    checkText(report, text, () => path, names, parse)
    if (report.diagnostics.length > before || wholeExpression(text) !== undefined) continue
    reportError(
      report,
      'GG156',
      { path },
      `a condition of ${field} must be one expression`,
      hasExpression(text) ? 'write all of it between ${ and }' : `write ${quote('${' + text + '}')}`,
    )
  }
}

function checkText(report: Report, text: string, path: () => Path, names: Names, parse: Parse): void {
  const { segments, unclosed } = findSegments(text)
  for (const segment of segments) checkSegment(report, segment, path, names, parse)
  if (unclosed !== undefined) {
    reportError(
      report,
      'GG153',
      { path: path(), range: [unclosed, unclosed + 2] },
      '"${" is never closed',
      'add the closing brace; braces and quotes within the expression must be balanced, too',
    )
  }
}

function checkSegment(
  report: Report,
  { expression, expressionStart, start, end }: Segment,
  path: () => Path,
  names: Names,
  parse: Parse,
): void {
  if (expression.trim() === '') {
    reportError(
      report,
      'GG153',
      { path: path(), range: [start, end] },
      'the expression is empty',
      'write CEL between the braces, such as ${root.spec.replicas}',
    )
    return
  }
  const parsed = parse(expression)
  if (!parsed.ok) {
    const range = [expressionStart + parsed.start, expressionStart + parsed.end] as const
    reportError(report, 'GG154', { path: path(), range }, `not a CEL expression: ${parsed.message}`, 'see https://cel.dev for the syntax')
    return
  }
  for (const { name, start: from, end: to } of parsed.references) {
    const problem = findNameProblem(name, names)
    if (problem === undefined) continue
    reportError(report, 'GG155', { path: path(), range: [expressionStart + from, expressionStart + to] }, problem.message, problem.hint)
  }
}

function findNameProblem(name: string, { own, ownAllowed, earlier, later }: Names): { message: string; hint: string } | undefined {
  if (name === ROOT_NAME || STANDARD_NAMES.has(name) || earlier.includes(name) || (ownAllowed && name === own)) return undefined
  if (name === own) return { message: `${quote(name)} refers to the child itself`, hint: 'only readyWhen may look at its own child' }
  if (later.includes(name)) return { message: `${quote(name)} comes later in the list`, hint: 'a child sees the root and earlier children: move that one up' }
  const known = [...new Set([ROOT_NAME, ...earlier, ...(ownAllowed && own !== undefined ? [own] : [])])]
  const similar = name === 'schema' ? ROOT_NAME : findSimilar(name, known)
  return {
    message: `unknown name ${quote(name)} in an expression`,
    hint: similar === undefined ? `known here: ${known.join(', ')}` : `did you mean ${quote(similar)}?`,
  }
}
