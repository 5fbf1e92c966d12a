import { mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { root, run, type Outcome } from '../../cli/run.ts'
import { requireTool } from '../../oracle/tools.ts'
import type { Stack } from '../stack/stack.ts'
import type { StackUser } from '../stack/users.ts'

/** Where and as whom commands are run. */
export interface ShellOptions {
  cwd?: string
  /** Default: admin. */
  user?: StackUser
}

/** Runs lines as a user's shell would; the first one that fails ends them. */
export type Shell = (lines: string, options?: ShellOptions) => Promise<Outcome>

/** Makes a shell in which `kubectl` is the pinned one and speaks to the stack, and `graphgate` is this checkout's. */
export function createShell(stack: Stack, directory: string): Shell {
  const programs = join(directory, 'bin')
  mkdirSync(programs)
  symlinkSync(join(root, 'bin', 'graphgate.js'), join(programs, 'graphgate'))
  const path = [programs, dirname(requireTool('kubectl')), process.env['PATH'] ?? ''].join(delimiter)
  return (lines, { cwd = directory, user = 'admin' } = {}) =>
    run('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', lines], {
      cwd,
      env: { PATH: path, KUBECONFIG: stack.kubeconfig(user), KUBECACHEDIR: join(directory, 'kubectl-cache') },
    })
}

/** The shell commands of a Markdown file, block by block, as a reader would copy them. */
export function readShellBlocks(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(/^```sh\n(.*?)^```$/gms)].map((match) => match[1] ?? '')
}
