import { spawn } from 'node:child_process'

// Reads process group ids, one per line. When its input ends without "done", the test run was killed: then nobody else
// is left to stop the servers. The pause lets the killed close their files before the directory goes.
const SCRIPT = `
while read -r line; do
  [ "$line" = done ] && exit 0
  groups="$groups -$line"
done
[ -z "$groups" ] || kill -s KILL -- $groups
sleep 1
rm -rf -- "$1"`

/** Stops what a killed test run leaves behind. */
export interface Watchdog {
  /** Makes the watchdog responsible for a process group. */
  guard(group: number): void
  /** Ends it without harm, once everything was stopped in order. */
  dismiss(): void
}

/**
 * Starts a shell that outlives this process: Ctrl-C or a SIGKILL of the test runner runs no `finally`, and the servers,
 * in process groups of their own, would stay for good.
 */
export function startWatchdog(directory: string): Watchdog {
  // Its own group, so that Ctrl-C in the terminal does not reach it.
  const shell = spawn('/bin/sh', ['-c', SCRIPT, 'watchdog', directory], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
  shell.stdin.on('error', () => undefined) // someone killed the watchdog: the servers are still stopped in order
  shell.unref()
  return {
    guard: (group) => void shell.stdin.write(`${group}\n`),
    dismiss: () => void shell.stdin.end('done\n'),
  }
}
