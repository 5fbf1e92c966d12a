import { spawn } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { graphgate, root, run, scratch } from './run.ts'

const GRAPH = readFileSync(join(root, 'examples/service-mesh/base/graph.yaml'), 'utf8')
const second = GRAPH.replaceAll('service-mesh', 'data-mesh').replaceAll('networking.', 'data.')

let dir = ''
let remove: () => void
beforeEach(() => {
  ;({ dir, remove } = scratch())
  mkdirSync(join(dir, 'graphs'))
  writeFileSync(join(dir, 'graphs/mesh.yaml'), GRAPH)
})
afterEach(() => {
  remove()
})

const generate = (...args: string[]) => graphgate(['generate', '-f', 'graphs', ...args], { cwd: dir })
/** Every file below a folder with its text. */
function snapshot(folder: string): Record<string, string> {
  const files = readdirSync(join(dir, folder), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return Object.fromEntries(files.map((entry) => join(entry.parentPath, entry.name)).sort().map((file) => [file.slice(join(dir, folder).length + 1), readFileSync(file, 'utf8')]))
}

describe('graphgate generate', () => {
  it('writes the pack in the layout that the README shows', async () => {
    expect(await generate('-d', 'policy')).toEqual({ code: 0, stdout: '', stderr: expect.stringMatching(/^policy: 1 graph, (\d+) files; \1 written\n$/) as string })
    expect(Object.keys(snapshot('policy')).filter((file) => !file.startsWith('tests/'))).toEqual([
      'README.md',
      'cluster/README.md',
      'cluster/gatekeeper-values.yaml',
      'cluster/graph-in-use.yaml',
      'cluster/graph-scope.yaml',
      'cluster/kustomization.yaml',
      'cluster/syncset.yaml',
      'cluster/templates/graph-in-use.yaml',
      'cluster/templates/graph-scope.yaml',
      'cluster/templates/kustomization.yaml',
      'graphs/kustomization.yaml',
      'graphs/service-mesh-graph/child-orphaned.yaml',
      'graphs/service-mesh-graph/child-root-label-unmarked.yaml',
      'graphs/service-mesh-graph/child-root-label.yaml',
      'graphs/service-mesh-graph/kustomization.yaml',
      'graphs/service-mesh-graph/membership-immutable.yaml',
      'graphs/service-mesh-graph/root-graph-label.yaml',
      'graphs/service-mesh-graph/root-incomplete.yaml',
      'graphs/service-mesh-graph/syncset.yaml',
      'kustomization.yaml',
      'templates/child-orphaned.yaml',
      'templates/child-root-label.yaml',
      'templates/kustomization.yaml',
      'templates/membership-immutable.yaml',
      'templates/root-graph-label.yaml',
      'templates/root-incomplete.yaml',
    ])
  })

  it('makes the expected pack of the example, byte for byte', async () => {
    const { code, stdout, stderr } = await graphgate(['generate', '-f', 'examples/service-mesh/base/graph.yaml', '-d', 'examples/service-mesh/expected', '--check'])
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: expect.stringContaining('is up to date') as string })
  })

  it('makes the same bytes whatever the order and the number of files', async () => {
    writeFileSync(join(dir, 'graphs/data.yaml'), second)
    await generate('-d', 'a')
    writeFileSync(join(dir, 'one.yaml'), `${second}---\n${GRAPH}`)
    await graphgate(['generate', '-f', 'one.yaml', '-d', 'b'], { cwd: dir })
    await graphgate(['generate', '-f', 'graphs/mesh.yaml', '-f', '-', '-d', 'c'], { cwd: dir, stdin: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [toJson(second)] }) })
    expect(snapshot('b')).toEqual(snapshot('a'))
    expect(snapshot('c')).toEqual(snapshot('a'))
  })

  it('prints manifests in stages', async () => {
    const templates = await generate('--stage', 'templates')
    const constraints = await generate('--stage', 'constraints')
    const all = await generate()
    const kinds = (text: string): string[] => [...text.matchAll(/^kind: (\S+)/gm)].map(([, kind]) => kind ?? '')
    expect(kinds(templates.stdout)).toEqual(Array(5).fill('ConstraintTemplate'))
    expect(kinds(constraints.stdout)).toEqual(['KroChildOrphaned', 'KroChildRootLabel', 'KroChildRootLabel', 'KroMembershipImmutable', 'K8sRequiredLabelConstraint', 'KroRootIncomplete', 'SyncSet'])
    expect(kinds(all.stdout)).toEqual([...kinds(templates.stdout), ...kinds(constraints.stdout)])
    expect(all.stderr).toBe('')
  })

  it('rewrites only what changed, and warns of what an earlier run left', async () => {
    writeFileSync(join(dir, 'graphs/data.yaml'), second)
    await generate('-d', 'policy')
    const before = Object.keys(snapshot('policy')).length
    rmSync(join(dir, 'graphs/data.yaml'))
    const kept = await generate('-d', 'policy')
    expect(kept.stderr).toContain('warning[GG215]: policy/graphs/data-mesh-graph/')
    expect(kept.code).toBe(0)
    expect(Object.keys(snapshot('policy'))).toHaveLength(before)
    const pruned = await generate('-d', 'policy', '--prune')
    expect(pruned).toMatchObject({ code: 0, stdout: '' })
    expect(Object.keys(snapshot('policy')).some((file) => file.includes('data-mesh'))).toBe(false)
    expect(existsSync(join(dir, 'policy/graphs/data-mesh-graph'))).toBe(false)
    expect((await generate('-d', 'policy')).stderr).toMatch(/nothing to change\n$/)
  })
})

describe('graphgate generate --check', () => {
  it('is silent about a fresh pack', async () => {
    await generate('-d', 'policy')
    expect(await generate('-d', 'policy', '--check')).toMatchObject({ code: 0, stdout: '' })
  })

  it('shows what changed, is missing or is too much, and writes nothing', async () => {
    await generate('-d', 'policy')
    const file = 'policy/graphs/service-mesh-graph/root-graph-label.yaml'
    writeFileSync(join(dir, file), readFileSync(join(dir, file), 'utf8').replace('      kro.dev/graph: service-mesh-graph', '      kro.dev/graph: other'))
    unlinkSync(join(dir, 'policy/graphs/service-mesh-graph/syncset.yaml'))
    cpSync(join(dir, 'policy/kustomization.yaml'), join(dir, 'policy/graphs/old.yaml'))
    const before = snapshot('policy')
    const { code, stdout, stderr } = await generate('-d', 'policy', '--check')
    expect(code).toBe(1)
    expect(stderr).toBe('policy is stale: 1 missing, 1 changed, 1 too many; run graphgate generate --prune\n')
    expect(stdout).toBe(`--- a/graphs/old.yaml
+++ /dev/null
@@ -1,6 +0,0 @@
-# Generated by graphgate. Do not edit.
-apiVersion: kustomize.config.k8s.io/v1beta1
-kind: Kustomization
-resources:
-  - graphs
-  - templates
--- a/graphs/service-mesh-graph/root-graph-label.yaml
+++ b/graphs/service-mesh-graph/root-graph-label.yaml
@@ -16,5 +16,5 @@
         kinds:
           - ServiceMesh
   parameters:
     labels:
-      kro.dev/graph: other
+      kro.dev/graph: service-mesh-graph
--- /dev/null
+++ b/graphs/service-mesh-graph/syncset.yaml
@@ -0,0 +1,19 @@
+# Generated by graphgate. Do not edit.
+apiVersion: syncset.gatekeeper.sh/v1alpha1
+kind: SyncSet
+metadata:
+  name: service-mesh-graph-policy
+spec:
+  gvks:
+    - group: networking.example.com
+      version: v1
+      kind: ServiceMesh
+    - group: networking.istio.io
+      version: v1
+      kind: Gateway
+    - group: networking.istio.io
+      version: v1
+      kind: VirtualService
+    - group: syncset.gatekeeper.sh
+      version: v1alpha1
+      kind: SyncSet
`)
    expect(snapshot('policy')).toEqual(before)
  })

  it('refuses to compare with what graphgate did not write', async () => {
    await generate('-d', 'policy')
    writeFileSync(join(dir, 'policy/templates/root-graph-label.yaml'), 'mine: true\n')
    const { code, stdout, stderr } = await generate('-d', 'policy', '--check')
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('error[GG211]: policy/templates/root-graph-label.yaml was not written by graphgate')
  })

  it('says that the directory is missing', async () => {
    expect(await generate('-d', 'nowhere', '--check')).toEqual({
      code: 2,
      stdout: '',
      stderr: 'error[GG214]: nowhere does not exist, so there is nothing to check\n  = fix: correct the path, or generate the pack first\n1 error\n',
    })
  })
})

describe('graphgate generate refuses, and changes nothing', () => {
  it.each([
    ['--check without a directory', ['--check'], '--check needs the directory of a pack'],
    ['--prune without a directory', ['--prune'], '--prune needs the directory of a pack'],
    ['--stage with a directory', ['--stage', 'all', '-d', 'policy'], '--stage chooses what goes to standard output'],
    ['--check with --prune', ['-d', 'policy', '--check', '--prune'], '--check writes nothing, so it cannot prune'],
    ['an unknown stage', ['--stage', 'half'], "option '--stage <stage>' argument 'half' is invalid"],
    ['an unknown option', ['--force'], "unknown option '--force'"],
    ['an argument too many', ['policy'], 'too many arguments'],
  ])('%s', async (_name, args, message) => {
    const { code, stdout, stderr } = await generate(...args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(message)
    expect(existsSync(join(dir, 'policy'))).toBe(false)
  })

  it('an invalid graph among valid ones', async () => {
    writeFileSync(join(dir, 'graphs/bad.yaml'), GRAPH.replace('service-mesh-graph', '../../x'))
    const { code, stderr } = await generate('-d', 'policy')
    expect(code).toBe(2)
    expect(stderr).toContain('graphs/bad.yaml:5:9')
    expect(readdirSync(dir)).toEqual(['graphs'])
  })

  it('foreign files in the way', async () => {
    mkdirSync(join(dir, 'policy'))
    writeFileSync(join(dir, 'policy/readme.md'), 'mine')
    const { code, stderr } = await generate('-d', 'policy')
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        'error[GG211]: policy/readme.md differs only in case from README.md, which the pack needs\n' +
        '  = fix: move it away, or choose another output directory; nothing was written\n1 error\n',
    })
    expect(snapshot('policy')).toEqual({ 'readme.md': 'mine' })
  })

  it('a link in the output directory', async () => {
    mkdirSync(join(dir, 'policy'))
    mkdirSync(join(dir, 'elsewhere'))
    symlinkSync(join(dir, 'elsewhere'), join(dir, 'policy/graphs'))
    const { code, stderr } = await generate('-d', 'policy')
    expect(code).toBe(2)
    expect(stderr).toContain('error[GG212]: policy/graphs is a symbolic link')
    expect(readdirSync(join(dir, 'elsewhere'))).toEqual([])
  })

  it('a file as the output directory', async () => {
    writeFileSync(join(dir, 'policy'), 'mine')
    const { code, stderr } = await generate('-d', 'policy')
    expect(code).toBe(2)
    expect(stderr).toBe('error[GG213]: policy is not a directory\n  = fix: choose another output directory; nothing was changed\n1 error\n')
    expect(readFileSync(join(dir, 'policy'), 'utf8')).toBe('mine')
  })

  it('a disk that has no room', async () => {
    // A limit on the size of a file is refused as a full disk is: in the middle of writing.
    const program = join(root, 'bin/graphgate.js')
    const { code, stderr } = await run('bash', ['--noprofile', '--norc', '-c', `ulimit -f 4; exec '${process.execPath}' '${program}' generate -f graphs -d policy`], { cwd: dir })
    expect(code).toBe(2)
    expect(stderr).toContain('error[GG213]')
    expect(readdirSync(dir)).toEqual(['graphs'])
  })

  it('a directory that it may not write', async () => {
    await generate('-d', 'policy')
    const before = snapshot('policy')
    writeFileSync(join(dir, 'graphs/mesh.yaml'), second)
    chmodSync(join(dir, 'policy/graphs/service-mesh-graph'), 0o555)
    chmodSync(join(dir, 'policy'), 0o555)
    const { code, stderr } = await asAnyone(['generate', '-f', 'graphs', '-d', 'policy'])
    chmodSync(join(dir, 'policy'), 0o755)
    expect(code).toBe(2)
    expect(stderr).toContain('error[GG213]')
    expect(stderr).toContain('EACCES')
    expect(snapshot('policy')).toEqual(before)
  })
})

describe('graphgate generate, interrupted', () => {
  it.each([['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]] as const)('by %s, leaves no temporary files', async (signal, expected) => {
    writeManyGraphs()
    const child = spawn(process.execPath, [join(root, 'bin/graphgate.js'), 'generate', '-f', 'graphs', '-d', 'policy'], { cwd: dir, stdio: 'ignore' })
    const closed = new Promise<number | null>((done) => child.on('close', done))
    // The staging folder stands as soon as writing has begun.
    await untilExists(() => existsSync(join(dir, 'policy')) && readdirSync(join(dir, 'policy')).includes('.graphgate'))
    child.kill(signal)
    expect(await closed).toBe(expected)
    expect(readdirSync(dir)).toEqual(['graphs'])
  })

  it('repairs what a killed run left behind', async () => {
    writeManyGraphs()
    const child = spawn(process.execPath, [join(root, 'bin/graphgate.js'), 'generate', '-f', 'graphs', '-d', 'policy'], { cwd: dir, stdio: 'ignore' })
    const closed = new Promise((done) => child.on('close', done))
    await untilExists(() => existsSync(join(dir, 'policy/.graphgate/owner.json')))
    child.kill('SIGKILL')
    await closed
    expect(await generate('-d', 'policy')).toMatchObject({ code: 0 })
    expect(readdirSync(join(dir, 'policy'))).not.toContain('.graphgate')
    expect(await generate('-d', 'policy', '--check')).toMatchObject({ code: 0 })
  })
})

/** So many that a run can be caught in the middle. */
function writeManyGraphs(): void {
  for (let index = 0; index < 200; index++) {
    writeFileSync(join(dir, `graphs/g${index}.yaml`), GRAPH.replaceAll('service-mesh-graph', `graph-${index}`).replaceAll('networking.example.com', `t${index}.example.com`))
  }
}

/** Permissions do not bind the superuser, so where that is who runs the tests, somebody else runs this one. */
function asAnyone(args: readonly string[]): ReturnType<typeof graphgate> {
  if (process.getuid?.() !== 0) return graphgate(args, { cwd: dir })
  chmodSync(dir, 0o755)
  const command = ['--reuid=65534', '--regid=65534', '--clear-groups', process.execPath, join(root, 'bin/graphgate.js'), ...args]
  return run('setpriv', command, { cwd: dir })
}

async function untilExists(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('it never came to that')
    await new Promise((next) => setImmediate(next))
  }
}

function toJson(yaml: string): unknown {
  const name = /name: (\S+)/.exec(yaml)?.[1]
  const types = [...yaml.matchAll(/\{ apiGroup: (\S+), version: (\S+), kind: (\S+) \}/g)].map(([, apiGroup, version, kind]) => ({ apiGroup, version, kind }))
  return { apiVersion: 'kro.dev/v1alpha1', kind: 'ResourceGraph', metadata: { name }, spec: { root: types[0], children: types.slice(1) } }
}
