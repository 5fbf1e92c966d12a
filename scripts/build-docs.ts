// npm run build:docs: the pages and files that are made from code. With --check it writes nothing and fails if one is stale.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { COMMANDS } from '../src/cli/commands.ts'
import { CODES } from '../src/cli/explain.ts'
import { resourceGraphCrd } from '../src/graph/index.ts'
import { emitMarkdownFile, emitYamlFile } from '../src/policy/pack/emit.ts'
import { renderTemplate } from '../src/policy/pack/render.ts'
import { SUITE_RESULT_SCHEMA } from '../src/result/index.ts'
import { describeFields } from './docs/fields.ts'
import { describeCommands } from './docs/commands.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const crd = resourceGraphCrd()
const codes = Object.entries(CODES)
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([code, entry]) => ({ code, ...entry }))

const files: Readonly<Record<string, string>> = {
  'docs/cli.md': emitMarkdownFile(renderTemplate('cli-page.md', { commands: describeCommands(COMMANDS) })),
  'docs/codes.md': emitMarkdownFile(renderTemplate('codes-page.md', { codes })),
  'docs/resource-graph.md': emitMarkdownFile(renderTemplate('resource-graph-page.md', { fields: describeFields(crd) })),
  'docs/schemas/suite-result.json': `${JSON.stringify(SUITE_RESULT_SCHEMA, null, 2)}\n`,
  'deploy/crd/resourcegraphs.yaml': emitYamlFile(crd),
}

const stale = Object.entries(files).filter(([path, text]) => !existsSync(join(root, path)) || readFileSync(join(root, path), 'utf8') !== text)
if (process.argv.includes('--check')) {
  if (stale.length > 0) {
    console.error(`stale, run "npm run build:docs": ${stale.map(([path]) => path).join(', ')}`)
    process.exitCode = 1
  } else console.log('docs are up to date')
} else {
  for (const [path, text] of stale) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  console.log(`${stale.length} files changed`)
}
