import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { listProcesses } from './list-processes.ts'
import { waitUntil } from './wait.ts'
import { openWorkspace, type Workspace } from './workspace.ts'

const startShell = (workspace: Workspace, script: string): void => {
  // The directory as $0, so that the process can be found by it.
  workspace.start({ name: 'shell', file: '/bin/sh', args: ['-c', script, workspace.directory] })
}

describe('openWorkspace', () => {
  it('reports a server that died, with the end of its log, and cleans up after it', async () => {
    const workspace = openWorkspace()
    startShell(workspace, 'echo bind: address already in use >&2; exit 3')
    await expect(waitForNothing(workspace)).rejects.toThrow(/^shell ended \(exit code 3\)\. The end of its log:\nbind: address already in use$/)
    await workspace.close()
    await expectNothingLeft(workspace.directory)
  })

  it('reports a program that cannot be started', async () => {
    const workspace = openWorkspace()
    workspace.start({ name: 'nothing', file: '/no/such/program', args: [] })
    await expect(waitForNothing(workspace)).rejects.toThrow(/^nothing ended \(spawn \/no\/such\/program ENOENT\)/)
    await workspace.close()
  })

  it('stops a server together with the processes that it started', async () => {
    const workspace = openWorkspace()
    startShell(workspace, `(trap '' TERM; sleep 300; echo ${workspace.directory}) & wait`)
    // The shell, its child, and the watchdog.
    await expect.poll(() => listProcesses(workspace.directory)).toHaveLength(3)
    await Promise.all([workspace.close(), workspace.close()])
    await expectNothingLeft(workspace.directory)
  })

  it('stops the servers of a test run that was killed', async () => {
    const script = `
      import { openWorkspace } from ${JSON.stringify(fileURLToPath(new URL('./workspace.ts', import.meta.url)))}
      const workspace = openWorkspace()
      workspace.start({ name: 'shell', file: '/bin/sh', args: ['-c', 'sleep 300; exit', workspace.directory] })
      console.log(workspace.directory)
      setInterval(() => {}, 1000)`
    const run = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [directory] = (await once(createInterface(run.stdout), 'line')) as [string]
    expect(listProcesses(directory)).not.toEqual([])
    run.kill('SIGKILL')
    await expectNothingLeft(directory)
  })
})

/** Waits for what never comes, as a start-up does whose server died. */
function waitForNothing(workspace: Workspace): Promise<never> {
  return waitUntil('nothing', 10, () => {
    workspace.assertRunning()
    return Promise.resolve({ waiting: 'still starting' })
  })
}

async function expectNothingLeft(directory: string): Promise<void> {
  await expect.poll(() => listProcesses(directory), { timeout: 10_000 }).toEqual([])
  expect(existsSync(directory)).toBe(false)
}
