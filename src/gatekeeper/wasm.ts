import type { JsonValue } from '../input/index.ts'
import { BUILTINS } from './builtins/index.ts'
import { parseRegoValue } from './builtins/rego-value.ts'
import type { PolicyValue } from './go-json.ts'
import { loadOpaSdk, type LoadedPolicy } from './opa-sdk.ts'
import { WebAssembly, type WasmMemory, type WasmModule } from './web-assembly.ts'

// The one place that touches OPA's WASM SDK, because it has traps: a Buffer as input passes for "no input", so every rule
// is silently satisfied; thrown strings and plain objects; JavaScript's sprintf; an instance that is broken after a throw.
// So the module is instantiated here, with imports of our own, and the SDK does what it does well: data, input, results.

/** An evaluation that came to no result. It never stands for "no violations". */
export class PolicyError extends Error {
  override readonly name = 'PolicyError'
}

/** A compiled policy with its data, ready to be asked. One evaluation at a time. */
export interface PolicyModule {
  readonly entrypoints: readonly string[]
  /** Replaces all of `data`; the object that is already set is not written again, so it must not be changed. */
  setData(data: PolicyValue): void
  /**
   * The value of an entrypoint; undefined where Rego has none. Sets come as arrays.
   *
   * @param input an object, or JSON text as a real ArrayBuffer
   * @throws PolicyError for an unknown entrypoint, an unsupported builtin, a conflict, a trap, or too much memory
   */
  evaluate(entrypoint: string, input: PolicyValue): JsonValue | undefined
}

interface OpaExports {
  readonly opa_wasm_abi_version: { readonly value: number }
  readonly opa_wasm_abi_minor_version: { readonly value: number }
  builtins(): number
  opa_json_dump(value: number): number
  opa_value_dump(value: number): number
  opa_malloc(size: number): number
  opa_json_parse(address: number, size: number): number
}

/** What the SDK starts with: 320 KiB. */
const INITIAL_PAGES = 5
/** 1 GiB. */
const MAXIMUM_PAGES = 16_384

/**
 * Compiles a WASM module that `opa build` made.
 *
 * @param options.maximumPages limit of memory, in pages of 64 KiB
 * @throws Error when the bytes are no such module
 */
export function loadPolicyModule(wasm: Uint8Array, options: { maximumPages?: number } = {}): PolicyModule {
  const module = new WebAssembly.Module(wasm)
  const maximum = options.maximumPages ?? MAXIMUM_PAGES
  let data: PolicyValue | undefined
  let policy: LoadedPolicy | undefined = instantiate(module, maximum)
  const entrypoints = Object.keys(policy.entrypoints)
  const current = (): LoadedPolicy => {
    if (policy === undefined) {
      policy = instantiate(module, maximum)
      if (data !== undefined) policy.setData(data)
    }
    return policy
  }
  /** A throw leaves memory in an unknown state, so the next call starts with a new instance. */
  const guard = <T>(action: (policy: LoadedPolicy) => T): T => {
    try {
      return action(current())
    } catch (error) {
      policy = undefined
      throw toPolicyError(error)
    }
  }
  return {
    entrypoints,
    setData(next) {
      if (next === data) return
      data = next
      guard((instance) => {
        instance.setData(next)
      })
    },
    evaluate(entrypoint, input) {
      requireInput(input)
      if (!entrypoints.includes(entrypoint)) throw new PolicyError(`the policy has no entrypoint ${entrypoint}`)
      return readResult(guard((instance) => instance.evaluate(input, entrypoint)))
    },
  }
}

/** Typed arrays and Buffers would be stringified as maps of numbers; anything falsy counts as no input at all. */
function requireInput(input: unknown): void {
  if (input instanceof ArrayBuffer) return
  if (typeof input !== 'object' || input === null || Array.isArray(input) || ArrayBuffer.isView(input)) {
    throw new TypeError('the input of a policy must be an object or an ArrayBuffer of JSON text; a Buffer or a typed array is neither')
  }
}

function readResult(results: unknown): JsonValue | undefined {
  const [first] = results as { result: JsonValue }[]
  return first?.result
}

function instantiate(module: WasmModule, maximum: number): LoadedPolicy {
  const memory = new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum })
  const builtins = new Map<number, string>()
  const call = (id: number, _context: number, ...operands: number[]): number =>
    callBuiltin(exports, memory, builtins.get(id) ?? String(id), operands)
  const instance = new WebAssembly.Instance(module, {
    env: {
      memory,
      opa_abort(address: number) {
        throw new PolicyError(readText(memory, address))
      },
      opa_println: () => undefined,
      opa_builtin0: call,
      opa_builtin1: call,
      opa_builtin2: call,
      opa_builtin3: call,
      opa_builtin4: call,
    },
  })
  const exports = instance.exports as OpaExports
  const version = exports.opa_wasm_abi_version.value
  const minor = exports.opa_wasm_abi_minor_version.value
  if (version !== 1 || minor < 2) throw new Error(`the policy has ABI ${version}.${minor}, but 1.2 or a later 1.x is needed`)
  const table = JSON.parse(readText(memory, exports.opa_json_dump(exports.builtins()))) as Record<string, number>
  for (const [name, id] of Object.entries(table)) builtins.set(id, name)
  const LoadedPolicy = loadOpaSdk()
  return new LoadedPolicy(instance, memory, minor)
}

function callBuiltin(exports: OpaExports, memory: WasmMemory, name: string, operands: readonly number[]): number {
  const builtin = BUILTINS.get(name)
  if (builtin === undefined) throw new PolicyError(`the builtin ${name} is not supported`)
  const values = operands.map((operand) => parseRegoValue(readText(memory, exports.opa_value_dump(operand))))
  const result = builtin(...values)
  if (result === undefined) return 0
  const bytes = new TextEncoder().encode(JSON.stringify(result))
  const address = exports.opa_malloc(bytes.length)
  new Uint8Array(memory.buffer).set(bytes, address)
  return exports.opa_json_parse(address, bytes.length)
}

/** Text up to the zero byte that ends it. */
function readText(memory: WasmMemory, address: number): string {
  const bytes = new Uint8Array(memory.buffer)
  return new TextDecoder().decode(bytes.subarray(address, bytes.indexOf(0, address)))
}

function toPolicyError(error: unknown): PolicyError {
  if (error instanceof PolicyError) return error
  return new PolicyError(describeThrown(error), { cause: error })
}

/** The SDK throws strings and plain objects with a message, WebAssembly throws errors. */
function describeThrown(error: unknown): string {
  if (typeof error === 'string') return error
  if (error instanceof RangeError) return `the evaluation ran out of memory or stack: ${error.message}`
  if (typeof error === 'object' && error !== null && 'message' in error) return String(error.message)
  return String(error)
}
