// The last part of `npm test`: the tests that run the real opa and gator beside ours, where these are built.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const missing = ['opa', 'gator', 'kubeyaml'].filter((tool) => !existsSync(join(root, '.tools', 'bin', tool)))

if (missing.length > 0) {
  console.log(`oracle tests skipped: ${missing.join(', ')} not built ("npm run tools" builds them where Go is installed)`)
} else {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  process.exitCode = spawnSync(process.execPath, [vitest, 'run', '--project', 'oracle'], { cwd: root, stdio: 'inherit' }).status ?? 1
}
