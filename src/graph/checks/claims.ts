import { quote } from '../../diagnostic/index.ts'
import { type ChildDraft, fieldAt, type GraphDraft, objectAt, typeKey } from '../draft.ts'
import { describePlace, reportError, reportWarning } from '../report.ts'
import { describeType } from './children.ts'
import { EXCLUSIVE_RULE } from './policy.ts'

/** A root kind belongs to one graph. */
export function checkRootClaims(drafts: readonly GraphDraft[]): void {
  const owners = new Map<string, GraphDraft>()
  const path = ['spec', 'root', 'kind']
  for (const draft of drafts) {
    if (draft.root === undefined) continue
    const first = owners.get(typeKey(draft.root))
    if (first === undefined) {
      owners.set(typeKey(draft.root), draft)
      continue
    }
    reportError(
      draft.report,
      'GG131',
      { path },
      `${describeType(draft.root)} is already the root kind of ${describeGraph(first)} at ${describePlace(first.document, path)}`,
      'put the children of both into one graph: a root belongs to one',
    )
  }
}

interface Claim {
  readonly draft: GraphDraft
  readonly child: ChildDraft
  readonly exclusive: boolean
}

/** A child kind may belong to several graphs, as each child says which; not if one claims them all. */
export function checkChildClaims(drafts: readonly GraphDraft[]): void {
  const claims = new Map<string, Claim[]>()
  for (const draft of drafts) {
    const exclusive = isExclusive(draft)
    const own = new Set<string>()
    for (const child of draft.children) {
      if (child.type === undefined || own.has(typeKey(child.type))) continue
      own.add(typeKey(child.type))
      const others = claims.get(typeKey(child.type))
      if (others === undefined) claims.set(typeKey(child.type), [{ draft, child, exclusive }])
      else others.push({ draft, child, exclusive })
    }
  }
  for (const group of claims.values()) if (group.length > 1) reportGroup(group)
}

function reportGroup(group: readonly Claim[]): void {
  const owner = group.find(({ exclusive }) => exclusive) ?? group[0]
  if (owner === undefined) return
  const ownerPlace = describePlace(owner.draft.document, pathOf(owner))
  for (const claim of group) {
    if (claim === owner || claim.child.type === undefined) continue
    const type = describeType(claim.child.type)
    if (owner.exclusive) {
      reportError(
        claim.draft.report,
        'GG134',
        { path: pathOf(claim) },
        `${type} belongs to ${describeGraph(owner.draft)} alone, which is exclusive, at ${ownerPlace}`,
        `remove the child here, or "exclusive" from ${EXCLUSIVE_RULE} there`,
      )
    } else {
      reportWarning(
        claim.draft.report,
        'GG133',
        { path: pathOf(claim) },
        `${type} is also a child kind of ${describeGraph(owner.draft)} at ${ownerPlace}`,
        'nothing, if both create such objects; every object must carry the marks of one of them',
      )
    }
  }
}

function pathOf({ child }: Claim): (string | number)[] {
  return ['spec', 'children', child.index, 'kind']
}

function isExclusive({ spec }: GraphDraft): boolean {
  const settings = objectAt(objectAt(objectAt(spec, 'policy') ?? {}, 'rules') ?? {}, EXCLUSIVE_RULE)
  return settings !== undefined && fieldAt(settings, 'exclusive') === true && fieldAt(settings, 'enabled') !== false
}

function describeGraph({ name }: GraphDraft): string {
  return name === undefined ? 'a graph without name' : `graph ${quote(name)}`
}
