// The tarball that would be published works in an empty folder, as a program and as a library.
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'graphgate-package-'))
const run = (command, args, cwd) => execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })

try {
  run('npx', ['publint', '--strict'], root)
  const tarball = run('npm', ['pack', '--silent', '--pack-destination', folder], root).trim().split('\n').at(-1)
  writeFileSync(join(folder, 'package.json'), '{"name":"user","type":"module"}')
  run('npm', ['install', '--silent', '--no-audit', '--no-fund', join(folder, tarball)], folder)
  copyFileSync(join(root, 'examples/service-mesh/base/graph.yaml'), join(folder, 'graph.yaml'))
  const graphgate = join(folder, 'node_modules/.bin/graphgate')
  run(graphgate, ['generate', '-f', 'graph.yaml', '-d', 'policy'], folder)
  console.log(run(graphgate, ['test', 'policy/...'], folder).trim())
  writeFileSync(join(folder, 'library.mjs'), "import { loadGraphs } from 'graphgate'\nif (typeof loadGraphs !== 'function') throw new Error('no loadGraphs')\n")
  run(process.execPath, ['library.mjs'], folder)
  console.log(`${tarball} works in an empty folder`)
} finally {
  rmSync(folder, { recursive: true })
}
