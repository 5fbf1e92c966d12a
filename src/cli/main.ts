import { readFileSync } from 'node:fs'
import { CommanderError } from 'commander'
import { assetPath } from '../assets/index.ts'
import { escapeControls } from '../diagnostic/index.ts'
import { COMMANDS } from './commands.ts'
import { EXIT, type ExitCode } from './exit.ts'
import type { Io } from './io.ts'
import { buildProgram } from './program.ts'

/** Runs one command line. @returns the exit code; never throws, and never prints a stack trace. */
async function main(argv: readonly string[], io: Io): Promise<ExitCode> {
  let exit: ExitCode = EXIT.clean
  const program = buildProgram(COMMANDS, readVersion(), async (load, args, options) => {
    const command = await load()
    exit = await command.run(args, options, io)
  })
  forEachCommand(program, (command) => {
    command.exitOverride().configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      // What was typed stands in the message; line breaks are the parser's own.
      writeErr: (text) => void io.stderr.write(text.split('\n').map(escapeControls).join('\n')),
    })
  })
  if (argv.length === 0) {
    io.stderr.write(program.helpInformation())
    return EXIT.unusable
  }
  try {
    await program.parseAsync([...argv], { from: 'user' })
    return io.signal.aborted ? EXIT.interrupted : exit
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.clean : EXIT.unusable
    if (io.signal.aborted) return EXIT.interrupted
    const message = error instanceof Error ? error.message : String(error)
    io.stderr.write(`graphgate: internal error: ${escapeControls(message)}\nThis is a bug; please report it with the command line and its input.\n`)
    return EXIT.undecided
  }
}

function forEachCommand(command: ReturnType<typeof buildProgram>, visit: (command: ReturnType<typeof buildProgram>) => void): void {
  visit(command)
  for (const child of command.commands) forEachCommand(child, visit)
}

function readVersion(): string {
  const manifest = JSON.parse(readFileSync(assetPath('package.json'), 'utf8')) as { version: string }
  return manifest.version
}

const interrupt = new AbortController()
/** 128 and the signal's number, as shells report it. */
const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const
let signalled: number | undefined
for (const [name, code] of Object.entries(SIGNALS)) {
  // The running command cleans up and ends; a second signal ends the process at once.
  process.once(name, () => {
    signalled = code
    interrupt.abort()
  })
}
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that has seen enough (`graphgate … | head`) is no error.
  if (error.code === 'EPIPE') return
  process.stderr.write(`graphgate: cannot write the result: ${error.message}\n`)
  process.exit(EXIT.undecided)
})
const exit = await main(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  signal: interrupt.signal,
})
process.exitCode = exit === EXIT.interrupted ? (signalled ?? exit) : exit
