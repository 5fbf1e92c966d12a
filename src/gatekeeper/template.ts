import { quote, type Diagnostic } from '../diagnostic/index.ts'
import { isJsonObject, type InputDocument, type JsonObject, type JsonValue, type Path } from '../input/index.ts'
import { groupVersionKind, stringAt, valueAt } from './fields.ts'
import { diagnoseAt, reportInto, type Report } from './problem.ts'
import { compilePattern } from './regex.ts'
import { MATCH_PATTERNS, buildConstraintSchema } from './schema/constraint-schema.ts'
import { schemaAt, listSchemas, type Patterns, type Schema } from './schema/schema.ts'
import { findUncheckedValues, uncheckedFormat } from './schema/unchecked.ts'
import { findDefaultProblems, findStructuralProblems, preserveUnknownFields } from './schema/structural.ts'
import { findLabelProblems } from './selector.ts'
import { findTemplateShapeProblems } from './template-shape.ts'

/** The Rego of a template. `version` is "v1" or "v0"; Gatekeeper takes anything but "v1" for v0. */
export interface RegoSource {
  readonly version: 'v0' | 'v1'
  readonly rego: string
  readonly libs: readonly string[]
}

/** A ConstraintTemplate that Gatekeeper would take, as far as that can be told without compiling its Rego. */
export interface Template {
  readonly kind: string
  readonly source: RegoSource
  /** The schema of its constraints, defaults included. */
  readonly schema: Schema
  readonly patterns: Patterns
  readonly document: InputDocument
}

const VERSIONS: readonly string[] = ['v1', 'v1beta1', 'v1alpha1']
const TARGET = 'admission.k8s.gatekeeper.sh'

/** Whether a document claims to be a ConstraintTemplate, of whatever version. */
export function isTemplate(value: JsonValue): boolean {
  if (!isJsonObject(value)) return false
  const { group, kind } = groupVersionKind(value)
  return group === 'templates.gatekeeper.sh' && kind === 'ConstraintTemplate'
}

/** Reads a ConstraintTemplate; every mistake is a diagnostic, and with an error among them there is no template. */
export async function readTemplate(document: InputDocument): Promise<{ template?: Template; diagnostics: Diagnostic[] }> {
  const { value } = document
  if (!isJsonObject(value) || !isTemplate(value) || !VERSIONS.includes(groupVersionKind(value).version)) {
    return { diagnostics: [notATemplate(document)] }
  }
  const diagnostics: Diagnostic[] = []
  const report = reportInto(diagnostics, document)
  checkShape(value, report)
  if (diagnostics.length > 0) return { diagnostics }
  const kind = readKind(value, report)
  const source = readSource(value, report)
  const parameters = readParameterSchema(value, groupVersionKind(value).version, report)
  const patterns = await compilePatterns(parameters, report)
  if (parameters !== undefined && diagnostics.length === 0) reportDefaults(parameters, patterns, report)
  if (diagnostics.some(({ severity }) => severity === 'error') || kind === undefined || source === undefined) return { diagnostics }
  return { template: { kind, source, schema: buildConstraintSchema(parameters), patterns, document }, diagnostics }
}

/** What Gatekeeper cannot decode, and what the API server says of metadata and short names. */
function checkShape(value: JsonObject, report: Report): void {
  for (const { path, reason } of findTemplateShapeProblems(value)) {
    const code = SCHEMA_PATH.every((step, index) => path[index] === step) ? 'GG303' : 'GG302'
    report(path, code, `Gatekeeper cannot read the template: ${reason}`, 'correct the value')
  }
  for (const { path, reason } of findLabelProblems(valueAt(value, 'metadata', 'labels'))) {
    report(['metadata', 'labels', ...path], 'GG302', reason, 'correct the label')
  }
  const names = ['spec', 'crd', 'spec', 'names', 'shortNames']
  const shortNames = valueAt(value, ...names)
  if (!Array.isArray(shortNames)) return
  shortNames.forEach((name, index) => {
    if (typeof name === 'string' && name.length <= 63 && /^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name)) return
    report([...names, index], 'GG302', `${JSON.stringify(name)} is not a short name`, 'use lower case letters, digits and "-"')
  })
}

const SCHEMA_PATH = ['spec', 'crd', 'spec', 'validation', 'openAPIV3Schema']

function notATemplate(document: InputDocument): Diagnostic {
  const kind = stringAt(document.value, 'kind')
  const what = kind === '' ? 'the document' : `${quote(stringAt(document.value, 'apiVersion'))} ${quote(kind)}`
  return diagnoseAt(document, ['apiVersion'], {
    code: 'GG301',
    severity: 'error',
    message: `${what} is not a ConstraintTemplate`,
    hint: 'a template is templates.gatekeeper.sh/v1 ConstraintTemplate (or v1beta1, v1alpha1)',
  })
}

function readKind(value: JsonObject, report: Report): string | undefined {
  const path = ['spec', 'crd', 'spec', 'names', 'kind']
  const kind = stringAt(value, ...path)
  const name = stringAt(value, 'metadata', 'name')
  if (kind === '') {
    report(path, 'GG302', `template ${quote(name)} does not say which kind it defines`, 'set spec.crd.spec.names.kind')
    return undefined
  }
  if (name === kind.toLowerCase()) return kind
  report(
    ['metadata', 'name'],
    'GG302',
    `template ${quote(name)} must be called ${quote(kind.toLowerCase())}: the lower case of its kind`,
    `set metadata.name to ${kind.toLowerCase()}`,
  )
  return undefined
}

function readSource(value: JsonObject, report: Report): RegoSource | undefined {
  const path = ['spec', 'targets']
  const targets = valueAt(value, ...path)
  const [target, ...more] = Array.isArray(targets) ? targets : []
  if (target === undefined || more.length > 0) {
    report(path, 'GG302', `a template must have exactly one target, not ${more.length + Number(target !== undefined)}`, `keep the target ${TARGET} alone`)
    return undefined
  }
  const name = stringAt(target, 'target')
  if (name !== TARGET) {
    report([...path, 0, 'target'], 'GG302', `unknown target ${quote(name)}`, `set target to ${TARGET}`)
    return undefined
  }
  const rego = stringAt(target, 'rego')
  const code = valueAt(target, 'code')
  const entries = Array.isArray(code) ? code : []
  const native = entries.findIndex((item) => stringAt(item, 'engine') === 'K8sNativeValidation')
  if (native !== -1) {
    const message = 'the template was not evaluated: Gatekeeper runs its CEL, not any Rego beside it'
    report([...path, 0, 'code', native, 'engine'], 'GG305', message, 'keep the engine Rego alone, or test it with gator')
    return undefined
  }
  const own = entries.filter((item) => stringAt(item, 'engine') === 'Rego')
  if (own.length > 1) {
    report([...path, 0, 'code'], 'GG302', 'the engine Rego stands twice in code[]', 'keep one of them')
    return undefined
  }
  const [entry] = own
  const source = readRegoEntry(entry, [...path, 0, 'code', entries.findIndex((item) => item === entry), 'source'], report)
  // Beside code[], `rego` wins over its Rego entry, and is always v0.
  if (rego !== '') return { version: 'v0', rego, libs: stringsAt(target, 'libs') }
  if (source === undefined || source.rego !== '') return source
  report([...path, 0], 'GG305', 'the template has no Rego, so it cannot be evaluated here', 'add code[] with engine Rego, or test it with gator')
  return undefined
}

/** A missing field counts as empty, but null is refused; without an entry there is no Rego. */
function readRegoEntry(entry: JsonValue | undefined, path: Path, report: Report): RegoSource | undefined {
  const source = valueAt(entry, 'source')
  const nulls = ['version', 'rego', 'libs'].filter((key) => valueAt(source, key) === null)
  for (const key of nulls) report([...path, key], 'GG302', `${key} of the Rego must not be null`, 'remove the field, or give it a value')
  if (nulls.length > 0) return undefined
  return { version: stringAt(source, 'version') === 'v1' ? 'v1' : 'v0', rego: stringAt(source, 'rego'), libs: stringsAt(source, 'libs') }
}

/** The schema of `spec.parameters`; undefined where constraints may have none. */
function readParameterSchema(value: JsonObject, version: string, report: Report): Schema | undefined {
  const validation = valueAt(value, 'spec', 'crd', 'spec', 'validation')
  const legacy = valueAt(validation, 'legacySchema') ?? version !== 'v1'
  const schema = schemaAt(validation, 'openAPIV3Schema') ?? (legacy === true ? {} : undefined)
  if (schema === undefined) return undefined
  const prepared = legacy === true ? preserveUnknownFields(schema) : schema
  for (const { path, reason } of findStructuralProblems(prepared)) {
    const where = path.length === 0 ? 'the parameter schema' : `the parameter schema at ${path.join('.')}`
    report([...SCHEMA_PATH, ...path], 'GG303', `${where}: ${reason}`, 'make the schema structural, or set legacySchema: true')
  }
  return prepared
}

function reportDefaults(schema: Schema, patterns: Patterns, report: Report): void {
  for (const { path, reason } of findDefaultProblems(schema, patterns)) {
    report([...SCHEMA_PATH, ...path], 'GG303', `the parameter schema at ${path.join('.')}: ${reason}`, 'correct the default')
  }
}

/** Rules in CEL, and a default of a format that is not checked: whether Kubernetes takes constraints is then unknown. */
function reportUnchecked(level: Schema, path: Path, report: Report): void {
  const rules = valueAt(level, 'x-kubernetes-validations')
  if (Array.isArray(rules) && rules.length > 0) {
    const message = 'the template was not evaluated: x-kubernetes-validations are not checked'
    report([...SCHEMA_PATH, ...path, 'x-kubernetes-validations'], 'GG304', message, 'remove them, or test the template on a cluster')
  }
  for (const { path: below, reason } of findUncheckedValues(valueAt(level, 'default') ?? null, level)) {
    report([...SCHEMA_PATH, ...path, 'default', ...below], 'GG304', `the default must be of the format ${quote(reason)}, which is not checked`, 'remove the default')
  }
}

async function compilePatterns(schema: Schema | undefined, report: Report): Promise<Patterns> {
  const patterns = new Map(MATCH_PATTERNS)
  if (schema === undefined) return patterns
  for (const [path, level] of listSchemas(schema)) {
    reportUnchecked(level, path, report)
    const format = uncheckedFormat(level)
    if (format !== undefined) {
      report([...SCHEMA_PATH, ...path, 'format'], 'GG304', `the format ${quote(format)} is not checked`, 'use pattern or enum', 'warning')
    }
    const pattern = stringAt(level, 'pattern')
    if (pattern === '' || patterns.has(pattern)) continue
    try {
      patterns.set(pattern, await compilePattern(pattern))
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      report([...SCHEMA_PATH, ...path, 'pattern'], 'GG303', `invalid pattern ${quote(pattern)}: ${reason}`, 'write it as RE2')
    }
  }
  return patterns
}

function stringsAt(value: JsonValue | undefined, key: string): string[] {
  const found = valueAt(value, key)
  return Array.isArray(found) ? found.filter((item) => typeof item === 'string') : []
}
