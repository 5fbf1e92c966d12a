import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'

/** Tests of the command line run what ships, so the bundle is made anew before any of them. */
export default function buildBundle(): void {
  execFileSync(process.execPath, [resolve(import.meta.dirname, '../scripts/build.mjs')], { stdio: 'inherit' })
}
