#!/usr/bin/env node
// `npm run tools [-- NAME...]`: builds the real programs that the tests compare graphgate with, into .tools/bin.
//
// The pinned versions stand in tools/*/go.mod and nowhere else. A stamp per tool holds everything that decides its
// bytes, so a second run builds nothing and a changed pin builds what it concerns.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const output = join(root, '.tools')

const GATEKEEPER = 'github.com/open-policy-agent/gatekeeper/v3'
const gatekeeperVersion = (version) => [`-X=${GATEKEEPER}/pkg/version.Version=${version}`]

/** Without these the server calls itself v0.0.0-master and kubectl distrusts it. */
const kubernetesVersion = (version) => {
  const [major, minor] = version.slice(1).split('.')
  return [
    `-X=k8s.io/component-base/version.gitVersion=${version}`,
    `-X=k8s.io/component-base/version.gitMajor=${major}`,
    `-X=k8s.io/component-base/version.gitMinor=${minor}`,
    `-X=k8s.io/client-go/pkg/version.gitVersion=${version}`,
  ]
}

/**
 * name: the program, and its file in .tools/bin. from: the Go module under tools/. module: whose version counts.
 * build: the package. flags: linker flags for a version. share: files of the module that tests read at run time.
 * In the order of the time they take, so that the first are there soon.
 */
const TOOLS = [
  { name: 'kubeyaml', from: 'kubeyaml', module: 'sigs.k8s.io/yaml', build: '.' },
  { name: 'opa', from: 'opa', module: 'github.com/open-policy-agent/opa', build: 'github.com/open-policy-agent/opa' },
  { name: 'gator', from: 'gatekeeper', module: GATEKEEPER, build: `${GATEKEEPER}/cmd/gator`, flags: gatekeeperVersion },
  {
    name: 'gatekeeper',
    from: 'gatekeeper',
    module: GATEKEEPER,
    build: GATEKEEPER,
    flags: gatekeeperVersion,
    share: { 'gatekeeper.yaml': 'deploy/gatekeeper.yaml' },
  },
  { name: 'kubectl', from: 'controlplane', module: 'k8s.io/kubernetes', build: 'k8s.io/kubernetes/cmd/kubectl', flags: kubernetesVersion },
  { name: 'etcd', from: 'controlplane', module: 'go.etcd.io/etcd/server/v3', build: 'go.etcd.io/etcd/server/v3' },
  {
    name: 'kube-apiserver',
    from: 'controlplane',
    module: 'k8s.io/kubernetes',
    build: 'k8s.io/kubernetes/cmd/kube-apiserver',
    flags: kubernetesVersion,
  },
]

/** An expected failure: its message is all that the user needs. */
class ToolsError extends Error {}

function main(names) {
  const unknown = names.filter((name) => !TOOLS.some((tool) => tool.name === name))
  if (unknown.length > 0) {
    throw new ToolsError(`no such tool: ${unknown.join(', ')} (there are ${TOOLS.map((tool) => tool.name).join(', ')})`)
  }
  for (const directory of ['bin', 'share', 'stamps']) mkdirSync(join(output, directory), { recursive: true })
  for (const tool of TOOLS) if (names.length === 0 || names.includes(tool.name)) provideTool(tool)
}

function provideTool(tool) {
  const started = performance.now()
  const version = pinnedVersion(tool)
  const stamp = `${version} ${hashInputs(tool, version)}\n`
  const stampFile = join(output, 'stamps', tool.name)
  const current = isBuilt(tool) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp
  if (!current) {
    rmSync(stampFile, { force: true })
    buildTool(tool, version)
    copyShared(tool)
    writeFileSync(stampFile, stamp)
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${tool.name.padEnd(15)} ${version.padEnd(9)} ${current ? 'up to date' : `built in ${seconds} s`}`)
}

function pinnedVersion({ from, module }) {
  const lines = readFileSync(join(root, 'tools', from, 'go.mod'), 'utf8').split('\n')
  const words = lines.map((line) => line.trim().replace(/^require\s+/, '').split(/\s+/))
  const version = words.find(([path, pinned]) => path === module && pinned?.startsWith('v'))?.[1]
  if (version === undefined) throw new ToolsError(`tools/${from}/go.mod does not require ${module}`)
  return version
}

function hashInputs(tool, version) {
  const directory = join(root, 'tools', tool.from)
  const hash = createHash('sha256').update(JSON.stringify([process.platform, process.arch, buildArguments(tool, version), tool.share]))
  for (const file of readdirSync(directory).sort()) {
    if (/^go\.(mod|sum)$|\.go$/.test(file)) hash.update(`\0${file}\0`).update(readFileSync(join(directory, file)))
  }
  return hash.digest('hex')
}

function isBuilt({ name, share = {} }) {
  return [join('bin', name), ...Object.keys(share).map((file) => join('share', file))].every((file) => existsSync(join(output, file)))
}

function buildArguments({ build, flags = () => [] }, version) {
  // readonly: a build never rewrites the committed go.mod and go.sum.
  return ['-mod=readonly', '-trimpath', '-buildvcs=false', `-ldflags=${['-s', '-w', ...flags(version)].join(' ')}`, build]
}

function buildTool(tool, version) {
  // Renamed into place, so that tests which run meanwhile see the old program or the new one, never half of one.
  const unfinished = join(output, 'bin', `.${tool.name}.${process.pid}`)
  try {
    runGo(tool, ['build', '-o', unfinished, ...buildArguments(tool, version)])
    renameSync(unfinished, join(output, 'bin', tool.name))
  } finally {
    rmSync(unfinished, { force: true })
  }
}

function copyShared({ from, module, share = {} }) {
  if (Object.keys(share).length === 0) return
  const source = runGo({ from }, ['list', '-m', '-f', '{{.Dir}}', module], 'pipe').trim()
  for (const [file, path] of Object.entries(share)) {
    const target = join(output, 'share', file)
    rmSync(target, { force: true }) // the module cache is read-only, and so is the copy
    copyFileSync(join(source, path), target)
  }
}

function runGo({ name, from }, args, stdout = 'inherit') {
  const directory = join(root, 'tools', from)
  const env = { ...process.env, CGO_ENABLED: '0', GOWORK: 'off', GOFLAGS: '' }
  const result = spawnSync('go', args, { cwd: directory, env, encoding: 'utf8', stdio: ['ignore', stdout, 'inherit'] })
  if (result.error?.code === 'ENOENT') {
    throw new ToolsError('the tools are built with Go, and there is no `go` on PATH; tools/*/go.mod say which version is needed')
  }
  if (result.error !== undefined) throw result.error
  if (result.status !== 0) throw new ToolsError(`go ${args[0]} failed${name === undefined ? '' : ` for ${name}`} (in tools/${from})`)
  return result.stdout
}

try {
  main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof ToolsError)) throw error
  console.error(`tools: ${error.message}`)
  process.exitCode = 1
}
