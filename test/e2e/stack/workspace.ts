import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startServer, type Server, type ServerOptions } from './server.ts'
import { startWatchdog } from './watchdog.ts'

/** A temporary directory and the servers that live in it. They go together, even if the test run is killed. */
export interface Workspace {
  readonly directory: string
  /** Starts a server that ends with this workspace, at the latest. */
  start(options: ServerOptions): Server
  /** Throws if a server died meanwhile. */
  assertRunning(): void
  /** Stops the servers and removes the directory; a second call does nothing more. */
  readonly close: () => Promise<void>
}

/** Makes an empty workspace. */
export function openWorkspace(): Workspace {
  const directory = mkdtempSync(join(tmpdir(), 'graphgate-stack-'))
  const watchdog = startWatchdog(directory)
  const servers: Server[] = []
  let closed: Promise<void> | undefined
  const shutDown = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.stop()))
    await rm(directory, { recursive: true, force: true })
    watchdog.dismiss()
  }
  return {
    directory,
    start: (options) => {
      const server = startServer(directory, options)
      servers.push(server)
      if (server.group !== undefined) watchdog.guard(server.group)
      return server
    },
    assertRunning: () => {
      for (const server of servers) server.assertRunning()
    },
    close: () => (closed ??= shutDown()),
  }
}
