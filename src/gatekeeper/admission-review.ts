import type { Diagnostic } from '../diagnostic/index.ts'
import { isJsonObject, type InputDocument, type JsonObject, type JsonValue } from '../input/index.ts'
import { groupVersionKind, isKubernetesObject, stringAt, valueAt } from './fields.ts'
import { diagnoseAt } from './problem.ts'
import type { Review } from './review.ts'
import { findShapeProblems, type Shape, type ShapeProblem } from './shape.ts'

// An AdmissionReview as `gator verify` takes it: converted strictly to the Go type, so that a misspelt field is an error,
// and then completed with the zero values that Go writes back into `input.review`.

const GROUP_VERSION_KIND: Shape = { fields: { group: 'string', version: 'string', kind: 'string' } }
const GROUP_VERSION_RESOURCE: Shape = { fields: { group: 'string', version: 'string', resource: 'string' } }

const ADMISSION_REVIEW: Shape = {
  fields: {
    apiVersion: 'string',
    kind: 'string',
    request: {
      fields: {
        uid: 'string',
        kind: GROUP_VERSION_KIND,
        resource: GROUP_VERSION_RESOURCE,
        subResource: 'string',
        requestKind: GROUP_VERSION_KIND,
        requestResource: GROUP_VERSION_RESOURCE,
        requestSubResource: 'string',
        name: 'string',
        namespace: 'string',
        operation: 'string',
        userInfo: { fields: { username: 'string', uid: 'string', groups: 'strings', extra: { map: 'strings' } } },
        object: 'any',
        oldObject: 'any',
        dryRun: 'bool',
        options: 'any',
      },
    },
    response: {
      fields: {
        uid: 'string',
        allowed: 'bool',
        status: 'any',
        patch: 'string',
        patchType: 'string',
        auditAnnotations: { map: 'string' },
        warnings: 'strings',
      },
    },
  },
}

/** Whether an object is an AdmissionReview, of any version, rather than an object to review. */
export function isAdmissionReview(object: JsonObject): boolean {
  const { group, kind } = groupVersionKind(object)
  return kind === 'AdmissionReview' && group === 'admission.k8s.io'
}

/** Reads an AdmissionReview; what is wrong with it comes back as diagnostics (GG321). */
export function readAdmissionReview(document: InputDocument): { review: Review } | { diagnostics: Diagnostic[] } {
  const problems = findShapeProblems(document.value, ADMISSION_REVIEW)
  const request = valueAt(document.value, 'request')
  if (problems.length === 0 && !isJsonObject(request)) problems.push({ path: [], reason: 'it has no request' })
  if (problems.length === 0 && isJsonObject(request)) problems.push(...findObjectProblems(request))
  if (problems.length > 0 || !isJsonObject(request)) {
    return {
      diagnostics: problems.map(({ path, reason }) =>
        diagnoseAt(document, path, {
          code: 'GG321',
          severity: 'error',
          message: `not a valid AdmissionReview: ${reason}`,
          hint: 'write it as the API server sends it to a webhook (admission.k8s.io/v1)',
        }),
      ),
    }
  }
  return { review: completeRequest(request) }
}

function findObjectProblems(request: JsonObject): ShapeProblem[] {
  const present = ['object', 'oldObject'].filter((key) => (valueAt(request, key) ?? null) !== null)
  if (present.length === 0) return [{ path: ['request'], reason: 'the request has neither object nor oldObject' }]
  const broken = present.filter((key) => !isKubernetesObject(valueAt(request, key)))
  if (broken.length > 0) return broken.map((key) => ({ path: ['request', key], reason: `request.${key} has no kind, or no valid apiVersion` }))
  if (stringAt(request, 'operation') === 'DELETE' && !present.includes('oldObject')) {
    return [{ path: ['request'], reason: 'a DELETE must carry the deleted object as oldObject' }]
  }
  return []
}

/** The request with Go's zero values, as Gatekeeper hands it to Rego. */
function completeRequest(request: JsonObject): Review {
  const oldObject = objectAt(request, 'oldObject')
  // The API server sends what is deleted as oldObject alone; Gatekeeper copies it, so that rules need not care.
  const object = stringAt(request, 'operation') === 'DELETE' ? oldObject : objectAt(request, 'object')
  const dryRun = valueAt(request, 'dryRun')
  const input: JsonObject = {
    uid: stringAt(request, 'uid'),
    kind: strings(valueAt(request, 'kind'), ['group', 'version', 'kind']),
    resource: strings(valueAt(request, 'resource'), ['group', 'version', 'resource']),
    ...optionalStrings(request, ['subResource', 'requestSubResource', 'name', 'namespace']),
    ...optionalTriple(request, 'requestKind', ['group', 'version', 'kind']),
    ...optionalTriple(request, 'requestResource', ['group', 'version', 'resource']),
    operation: stringAt(request, 'operation'),
    userInfo: readUserInfo(valueAt(request, 'userInfo')),
    object: object ?? null,
    oldObject: oldObject ?? null,
    ...(typeof dryRun === 'boolean' && { dryRun }),
    options: valueAt(request, 'options') ?? null,
    // gator reviews AdmissionReviews without their Namespace, which reads as an empty object.
    namespaceObject: {},
  }
  return { input, object, oldObject, namespace: undefined, namespaceName: stringAt(request, 'namespace'), source: 'Original' }
}

function objectAt(request: JsonObject, key: string): JsonObject | undefined {
  const value = valueAt(request, key)
  return isJsonObject(value) ? value : undefined
}

function readUserInfo(value: JsonValue | undefined): JsonObject {
  const groups = valueAt(value, 'groups')
  const extra = valueAt(value, 'extra')
  return {
    ...optionalStrings(value, ['username', 'uid']),
    ...(Array.isArray(groups) && groups.length > 0 && { groups }),
    ...(isJsonObject(extra) && Object.keys(extra).length > 0 && { extra }),
  }
}

function strings(value: JsonValue | undefined, keys: readonly string[]): JsonObject {
  return Object.fromEntries(keys.map((key) => [key, stringAt(value, key)]))
}

/** Empty strings are left out (`omitempty`). */
function optionalStrings(value: JsonValue | undefined, keys: readonly string[]): JsonObject {
  return strings(
    value,
    keys.filter((key) => stringAt(value, key) !== ''),
  )
}

function optionalTriple(request: JsonObject, key: string, parts: readonly string[]): JsonObject {
  const value = valueAt(request, key)
  if (!isJsonObject(value)) return {}
  return { [key]: strings(value, parts) }
}
