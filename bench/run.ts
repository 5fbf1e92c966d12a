// npm run bench: the figures that we claim, each a ratio of medians taken in this one run.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseAllDocuments, stringify } from 'yaml'
import { type Command, measure } from './measure.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const graphgate = [process.execPath, join(root, 'bin', 'graphgate.js')] as const
const gator = join(root, '.tools', 'bin', 'gator')
const example = join(root, 'examples', 'service-mesh', 'base', 'graph.yaml')
const work = mkdtempSync(join(tmpdir(), 'graphgate-bench-'))
const rows: { figure: string; ratio: string; goal: string; met: boolean }[] = []

if (!existsSync(gator)) {
  console.error('bench compares with gator: run "npm run tools -- gator" first')
  process.exit(1)
}
try {
  compareStart()
  compareSmall()
  compareMany()
  compareGenerate()
} finally {
  rmSync(work, { recursive: true })
}
console.log(`\nNode ${process.version}, ${cpus().length} cores; ratios of medians, commands interleaved\n`)
console.table(rows)
if (rows.some(({ met }) => !met)) process.exitCode = 1

function compareStart(): void {
  const times = measure(
    [
      { name: 'graphgate --help', argv: [...graphgate, '--help'] },
      { name: 'node -e 0', argv: [process.execPath, '-e', '0'] },
    ],
    15,
  )
  report('graphgate --help / node -e 0', times, 'graphgate --help', 'node -e 0', 3)
}

function compareSmall(): void {
  const pack = join(work, 'small')
  generate(example, pack)
  const fresh = join(work, 'fresh')
  const times = measure(
    [
      { name: 'generate', argv: [...graphgate, 'generate', '-f', example, '-d', fresh], prepare: () => { rmSync(fresh, { recursive: true, force: true }) } },
      { name: 'test', argv: [...graphgate, 'test', `${pack}/...`] },
      { name: 'gator verify', argv: [gator, 'verify', `${pack}/...`] },
    ],
    15,
  )
  report('cold generate of the example / gator verify of its pack', times, 'generate', 'gator verify', 1)
  report('cold test of the example / gator verify of its pack', times, 'test', 'gator verify', 1)
}

/** 40 graphs with five suites each. */
function compareMany(): void {
  const graphs = join(work, 'graphs-40')
  writeGraphs(graphs, 40)
  const pack = join(work, 'many')
  generate(graphs, pack)
  rmSync(join(pack, 'tests', '_cluster'), { recursive: true })
  const suites = list(pack).filter((path) => path.endsWith('suite.yaml')).length
  const times = measure(
    [
      { name: 'test', argv: [...graphgate, 'test', `${pack}/...`] },
      { name: 'gator verify', argv: [gator, 'verify', `${pack}/...`] },
    ],
    3,
  )
  report(`test of ${suites} suites / gator verify of the same`, times, 'test', 'gator verify', 1 / 5)
}

function compareGenerate(): void {
  const graphs = join(work, 'graphs-1000')
  writeGraphs(graphs, 1000)
  const pack = join(work, 'large')
  const plain = join(work, 'plain')
  generate(graphs, pack)
  const source = join(work, 'plain.json')
  const content = list(pack).map((path) => {
    const text = readFileSync(join(pack, path), 'utf8')
    return [path, path.endsWith('.yaml') ? parseAllDocuments(text).map((document) => document.toJS() as unknown) : text]
  })
  writeFileSync(source, JSON.stringify(content))
  const clean = (dir: string) => (): void => {
    rmSync(dir, { recursive: true, force: true })
  }
  const commands: Command[] = [
    { name: 'generate', argv: [...graphgate, 'generate', '-f', graphs, '-d', pack], prepare: clean(pack) },
    { name: 'plain script', argv: [process.execPath, join(root, 'bench', 'plain-writer.mjs'), source, plain], prepare: clean(plain) },
  ]
  report(`generate of 1000 graphs (${content.length} files) / plain script`, measure(commands, 3), 'generate', 'plain script', 3)
}

function report(figure: string, times: ReadonlyMap<string, number>, ours: string, theirs: string, goal: number): void {
  const [mine = Number.NaN, other = Number.NaN] = [times.get(ours), times.get(theirs)]
  const ratio = mine / other
  rows.push({ figure, ratio: ratio.toFixed(2), goal: `<= ${goal}`, met: ratio <= goal })
  console.log(`${figure}: ${ratio.toFixed(2)} (${mine.toFixed(0)} ms / ${other.toFixed(0)} ms)`)
}

function generate(graphs: string, pack: string): void {
  execFileSync(graphgate[0], [graphgate[1], 'generate', '-f', graphs, '-d', pack], { stdio: 'ignore' })
}

function writeGraphs(dir: string, count: number): void {
  mkdirSync(dir)
  for (let index = 0; index < count; index++) {
    const group = `team-${index}.example.com`
    const graph = {
      apiVersion: 'kro.dev/v1alpha1',
      kind: 'ResourceGraph',
      metadata: { name: `graph-${index}` },
      spec: {
        root: { apiGroup: group, version: 'v1', kind: 'Platform' },
        children: ['Queue', 'Topic', 'Bucket', 'Database'].map((kind) => ({ apiGroup: group, version: 'v1', kind })),
      },
    }
    writeFileSync(join(dir, `graph-${index}.yaml`), stringify(graph))
  }
}

function list(dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)))
}
