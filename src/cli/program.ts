import { Argument, Command, Option } from 'commander'
import type { CommandSpec, OptionSpec, Run } from './command.ts'

/** Called when a command line was understood. */
export type Invoke = (load: CommandSpec['load'], ...call: [Parameters<Run>[0], Parameters<Run>[1]]) => Promise<void>

/** Builds the command line from the table of commands. Nothing here prints or exits by itself: errors are thrown. */
export function buildProgram(commands: readonly CommandSpec[], version: string, invoke: Invoke): Command {
  const program = new Command('graphgate')
    .description('Policy and sync for resource graphs, from one source: generates, tests and explains Gatekeeper policies.')
    .version(version, '--version', 'print the version')
    .helpCommand(true)
    .configureHelp({ sortSubcommands: false, showGlobalOptions: false })
  for (const spec of commands) {
    for (const path of [spec.path, ...(spec.aliases ?? [])]) addCommand(program, path, spec, invoke)
  }
  return program
}

function addCommand(program: Command, path: readonly string[], spec: CommandSpec, invoke: Invoke): void {
  const parent = path.slice(0, -1).reduce(findOrAddGroup, program)
  const command = parent.command(path.at(-1) ?? '').summary(spec.summary).description(spec.description)
  for (const argument of spec.arguments) command.addArgument(new Argument(argument.name, argument.description))
  for (const option of spec.options) command.addOption(buildOption(option))
  command.addHelpText('after', `\nExamples:\n${spec.examples.map((example) => `  graphgate ${example}`).join('\n')}`)
  command.action(async () => {
    await invoke(spec.load, command.args, command.opts())
  })
}

function findOrAddGroup(parent: Command, name: string): Command {
  return parent.commands.find((command) => command.name() === name) ?? parent.command(name).description(`commands about ${name}s`)
}

function buildOption(spec: OptionSpec): Option {
  const option = new Option(spec.flags, spec.required ? `${spec.description} (required)` : spec.description)
  if (spec.choices) option.choices([...spec.choices])
  if (spec.default !== undefined) option.default(spec.default)
  if (spec.required) option.makeOptionMandatory()
  if (spec.repeatable) option.argParser((value: string, previous: readonly string[] | undefined) => [...(previous ?? []), value])
  return option
}
