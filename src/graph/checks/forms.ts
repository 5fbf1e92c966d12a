import { quote } from '../../diagnostic/index.ts'
import type { GraphCode } from '../codes.ts'
import { defaultChildId } from '../draft.ts'
import { isApiGroup, isChildId, isKind, isVersion } from '../schema/forms.ts'

/** A string whose form Kubernetes would refuse. */
export interface FormProblem {
  readonly code: GraphCode
  readonly message: string
  readonly hint: string
}

/** Explains why the string at a path does not match the pattern that the schema gives for it. */
export function describeForm(path: readonly (string | number)[], value: string): FormProblem {
  const field = path.findLast((step) => typeof step === 'string')
  switch (field) {
    case 'apiGroup':
      return { code: 'GG116', message: `${quote(value)} is not an API group`, hint: adviseApiGroup(value) }
    case 'kind':
      return { code: 'GG117', message: `${quote(value)} is not a kind`, hint: adviseKind(value) }
    case 'version':
      return { code: 'GG118', message: `${quote(value)} is not an API version`, hint: adviseVersion(value) }
    case 'id':
      return { code: 'GG119', message: `${quote(value)} cannot be an id`, hint: adviseId(value) }
    case 'namespaces':
    case 'excludedNamespaces':
      return path.includes('match')
        ? { code: 'GG141', message: `${quote(value)} is not a namespace pattern`, hint: 'use small letters, digits and dashes, with * at the beginning, the end, or both' }
        : { code: 'GG141', message: `${quote(value)} is not the name of a namespace`, hint: 'use small letters, digits and dashes' }
    default:
      return { code: 'GG109', message: `${quote(value)} does not have the form of ${field ?? 'this field'}`, hint: 'see docs/resource-graph.md' }
  }
}

function adviseApiGroup(value: string): string {
  const slash = value.indexOf('/')
  const group = value.slice(0, slash)
  const version = value.slice(slash + 1)
  if (slash > 0 && isVersion(version)) return `the version stands apart: apiGroup: ${quote(group)}, version: ${quote(version)}`
  if (isApiGroup(value.toLowerCase())) return `API groups have no capitals: ${quote(value.toLowerCase())}?`
  return 'write the part of apiVersion before the slash, such as networking.istio.io; "" is the core group'
}

function adviseKind(value: string): string {
  if (value.includes('/')) return 'the kind stands alone: group and version have fields of their own'
  if (/^[a-z]+s$/.test(value)) return 'this looks like the plural name of a resource: write the kind in the singular, in CamelCase, as manifests have it (kubectl api-resources shows both)'
  const capital = value.charAt(0).toUpperCase() + value.slice(1)
  if (isKind(capital)) return `kinds begin with a capital: ${quote(capital)}?`
  return 'use letters and digits, beginning with a capital, as manifests of the kind have it'
}

function adviseId(value: string): string {
  const likely = defaultChildId(value)
  const advice = 'begin with a small letter and use letters and digits alone'
  return likely !== undefined && isChildId(likely) ? `${advice}: ${quote(likely)}?` : advice
}

function adviseVersion(value: string): string {
  if (value.includes('/')) return `write the part after the slash alone: ${quote(value.slice(value.lastIndexOf('/') + 1))}`
  return 'write the version of the API alone, such as v1 or v1beta1'
}
