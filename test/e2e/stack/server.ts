import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const LOG_LINES_SHOWN = 15

/** How to start one server process. */
export interface ServerOptions {
  name: string
  file: string
  args: string[]
  env?: Record<string, string>
}

/** One running server: a process group of its own, with a log file. */
export interface Server {
  /** The process group's id; undefined if the program could not be started. */
  readonly group: number | undefined
  /** Throws, with the last lines of its log, if the server is not running. */
  assertRunning(): void
  /** Kills the process group, and resolves when the server is gone. */
  stop(): Promise<void>
}

/** Starts a server; its output goes to `<directory>/<name>.log`. */
export function startServer(directory: string, { name, file, args, env }: ServerOptions): Server {
  const logFile = join(directory, `${name}.log`)
  const log = openSync(logFile, 'a')
  const child = spawn(file, args, { detached: true, stdio: ['ignore', log, log], env: { ...process.env, ...env } })
  closeSync(log)
  const group = child.pid

  let end: string | undefined
  const ended = new Promise<void>((resolve) => {
    const note = (how: string): void => {
      end ??= how
      resolve()
    }
    child.once('error', (error) => { note(error.message) })
    child.once('exit', (code, signal) => { note(signal === null ? `exit code ${code ?? '?'}` : signal) })
  })

  return {
    group,
    assertRunning: () => {
      if (end !== undefined) throw new Error(`${name} ended (${end}). The end of its log:\n${readLastLines(logFile)}`)
    },
    stop: async () => {
      // Not SIGTERM: there is nothing to keep, and an orderly end of the API server takes seconds.
      if (end === undefined && group !== undefined) process.kill(-group, 'SIGKILL')
      await ended
    },
  }
}

function readLastLines(file: string): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-LOG_LINES_SHOWN).join('\n')
}
