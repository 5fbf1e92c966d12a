// The tarball that would be published works in an empty folder, as a program and as a library.
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'graphgate-package-'))
const run = (command, args, cwd) => execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })

try {
  run(process.execPath, [join(root, 'scripts/build.mjs'), '--types'], root)
  run('npx', ['publint', '--strict'], root)
  const tarball = run('npm', ['pack', '--silent', '--pack-destination', folder], root).trim().split('\n').at(-1)
  writeFileSync(join(folder, 'package.json'), '{"name":"user","type":"module"}')
  run('npm', ['install', '--silent', '--no-audit', '--no-fund', join(folder, tarball)], folder)
  copyFileSync(join(root, 'examples/service-mesh/base/graph.yaml'), join(folder, 'graph.yaml'))
  const graphgate = join(folder, 'node_modules/.bin/graphgate')
  run(graphgate, ['generate', '-f', 'graph.yaml', '-d', 'policy'], folder)
  console.log(run(graphgate, ['test', 'policy/...'], folder).trim())
  // The example of the library's documentation, compiled against the published types and run.
  const example = /```ts\n([^]*?) \* ```/.exec(readFileSync(join(root, 'src/index.ts'), 'utf8'))?.[1]?.replace(/^ \* ?/gm, '').replace("'graphs/'", "'graph.yaml'")
  writeFileSync(join(folder, 'library.mts'), example ?? '')
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  run(process.execPath, [tsc, '--strict', '--module', 'nodenext', '--target', 'es2022', '--typeRoots', join(root, 'node_modules/@types'), '--types', 'node', 'library.mts'], folder)
  const printed = run(process.execPath, ['library.mjs'], folder)
  if (!printed.includes('graphs/service-mesh-graph/root-graph-label.yaml')) throw new Error(`the library printed:\n${printed}`)
  console.log(`${tarball} works in an empty folder`)
} finally {
  rmSync(folder, { recursive: true })
}
