// Rows of docs/cli.md from the table of commands.
import type { CommandSpec, OptionSpec } from '../../src/cli/command.ts'

export function describeCommands(commands: readonly CommandSpec[]): object[] {
  return commands.map((command) => ({
    name: command.path.join(' '),
    description: command.description,
    aliases: (command.aliases ?? []).map((path) => `\`graphgate ${path.join(' ')}\``).join(', '),
    usage: [
      ...command.path,
      ...command.options.filter(({ required }) => required).map(({ flags }) => flags.replace(/, --\S+/, '')),
      ...(command.options.some(({ required }) => required !== true) ? ['[options]'] : []),
      ...command.arguments.map(({ name }) => name),
    ].join(' '),
    options: command.options.map((option) => ({ flags: option.flags, description: describeOption(option) })),
    examples: command.examples,
  }))
}

function describeOption({ description, choices, default: fallback, repeatable, required }: OptionSpec): string {
  const notes = [
    ...(choices ? [`one of ${choices.map((choice) => `\`${choice}\``).join(', ')}`] : []),
    ...(fallback === undefined ? [] : [`default \`${fallback}\``]),
    ...(required ? ['required'] : []),
    ...(repeatable ? ['may be repeated'] : []),
  ]
  return notes.length > 0 ? `${description} (${notes.join('; ')})` : description
}
