import { execFileSync } from 'node:child_process'

/** The processes with this text on their command line: every server of a stack, and its watchdog, has the directory there. */
export function listProcesses(text: string): string[] {
  const lines = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' }).split('\n')
  return lines.filter((line) => line.includes(text))
}
