// What `generate` is measured against: the same files, each made by yaml.stringify and put in place by temp-and-rename,
// and nothing else. Arguments: a JSON file with [path, documents or text][], the output directory.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { stringify } from 'yaml'

const [source, out] = process.argv.slice(2)
const made = new Set()
for (const [path, content] of JSON.parse(readFileSync(source, 'utf8'))) {
  const file = join(out, path)
  if (!made.has(dirname(file))) mkdirSync(dirname(file), { recursive: true })
  made.add(dirname(file))
  const text = typeof content === 'string' ? content : content.map((document) => stringify(document)).join('---\n')
  writeFileSync(`${file}.tmp`, text)
  renameSync(`${file}.tmp`, file)
}
