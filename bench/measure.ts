import { spawnSync } from 'node:child_process'

export interface Command {
  readonly name: string
  readonly argv: readonly [string, ...string[]]
  /** Before each run, not timed. */
  readonly prepare?: () => void
}

/**
 * Times commands as whole processes, interleaved so that a slow moment of the machine hits all of them alike.
 * @returns for each command the median wall-clock time in milliseconds.
 * @throws Error if a command does not exit with 0.
 */
export function measure(commands: readonly Command[], runs: number): Map<string, number> {
  const times = new Map(commands.map(({ name }) => [name, [] as number[]]))
  // The first round fills the disk cache and is not counted.
  for (let run = 0; run <= runs; run++) {
    for (const { name, argv, prepare } of commands) {
      prepare?.()
      const [program, ...args] = argv
      const started = process.hrtime.bigint()
      const { status, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28 })
      const elapsed = Number(process.hrtime.bigint() - started) / 1e6
      if (status !== 0) throw new Error(`${name} exited with ${String(status)}: ${stderr}`)
      if (run > 0) times.get(name)?.push(elapsed)
    }
  }
  return new Map([...times].map(([name, all]) => [name, median(all)]))
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}
