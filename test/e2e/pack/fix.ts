import { expect } from 'vitest'
import type { Verdict } from '../../../src/gatekeeper/index.ts'

/** Where the command of a fix begins in a message. */
const COMMAND = /\b(?:kubectl|graphgate) /
/** The columns that a list shows besides the names. */
const COLUMNS = /(?: -L \S+)+$/

/**
 * The command in `details.fix` of a violation. Its message must end with the rule, and with the graph unless that is named
 * before; where the message itself tells a command it must be this one, in full, but a list may show fewer columns.
 */
export function readFix({ msg, details }: Verdict['violations'][number]): string {
  const { rule, graph, fix } = details as { rule: string; graph: string; fix: string }
  const [, advice = '', end] = /^.* Fix: (.*) (\(rule .*\))$/.exec(msg) ?? []
  expect([`(rule ${rule})`, `(rule ${rule}, graph ${graph})`], `the end of: ${msg}`).toContain(end)
  expect(msg).toContain(graph)
  const start = advice.search(COMMAND)
  if (start === -1) return fix
  const command = advice.slice(start)
  expect(withoutColumns(command), `the command of: ${msg}`).toBe(withoutColumns(fix))
  expect(fix).toContain(COLUMNS.exec(command)?.[0] ?? '')
  return fix
}

function withoutColumns(command: string): string {
  return command.startsWith('kubectl get ') ? command.replace(COLUMNS, '') : command
}
