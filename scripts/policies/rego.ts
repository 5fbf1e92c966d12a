// Reads rego/: one folder per rule, libraries in rego/lib.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { JsonObject } from '../../src/input/json.ts'
import type { RuleMetadata } from '../../src/policy/rule.ts'

export interface RegoRule {
  readonly metadata: RuleMetadata
  readonly rego: string
  /** Texts of the libraries that it imports, directly or not, in order of their names. */
  readonly libs: readonly string[]
  /** The schema of the constraint's parameters. */
  readonly schema: JsonObject
}

interface CustomMetadata extends Omit<RuleMetadata, 'name' | 'title' | 'description'> {
  shared?: string[]
  parameters?: JsonObject
}

interface Inspection {
  annotations: { annotations: { scope: string; title?: string; description?: string; custom?: CustomMetadata }; location: { file: string } }[]
}

/** @param rego the folder. @param opa the pinned opa. @returns the rules in order of their names. */
export function readRules(rego: string, opa: string): RegoRule[] {
  const shared = parse(readFileSync(join(rego, 'lib', 'parameters.yaml'), 'utf8')) as JsonObject
  const inspection = JSON.parse(execFileSync(opa, ['inspect', '--annotations', '--format', 'json', rego], { encoding: 'utf8', maxBuffer: 1 << 26 })) as Inspection
  return readdirSync(rego)
    .filter((name) => name !== 'lib')
    .sort()
    .map((name) => readRule(rego, name, inspection, shared))
}

function readRule(rego: string, name: string, inspection: Inspection, shared: JsonObject): RegoRule {
  const source = readFileSync(join(rego, name, 'policy.rego'), 'utf8')
  const found = inspection.annotations.find(({ location, annotations }) => location.file.endsWith(join(name, 'policy.rego')) && annotations.scope === 'package')
  if (found?.annotations.custom === undefined) throw new Error(`rego/${name}/policy.rego has no # METADATA of its package`)
  const { title = '', description = '', custom } = found.annotations
  const { shared: names = [], parameters = {}, kind, severity, enforcement, point, scope, stops, remediation, reads } = custom
  return {
    metadata: { name, kind, title, description: description.trim(), severity, enforcement, point, scope, stops: stops.trim(), remediation: remediation.trim(), reads },
    rego: source,
    libs: collectLibs(rego, source),
    schema: {
      type: 'object',
      properties: { ...Object.fromEntries(names.map((key) => [key, sharedParameter(shared, key)])), ...parameters },
    },
  }
}

function sharedParameter(shared: JsonObject, key: string): JsonObject {
  const schema = shared[key]
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) throw new Error(`rego/lib/parameters.yaml has no ${key}`)
  return schema
}

function collectLibs(rego: string, source: string): string[] {
  const found = new Map<string, string>()
  const visit = (text: string): void => {
    for (const [, name] of text.matchAll(/^import data\.lib\.(\w+)/gm)) {
      if (name === undefined || found.has(name)) continue
      const lib = readFileSync(join(rego, 'lib', `${name}.rego`), 'utf8')
      found.set(name, lib)
      visit(lib)
    }
  }
  visit(source)
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text)
}
