import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { run, type Outcome } from '../cli/run.ts'

/** A composite action as GitHub's runner reads it, cut down to what action.yml needs. */
export interface CompositeAction {
  readonly inputs: Readonly<Record<string, Input>>
  readonly steps: readonly Step[]
}

interface Input {
  readonly description: string
  readonly required?: boolean
  readonly default?: string
}

export interface Step {
  readonly run: string
  readonly shell: string
  readonly env?: Readonly<Record<string, string>>
}

export interface StepOutcome extends Outcome {
  readonly run: string
}

export interface Job {
  /** Where the action is, installed or not. */
  readonly actionPath: string
  /** Where actions/checkout put the user's repository. */
  readonly workspace: string
  /** A folder of the runner, outside the workspace. */
  readonly temp: string
  /** The inputs that the workflow gives. */
  readonly with: Readonly<Record<string, string>>
  /** The job's own environment. */
  readonly env?: Readonly<Record<string, string>>
}

const STEP_KEYS = ['run', 'shell', 'env']

/**
 * Reads an action. Throws on everything that the real runner knows and this one does not, and on an expression anywhere
 * but in `env`: the runner pastes its value into the script, where a shell would execute it.
 */
export function parseAction(text: string): CompositeAction {
  const { inputs, runs } = parse(text) as { inputs: CompositeAction['inputs']; runs: { using: string; steps: readonly Step[] } }
  if (runs.using !== 'composite') throw new Error(`not a composite action: ${runs.using}`)
  for (const step of runs.steps) {
    const unknown = Object.keys(step).filter((key) => !STEP_KEYS.includes(key))
    if (unknown.length > 0) throw new Error(`this runner does not know ${unknown.join(', ')}`)
    if (step.shell !== 'bash') throw new Error(`this runner has no shell ${step.shell}`)
    if (step.run.includes('${{')) throw new Error(`expression in a script: ${step.run}`)
    for (const value of Object.values(step.env ?? {})) evaluate(value, inputs, {})
  }
  return { inputs, steps: runs.steps }
}

/** Runs steps in order, each as the runner does, up to the first that fails. */
export async function runSteps({ inputs }: CompositeAction, steps: readonly Step[], job: Job): Promise<StepOutcome[]> {
  const undeclared = Object.keys(job.with).filter((name) => !Object.hasOwn(inputs, name))
  if (undeclared.length > 0) throw new Error(`unexpected inputs: ${undeclared.join(', ')}`)
  mkdirSync(job.temp, { recursive: true })
  const outcomes: StepOutcome[] = []
  for (const [index, step] of steps.entries()) {
    const script = join(job.temp, `step-${index}.sh`)
    writeFileSync(script, step.run)
    const own = Object.entries(step.env ?? {}).map(([name, value]) => [name, evaluate(value, inputs, job.with)])
    const env = { ...job.env, ...runnerVariables(job), ...(Object.fromEntries(own) as Record<string, string>) }
    const outcome = await run('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], { cwd: job.workspace, env })
    outcomes.push({ run: step.run, ...outcome })
    if (outcome.code !== 0) break
  }
  return outcomes
}

/** `${{ inputs.name }}` is the whole value or no expression is there. A missing input is empty, `required` or not. */
function evaluate(value: string, inputs: CompositeAction['inputs'], given: Job['with']): string {
  if (!value.includes('${{')) return value
  const name = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(value)?.[1]
  if (name === undefined || !Object.hasOwn(inputs, name)) throw new Error(`this runner cannot evaluate ${value}`)
  return given[name] ?? inputs[name]?.default ?? ''
}

function runnerVariables({ actionPath, workspace, temp }: Job): Record<string, string> {
  return {
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION_PATH: actionPath,
    GITHUB_WORKSPACE: workspace,
    RUNNER_OS: 'Linux',
    RUNNER_TEMP: temp,
  }
}
