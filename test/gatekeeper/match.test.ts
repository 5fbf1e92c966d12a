import { describe, expect, test } from 'vitest'
import { matchTarget, readMatch, type MatchOutcome, type Source } from '../../src/gatekeeper/match.ts'
import type { JsonObject } from '../../src/input/index.ts'

// Every statement about Gatekeeper's matcher is a row: what spec.match says, what is under review, and the outcome.

function object(kind: string, name: string, metadata: JsonObject = {}, apiVersion = 'v1'): JsonObject {
  return { apiVersion, kind, metadata: { name, ...metadata } }
}

const POD = object('Pod', 'web', { namespace: 'prod', labels: { app: 'web' } })
const NODE = object('Node', 'node-1')
const MESH = object('ServiceMesh', 'mesh', { namespace: 'prod' }, 'networking.example.com/v1alpha1')
const NAMESPACE = object('Namespace', 'prod', { labels: { env: 'prod' } })
const OTHER_NAMESPACE = object('Namespace', 'dev', { labels: { env: 'dev' } })
/** `kubectl scale`: the request is about a Deployment, the object is a Scale. */
const SCALE = object('Scale', 'web', { namespace: 'prod' }, 'autoscaling/v1')

interface Target {
  object?: JsonObject | undefined
  oldObject?: JsonObject
  namespace?: JsonObject
  source?: Source
}

function outcome(match: JsonObject | undefined, target: Target): MatchOutcome {
  const { object: reviewed, oldObject, namespace, source = 'Original' } = target
  return matchTarget(readMatch(match), { object: reviewed, oldObject, namespace, source })
}

type Row = [name: string, match: JsonObject | undefined, target: Target, outcome: MatchOutcome]

function failure(name: string, reason: string): MatchOutcome {
  return { error: `error matching the requested object: ${name} :failed to run Match criteria: ${reason}` }
}

const kinds = (apiGroups: string[], names: string[]): JsonObject => ({ kinds: [{ apiGroups, kinds: names }] })

describe.each<[string, Row[]]>([
  [
    'spec.match as a whole',
    [
      ['absent: everything matches', undefined, { object: POD }, true],
      ['absent: even nothing matches', undefined, {}, true],
      ['empty: everything matches', {}, { object: POD }, true],
      ['empty: neither object nor oldObject is an error', {}, {}, { error: 'invalid request object: neither object nor old object are defined' }],
      ['all predicates must hold', { ...kinds([''], ['Pod']), name: 'web', scope: 'Cluster' }, { object: POD }, false],
    ],
  ],
  [
    'kinds',
    [
      ['an empty list matches', { kinds: [] }, { object: POD }, true],
      ['group and kind are those of the object', kinds([''], ['Pod']), { object: POD }, true],
      ['another kind does not match', kinds([''], ['Service']), { object: POD }, false],
      ['another group does not match', kinds(['apps'], ['Pod']), { object: POD }, false],
      ['the version is ignored', kinds(['networking.example.com'], ['ServiceMesh']), { object: MESH }, true],
      ['the case counts', kinds([''], ['pod']), { object: POD }, false],
      ['* stands for any group', kinds(['*'], ['ServiceMesh']), { object: MESH }, true],
      ['* stands for any kind', kinds(['networking.example.com'], ['*']), { object: MESH }, true],
      ['* beside others', kinds(['apps', '*'], ['X', '*']), { object: MESH }, true],
      ['no kinds: any kind', { kinds: [{ apiGroups: [''] }] }, { object: POD }, true],
      ['no apiGroups: any group', { kinds: [{ kinds: ['ServiceMesh'] }] }, { object: MESH }, true],
      ['an empty entry matches everything', { kinds: [{}] }, { object: MESH }, true],
      ['a glob is not understood', kinds([''], ['Po*']), { object: POD }, false],
      ['one of several entries is enough', { kinds: [{ kinds: ['Service'] }, { kinds: ['Pod'] }] }, { object: POD }, true],
      ['entries do not mix', { kinds: [{ apiGroups: ['apps'], kinds: ['Pod'] }, { apiGroups: [''], kinds: ['Deployment'] }] }, { object: POD }, false],
      ['a scale request is about a Scale, not a Deployment', kinds(['apps'], ['Deployment']), { object: SCALE }, false],
      ['a scale request is about a Scale', kinds(['autoscaling'], ['Scale']), { object: SCALE }, true],
      ['an apiVersion with two slashes has no kind', kinds(['*'], ['Pod']), { object: object('Pod', 'web', {}, 'a/b/c') }, false],
    ],
  ],
  [
    'scope',
    [
      ['*', { scope: '*' }, { object: POD }, true],
      ['Cluster: a cluster-scoped object', { scope: 'Cluster' }, { object: NODE }, true],
      ['Cluster: a namespaced object', { scope: 'Cluster' }, { object: POD }, false],
      ['Cluster: a Namespace', { scope: 'Cluster' }, { object: NAMESPACE }, true],
      ['Cluster: a Namespace with a Namespace attached', { scope: 'Cluster' }, { object: NAMESPACE, namespace: OTHER_NAMESPACE }, true],
      ['Cluster: an object without namespace, but with a Namespace attached', { scope: 'Cluster' }, { object: NODE, namespace: NAMESPACE }, false],
      ['Namespaced: a namespaced object', { scope: 'Namespaced' }, { object: POD }, true],
      ['Namespaced: a cluster-scoped object', { scope: 'Namespaced' }, { object: NODE }, false],
      ['Namespaced: a Namespace', { scope: 'Namespaced' }, { object: NAMESPACE }, false],
      ['Namespaced: an object with a Namespace attached', { scope: 'Namespaced' }, { object: NODE, namespace: NAMESPACE }, true],
      ['a typo matches everything', { scope: 'Namespace' }, { object: NODE }, true],
      ['the case counts: cluster is a typo', { scope: 'cluster' }, { object: POD }, true],
    ],
  ],
  [
    'namespaces and excludedNamespaces',
    [
      ['a listed namespace', { namespaces: ['prod'] }, { object: POD }, true],
      ['no listed namespace', { namespaces: ['dev'] }, { object: POD }, false],
      ['an empty list matches', { namespaces: [] }, { object: POD }, true],
      ['a glob', { namespaces: ['pr*'] }, { object: POD }, true],
      ['a Namespace is listed by its own name', { namespaces: ['prod'] }, { object: NAMESPACE }, true],
      ['a Namespace by its own name, whatever is attached', { namespaces: ['dev'] }, { object: NAMESPACE, namespace: OTHER_NAMESPACE }, false],
      ['the attached Namespace wins over metadata.namespace', { namespaces: ['dev'] }, { object: POD, namespace: OTHER_NAMESPACE }, true],
      ['metadata.namespace counts for nothing then', { namespaces: ['prod'] }, { object: POD, namespace: OTHER_NAMESPACE }, false],
      ['a cluster-scoped object always matches', { namespaces: ['dev'] }, { object: NODE }, true],
      ['excluded: a listed namespace', { excludedNamespaces: ['prod'] }, { object: POD }, false],
      ['excluded: no listed namespace', { excludedNamespaces: ['dev'] }, { object: POD }, true],
      ['excluded: a glob', { excludedNamespaces: ['*od'] }, { object: POD }, false],
      ['excluded: a Namespace by its own name', { excludedNamespaces: ['prod'] }, { object: NAMESPACE }, false],
      ['excluded: the attached Namespace wins', { excludedNamespaces: ['prod'] }, { object: POD, namespace: OTHER_NAMESPACE }, true],
      ['excluded: a cluster-scoped object always matches', { excludedNamespaces: ['*'] }, { object: NODE }, true],
      ['in both lists: excluded', { namespaces: ['prod'], excludedNamespaces: ['prod'] }, { object: POD }, false],
    ],
  ],
  [
    'labelSelector',
    [
      ['the labels of the object', { labelSelector: { matchLabels: { app: 'web' } } }, { object: POD }, true],
      ['other labels', { labelSelector: { matchLabels: { app: 'db' } } }, { object: POD }, false],
      ['an object without labels', { labelSelector: { matchExpressions: [{ key: 'app', operator: 'DoesNotExist' }] } }, { object: NODE }, true],
      ['an empty selector matches', { labelSelector: {} }, { object: NODE }, true],
      [
        'one label that is no string makes all of them count for nothing',
        { labelSelector: { matchLabels: { app: 'web' } } },
        { object: object('Pod', 'web', { labels: { app: 'web', size: 1 } }) },
        false,
      ],
      [
        'an invalid selector is an error',
        { labelSelector: { matchExpressions: [{ key: 'app', operator: 'Like' }] } },
        { object: POD },
        failure('web', '"Like" is not a valid label selector operator'),
      ],
    ],
  ],
  [
    'namespaceSelector',
    [
      ['the labels of the Namespace', { namespaceSelector: { matchLabels: { env: 'prod' } } }, { object: POD, namespace: NAMESPACE }, true],
      ['other labels of the Namespace', { namespaceSelector: { matchLabels: { env: 'dev' } } }, { object: POD, namespace: NAMESPACE }, false],
      ['a Namespace by its own labels', { namespaceSelector: { matchLabels: { env: 'prod' } } }, { object: NAMESPACE, namespace: OTHER_NAMESPACE }, true],
      ['a cluster-scoped object always matches', { namespaceSelector: { matchLabels: { env: 'dev' } } }, { object: NODE }, true],
      [
        'a namespaced object whose Namespace is unknown is an error',
        { namespaceSelector: { matchLabels: { env: 'prod' } } },
        { object: POD },
        failure('web', 'namespace selector for namespace-scoped object but missing Namespace'),
      ],
      [
        'an empty selector still needs the Namespace',
        { namespaceSelector: {} },
        { object: POD },
        failure('web', 'namespace selector for namespace-scoped object but missing Namespace'),
      ],
      ['an error is not met when an earlier predicate says no', { ...kinds(['apps'], ['*']), namespaceSelector: {} }, { object: POD }, false],
      [
        'an error is met before a later predicate says no',
        { name: 'other', namespaceSelector: {} },
        { object: POD },
        failure('web', 'namespace selector for namespace-scoped object but missing Namespace'),
      ],
      [
        'an invalid selector is the error even where the Namespace is unknown',
        { namespaceSelector: { matchExpressions: [{ key: 'env', operator: 'In' }] } },
        { object: POD },
        failure('web', 'values must be given for the operator In'),
      ],
    ],
  ],
  [
    'name',
    [
      ['empty: any name', { name: '' }, { object: POD }, true],
      ['the name', { name: 'web' }, { object: POD }, true],
      ['another name', { name: 'db' }, { object: POD }, false],
      ['a glob', { name: 'w*' }, { object: POD }, true],
      ['a generateName needs a star at the end', { name: 'web-*' }, { object: { kind: 'Pod', metadata: { generateName: 'web-' } } }, true],
      ['a generateName is never equal', { name: 'web-' }, { object: { kind: 'Pod', metadata: { generateName: 'web-' } } }, false],
      ['a generateName is never ended', { name: '*web-' }, { object: { kind: 'Pod', metadata: { generateName: 'web-' } } }, false],
      ['a name that does not match beside a generateName that does', { name: 'gen*' }, { object: object('Pod', 'web', { generateName: 'gen-' }) }, true],
    ],
  ],
  [
    'source',
    [
      ['absent is All', {}, { object: POD, source: 'Generated' }, true],
      ['All', { source: 'All' }, { object: POD, source: 'Generated' }, true],
      ['All, of unknown source', { source: 'All' }, { object: POD, source: '' }, true],
      ['Original: an object that someone sent', { source: 'Original' }, { object: POD }, true],
      ['Original: a generated object', { source: 'Original' }, { object: POD, source: 'Generated' }, false],
      ['Generated: an object that someone sent', { source: 'Generated' }, { object: POD }, false],
      ['Original, of unknown source, is an error', { source: 'Original' }, { object: POD, source: '' }, failure('web', 'source field not specified for resource web')],
      ['an unknown source is an error', { source: 'original' }, { object: POD }, failure('web', 'invalid source field "original"')],
    ],
  ],
  [
    'object and oldObject',
    [
      ['the old object alone may match', { name: 'web' }, { object: object('Pod', 'db'), oldObject: POD }, true],
      ['the object alone may match', { name: 'web' }, { object: POD, oldObject: object('Pod', 'db') }, true],
      ['neither matches', { name: 'x' }, { object: POD, oldObject: POD }, false],
      ['only an old object', { name: 'web' }, { oldObject: POD }, true],
      [
        'an error about the object ends it, though the old object would match',
        { namespaceSelector: {} },
        { object: POD, oldObject: NODE },
        failure('web', 'namespace selector for namespace-scoped object but missing Namespace'),
      ],
      ['an error about the old object is not met when the object matches', { namespaceSelector: {} }, { object: NODE, oldObject: POD }, true],
    ],
  ],
])('%s', (_title, rows) => {
  test.each(rows)('%s', (_name, match, target, expected) => {
    expect(outcome(match, target)).toEqual(expected)
  })
})
