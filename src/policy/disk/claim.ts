import { existsSync, mkdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'

/** Another run holds the output directory, or one that was killed elsewhere left its staging folder. */
export class DirectoryClaimed extends Error {
  readonly folder: string

  constructor(folder: string) {
    super(`${folder} is in use`)
    this.folder = folder
  }
}

/** The folder where a run prepares its files. While it stands, the output directory belongs to that run. */
const STAGING = '.graphgate'
const OWNER = 'owner.json'

interface Owner {
  pid: number
  /** Where the process id means something: machine and process namespace. */
  host: string
}

/**
 * Claims an output directory for this run. What a run left that was killed on this machine is removed; a folder without
 * our owner file, or of a run on another machine, is not ours to judge.
 * @returns the staging folder, empty but for its owner file.
 * @throws DirectoryClaimed, or the system's error.
 */
export function claimDirectory(dir: string): string {
  const staging = join(dir, STAGING)
  if (existsSync(staging) && isDead(readOwner(staging))) rmSync(staging, { recursive: true })
  try {
    mkdirSync(staging)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw new DirectoryClaimed(staging)
    throw error
  }
  const owner: Owner = { pid: process.pid, host: currentHost() }
  writeFileSync(join(staging, OWNER), JSON.stringify(owner))
  return staging
}

function readOwner(staging: string): Partial<Owner> {
  try {
    return JSON.parse(readFileSync(join(staging, OWNER), 'utf8')) as Partial<Owner>
  } catch {
    return {}
  }
}

function isDead({ pid, host }: Partial<Owner>): boolean {
  if (!Number.isInteger(pid) || pid === undefined || host !== currentHost()) return false
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}

/** Containers that share a disk have process ids of their own. */
function currentHost(): string {
  try {
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return hostname()
  }
}
