import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { root, run, scratch, type Outcome } from '../cli/run.ts'
import { oraclesRequired } from '../oracle/tools.ts'
import { copyCheckout, succeed } from './checkout.ts'
import { readCodeBlock } from './code-block.ts'
import { breakGraph, changeGraph, type UserRepository, writeUserRepository } from './user-repository.ts'

const PRE_COMMIT = 'pre-commit==4.6.2'
const AUTHOR = ['-c', 'user.name=Graph Author', '-c', 'user.email=author@example.com', '-c', 'commit.gpgSign=false']

interface Config {
  readonly repos: readonly { readonly repo: string; readonly rev: string; readonly hooks: readonly { readonly id: string; readonly args?: readonly string[] }[] }[]
}

// What the documentation tells users to write: used as it stands.
const documented = readCodeBlock('docs/ci.md', '## pre-commit', 'yaml')
const [published] = (parse(documented) as Config).repos

const hasPython = spawnSync('python3', ['-m', 'venv', '--help'], { stdio: 'ignore' }).status === 0

describe.skipIf(!hasPython && !oraclesRequired)('the pre-commit hooks', () => {
  const { dir, remove } = scratch()
  const snapshot = join(dir, 'snapshot')
  const bare = join(dir, 'graphgate.git')
  let repository: UserRepository

  function git(args: readonly string[], cwd: string): Promise<Outcome> {
    return succeed(run('git', [...AUTHOR, ...args], { cwd }))
  }

  async function writeRepository(name: string): Promise<UserRepository> {
    const written = await writeUserRepository(join(dir, name))
    writeFileSync(join(written.dir, '.pre-commit-config.yaml'), documented)
    await git(['init', '--quiet'], written.dir)
    await commitAll(written.dir)
    return written
  }

  async function commitAll(cwd: string): Promise<void> {
    await git(['add', '--all'], cwd)
    await git(['commit', '--quiet', '--message=state'], cwd)
  }

  /** Git finds the bare clone where the configuration names the public repository. */
  function preCommit(args: readonly string[], cwd: string): Promise<Outcome> {
    const env = {
      PRE_COMMIT_HOME: join(dir, 'home'),
      PRE_COMMIT_COLOR: 'never',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: `url.${bare}.insteadOf`,
      GIT_CONFIG_VALUE_0: published?.repo ?? '',
    }
    return run(join(dir, 'venv/bin/pre-commit'), args, { cwd, env })
  }

  beforeAll(async () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
    await copyCheckout(snapshot)
    await git(['init', '--quiet'], snapshot)
    await commitAll(snapshot)
    await git(['tag', `v${version}`], snapshot)
    await git(['clone', '--quiet', '--bare', snapshot, bare], dir)
    await succeed(run('python3', ['-m', 'venv', join(dir, 'venv')]))
    await succeed(run(join(dir, 'venv/bin/pip'), ['install', '--quiet', '--disable-pip-version-check', PRE_COMMIT]))
    repository = await writeRepository('repository')
    await succeed(preCommit(['install-hooks'], repository.dir))
  })

  afterEach(async () => {
    await git(['reset', '--quiet', '--hard'], repository.dir)
    await git(['clean', '--quiet', '-d', '--force'], repository.dir)
  })

  afterAll(remove)

  it('pass a valid graph with a fresh pack', async () => {
    const { code, stdout } = await preCommit(['run', '--all-files'], repository.dir)
    expect({ code, hooks: readHooks(stdout) }).toEqual({ code: 0, hooks: { 'graphgate validate': 'Passed', 'graphgate generate --check': 'Passed' } })
  })

  it('fail on an invalid graph, and show where', async () => {
    breakGraph(repository)
    const { code, stdout } = await preCommit(['run', '--all-files'], repository.dir)
    expect({ code, hooks: readHooks(stdout) }).toEqual({ code: 1, hooks: { 'graphgate validate': 'Failed', 'graphgate generate --check': 'Failed' } })
    expect(stdout).toMatch(/^- hook id: graphgate-validate\n- exit code: 2\n\nerror\[/m)
    expect(stdout).toMatch(/^error\[GG\d{3}\] graphs\/mesh\.yaml:8:\d+: .*childs/m)
  })

  it('fail on a stale pack, and show how it differs', async () => {
    changeGraph(repository)
    const { code, stdout } = await preCommit(['run', '--all-files'], repository.dir)
    expect({ code, hooks: readHooks(stdout) }).toEqual({ code: 1, hooks: { 'graphgate validate': 'Passed', 'graphgate generate --check': 'Failed' } })
    expect(stdout).toMatch(/^- hook id: graphgate-check\n- exit code: 1\n\n/m)
    expect(stdout).toMatch(/^\+ {2}enforcementAction: warn$/m)
    expect(stdout).toMatch(/^policy is stale: \d+ changed; run graphgate generate$/m)
  })

  it('stop a commit that only deletes a file of the pack', async () => {
    await git(['rm', '--quiet', 'policy/graphs/service-mesh-graph/root-graph-label.yaml'], repository.dir)
    const { code, stdout } = await preCommit(['run'], repository.dir)
    expect({ code, hooks: readHooks(stdout) }).toEqual({ code: 1, hooks: { 'graphgate validate': 'Skipped', 'graphgate generate --check': 'Failed' } })
    expect(stdout).toMatch(/^policy is stale: 1 missing; run graphgate generate$/m)
  })

  it('need no args where the folders have the usual names', async () => {
    const hooks = published?.hooks.map(({ id }) => ({ id }))
    writeFileSync(join(repository.dir, '.pre-commit-config.yaml'), JSON.stringify({ repos: [{ ...published, hooks }] }))
    const { code, stdout } = await preCommit(['run', '--all-files'], repository.dir)
    expect({ code, hooks: readHooks(stdout) }).toEqual({ code: 0, hooks: { 'graphgate validate': 'Passed', 'graphgate generate --check': 'Passed' } })
  })

  it('are all in the documentation', () => {
    const defined = parse(readFileSync(join(root, '.pre-commit-hooks.yaml'), 'utf8')) as readonly { id: string }[]
    expect(published?.hooks.map(({ id }) => id)).toEqual(defined.map(({ id }) => id))
  })
})

/** The lines such as `graphgate validate......Passed`. */
function readHooks(stdout: string): Record<string, string> {
  const lines = stdout.matchAll(/^(.+?)\.{3,}(?:\(.*\))?(Passed|Failed|Skipped)$/gm)
  return Object.fromEntries([...lines].map(([, name, verdict]) => [name, verdict])) as Record<string, string>
}
