import { quote } from '../../diagnostic/index.ts'
import { isReservedWord } from '../../cel/index.ts'
import { MAX_CHILDREN } from '../bounds.ts'
import { type ChildDraft, fieldAt, type GraphDraft, objectAt, type TypeDraft, typeKey } from '../draft.ts'
import { reportError, reportWarning } from '../report.ts'
import { isApiGroup, isChildId, isKind, MAX_LIST } from '../schema/forms.ts'
import type { ServedVersions } from '../versions.ts'

/** Checks the root and children of one graph against each other. */
export function checkChildren(draft: GraphDraft, versions: ServedVersions): void {
  checkIds(draft)
  checkKinds(draft)
  for (const child of draft.children) checkCount(draft, child)
  checkVersions(draft, versions)
  if (draft.children.length > MAX_CHILDREN && draft.children.length < MAX_LIST) {
    reportWarning(
      draft.report,
      'GG137',
      { path: ['spec', 'children'], target: 'key' },
      `the graph has ${draft.children.length} children, more than ${MAX_CHILDREN}`,
      'start narrow: split it into graphs for parts that change together',
    )
  }
}

function checkIds({ report, children }: GraphDraft): void {
  const seen = new Map<string, ChildDraft>()
  for (const child of children) {
    if (child.id === undefined) continue
    const given = Object.hasOwn(child.value, 'id')
    const path = ['spec', 'children', child.index, given ? 'id' : 'kind']
    const origin = given ? '' : ', the default for its kind,'
    // A default such as `namespace` only bars expressions about that child, and those report it themselves.
    if (given && isReservedWord(child.id)) {
      reportError(report, 'GG119', { path }, `the id ${quote(child.id)} is a word of expressions`, 'give the child another id')
    } else if (!given && child.type !== undefined && !isChildId(child.id) && isKind(child.type.kind)) {
      reportError(report, 'GG119', { path }, `the kind ${quote(child.type.kind)} makes no valid id`, 'give the child an id')
    }
    const first = seen.get(child.id.toLowerCase())
    if (first === undefined) {
      seen.set(child.id.toLowerCase(), child)
      continue
    }
    if (isSameObserved(first, child)) continue
    const same = first.id === child.id ? '' : `, which differs from ${quote(first.id ?? '')} only in case,`
    reportError(
      report,
      'GG121',
      { path },
      `the id ${quote(child.id)}${origin}${same} stands twice: children[${first.index}] has it too`,
      'give each child an id of its own',
    )
  }
}

/** Reported as the kind that is observed twice, not also for its id. */
function isSameObserved(first: ChildDraft, child: ChildDraft): boolean {
  if (first.type === undefined || child.type === undefined || typeKey(first.type) !== typeKey(child.type)) return false
  return first.template === undefined || child.template === undefined
}

function checkKinds({ report, root, children }: GraphDraft): void {
  const byKind = new Map<string, ChildDraft[]>()
  for (const child of children) {
    if (child.type === undefined) continue
    const path = ['spec', 'children', child.index, 'kind']
    if (root !== undefined && typeKey(root) === typeKey(child.type)) {
      reportError(
        report,
        'GG123',
        { path },
        `${describeType(child.type)} is child and root of the same graph`,
        'remove the child: a root does not belong to itself',
      )
    }
    const earlier = byKind.get(typeKey(child.type)) ?? []
    byKind.set(typeKey(child.type), [...earlier, child])
    const [first] = earlier
    if (first === undefined || (child.template !== undefined && earlier.every(({ template }) => template !== undefined))) continue
    const both = child.template === undefined && first.template === undefined
    reportError(
      report,
      'GG122',
      { path },
      `${describeType(child.type)} stands twice, ${both ? 'observed both times' : 'managed and observed'}: children[${first.index}] has it too`,
      both ? 'remove one, and set count where a root has several; or give each a template and an id' : 'give both a template and an id: an observed child could not be told from the managed one',
    )
  }
}

function checkCount({ report }: GraphDraft, { index, value, template }: ChildDraft): void {
  const count = objectAt(value, 'count')
  if (count === undefined) return
  const path = ['spec', 'children', index, 'count']
  if (template !== undefined) {
    reportError(
      report,
      'GG124',
      { path, target: 'key' },
      'count is for observed children: a managed one exists exactly once per root',
      'remove count, or the template',
    )
    return
  }
  const min = fieldAt(count, 'min') ?? 1
  const max = fieldAt(count, 'max')
  if (typeof min === 'number' && typeof max === 'number' && max >= 1 && max < min) {
    reportError(
      report,
      'GG124',
      { path: [...path, 'max'] },
      `count.max ${max} is less than count.min ${min}${Object.hasOwn(count, 'min') ? '' : ', the default'}`,
      'raise max or lower min',
    )
  }
}

/** Each kind once; what cannot be a kind is reported as that. */
function checkVersions(draft: GraphDraft, versions: ServedVersions): void {
  const unknown = new Set<string>()
  const types = [{ type: draft.root, path: ['spec', 'root'] }, ...draft.children.map(({ type, index }) => ({ type, path: ['spec', 'children', index] }))]
  for (const { type, path } of types) {
    if (type === undefined || !isKind(type.kind) || !isApiGroup(type.apiGroup) || unknown.has(typeKey(type))) continue
    if (type.version === undefined) unknown.add(typeKey(type))
    checkVersion(draft, type, path, versions)
  }
}

function checkVersion({ report }: GraphDraft, type: TypeDraft, path: readonly (string | number)[], versions: ServedVersions): void {
  const served = versions.served(type)
  if (type.version === undefined) {
    if (served !== undefined) return
    reportWarning(
      report,
      'GG135',
      { path: [...path, 'kind'] },
      `the version of ${describeType(type)} is unknown: referential rules and their SyncSet will be left out`,
      'add version, or name the file with its CustomResourceDefinition as another input',
    )
  } else if (served !== undefined && !served.includes(type.version)) {
    reportError(
      report,
      'GG136',
      { path: [...path, 'version'] },
      `${describeType(type)} is not served in version ${quote(type.version)}`,
      `its CustomResourceDefinition among the inputs serves ${served.join(', ')}`,
    )
  }
}

/** `networking.istio.io Gateway`; the core group goes without saying. */
export function describeType({ apiGroup, kind }: { apiGroup: string; kind: string }): string {
  return quote(apiGroup === '' ? kind : `${apiGroup} ${kind}`)
}
