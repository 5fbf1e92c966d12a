// npm run build:policies: everything that is made from rego/ and src/policy/rules/ — the catalogue as code, policies/,
// the rule pages. With --check it writes nothing and fails if a byte differs from what is committed.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildManifest, compileCatalogue } from './policies/wasm.ts'
import { catalogueSource } from './policies/catalogue.ts'
import { readRules, type RegoRule } from './policies/rego.ts'
import { buildTemplate } from './policies/template.ts'
import { emitYamlFile } from '../src/policy/pack/emit.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const rego = join(root, 'rego')
const opa = join(root, '.tools', 'bin', 'opa')
const check = process.argv.includes('--check')

if (!existsSync(opa)) {
  console.error('build:policies needs the pinned opa: run "npm run tools -- opa" first')
  process.exit(1)
}

const rules = readRules(rego, opa)
const outdated: string[] = []

// The pages and samples are made by the catalogue's own code, so that code must stand before it is loaded.
put('src/policy/catalogue.generated.ts', catalogueSource(rules.map(({ metadata }) => metadata)))
const wasm = compileCatalogue(opa, relative(process.cwd(), rego), rules)
put('policies/catalogue.wasm', wasm)
put('policies/manifest.json', `${JSON.stringify(buildManifest(opaVersion(), wasm, rules), null, 2)}\n`)
for (const rule of rules) put(`policies/${rule.metadata.name}/template.yaml`, emitYamlFile(buildTemplate(rule)))

const { buildRuleFiles, buildRulesIndex } = await import('./policies/pages.ts')
const kept = new Set<string>()
for (const rule of rules) {
  for (const { path, text } of await buildRuleFiles(rule)) {
    kept.add(`policies/${path}`)
    put(`policies/${path}`, text)
  }
}
put('docs/rules.md', buildRulesIndex())
removeRest(rules, kept)

if (check && outdated.length > 0) {
  console.error(`not what rego/ and src/policy/rules/ make; run "npm run build:policies":\n${outdated.map((file) => `  ${file}`).join('\n')}`)
  process.exit(1)
}
console.log(check ? 'policies are up to date' : `${rules.length} rules built, ${outdated.length} files changed`)

function put(path: string, content: string | Buffer): void {
  const file = join(root, path)
  const bytes = Buffer.from(content)
  if (existsSync(file) && readFileSync(file).equals(bytes)) return
  outdated.push(path)
  if (check) return
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, bytes)
}

/** A sample or a rule that is no longer made must not stay behind. */
function removeRest(current: readonly RegoRule[], made: ReadonlySet<string>): void {
  const names = new Set(current.map(({ metadata }) => metadata.name))
  for (const entry of readdirSync(join(root, 'policies'), { withFileTypes: true, recursive: true })) {
    const path = relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/')
    const [, rule, file] = path.split('/')
    if (entry.isDirectory() || file === undefined || (names.has(rule ?? '') && (file === 'template.yaml' || made.has(path)))) continue
    outdated.push(path)
    if (!check) rmSync(join(root, path))
  }
}

function opaVersion(): string {
  return /^Version: (\S+)/m.exec(execFileSync(opa, ['version'], { encoding: 'utf8' }))?.[1] ?? 'unknown'
}
