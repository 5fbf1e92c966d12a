// What npm runs after `npm ci`, and before it packs a clone: builds dist/. When npm installs a Git repository globally,
// as pre-commit makes it do, it does not install the devDependencies first (npm/cli#8440), so that is done here.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
if (process.env.npm_config_global === 'true' && !existsSync(join(root, 'node_modules', 'esbuild'))) {
  const flags = ['--global=false', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund']
  execFileSync(process.execPath, [process.env.npm_execpath, 'ci', ...flags], { cwd: root, stdio: 'inherit' })
}
await import('./build.mjs')
