// Forms that Kubernetes accepts (k8s.io/apimachinery/pkg/util/validation); the CRD states them, and so do our checks.

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?'

/** DNS-1123 subdomain: names of most objects, API groups. */
export const SUBDOMAIN: string = `^${LABEL}(\\.${LABEL})*$`
/** An API group; empty is core. */
export const API_GROUP: string = `^(${LABEL}(\\.${LABEL})*)?$`
/** A kind as CustomResourceDefinitions may name it, beginning with a capital as every kind does in practice. */
export const KIND = '^[A-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$'
/** DNS-1035 label. */
export const VERSION = '^[a-z]([-a-z0-9]*[a-z0-9])?$'
/** An identifier that CEL and kro accept. */
export const CHILD_ID = '^[a-z][a-zA-Z0-9]*$'
/** Gatekeeper's namespace globs (`match.namespaces`). */
export const NAMESPACE_GLOB = '^\\*?[-:a-z0-9]*\\*?$'

export const MAX_SUBDOMAIN = 253
export const MAX_LABEL = 63
/** Constraints are called `<graph>-policy` and `<graph>-unmarked`, and the name is a label's value: 63 less 9. */
export const MAX_GRAPH_NAME = 54

/** A list that is longer is no mistake of the author's taste but of the file; the warning comes much earlier. */
export const MAX_LIST = 64

const version = new RegExp(VERSION)
const kind = new RegExp(KIND)
const apiGroup = new RegExp(API_GROUP)
const childId = new RegExp(CHILD_ID)

export function isVersion(text: string): boolean {
  return text.length <= MAX_LABEL && version.test(text)
}

export function isKind(text: string): boolean {
  return text.length <= MAX_LABEL && kind.test(text)
}

export function isApiGroup(text: string): boolean {
  return text.length <= MAX_SUBDOMAIN && apiGroup.test(text)
}

export function isChildId(text: string): boolean {
  return text.length <= MAX_LABEL && childId.test(text)
}
