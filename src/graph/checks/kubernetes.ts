// Names and labels as Kubernetes validates them: k8s.io/apimachinery/pkg/util/validation.
import { quote } from '../../diagnostic/index.ts'
import { MAX_LABEL, MAX_SUBDOMAIN, SUBDOMAIN } from '../schema/forms.ts'

const subdomain = new RegExp(SUBDOMAIN)
const QUALIFIED = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/

export function isSubdomain(name: string): boolean {
  return name.length <= MAX_SUBDOMAIN && subdomain.test(name)
}

/** Why Kubernetes would refuse a label's or annotation's key; undefined if it would not. */
export function findKeyProblem(key: string): string | undefined {
  const slash = key.indexOf('/')
  const prefix = key.slice(0, Math.max(0, slash))
  const name = key.slice(slash + 1)
  if (slash >= 0 && !isSubdomain(prefix)) return `${quote(prefix)} before the slash is not a DNS name`
  if (name.includes('/')) return 'it has more than one slash'
  if (name === '') return 'its name is empty'
  if (name.length > MAX_LABEL) return `its name is longer than ${MAX_LABEL} characters`
  if (!QUALIFIED.test(name)) return 'its name must begin and end with a letter or digit, with letters, digits, "-", "_" and "." between'
  return undefined
}

/** Why Kubernetes would refuse a label's value; undefined if it would not. */
export function findLabelValueProblem(value: string): string | undefined {
  if (value === '') return undefined
  if (value.length > MAX_LABEL) return `it is longer than ${MAX_LABEL} characters`
  if (!QUALIFIED.test(value)) return 'it must begin and end with a letter or digit, with letters, digits, "-", "_" and "." between'
  return undefined
}
