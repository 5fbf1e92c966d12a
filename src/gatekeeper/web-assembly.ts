// Node has WebAssembly, but its types come with the browser's library, which would make `window` and the rest of a page
// look available. So what is used of it is declared here.

export interface WasmMemory {
  readonly buffer: ArrayBuffer
}

export interface WasmInstance {
  readonly exports: object
}

/** A compiled module; it is opaque. */
export type WasmModule = object

interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => WasmModule
  readonly Instance: new (module: WasmModule, imports: Readonly<Record<string, object>>) => WasmInstance
  /** Sizes in pages of 64 KiB. */
  readonly Memory: new (size: { initial: number; maximum: number }) => WasmMemory
}

export const WebAssembly: WebAssemblyApi = (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly
