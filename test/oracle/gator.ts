import { spawnSync, execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { JsonObject, JsonValue } from '../../src/input/index.ts'
import type { CaseResult, SuiteRunResult } from '../../src/result/index.ts'
import { runSuites } from '../../src/suite/index.ts'
import { requireTool } from './tools.ts'

/** A rule for both: graphgate gets it compiled, gator as it is. */
export interface OracleRule {
  readonly kind: string
  /** Its package is `oracle.<lower case of the kind>`. */
  readonly rego: string
  readonly parameters?: JsonObject
}

/** One template with one constraint, and requests for it. Only `invalid` tests expect something. */
export interface OracleTest {
  readonly rule: OracleRule
  readonly constraint: JsonObject
  readonly invalid?: boolean
  readonly cases: readonly { readonly object: JsonValue; readonly inventory: readonly JsonValue[] }[]
}

/**
 * What a program says of each case, as one line: the messages of the violations, or that there was an error; and of a
 * test without cases, whether it passed. Keys are `test/case`.
 */
export type Outcomes = Map<string, string>

/** More violations than any rule here makes, so that every case fails and shows its messages. */
const IMPOSSIBLE = 1_000_000

/** Runs the same suite with `gator verify` and with graphgate, in a folder of its own. */
export async function runBoth(tests: readonly OracleTest[]): Promise<{ gator: Outcomes; graphgate: Outcomes }> {
  const folder = mkdtempSync(join(tmpdir(), 'graphgate-oracle-'))
  try {
    const rules = [...new Map(tests.map(({ rule }) => [rule.kind, rule])).values()]
    writeCatalogue(join(folder, 'policies'), rules)
    writeSuite(join(folder, 'suite'), rules, tests)
    const { result } = await runSuites([join(folder, 'suite')], { policies: join(folder, 'policies') })
    return { gator: readGator(join(folder, 'suite/suite.yaml')), graphgate: readGraphgate(result) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Differences as text: what was asked, and both answers. */
export function describeDifferences(tests: readonly OracleTest[], { gator, graphgate }: { gator: Outcomes; graphgate: Outcomes }): string[] {
  const keys = [...new Set([...gator.keys(), ...graphgate.keys()])]
  return keys.flatMap((key) => {
    if (gator.get(key) === graphgate.get(key)) return []
    const [at = '', item = ''] = key.split('/')
    const test = tests[Number(at)]
    const asked = { constraint: test?.constraint, parameters: test?.rule.parameters, ...test?.cases[Number(item)] }
    return [`${JSON.stringify(asked)}\n  gator:     ${gator.get(key) ?? 'nothing'}\n  graphgate: ${graphgate.get(key) ?? 'nothing'}`]
  })
}

function packageOf({ kind }: OracleRule): string {
  return `oracle.${kind.toLowerCase()}`
}

function writeCatalogue(folder: string, rules: readonly OracleRule[]): void {
  mkdirSync(folder, { recursive: true })
  const entrypoint = (rule: OracleRule) => `${packageOf(rule).replace('.', '/')}/violation`
  const files = rules.map((rule) => {
    const file = join(folder, `${rule.kind}.rego`)
    writeFileSync(file, rule.rego)
    return file
  })
  const bundle = join(folder, 'bundle.tar.gz')
  execFileSync(requireTool('opa'), ['build', '-t', 'wasm', ...rules.flatMap((rule) => ['-e', entrypoint(rule)]), '-o', bundle, ...files])
  execFileSync('tar', ['-xzf', bundle, '-C', folder, '/policy.wasm'], { stdio: ['ignore', 'ignore', 'ignore'] })
  const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex')
  const entries = rules.map((rule) => [
    rule.kind,
    { kind: rule.kind, entrypoint: entrypoint(rule), rego: sha256(JSON.stringify({ version: 'v1', rego: rule.rego, libs: [] })) },
  ])
  const wasm = { file: 'policy.wasm', sha256: sha256(readFileSync(join(folder, 'policy.wasm'))) }
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ schemaVersion: 1, opa: '', wasm, rules: Object.fromEntries(entries) as object }))
}

function templateOf({ kind, rego, parameters = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } }: OracleRule): JsonObject {
  return {
    apiVersion: 'templates.gatekeeper.sh/v1',
    kind: 'ConstraintTemplate',
    metadata: { name: kind.toLowerCase() },
    spec: {
      crd: { spec: { names: { kind }, validation: { openAPIV3Schema: parameters } } },
      targets: [{ target: 'admission.k8s.gatekeeper.sh', code: [{ engine: 'Rego', source: { version: 'v1', rego } }] }],
    },
  }
}

function writeSuite(folder: string, rules: readonly OracleRule[], tests: readonly OracleTest[]): void {
  const write = (name: string, value: JsonValue): string => {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), JSON.stringify(value))
    return name
  }
  for (const rule of rules) write(`templates/${rule.kind}.yaml`, templateOf(rule))
  const suite: JsonObject = {
    apiVersion: 'test.gatekeeper.sh/v1alpha1',
    kind: 'Suite',
    tests: tests.map((test, at) => ({
      name: String(at),
      template: `templates/${test.rule.kind}.yaml`,
      constraint: write(`constraints/${at}.yaml`, test.constraint),
      ...(test.invalid === true && { invalid: true }),
      cases: test.cases.map(({ object, inventory }, item) => ({
        name: String(item),
        object: write(`objects/${at}-${item}.yaml`, object),
        inventory: inventory.map((value, index) => write(`objects/${at}-${item}-${index}.yaml`, value)),
        assertions: [{ violations: IMPOSSIBLE }],
      })),
    })),
  }
  write('suite.yaml', suite)
}

/** Reads the text of `gator verify --verbose`, there being no other. */
function readGator(suite: string): Outcomes {
  const { stdout } = spawnSync(requireTool('gator'), ['verify', suite, '--verbose'], { encoding: 'utf8', maxBuffer: 1 << 28 })
  const outcomes: Outcomes = new Map()
  let test = ''
  let item = ''
  for (const line of stdout.split('\n')) {
    const started = /^=== RUN {3}(\d+)$/.exec(line)
    const failedCase = /^ {4}--- FAIL: (\d+)\t/.exec(line)
    const ended = /^--- (PASS|FAIL): (\d+)\t/.exec(line)
    if (started !== null) test = started[1] ?? ''
    else if (failedCase !== null) {
      item = failedCase[1] ?? ''
      outcomes.set(`${test}/${item}`, 'error')
    } else if (ended !== null) {
      const cases = [...outcomes.keys()].some((key) => key.startsWith(`${test}/`))
      if (!cases) outcomes.set(test, ended[1] === 'PASS' ? 'pass' : 'fail')
    }
    const messages = /unexpected number of violations: .*: got messages (\[.*\])$/.exec(line)
    if (messages !== null) outcomes.set(`${test}/${item}`, messages[1] ?? '')
  }
  return outcomes
}

function readGraphgate({ suites }: SuiteRunResult): Outcomes {
  const outcomes: Outcomes = new Map()
  for (const test of suites.flatMap((suite) => suite.tests)) {
    // gator lists no cases where the test cannot be run.
    if (test.cases.length === 0 || test.messages.length > 0) outcomes.set(test.name, test.result === 'pass' ? 'pass' : 'fail')
    else for (const item of test.cases) outcomes.set(`${test.name}/${item.name}`, describeCase(item))
  }
  return outcomes
}

function describeCase({ result, violations }: CaseResult): string {
  return result === 'error' ? 'error' : `[${violations.map(({ msg }) => msg).join(' ')}]`
}
