import type { Diagnostic } from '../../diagnostic/index.ts'
import { DirectoryClaimed } from './claim.ts'

/** Writing failed, and so did undoing it: some files are new, others old, each of them whole. */
export class HalfWritten extends Error {}

/** What to tell the user of a failure to read or write a pack; undefined for an error that is a bug. Pure. */
export function describeFailure(error: unknown, dir: string): Diagnostic | undefined {
  if (error instanceof DirectoryClaimed) {
    return failure('GG216', `${error.folder} says that another run writes to ${dir}`, 'wait for it; if there is none, because it was killed on another machine, remove that folder')
  }
  if (error instanceof HalfWritten) {
    return failure('GG217', `${dir} was written in part, and that could not be undone: ${error.message}`, 'repair what the message names, then generate again')
  }
  const { code, path, message } = error as NodeJS.ErrnoException
  if (code === undefined) return undefined
  if (code === 'ENOTDIR' || code === 'EEXIST') return failure('GG213', `${dir} is not a directory`, 'choose another output directory; nothing was changed')
  const remedy = code === 'ENOSPC' ? 'make room on the disk' : 'give permission, or choose another output directory'
  return failure('GG213', `${path ?? dir}: ${message}`, `${remedy}; nothing was changed`)
}

function failure(code: string, message: string, hint: string): Diagnostic {
  return { code, severity: 'error', message, hint }
}
