import { distance } from 'fastest-levenshtein'
import { quote } from '../diagnostic/index.ts'
import type { InputDocument } from '../input/document.ts'
import { isJsonObject, type JsonObject } from '../input/json.ts'
import { GRAPH_GROUP, GRAPH_KIND, GRAPH_VERSION } from './crd.ts'
import { fieldAt, objectAt, stringAt } from './draft.ts'
import { createReport, type Place, type Report, reportError } from './report.ts'
import { findSimilar } from './suggest.ts'

/** What a document is: a graph, an object of another kind, or something meant as a graph that is none. */
export type Identity =
  | { is: 'graph'; value: JsonObject }
  | { is: 'other'; kind: string }
  | { is: 'broken'; report: Report }

const KRO_GROUP = 'kro.run'
const KRO_KIND = 'ResourceGraphDefinition'
const API_VERSION = `${GRAPH_GROUP}/${GRAPH_VERSION}`
const WHICH_IS_WHICH = `${API_VERSION} ${GRAPH_KIND} is graphgate's; ${KRO_GROUP}/v1alpha1 ${KRO_KIND} is kro's`

/** Tells graphs from everything else, and near misses from both. */
export function identifyDocument(document: InputDocument): Identity {
  const { value } = document
  if (!isJsonObject(value)) {
    const what = Array.isArray(value) ? 'a list' : value === null ? 'null' : `a ${typeof value}`
    return broken(
      document,
      'GG101',
      { path: [] },
      `the document is ${what}, not a Kubernetes object`,
      'write a map with apiVersion, kind, metadata and spec, or leave the file out of the inputs',
    )
  }
  const apiVersion = stringAt(value, 'apiVersion')
  const kind = stringAt(value, 'kind')
  if (apiVersion === undefined || kind === undefined) return identifyIncomplete(document, value, apiVersion, kind)
  const slash = apiVersion.indexOf('/')
  const group = slash < 0 ? '' : apiVersion.slice(0, slash)
  const version = apiVersion.slice(slash + 1)
  if (group === GRAPH_GROUP) return identifyOwn(document, value, version, kind)
  if (kind !== GRAPH_KIND) return { is: 'other', kind }
  if (group === KRO_GROUP) {
    return broken(
      document,
      'GG103',
      { path: ['apiVersion'] },
      `${KRO_GROUP} is kro's API group and has no kind ${GRAPH_KIND}`,
      `write apiVersion: ${API_VERSION} (${WHICH_IS_WHICH})`,
    )
  }
  if (group === '' || distance(group.slice(0, 20), GRAPH_GROUP) <= 2) {
    return broken(
      document,
      'GG104',
      { path: ['apiVersion'] },
      `${quote(apiVersion)} is no API version of ${GRAPH_KIND}`,
      `write apiVersion: ${API_VERSION}`,
    )
  }
  return { is: 'other', kind }
}

function identifyOwn(document: InputDocument, value: JsonObject, version: string, kind: string): Identity {
  if (kind === KRO_KIND) {
    return broken(
      document,
      'GG103',
      { path: ['kind'] },
      `${GRAPH_GROUP} has no kind ${KRO_KIND}: that is kro's, in ${KRO_GROUP}`,
      `write kind: ${GRAPH_KIND} for graphgate, or apiVersion: ${KRO_GROUP}/v1alpha1 for kro (${WHICH_IS_WHICH})`,
    )
  }
  if (kind !== GRAPH_KIND) {
    const similar = findSimilar(kind, [GRAPH_KIND])
    return broken(
      document,
      'GG104',
      { path: ['kind'] },
      `${GRAPH_GROUP} has no kind ${quote(kind)}`,
      similar === undefined ? `its kind is ${GRAPH_KIND}` : `did you mean ${quote(similar)}?`,
    )
  }
  if (version !== GRAPH_VERSION) {
    return broken(
      document,
      'GG104',
      { path: ['apiVersion'] },
      `${quote(`${GRAPH_GROUP}/${version}`)} is no API version of ${GRAPH_KIND}`,
      `write apiVersion: ${API_VERSION}, the only version there is`,
    )
  }
  return { is: 'graph', value }
}

/** Files that are no Kubernetes objects (Helm values, kustomizations) are nobody's business; half a graph is. */
function identifyIncomplete(
  document: InputDocument,
  value: JsonObject,
  apiVersion: string | undefined,
  kind: string | undefined,
): Identity {
  const looksLikeGraph = fieldAt(objectAt(value, 'spec') ?? {}, 'root') !== undefined
  const isOurs = kind === GRAPH_KIND || apiVersion?.startsWith(`${GRAPH_GROUP}/`) === true || looksLikeGraph
  if (!isOurs) return { is: 'other', kind: kind ?? '(no kind)' }
  const report = createReport(document)
  for (const [field, known, right] of [['apiVersion', apiVersion, API_VERSION], ['kind', kind, GRAPH_KIND]] as const) {
    if (known !== undefined) continue
    const given = fieldAt(value, field)
    if (given === undefined) reportError(report, 'GG106', { path: [] }, `${field} is missing`, `add ${field}: ${right}`)
    else reportError(report, 'GG107', { path: [field] }, `${field} must be a string`, `write ${field}: ${right}`)
  }
  return { is: 'broken', report }
}

function broken(document: InputDocument, code: 'GG101' | 'GG103' | 'GG104', place: Place, message: string, hint: string): Identity {
  const report = createReport(document)
  reportError(report, code, place, message, hint)
  return { is: 'broken', report }
}
