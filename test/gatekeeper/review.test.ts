import { describe, expect, test } from 'vitest'
import { isAdmissionReview, readAdmissionReview } from '../../src/gatekeeper/admission-review.ts'
import { reviewObject } from '../../src/gatekeeper/review.ts'
import type { JsonObject, JsonValue } from '../../src/input/index.ts'
import { brief, documentOf, documentOfValue } from './support.ts'

const MESH: JsonObject = { apiVersion: 'networking.example.com/v1', kind: 'ServiceMesh', metadata: { name: 'mesh', namespace: 'prod' } }
const NAMESPACE: JsonObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'prod' } }

describe('the review of a plain object', () => {
  test('has the fields of an audit, without operation and user, and oldObject null', () => {
    expect(reviewObject(MESH)).toEqual({
      input: {
        uid: '',
        kind: { group: 'networking.example.com', version: 'v1', kind: 'ServiceMesh' },
        resource: { group: '', version: '', resource: '' },
        name: 'mesh',
        namespace: 'prod',
        operation: '',
        userInfo: {},
        object: MESH,
        oldObject: null,
        options: null,
        namespaceObject: {},
      },
      object: MESH,
      oldObject: undefined,
      namespace: undefined,
      namespaceName: 'prod',
      source: 'Original',
    })
  })

  test('leaves out what the object does not have', () => {
    const { input, namespaceName } = reviewObject({ apiVersion: 'v1', kind: 'Node', metadata: { generateName: 'n-' } })
    expect([Object.keys(input), namespaceName]).toEqual([
      ['uid', 'kind', 'resource', 'operation', 'userInfo', 'object', 'oldObject', 'options', 'namespaceObject'],
      '',
    ])
  })

  test('carries the Namespace that comes with it', () => {
    const { input, namespace } = reviewObject(MESH, NAMESPACE)
    expect([input['namespaceObject'], namespace]).toEqual([NAMESPACE, NAMESPACE])
  })
})

function admissionReview(request: JsonValue): JsonObject {
  return { apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', request }
}

describe('the review of an AdmissionReview', () => {
  test('is completed with the zero values of Go', () => {
    const read = readAdmissionReview(documentOfValue(admissionReview({ operation: 'CREATE', object: MESH })))
    expect(read).toEqual({
      review: {
        input: {
          uid: '',
          kind: { group: '', version: '', kind: '' },
          resource: { group: '', version: '', resource: '' },
          operation: 'CREATE',
          userInfo: {},
          object: MESH,
          oldObject: null,
          options: null,
          namespaceObject: {},
        },
        object: MESH,
        oldObject: undefined,
        namespace: undefined,
        namespaceName: '',
        source: 'Original',
      },
    })
  })

  test('keeps every field that an API server sends', () => {
    const request = {
      uid: 'u-1',
      kind: { group: 'autoscaling', version: 'v1', kind: 'Scale' },
      resource: { group: 'apps', version: 'v1', resource: 'deployments' },
      subResource: 'scale',
      requestKind: { group: 'autoscaling', version: 'v1', kind: 'Scale' },
      requestResource: { group: 'apps', version: 'v1', resource: 'deployments' },
      requestSubResource: 'scale',
      name: 'mesh',
      namespace: 'prod',
      operation: 'UPDATE',
      userInfo: { username: 'jane', uid: '7', groups: ['a'], extra: { scopes: ['x'] } },
      object: MESH,
      oldObject: MESH,
      dryRun: false,
      options: { kind: 'UpdateOptions' },
    }
    const read = readAdmissionReview(documentOfValue(admissionReview(request)))
    expect('review' in read && read.review.input).toEqual({ ...request, namespaceObject: {} })
    expect('review' in read && read.review.namespaceName).toBe('prod')
  })

  test('of a DELETE has the old object as object too, whatever was sent as object', () => {
    const read = readAdmissionReview(documentOfValue(admissionReview({ operation: 'DELETE', object: NAMESPACE, oldObject: MESH })))
    expect('review' in read && [read.review.object, read.review.oldObject, read.review.input['object']]).toEqual([MESH, MESH, MESH])
  })

  test('leaves out empty user info', () => {
    const userInfo = { username: '', groups: [], extra: {} }
    const read = readAdmissionReview(documentOfValue(admissionReview({ object: MESH, userInfo })))
    expect('review' in read && read.review.input['userInfo']).toEqual({})
  })
})

describe('an AdmissionReview that is none', () => {
  const cases: [name: string, text: string, diagnostics: string[]][] = [
    ['no request', '', ['GG321 1:1 not a valid AdmissionReview: it has no request']],
    [
      'no object at all',
      'request: {operation: CREATE, object: null}',
      ['GG321 3:10 not a valid AdmissionReview: the request has neither object nor oldObject'],
    ],
    [
      'an object without kind',
      'request:\n  object: {metadata: {name: x}}',
      ['GG321 4:11 not a valid AdmissionReview: request.object has no kind, or no valid apiVersion'],
    ],
    [
      'a DELETE without oldObject',
      'request: {operation: DELETE, object: {kind: A}}',
      ['GG321 3:10 not a valid AdmissionReview: a DELETE must carry the deleted object as oldObject'],
    ],
    [
      'unknown fields, and wrong types',
      'metadata: {}\nrequest:\n  objekt: {}\n  operation: 5\n  dryRun: "yes"\n  userInfo: {groups: [1], extra: {a: b}}\n  kind: Pod',
      [
        'GG321 3:11 not a valid AdmissionReview: unknown field "metadata"',
        'GG321 5:11 not a valid AdmissionReview: unknown field "request.objekt"',
        'GG321 6:14 not a valid AdmissionReview: request.operation must be a string',
        'GG321 7:11 not a valid AdmissionReview: request.dryRun must be true or false',
        'GG321 8:22 not a valid AdmissionReview: request.userInfo.groups must be a list of strings',
        'GG321 8:38 not a valid AdmissionReview: request.userInfo.extra.a must be a list of strings',
        'GG321 9:9 not a valid AdmissionReview: request.kind must be a map',
      ],
    ],
  ]
  test.each(cases)('%s', (_name, text, diagnostics) => {
    const read = readAdmissionReview(documentOf(`apiVersion: admission.k8s.io/v1\nkind: AdmissionReview\n${text}\n`))
    expect('diagnostics' in read && read.diagnostics.map(brief)).toEqual(diagnostics)
  })
})

test('an AdmissionReview is told by group and kind, of any version', () => {
  const objects = [
    { apiVersion: 'admission.k8s.io/v1beta1', kind: 'AdmissionReview' },
    { apiVersion: 'example.com/v1', kind: 'AdmissionReview' },
    MESH,
  ]
  expect(objects.map(isAdmissionReview)).toEqual([true, false, false])
})
