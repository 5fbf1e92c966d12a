import type { JsonObject } from '../input/index.ts'
import { groupVersionKind, stringAt } from './fields.ts'
import type { Source } from './match.ts'

/** One request to judge: what the matcher looks at, and what Rego sees as `input.review`. */
export interface Review {
  readonly input: JsonObject
  readonly object: JsonObject | undefined
  readonly oldObject: JsonObject | undefined
  /** The Namespace given along with the request, which comes before the one in the inventory. */
  readonly namespace: JsonObject | undefined
  /** `request.namespace`: the Namespace that is looked up in the inventory. */
  readonly namespaceName: string
  readonly source: Source
}

/**
 * The review of a plain object, as Gatekeeper's audit and gator make it: there is no operation and no user, and
 * `oldObject` is null, which is *true* in Rego, so rules about updates must look at the operation first.
 *
 * @param namespace the object's Namespace: audit passes it, and Rego sees it as `namespaceObject`; gator does not, and
 *   Rego then sees `{}`
 */
export function reviewObject(object: JsonObject, namespace?: JsonObject): Review {
  const { group, version, kind } = groupVersionKind(object)
  const name = stringAt(object, 'metadata', 'name')
  const namespaceName = stringAt(object, 'metadata', 'namespace')
  return {
    input: {
      uid: '',
      kind: { group, version, kind },
      resource: { group: '', version: '', resource: '' },
      ...(name !== '' && { name }),
      ...(namespaceName !== '' && { namespace: namespaceName }),
      operation: '',
      userInfo: {},
      object,
      oldObject: null,
      options: null,
      namespaceObject: namespace ?? {},
    },
    object,
    oldObject: undefined,
    namespace,
    namespaceName,
    source: 'Original',
  }
}
