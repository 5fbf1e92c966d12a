import { isJsonObject } from '../input/json.ts'
import { type ChildDraft, fieldAt, type GraphDraft, objectAt, stringAt, stringsAt, type TypeDraft } from './draft.ts'
import {
  type ConflictPolicy,
  DEFAULT_ALLOWED_USERS,
  type DeletionPolicy,
  type EnforcementAction,
  type GraphChild,
  type GraphMode,
  type GraphPolicy,
  type GraphType,
  type PolicyMode,
  type ResourceGraph,
  type RuleSettings,
} from './model.ts'
import type { ServedVersions } from './versions.ts'

/** Makes the graph of a draft that passed every check: types are those of the schema, absent fields get their defaults. */
export function buildGraph(draft: GraphDraft, versions: ServedVersions): ResourceGraph {
  const { name, root, spec, document } = draft
  if (name === undefined || root === undefined) throw new Error('a graph without name or root passed validation')
  const deletionPolicy = (stringAt(spec, 'deletionPolicy') ?? 'Delete') as DeletionPolicy
  return {
    name,
    root: buildType(root, versions),
    children: draft.children.map((child) => buildChild(child, deletionPolicy, versions)),
    mode: (stringAt(spec, 'mode') ?? 'Enforce') as GraphMode,
    deletionPolicy,
    policy: buildPolicy(draft),
    document,
  }
}

function buildType({ apiGroup, kind, version }: TypeDraft, versions: ServedVersions): GraphType {
  const known = version ?? versions.preferred({ apiGroup, kind })
  return { apiGroup, kind, ...(known !== undefined && { version: known }) }
}

function buildChild(draft: ChildDraft, deletionPolicy: DeletionPolicy, versions: ServedVersions): GraphChild {
  const { type, id, template, value } = draft
  if (type === undefined || id === undefined) throw new Error('a child without kind or id passed validation')
  return {
    id,
    ...buildType(type, versions),
    ...(template !== undefined && { template }),
    includeWhen: stringsAt(value, 'includeWhen'),
    readyWhen: stringsAt(value, 'readyWhen'),
    count: buildCount(draft),
    adopt: fieldAt(value, 'adopt') === true,
    conflictPolicy: (stringAt(value, 'conflictPolicy') ?? 'Force') as ConflictPolicy,
    ignoreFields: stringsAt(value, 'ignoreFields'),
    namespaces: stringsAt(value, 'namespaces'),
    deletionPolicy: (stringAt(value, 'deletionPolicy') ?? deletionPolicy) as DeletionPolicy,
  }
}

function buildCount({ template, value }: ChildDraft): GraphChild['count'] {
  if (template !== undefined) return { min: 1, max: 1 }
  const count = objectAt(value, 'count') ?? {}
  const min = fieldAt(count, 'min')
  const max = fieldAt(count, 'max')
  return { min: typeof min === 'number' ? min : 1, ...(typeof max === 'number' && { max }) }
}

function buildPolicy({ spec }: GraphDraft): GraphPolicy {
  const policy = objectAt(spec, 'policy') ?? {}
  const enforcementAction = stringAt(policy, 'enforcementAction') as EnforcementAction | undefined
  const breakGlassGroup = stringAt(policy, 'breakGlassGroup')
  return {
    mode: (stringAt(policy, 'mode') ?? 'InCluster') as PolicyMode,
    ...(enforcementAction !== undefined && { enforcementAction }),
    rules: Object.fromEntries(
      Object.entries(objectAt(policy, 'rules') ?? {}).flatMap(([name, settings]) =>
        isJsonObject(settings) ? [[name, settings as RuleSettings]] : [],
      ),
    ),
    match: objectAt(policy, 'match') ?? {},
    allowedUsers: Array.isArray(fieldAt(policy, 'allowedUsers')) ? stringsAt(policy, 'allowedUsers') : DEFAULT_ALLOWED_USERS,
    ...(breakGlassGroup !== undefined && { breakGlassGroup }),
  }
}
