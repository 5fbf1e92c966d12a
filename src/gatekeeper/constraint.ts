import { quote, type Diagnostic } from '../diagnostic/index.ts'
import { isJsonObject, type InputDocument, type JsonObject, type JsonValue, type Path } from '../input/index.ts'
import { readEnforcement, type Enforcement } from './enforcement.ts'
import { groupVersionKind, stringAt, valueAt } from './fields.ts'
import { readMatch, type Match } from './match.ts'
import { OBJECT_META } from './object-meta.ts'
import { reportInto, type Report } from './problem.ts'
import { applyDefaults } from './schema/defaults.ts'
import { findUnknownFields } from './schema/unknown-fields.ts'
import { findUncheckedValues } from './schema/unchecked.ts'
import { findSchemaProblems } from './schema/validate.ts'
import { findSelectorProblems } from './selector.ts'
import { findShapeProblems } from './shape.ts'
import type { Template } from './template.ts'

/** A constraint that Gatekeeper would take, with the defaults of its template's schema. */
export interface Constraint {
  readonly kind: string
  readonly name: string
  readonly template: Template
  readonly match: Match | undefined
  readonly parameters: JsonValue
  readonly enforcement: Enforcement
  readonly document: InputDocument
}

const VERSIONS: readonly string[] = ['v1beta1', 'v1alpha1']
const DNS_SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/

/** Whether a document claims to be a constraint, of whatever kind. */
export function isConstraint(value: JsonValue): value is JsonObject {
  return isJsonObject(value) && groupVersionKind(value).group === 'constraints.gatekeeper.sh'
}

/**
 * Reads a constraint of a template, with Gatekeeper's refusals in Gatekeeper's order: a mistake that it finds early hides
 * the later ones, because suites may say (`invalid: true`) that it is the schema that refuses.
 *
 * @returns with an error among the diagnostics there is no constraint; GG313 is a refusal by the schema
 */
export function readConstraint(document: InputDocument, template: Template): { constraint?: Constraint; diagnostics: Diagnostic[] } {
  const { value } = document
  const diagnostics: Diagnostic[] = []
  const report = reportInto(diagnostics, document)
  if (!isConstraint(value)) {
    report(['apiVersion'], 'GG311', 'the document is not a constraint', 'a constraint is of constraints.gatekeeper.sh/v1beta1')
    return { diagnostics }
  }
  for (const check of [checkIdentity, checkMetadata, checkSelectors, checkFormats, checkSchema, checkUnknownFields]) {
    check(value, template, report)
    if (diagnostics.length > 0) return { diagnostics }
  }
  const complete = applyDefaults(value, template.schema)
  const enforcement = readEnforcement(complete, report)
  if (enforcement === undefined) return { diagnostics }
  const constraint = {
    kind: template.kind,
    name: stringAt(value, 'metadata', 'name'),
    template,
    match: readMatch(valueAt(complete, 'spec', 'match')),
    parameters: valueAt(complete, 'spec', 'parameters') ?? {},
    enforcement,
    document,
  }
  return { constraint, diagnostics }
}

type Check = (value: JsonObject, template: Template, report: Report) => void

const checkIdentity: Check = (value, template, report) => {
  const name = stringAt(value, 'metadata', 'name')
  const { version, kind } = groupVersionKind(value)
  if (kind !== template.kind) {
    report(['kind'], 'GG312', `the constraint is of kind ${quote(kind)}, but the template defines ${quote(template.kind)}`, 'use the template of this kind')
  }
  if (name.length > 253 || !DNS_SUBDOMAIN.test(name)) {
    report(['metadata', 'name'], 'GG312', `${quote(name)} is not a name for a constraint`, 'use lower case letters, digits, "-" and "."')
  }
  if (!VERSIONS.includes(version)) {
    report(['apiVersion'], 'GG311', `constraints have no version ${quote(version)}`, 'write constraints.gatekeeper.sh/v1beta1')
  }
}

/** gator does not look at metadata beyond the name, but the API server cannot read an object with such metadata. */
const checkMetadata: Check = (value, _template, report) => {
  for (const { path, reason } of findShapeProblems(valueAt(value, 'metadata'), OBJECT_META, ['metadata'])) {
    report(path, 'GG312', `Kubernetes cannot read the constraint: ${reason}`, 'correct the value')
  }
}

/** Before the schema: with such a value, it is unknown whether the schema refuses the constraint. */
const checkFormats: Check = (value, template, report) => {
  for (const { path, reason } of findUncheckedValues(value, template.schema)) {
    const message = `${writePath(path)} must be of the format ${quote(reason)}, which is not checked: whether Kubernetes takes the constraint is unknown`
    report(path, 'GG304', message, 'use pattern or enum in the template, or test it with gator')
  }
}

const checkSelectors: Check = (value, _template, report) => {
  for (const path of [['spec'], ['spec', 'match']]) {
    const parent = valueAt(value, ...path) ?? null
    if (parent !== null && !isJsonObject(parent)) report(path, 'GG315', `${writePath(path)} must be a map`, 'correct the value')
  }
  for (const key of ['labelSelector', 'namespaceSelector']) {
    const path = ['spec', 'match', key]
    for (const problem of findSelectorProblems(valueAt(value, ...path))) {
      report([...path, ...problem.path], 'GG315', `invalid ${key}: ${problem.reason}`, 'correct the selector')
    }
  }
}

const checkSchema: Check = (value, template, report) => {
  for (const { path, reason } of findSchemaProblems(value, template.schema, template.patterns)) {
    const where = path.length === 0 ? 'the constraint' : writePath(path)
    report(path, 'GG313', `${where} ${reason}`, 'correct the value; the schema stands in the template')
  }
}

const checkUnknownFields: Check = (value, template, report) => {
  for (const path of findUnknownFields(value, template.schema, { embedded: true })) {
    const diagnosis = `unknown field ${quote(writePath(path))}`
    report(path, 'GG314', diagnosis, 'correct or remove it; the known fields stand in the template')
  }
}

/** `spec.children[0].id` */
function writePath(path: Path): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('')
}
