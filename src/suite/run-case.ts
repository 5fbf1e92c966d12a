import { dirname, join } from 'node:path'
import { quote } from '../diagnostic/index.ts'
import { isAdmissionReview, isKubernetesObject, readAdmissionReview, reviewObject, type Engine, type Review, type Verdict } from '../gatekeeper/index.ts'
import type { InputDocument, Path } from '../input/index.ts'
import type { AssertionFailure, CaseResult, ResultLocation } from '../result/index.ts'
import { compileAssertion, type Assertion } from './assertion.ts'
import type { NamedFile, Preparation } from './prepare.ts'
import { Problem } from './problem.ts'
import type { SuiteAssertion, SuiteCase } from './suite-file.ts'

/** The suite that a case belongs to, and where it is. */
export interface SuitePlace {
  readonly document: InputDocument
  /** As the user would write it. */
  readonly file: string
  readonly path: string
}

/** A file that a suite names; `at` leads to its name. Relative to the suite's folder, as gator joins paths. */
export function nameFile({ document, file, path }: SuitePlace, name: string, at: Path): NamedFile {
  return { path: join(dirname(path), name), file: join(dirname(file), name), document, at }
}

/** Runs a case: what cannot be decided is a problem, never a pass. */
export async function runCase(
  place: SuitePlace,
  item: SuiteCase,
  engine: Engine,
  preparation: Preparation,
): Promise<CaseResult | Problem> {
  const { document } = place
  if (item.object === '') return Problem.at(document, item.path, 'GG409', `case ${quote(item.name)} names no object`, 'set object')
  if (item.assertions.length === 0) {
    const hint = 'say what is expected, for instance assertions: [{violations: no}]'
    return Problem.at(document, item.path, 'GG409', `case ${quote(item.name)} has no assertions`, hint)
  }
  const review = readReview(nameFile(place, item.object, [...item.path, 'object']), preparation)
  if (review instanceof Problem) return review
  const files = item.inventory.map((name, index) => nameFile(place, name, [...item.path, 'inventory', index]))
  const inventory = preparation.inventory(files)
  if (inventory instanceof Problem) return inventory
  const verdicts = engine.review(review, inventory)
  const undecided = verdicts.find((verdict) => verdict.error !== undefined)
  if (undecided?.error !== undefined) {
    const message = `${undecided.constraint.kind} ${quote(undecided.constraint.name)} came to no verdict: ${undecided.error}`
    return Problem.at(document, item.path, 'GG331', message, 'this is an error of the rule, not a pass')
  }
  return judgeCase(place, item, verdicts)
}

function readReview(named: NamedFile, preparation: Preparation): Review | Problem {
  const file = preparation.read(named)
  if (file instanceof Problem) return file
  const [object, ...more] = file.documents
  if (object === undefined || more.length > 0) {
    const message = `${quote(named.file)} holds ${file.documents.length} objects, but a case has exactly one`
    return Problem.at(named.document, named.at, 'GG408', message, 'put each object into a file of its own')
  }
  if (!isKubernetesObject(object.value)) {
    const message = `${quote(named.file)} holds no Kubernetes object: it has no kind, or no valid apiVersion`
    return Problem.at(object, [], 'GG407', message, 'complete the object')
  }
  if (!isAdmissionReview(object.value)) return reviewObject(object.value)
  const read = readAdmissionReview(object)
  return 'review' in read ? read.review : new Problem(read.diagnostics)
}

async function judgeCase(place: SuitePlace, item: SuiteCase, verdicts: readonly Verdict[]): Promise<CaseResult | Problem> {
  const seen = verdicts.flatMap(({ constraint, actions, violations }) =>
    violations.map(({ msg }) => ({ constraint: `${constraint.kind}/${constraint.name}`, action: actions.join(', '), msg })),
  )
  const messages = seen.map(({ msg }) => msg)
  const failures: AssertionFailure[] = []
  for (const [index, source] of item.assertions.entries()) {
    const assertion = await tryCompile(place, source)
    if (assertion instanceof Problem) return assertion
    const got = assertion.findMismatch(messages)
    if (got !== undefined) failures.push({ assertion: index, wanted: assertion.wanted, got, location: locate(place, source.path) })
  }
  const passed = failures.length === 0
  return {
    name: item.name,
    result: passed ? 'pass' : 'fail',
    durationMs: 0,
    messages: [],
    failures,
    violations: passed ? [] : seen,
    ...(!passed && { location: locate(place, item.path) }),
  }
}

async function tryCompile({ document }: SuitePlace, assertion: SuiteAssertion): Promise<Assertion | Problem> {
  try {
    return await compileAssertion(assertion)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return Problem.at(document, assertion.path, 'GG410', reason, 'correct the assertion')
  }
}

export function locate({ document }: SuitePlace, path: Path): ResultLocation {
  const { file, line, column } = document.locate(path)
  return { file, line, column }
}
