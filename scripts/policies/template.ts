// Makes a rule's ConstraintTemplate: Handlebars fills {{json x}} slots, the result is parsed and emitted again.
import { readFileSync } from 'node:fs'
import Handlebars from 'handlebars'
import { parse } from 'yaml'
import type { JsonObject } from '../../src/input/json.ts'
import type { RegoRule } from './rego.ts'

/** A template's own version; raise it when a rule's meaning or parameters change. */
const VERSION = '1.0.0'

/** JSON is YAML, so a value in a `{{json x}}` slot can never break out of it. */
const handlebars = Handlebars.create()
handlebars.registerHelper('json', (value: unknown) => new Handlebars.SafeString(JSON.stringify(value)))

export function buildTemplate({ metadata, rego, libs, schema }: RegoRule): JsonObject {
  const source = readFileSync(new URL('../../templates/constraint-template.yaml.hbs', import.meta.url), 'utf8')
  const text = handlebars.compile(source, { strict: true })({
    name: metadata.kind.toLowerCase(),
    rule: metadata.name,
    kind: metadata.kind,
    title: metadata.title,
    description: metadata.description,
    version: VERSION,
    syncData: metadata.reads.length > 0 ? requiredSyncData(metadata.reads) : '',
    schema,
    rego,
    libs,
  })
  return parse(text) as JsonObject
}

/**
 * Gatekeeper's annotation, a JSON string: every inner list names alternatives. Which kinds of a graph must be synced
 * depends on the graph; that SyncSets themselves must be, holds for all.
 */
function requiredSyncData(reads: readonly string[]): string {
  const syncSet = [{ groups: ['syncset.gatekeeper.sh'], versions: ['v1alpha1'], kinds: ['SyncSet'] }]
  const graphs = [{ groups: ['kro.dev'], versions: ['v1alpha1'], kinds: ['ResourceGraph'] }]
  return JSON.stringify(reads.includes('graphs') ? [syncSet, graphs] : [syncSet])
}
