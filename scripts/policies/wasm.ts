// Compiles the whole catalogue into one WebAssembly module with an entrypoint per rule.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RegoRule } from './rego.ts'

function entrypointOf(rule: RegoRule): string {
  return `graphgate/${rule.metadata.name.replaceAll('-', '_')}/violation`
}

/** @param rego the folder with all rules; tests are left out. @returns the module's bytes, equal for equal Rego. */
export function compileCatalogue(opa: string, rego: string, rules: readonly RegoRule[]): Buffer {
  const work = mkdtempSync(join(tmpdir(), 'graphgate-'))
  try {
    const bundle = join(work, 'bundle.tar.gz')
    const entrypoints = rules.flatMap((rule) => ['--entrypoint', entrypointOf(rule)])
    execFileSync(opa, ['build', '--target', 'wasm', ...entrypoints, '--ignore', '*_test.rego', '--ignore', '*.yaml', '--output', bundle, rego], { stdio: ['ignore', 'inherit', 'inherit'] })
    execFileSync('tar', ['-xzf', bundle, '-C', work, '/policy.wasm'], { stdio: 'pipe' })
    return readFileSync(join(work, 'policy.wasm'))
  } finally {
    rmSync(work, { recursive: true })
  }
}

export function buildManifest(opaVersion: string, wasm: Buffer, rules: readonly RegoRule[]): object {
  const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex')
  return {
    schemaVersion: 1,
    opa: opaVersion,
    wasm: { file: 'catalogue.wasm', sha256: sha256(wasm) },
    rules: Object.fromEntries(
      rules.map((rule) => [
        rule.metadata.name,
        {
          kind: rule.metadata.kind,
          entrypoint: entrypointOf(rule),
          rego: sha256(JSON.stringify({ version: 'v1', rego: rule.rego, libs: rule.libs })),
        },
      ]),
    ),
  }
}
