import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { root, run, scratch, type Outcome } from '../cli/run.ts'
import { lacksTools, requireTool } from '../oracle/tools.ts'
import { copyCheckout } from './checkout.ts'
import { readCodeBlock } from './code-block.ts'
import { parseAction, runSteps, type Job, type StepOutcome } from './composite-action.ts'
import { breakGraph, changeGraph, type UserRepository, writeUserRepository } from './user-repository.ts'

interface Workflow {
  readonly jobs: { readonly policy: { readonly steps: readonly { readonly uses: string; readonly with?: Record<string, string> }[] } }
}

const VALIDATE = 'validate -f'
const CHECK = '--check'
const TEST = '" test '

const OWN_SUITE = `apiVersion: test.gatekeeper.sh/v1alpha1
kind: Suite
tests:
  - name: own
    template: ../../templates/root-graph-label.yaml
    constraint: ../../graphs/service-mesh-graph/root-graph-label.yaml
    cases:
      - name: bare
        object: bare.yaml
        assertions: [{ violations: no }]
`

const action = parseAction(readFileSync(join(root, 'action.yml'), 'utf8'))
const [install, ...checks] = action.steps
// What the documentation tells users to write.
const workflow = parse(readCodeBlock('docs/ci.md', '## GitHub Actions', 'yaml')) as Workflow
const documented = workflow.jobs.policy.steps.find(({ uses }) => uses.includes('/graphgate@'))

const { dir, remove } = scratch()
const actionPath = join(dir, 'action')
let repositories = 0

function inRepository(workspace: string, inputs: Record<string, string> = documented?.with ?? {}): Job {
  return { actionPath, workspace, temp: join(dir, 'temp'), with: inputs }
}

function writeRepository(graphs?: string, pack?: string): Promise<UserRepository> {
  return writeUserRepository(join(dir, `repository-${repositories++}`), graphs, pack)
}

/** A step's outcome to compare with: the step by words of its script, what it printed by patterns. */
function outcome(words: string, code: number, stdout = /^/, stderr = /^/): StepOutcome {
  const matching = (pattern: RegExp): string => expect.stringMatching(pattern) as string
  return { run: expect.stringContaining(words) as string, code, stdout: matching(stdout), stderr: matching(stderr) }
}

/** Runs a script of the documentation as a user's shell does, with `graphgate` and `kubectl` on the PATH. */
function runShell(script: string, cwd: string): Promise<Outcome> {
  return run('bash', ['--noprofile', '--norc', '-euo', 'pipefail', '-c', script], { cwd, env: { PATH: `${join(dir, 'bin')}${delimiter}${process.env['PATH'] ?? ''}` } })
}

beforeAll(async () => {
  await copyCheckout(actionPath)
  if (install === undefined) throw new Error('action.yml has no steps')
  mkdirSync(join(dir, 'empty'))
  mkdirSync(join(dir, 'bin'))
  symlinkSync(join(actionPath, 'bin/graphgate.js'), join(dir, 'bin/graphgate'))
  // Some jobs set NODE_ENV, and then npm leaves out what the build needs, unless it is told not to.
  const job = { ...inRepository(join(dir, 'empty')), env: { NODE_ENV: 'production' } }
  const [installed] = await runSteps(action, [install], job)
  expect(installed?.code, installed?.stderr).toBe(0)
})

afterAll(remove)

describe('the GitHub Action', () => {
  it('passes a valid graph with a fresh pack', async () => {
    const { dir: workspace } = await writeRepository()
    const outcomes = await runSteps(action, checks, inRepository(workspace))
    expect(outcomes).toEqual([
      outcome(VALIDATE, 0, /^$/),
      outcome(CHECK, 0, /^$/, /^policy is up to date \(1 graph, \d+ files\)\n$/),
      outcome(TEST, 0, /\n\d+ suites: \d+ passed \([\d.]+s\)\n$/),
    ])
  })

  it('annotates the lines of an invalid graph, and goes no further', async () => {
    const repository = await writeRepository()
    breakGraph(repository)
    const outcomes = await runSteps(action, checks, inRepository(repository.dir))
    expect(outcomes).toEqual([outcome(VALIDATE, 2, /^(::error file=graphs\/mesh\.yaml,line=\d+,endLine=\d+,col=\d+,[^\n:]*title=GG\d{3}::[^\n]+\n)+$/)])
    expect(outcomes[0]?.stdout).toMatch(/^::error file=graphs\/mesh\.yaml,line=8,.*childs/m)
  })

  it('shows how a stale pack differs, and goes no further', async () => {
    const repository = await writeRepository()
    changeGraph(repository)
    const outcomes = await runSteps(action, checks, inRepository(repository.dir))
    expect(outcomes).toEqual([outcome(VALIDATE, 0, /^$/), outcome(CHECK, 1, /^--- a\//, /^policy is stale: \d+ changed; run graphgate generate\n$/)])
    expect(outcomes[1]?.stdout).toMatch(/^--- (a\/graphs\/service-mesh-graph\/root-graph-label\.yaml)\n\+\+\+ b.*\n(@@.*\n)( .*\n)+\+ {2}enforcementAction: warn$/m)
  })

  it("fails when a suite of the user's own fails", async () => {
    const { dir: workspace } = await writeRepository()
    mkdirSync(join(workspace, 'policy/tests/own'))
    writeFileSync(join(workspace, 'policy/tests/own/bare.yaml'), 'apiVersion: networking.example.com/v1\nkind: ServiceMesh\nmetadata: { name: bare }\n')
    writeFileSync(join(workspace, 'policy/tests/own/suite.yaml'), OWN_SUITE)
    const outcomes = await runSteps(action, checks, inRepository(workspace))
    expect(outcomes).toEqual([outcome(VALIDATE, 0), outcome(CHECK, 0), outcome(TEST, 1, /\n\d+ suites: \d+ passed, 1 failed /)])
  })

  it.each([
    ['graphs', { pack: 'policy' }, VALIDATE],
    ['pack', { graphs: 'graphs' }, CHECK],
  ])('says that the input %s is missing', async (name, inputs, step) => {
    const { dir: workspace } = await writeRepository()
    const outcomes = await runSteps(action, checks, inRepository(workspace, inputs))
    expect(outcomes.at(-1)).toEqual(outcome(step, 1, /^$/, new RegExp(`set the input ${name}\n$`)))
  })

  it.each([
    'graphs/$(touch pwned)',
    '`touch pwned`',
    '"; touch pwned; "',
    "'; touch pwned; '",
    'graphs\ntouch pwned',
    '${{ inputs.pack }} $GITHUB_ACTION_PATH *',
    '--output=json',
  ])('takes %j for a name, and executes nothing', async (hostile) => {
    const { dir: workspace } = await writeRepository(hostile, `${hostile}.pack`)
    const before = readdirSync(workspace, { recursive: true })
    const outcomes = await runSteps(action, checks, inRepository(workspace, { graphs: hostile, pack: `${hostile}.pack` }))
    expect(readdirSync(workspace, { recursive: true })).toEqual(before)
    expect(outcomes).toEqual([outcome(VALIDATE, 0, /^$/), outcome(CHECK, 0, /^$/), outcome(TEST, 0, /\n\d+ suites: \d+ passed /)])
  })
})

describe('the documentation of CI', () => {
  it('gives the action the same inputs in README.md and docs/ci.md', () => {
    expect(parse(readCodeBlock('README.md', '## In CI', 'yaml'))).toEqual([documented])
  })

  it('shows commands that pass on a fresh pack and fail on a stale one', async () => {
    const repository = await writeRepository()
    const script = readCodeBlock('docs/ci.md', '# graphgate in CI', 'sh')
    expect(script.trimEnd().split('\n')).toHaveLength(checks.length)
    expect(await runShell(script, repository.dir)).toMatchObject({ code: 0, stderr: expect.stringContaining('policy is up to date') as string })
    changeGraph(repository)
    expect(await runShell(script, repository.dir)).toMatchObject({ code: 1, stderr: expect.stringContaining('policy is stale') as string })
  })

  it.skipIf(lacksTools('kubectl'))('shows a check of one pack per environment', async () => {
    const workspace = join(dir, 'environments')
    const overlay = join(workspace, 'graphs/overlays/prod')
    cpSync(join(root, 'examples/service-mesh'), join(workspace, 'graphs'), { recursive: true })
    symlinkSync(requireTool('kubectl'), join(dir, 'bin/kubectl'))
    const script = readCodeBlock('docs/ci.md', '## One pack per environment', 'sh')
    expect(await runShell(script.replace(' --check', ''), workspace)).toMatchObject({ code: 0 })
    expect(await runShell(script, workspace)).toMatchObject({ code: 0, stderr: expect.stringMatching(/^policy\/prod is up to date/) as string })
    const patch = readFileSync(join(overlay, 'kustomization.yaml'), 'utf8')
    writeFileSync(join(overlay, 'kustomization.yaml'), patch.replace('enforcementAction: deny', 'enforcementAction: warn'))
    expect(await runShell(script, workspace)).toMatchObject({ code: 1 })
  })
})

describe('the runner of these tests', () => {
  it.each([
    ['an expression in a script', "{ shell: bash, run: 'echo ${{ inputs.graphs }}' }"],
    ['an expression of another context', "{ shell: bash, run: echo, env: { A: '${{ github.head_ref }}' } }"],
    ['an expression among other text', "{ shell: bash, run: echo, env: { A: '-f ${{ inputs.graphs }}' } }"],
    ['an undeclared input', "{ shell: bash, run: echo, env: { A: '${{ inputs.graph }}' } }"],
    ['a key that it does not know', '{ shell: bash, run: echo, if: always() }'],
  ])('refuses %s', (_what, step) => {
    expect(() => parseAction(`{ inputs: { graphs: { description: Graphs } }, runs: { using: composite, steps: [${step}] } }`)).toThrow()
  })
})
