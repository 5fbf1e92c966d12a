import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Diagnostic } from '../../src/diagnostic/index.ts'
import { readTemplate, type Template } from '../../src/gatekeeper/template.ts'
import { parseDocuments, type InputDocument, type JsonObject, type JsonValue } from '../../src/input/index.ts'

/** The first document of a YAML text. */
export function documentOf(text: string, file = 'input.yaml'): InputDocument {
  const { documents, diagnostics } = parseDocuments(text, file)
  const [document] = documents
  if (document === undefined) throw new Error(`no document: ${JSON.stringify(diagnostics)}`)
  return document
}

export function documentOfValue(value: JsonValue, file = 'input.yaml'): InputDocument {
  return documentOf(JSON.stringify(value), file)
}

/** Where and what, short enough for a table: `GG312 3:9 message`. */
export function brief({ code, severity, message, position }: Diagnostic): string {
  const place = position === undefined ? '-' : `${position.line}:${position.column}`
  return `${code}${severity === 'warning' ? '?' : ''} ${place} ${message}`
}

const fixtures = new URL('fixtures/', import.meta.url)

export const FIXTURES_WASM: Uint8Array = gunzipSync(readFileSync(new URL('fixtures.wasm.gz', fixtures)))

function fixtureRego(name: string): string {
  return readFileSync(new URL(`${name}.rego`, fixtures), 'utf8')
}

/** A template with the Rego of `fixtures/<name>.rego`. */
export function fixtureTemplate(kind: string, name: string, parameters: JsonObject = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }): JsonObject {
  return {
    apiVersion: 'templates.gatekeeper.sh/v1',
    kind: 'ConstraintTemplate',
    metadata: { name: kind.toLowerCase() },
    spec: {
      crd: { spec: { names: { kind }, validation: { openAPIV3Schema: parameters } } },
      targets: [
        { target: 'admission.k8s.gatekeeper.sh', code: [{ engine: 'Rego', source: { version: 'v1', rego: fixtureRego(name) } }] },
      ],
    },
  }
}

export function constraintOf(kind: string, name: string, spec: JsonObject = {}): JsonObject {
  return { apiVersion: 'constraints.gatekeeper.sh/v1beta1', kind, metadata: { name }, spec }
}

export async function loadTemplate(value: JsonObject): Promise<Template> {
  const { template, diagnostics } = await readTemplate(documentOfValue(value, 'template.yaml'))
  if (template === undefined) throw new Error(diagnostics.map(brief).join('\n'))
  return template
}

/** Writes a catalogue with the fixture rules into a folder, as `policies/` has it. */
export function writeFixtureCatalogue(folder: string): void {
  const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex')
  const rule = (kind: string, name: string) => ({
    kind,
    entrypoint: `fixture/${name}/violation`,
    rego: sha256(JSON.stringify({ version: 'v1', rego: fixtureRego(name), libs: [] })),
  })
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'catalogue.wasm'), FIXTURES_WASM)
  const manifest = {
    schemaVersion: 1,
    opa: '1.22.2',
    wasm: { file: 'catalogue.wasm', sha256: sha256(FIXTURES_WASM) },
    rules: { labels: rule('FixtureLabels', 'labels'), owner: rule('FixtureOwner', 'owner'), odd: rule('FixtureOdd', 'odd') },
  }
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest))
}
