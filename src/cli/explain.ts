import { closest, distance } from 'fastest-levenshtein'
import { type CodeEntry, escapeControls } from '../diagnostic/index.ts'
import { GATEKEEPER_CODES } from '../gatekeeper/index.ts'
import { GRAPH_CODES } from '../graph/index.ts'
import { INPUT_CODES } from '../input/index.ts'
import { catalogue, describeAction, POLICY_CODES, type Rule } from '../policy/index.ts'
import { SUITE_CODES } from '../suite/index.ts'
import { COMMAND_CODES } from './codes.ts'
import type { Run } from './command.ts'
import { EXIT } from './exit.ts'

/** Every code that a diagnostic can carry. */
export const CODES: Readonly<Record<string, CodeEntry>> = {
  ...INPUT_CODES,
  ...GRAPH_CODES,
  ...POLICY_CODES,
  ...GATEKEEPER_CODES,
  ...SUITE_CODES,
  ...COMMAND_CODES,
}

/** `graphgate explain [CODE|RULE]`. */
export const run: Run = ([name], _options, io) => {
  if (name === undefined) {
    io.stdout.write(listAll())
    return Promise.resolve(EXIT.clean)
  }
  const code = name.toUpperCase()
  const entry = Object.hasOwn(CODES, code) ? CODES[code] : undefined
  const rule = catalogue.find((candidate) => candidate.name === name || candidate.kind.toLowerCase() === name.toLowerCase())
  if (entry !== undefined) io.stdout.write(`${code}: ${entry.title}\n\n${entry.explanation}\n\nWhat to do: ${entry.remedy}\n`)
  else if (rule !== undefined) io.stdout.write(describeRule(rule))
  else {
    const known = [...Object.keys(CODES), ...catalogue.map((candidate) => candidate.name)]
    const nearest = closest(name, known)
    const hint = distance(name, nearest) <= Math.max(2, name.length / 3) ? `did you mean ${nearest}?` : 'graphgate explain lists all of them'
    io.stderr.write(`error: there is no code or rule called ${escapeControls(name)}; ${hint}\n`)
    return Promise.resolve(EXIT.unusable)
  }
  return Promise.resolve(EXIT.clean)
}

function listAll(): string {
  const rules = catalogue.map((rule) => `  ${rule.name.padEnd(22)} ${rule.title}`)
  const codes = Object.entries(CODES)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, { title }]) => `  ${code.padEnd(22)} ${title}`)
  return `Rules\n${rules.join('\n')}\n\nCodes\n${codes.join('\n')}\n`
}

function describeRule(rule: Rule): string {
  return `${rule.name}: ${rule.title}

${rule.description.trim()}

Stops:      ${rule.stops}
Default:    ${describeAction(rule.enforcement, rule.point)} (severity ${rule.severity})
Constraint: ${rule.kind}
Fix:        ${rule.remediation.trim()}
`
}
