import type { CodeEntry } from '../diagnostic/index.ts'

/** What can be wrong with a command line beyond what its parser says. */
export const COMMAND_CODES: Readonly<Record<`GG9${string}`, CodeEntry>> = {
  GG901: {
    title: 'options that do not go together',
    explanation: 'One of the options contradicts another, or needs another that is missing.',
    remedy: 'See `graphgate help COMMAND`.',
  },
}
