import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root, run, type Outcome } from '../cli/run.ts'

/** Copies what a clone of this repository holds (the ignored `node_modules` and `dist` are not in it) to a new folder. */
export async function copyCheckout(target: string): Promise<void> {
  const { stdout } = await succeed(run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard']))
  const files = stdout.split('\0').filter((file) => file !== '' && existsSync(join(root, file)))
  for (const file of files) {
    mkdirSync(dirname(join(target, file)), { recursive: true })
    copyFileSync(join(root, file), join(target, file))
  }
}

/** The outcome of a program that must not fail; if it does, the error shows what it printed. */
export async function succeed(running: Promise<Outcome>): Promise<Outcome> {
  const outcome = await running
  if (outcome.code !== 0) throw new Error(`exit code ${String(outcome.code)}\n${outcome.stdout}${outcome.stderr}`)
  return outcome
}
