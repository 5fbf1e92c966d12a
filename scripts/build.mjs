// Bundles src/ into dist/: bin/graphgate.js runs from it. One file per command keeps start-up short, because a
// command's libraries are read only when it runs. `--types` adds the declarations that the published package carries.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')
// Made beside the old one and then swapped, so that a program that starts meanwhile never finds half a bundle.
const fresh = join(root, `dist-${process.pid}`)
const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: { main: 'src/cli/main.ts', index: 'src/index.ts' },
  outdir: fresh,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minifySyntax: true,
  minifyWhitespace: true,
  external: Object.keys(manifest.dependencies),
  // CommonJS libraries inside an ES module still call require for Node's own modules.
  banner: { js: "import{createRequire as graphgateRequire}from'node:module';const require=graphgateRequire(import.meta.url);" },
  metafile: true,
  logLevel: 'warning',
})
await writeFile(join(fresh, 'THIRD_PARTY_NOTICES.txt'), await collectNotices(metafile))
if (process.argv.includes('--types')) {
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', 'types'], { cwd: root, stdio: 'inherit' })
}
await rm(dist, { recursive: true, force: true })
await rename(fresh, dist)

/** The licence texts of the libraries that ended up in the bundle; their licences ask for it. */
async function collectNotices(meta) {
  const packages = new Set()
  for (const input of Object.keys(meta.inputs)) {
    const found = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)
    if (found) packages.add(found[1])
  }
  const notices = []
  for (const name of [...packages].sort()) {
    const folder = join(root, 'node_modules', name)
    const { version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry))
    const text = file && existsSync(join(folder, file)) ? await readFile(join(folder, file), 'utf8') : ''
    notices.push(`${name} ${version} (${license})\n\n${text.trim()}\n`)
  }
  return notices.join(`\n${'-'.repeat(80)}\n\n`)
}
