import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

export const root: string = resolve(import.meta.dirname, '../..')

export interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly cwd?: string
  readonly stdin?: string | Buffer
  readonly env?: Readonly<Record<string, string>>
}

/** Runs the real command line as a process. */
export function graphgate(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  return run(process.execPath, [join(root, 'bin', 'graphgate.js'), ...args], options)
}

/** Runs any program to its end. Colour is off, whatever the terminal. */
export function run(program: string, args: readonly string[], { cwd = root, stdin = '', env = {} }: RunOptions = {}): Promise<Outcome> {
  return new Promise((done, fail) => {
    const child = spawn(program, args, { cwd, env: { ...process.env, NO_COLOR: '1', ...env } })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.on('error', fail)
    child.on('close', (code) => {
      done({ code, stdout, stderr })
    })
    // A program that fails before it reads closes the pipe; what it printed says why.
    child.stdin.on('error', () => undefined)
    child.stdin.end(stdin)
  })
}

/** A folder for one test, and the way to remove it. */
export function scratch(): { dir: string; remove: () => void } {
  const dir = mkdtempSync(join(tmpdir(), 'graphgate-test-'))
  return {
    dir,
    remove: () => {
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
