import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { quote, type Diagnostic } from '../diagnostic/index.ts'
import type { JsonValue } from '../input/index.ts'
import { stringAt, valueAt } from './fields.ts'
import { diagnoseAt } from './problem.ts'
import type { RegoSource, Template } from './template.ts'
import { loadPolicyModule, type PolicyModule } from './wasm.ts'

/** What evaluates a template: an entrypoint of a compiled module, whose value is the set of violations. */
export interface Program {
  readonly module: PolicyModule
  readonly entrypoint: string
}

/** Finds the program of a template, or says why there is none. Nothing without a program counts as passed. */
export type ResolveProgram = (template: Template) => Program | Diagnostic

/**
 * The templates that were compiled ahead: `manifest.json` and the WASM beside it. Nothing is read before the first
 * template is resolved.
 *
 * @param folder path of `policies/`
 */
export function openCatalogue(folder: string): ResolveProgram {
  let opened: OpenCatalogue | Error | undefined
  const resolved = new WeakMap<Template, Program | Diagnostic>()
  return (template) => {
    const known = resolved.get(template)
    if (known !== undefined) return known
    opened ??= tryOpen(folder)
    const program = opened instanceof Error ? describeBroken(template, opened) : findProgram(template, opened)
    resolved.set(template, program)
    return program
  }
}

function findProgram(template: Template, catalogue: OpenCatalogue): Program | Diagnostic {
  const entrypoint = catalogue.entrypoints.get(hashRego(template.source))
  return entrypoint === undefined ? describeUnknown(template, catalogue) : { module: catalogue.module, entrypoint }
}

/** What identifies the Rego of a template, as `manifest.json` has it. */
function hashRego({ version, rego, libs }: RegoSource): string {
  return sha256(JSON.stringify({ version, rego, libs }))
}

interface OpenCatalogue {
  module: PolicyModule
  /** By the hash of the Rego. */
  entrypoints: ReadonlyMap<string, string>
  kinds: ReadonlySet<string>
}

function tryOpen(folder: string): OpenCatalogue | Error {
  try {
    return open(folder)
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

function open(folder: string): OpenCatalogue {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as JsonValue
  if (valueAt(manifest, 'schemaVersion') !== 1) throw new Error('manifest.json is of another version of graphgate')
  const wasm = readFileSync(join(folder, stringAt(manifest, 'wasm', 'file')))
  // A third of a millisecond: cheap beside a verdict from the wrong rules.
  if (sha256(wasm) !== stringAt(manifest, 'wasm', 'sha256')) {
    throw new Error(`${stringAt(manifest, 'wasm', 'file')} is not the file that manifest.json describes`)
  }
  const rules = Object.values(valueAt(manifest, 'rules') ?? {}) as JsonValue[]
  return {
    module: loadPolicyModule(wasm),
    entrypoints: new Map(rules.map((rule) => [stringAt(rule, 'rego'), stringAt(rule, 'entrypoint')])),
    kinds: new Set(rules.map((rule) => stringAt(rule, 'kind'))),
  }
}

function describeBroken({ document }: Template, error: Error): Diagnostic {
  return diagnoseAt(document, ['kind'], {
    code: 'GG307',
    severity: 'error',
    message: `the compiled catalogue cannot be used: ${error.message}`,
    hint: 'install graphgate again; in a clone, run "npm run build:policies"',
  })
}

function describeUnknown({ kind, document }: Template, { kinds }: OpenCatalogue): Diagnostic {
  const changed = kinds.has(kind)
  return diagnoseAt(document, ['spec', 'targets', 0], {
    code: 'GG306',
    severity: 'error',
    message: changed
      ? `template ${quote(kind)} was not evaluated: its Rego is not that of the catalogue's ${quote(kind)}`
      : `template ${quote(kind)} was not evaluated: it is not in the catalogue`,
    hint: changed
      ? 'generate it again with this version of graphgate, or test it with gator'
      : 'test it with gator; graphgate evaluates the templates that it generates',
  })
}

function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}
