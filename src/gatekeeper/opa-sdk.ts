import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { WasmInstance, WasmMemory } from './web-assembly.ts'

/** The one version whose insides the adapter knows. */
const SDK_VERSION = '1.10.0'

/** What the adapter uses of `@open-policy-agent/opa-wasm`: an instance with its data, ready to evaluate. */
export interface LoadedPolicy {
  readonly entrypoints: Readonly<Record<string, number>>
  evaluate(input: unknown, entrypoint: string): unknown
  setData(data: unknown): void
}

export type LoadedPolicyConstructor = new (
  instance: WasmInstance,
  memory: WasmMemory,
  abiMinorVersion: number,
) => LoadedPolicy

let loaded: LoadedPolicyConstructor | undefined

/**
 * The SDK's `LoadedPolicy`, read when first needed.
 *
 * @throws Error when another version is installed: the adapter would have to be checked against it
 */
export function loadOpaSdk(): LoadedPolicyConstructor {
  loaded ??= requireSdk()
  return loaded
}

function requireSdk(): LoadedPolicyConstructor {
  const require = createRequire(import.meta.url)
  const entry = require.resolve('@open-policy-agent/opa-wasm')
  const folder = dirname(entry)
  const { version } = JSON.parse(readFileSync(join(folder, '../package.json'), 'utf8')) as { version: string }
  if (version !== SDK_VERSION) {
    throw new Error(`@open-policy-agent/opa-wasm ${version} is installed, but graphgate works with ${SDK_VERSION}: run "npm ci"`)
  }
  return withoutSdkBuiltins(require, join(folder, 'builtins/index.js'), [entry, join(folder, 'opa.js')])
}

/**
 * Loads the SDK with an empty table of builtins: the adapter never calls those, and the YAML library behind them takes
 * half of the time that the SDK takes to load. Nothing of it stays in the module cache for others to find.
 */
function withoutSdkBuiltins(require: NodeJS.Require, builtins: string, modules: readonly string[]): LoadedPolicyConstructor {
  const touched = [builtins, ...modules]
  const before = new Map(touched.map((file) => [file, require.cache[file]]))
  require.cache[builtins] ??= { exports: {}, loaded: true } as NodeJS.Module
  try {
    const sdk = require('@open-policy-agent/opa-wasm') as { LoadedPolicy: LoadedPolicyConstructor }
    return sdk.LoadedPolicy
  } finally {
    for (const [file, module] of before) {
      // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the module cache is an object by design
      if (module === undefined) delete require.cache[file]
    }
  }
}
