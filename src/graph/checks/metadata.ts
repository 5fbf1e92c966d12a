import { quote } from '../../diagnostic/index.ts'
import { isJsonObject, type JsonObject } from '../../input/json.ts'
import { fieldAt } from '../draft.ts'
import { type Report, reportError } from '../report.ts'
import { MAX_GRAPH_NAME } from '../schema/forms.ts'
import { adviseText, findSimilar } from '../suggest.ts'
import { findKeyProblem, findLabelValueProblem, isSubdomain } from './kubernetes.ts'

/** Fields of ObjectMeta (k8s.io/apimachinery/pkg/apis/meta/v1/types.go). */
const FIELDS = [
  'name', 'labels', 'annotations', 'generateName', 'namespace', 'selfLink', 'uid', 'resourceVersion', 'generation', 'creationTimestamp',
  'deletionTimestamp', 'deletionGracePeriodSeconds', 'ownerReferences', 'finalizers', 'managedFields',
] as const

const NAME_ADVICE = `use small letters, digits, "-" and ".", beginning and ending with a letter or digit, at most ${MAX_GRAPH_NAME} characters`

/** Checks `metadata`, which every kind shares and the CRD's schema says little about. */
export function checkMetadata(report: Report, value: JsonObject): void {
  const metadata = fieldAt(value, 'metadata')
  if (!isJsonObject(metadata)) {
    if (metadata === undefined) reportError(report, 'GG102', { path: [] }, 'the graph has no name', 'add metadata: {name: …}')
    else reportError(report, 'GG107', { path: ['metadata'] }, 'metadata must be a map', 'write metadata: {name: …}')
    return
  }
  checkFields(report, metadata)
  checkName(report, metadata)
  checkMap(report, metadata, 'labels', ['metadata'])
  checkMap(report, metadata, 'annotations', ['metadata'])
}

function checkFields(report: Report, metadata: JsonObject): void {
  for (const name of Object.keys(metadata)) {
    if ((FIELDS as readonly string[]).includes(name)) continue
    const similar = findSimilar(name, FIELDS)
    reportError(
      report,
      'GG105',
      { path: ['metadata', name], target: 'key' },
      `unknown field ${quote(name)} in metadata`,
      similar === undefined ? 'remove it' : `did you mean ${quote(similar)}?`,
    )
  }
  if (Object.hasOwn(metadata, 'namespace')) {
    reportError(
      report,
      'GG115',
      { path: ['metadata', 'namespace'], target: 'key' },
      'a ResourceGraph has no namespace: its kind is cluster-scoped',
      'remove metadata.namespace',
    )
  }
}

function checkName(report: Report, metadata: JsonObject): void {
  const name = fieldAt(metadata, 'name')
  const path = ['metadata', 'name']
  if (name === undefined || name === null || name === '') {
    reportError(report, 'GG102', { path }, 'the graph has no name', 'write metadata.name; constraints and labels are named after it')
  } else if (typeof name !== 'string') {
    reportError(report, 'GG107', { path }, 'metadata.name must be a string', adviseText(name))
  } else if (!isSubdomain(name) || findLabelValueProblem(name) !== undefined) {
    reportError(report, 'GG112', { path }, `${quote(name)} cannot be the name of a graph`, adviseName(name))
  } else if (name.length > MAX_GRAPH_NAME) {
    reportError(
      report,
      'GG112',
      { path },
      `the name of the graph has ${name.length} characters`,
      `shorten it to ${MAX_GRAPH_NAME}: constraints are called after it, with up to nine characters more`,
    )
  }
}

function adviseName(name: string): string {
  const likely = name.toLowerCase().replaceAll('_', '-')
  return isSubdomain(likely) && likely.length <= MAX_GRAPH_NAME ? `${NAME_ADVICE}: ${quote(likely)}?` : NAME_ADVICE
}

/**
 * Checks `labels` or `annotations` below a path.
 * @param isExpression true for a value that is only known later, and so not judged
 */
export function checkMap(
  report: Report,
  metadata: JsonObject,
  field: 'labels' | 'annotations',
  parent: readonly (string | number)[],
  isExpression: (text: string) => boolean = () => false,
): void {
  const map = fieldAt(metadata, field)
  const path = [...parent, field]
  if (map === undefined || map === null || (typeof map === 'string' && isExpression(map))) return
  if (!isJsonObject(map)) {
    reportError(report, 'GG107', { path }, `metadata.${field} must be a map of strings`, `write ${field}: {key: value}`)
    return
  }
  const one = field === 'labels' ? 'label' : 'annotation'
  for (const [key, value] of Object.entries(map)) {
    const problem = findKeyProblem(one === 'label' ? key : key.toLowerCase())
    if (problem !== undefined) {
      reportError(
        report,
        'GG120',
        { path: [...path, key], target: 'key' },
        `Kubernetes refuses the ${one} ${quote(key)}: ${problem}`,
        'rename it',
      )
    }
    if (value === null) continue
    if (typeof value !== 'string') {
      reportError(report, 'GG120', { path: [...path, key] }, `the ${one} ${quote(key)} must be a string`, adviseText(value))
      continue
    }
    const refused = one === 'label' && !isExpression(value) ? findLabelValueProblem(value) : undefined
    if (refused !== undefined) {
      reportError(
        report,
        'GG120',
        { path: [...path, key] },
        `Kubernetes refuses the value ${quote(value)} of the label ${quote(key)}: ${refused}`,
        'change the value, or make it an annotation, where any text may stand',
      )
    }
  }
}
