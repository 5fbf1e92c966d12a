import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../cli/run.ts'
import { lacksTools } from '../oracle/tools.ts'
import { audit, type Finding } from './pack/audit.ts'
import { startPackEnvironment, type PackEnvironment } from './pack/environment.ts'
import { createGate, PASSES, type Answer, type Gate } from './pack/gate.ts'
import { gateway, marked, MEMBER, ownedBy, resourceGraph, serviceMesh, virtualService, type TestObject } from './pack/objects.ts'
import { readPackEngine, type PackEngine } from './pack/pack-engine.ts'
import { generatePack, readPackErrors, waitUntilEnforced } from './pack/pack-folder.ts'
import { readShellBlocks, type Shell } from './pack/shell.ts'
import { readObject, store } from './pack/stored.ts'
import type { Stack } from './stack/stack.ts'

const EXAMPLE = join(root, 'examples', 'service-mesh')

// One story on one cluster: each test builds on those before it.
describe.skipIf(lacksTools('etcd', 'kube-apiserver', 'kubectl', 'gatekeeper'))('a generated pack on the real Gatekeeper', () => {
  let environment: PackEnvironment
  let pack: string
  let stack: Stack
  let shell: Shell
  let engine: PackEngine
  let gate: Gate

  /** What was there before the pack. */
  const older = {
    bare: serviceMesh('bare', { namespace: 'older' }),
    contradictory: serviceMesh('contradictory', {
      namespace: 'older',
      labels: { 'kro.dev/graph': 'another-graph' },
      annotations: { 'kro.dev/graph': "someone's graph" },
    }),
    bareWithFinalizer: serviceMesh('leaving', { namespace: 'older', finalizers: ['example.com/last'] }),
    childWithFinalizer: virtualService('leaving', { namespace: 'older', finalizers: ['example.com/last'], labels: { 'kro.dev/root-graph': 'service-mesh-graph' } }),
    misnamed: virtualService('misnamed', { namespace: 'older' }),
  }
  /** A complete root, stored by alice once the pack is installed. */
  let complete: TestObject

  beforeAll(async () => {
    environment = await startPackEnvironment('older', 'mesh', 'audited')
    ;({ stack, shell } = environment)
    pack = join(environment.directory, 'pack')
    const [owner] = (await store(stack, serviceMesh('owner', { namespace: 'older', ...MEMBER }), older.bare, older.contradictory, older.bareWithFinalizer, older.childWithFinalizer)) as [TestObject]
    await store(stack, { ...older.misnamed, metadata: { ...older.misnamed.metadata, ...ownedBy(owner), ...marked('bare') } })

    await generatePack(pack, { file: join(EXAMPLE, 'base', 'graph.yaml') })
    engine = await readPackEngine(join(pack, 'templates'), join(pack, 'graphs'), join(pack, 'cluster'))
    gate = createGate(stack, engine)
  })

  /** Runs the fixes of a denied creation on the manifest, one after the other; creates what comes out, for Gatekeeper's answer alone. */
  const createMended = (object: TestObject, fixes: readonly string[]): ReturnType<Shell> => {
    const manifest = join(environment.directory, 'denied.json')
    writeFileSync(manifest, JSON.stringify(object))
    return shell([`cat ${manifest}`, ...fixes, 'kubectl create --dry-run=server -f -'].join(' | '), { user: 'alice' })
  }

  // Undefined if it did not start: then that error is the one to show.
  afterAll(() => (environment as PackEnvironment | undefined)?.close())

  describe('the CRD of ResourceGraph', () => {
    const group = 'networking.example.com'
    const sound = { root: { apiGroup: group, kind: 'Mesh' }, children: [{ apiGroup: '', kind: 'ConfigMap' }] }
    it.each([
      ['without a root', { children: sound.children }, 'spec.root: Required value'],
      ['whose root is no kind', { ...sound, root: { apiGroup: group, kind: 'meshes' } }, 'spec.root.kind in body should match'],
      ['whose root has no group', { ...sound, root: { kind: 'Mesh' } }, 'spec.root.apiGroup: Required value'],
      ['without children', { ...sound, children: [] }, 'spec.children in body should have at least 1 items'],
      ['with a misspelt field', { ...sound, childs: [] }, 'unknown field "spec.childs"'],
      ['with an unknown action', { ...sound, policy: { enforcementAction: 'block' } }, 'spec.policy.enforcementAction: Unsupported value: "block"'],
    ])('refuses a graph %s', async (_, spec, message) => {
      const { code, stderr } = await stack.kubectl(['create', '--dry-run=server', '-f', '-'], { stdin: JSON.stringify(resourceGraph('refused', spec)) })
      expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(message) as string })
    })

    it('takes the graph of the example', async () => {
      expect(await shell(`kubectl apply -f ${EXAMPLE}/base/graph.yaml`)).toMatchObject({ code: 0, stderr: '', stdout: 'resourcegraph.kro.dev/service-mesh-graph created\n' })
    })

    it.each([
      ['apiGroup', 'networking.istio.io'],
      ['kind', 'Gateway'],
    ])('refuses another root %s on update', async (field, value) => {
      const patch = JSON.stringify({ spec: { root: { [field]: value } } })
      const { code, stderr } = await stack.kubectl(['patch', 'resourcegraph', 'service-mesh-graph', '--type=merge', '-p', patch])
      expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(`root.${field} is immutable: make another graph for another root`) as string })
    })
  })

  describe('its READMEs', () => {
    it.each([
      ['the pack', '.'],
      ['the cluster pack', 'cluster'],
    ])('install %s as they say', async (_, folder) => {
      const [install = ''] = readShellBlocks(join(pack, folder, 'README.md'))
      expect(await shell(install, { cwd: join(pack, folder) })).toMatchObject({ code: 0, stderr: '' })
    })

    it('leave nothing for a second run to change', async () => {
      const { code, stdout, stderr } = await shell('kubectl apply -k .\nkubectl apply -k cluster', { cwd: pack })
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect(stdout.trimEnd().split('\n').filter((line) => !line.endsWith(' unchanged'))).toEqual([])
    })

    it('have Gatekeeper enforce all templates and constraints, and complain of none', async () => {
      await waitUntilEnforced(stack)
      expect(await readPackErrors(stack)).toEqual([])
    })

    it('switch deletions on where Gatekeeper was installed from its manifest', async () => {
      const operations = ['get', 'validatingwebhookconfiguration', 'gatekeeper-validating-webhook-configuration', '-o', 'jsonpath={.webhooks[0].rules[0].operations}']
      const asShipped = JSON.stringify([{ op: 'replace', path: '/webhooks/0/rules/0/operations', value: ['CREATE', 'UPDATE'] }])
      expect(await shell(`kubectl patch validatingwebhookconfiguration gatekeeper-validating-webhook-configuration --type=json -p '${asShipped}'`)).toMatchObject({ code: 0 })
      const command = readShellBlocks(join(pack, 'cluster', 'README.md')).find((block) => block.includes('kubectl patch'))
      expect(await shell(command ?? 'false')).toMatchObject({ code: 0, stderr: '' })
      expect((await stack.kubectl(operations)).stdout).toBe('["CREATE","UPDATE","DELETE"]')
    })
  })

  describe('roots at admission', () => {
    it('are denied when bare', async () => {
      expect(await gate.create(serviceMesh('bare'), 'alice')).toEqual({
        denied: [
          '[service-mesh-graph-policy] ServiceMesh mesh/bare is no member: it has no label kro.dev/graph. ' +
            'Fix: in the manifest, set label kro.dev/graph=service-mesh-graph (rule root-graph-label)',
        ],
        warned: [],
        fixes: ['kubectl label --local -f - -o yaml kro.dev/graph=service-mesh-graph'],
      })
    })

    it('pass with the label, or with the annotation', async () => {
      expect(await gate.create(serviceMesh('labelled', MEMBER), 'alice')).toEqual(PASSES)
      expect(await gate.create(serviceMesh('annotated', { annotations: { 'kro.dev/graph': 'service-mesh-graph' } }), 'alice')).toEqual(PASSES)
    })

    it('are denied when label and annotation are at odds', async () => {
      const { denied } = await gate.create(serviceMesh('torn', { ...MEMBER, annotations: { 'kro.dev/graph': 'another-graph' } }), 'alice')
      expect(denied).toEqual([
        '[service-mesh-graph-policy] ServiceMesh mesh/torn is no member: its label kro.dev/graph says "service-mesh-graph", ' +
          'its annotation "another-graph". Fix: in the manifest, remove annotation kro.dev/graph (rule root-graph-label, graph service-mesh-graph)',
      ])
    })

    it.each([
      ['bare', serviceMesh('bare')],
      ['torn between two graphs', serviceMesh('torn', { ...MEMBER, annotations: { 'kro.dev/graph': 'another-graph' } })],
    ])('pass once the fix has mended the manifest of one that is %s', async (_, object) => {
      const { fixes } = await gate.create(object, 'alice')
      expect(fixes).toHaveLength(1)
      expect(await createMended(object, fixes)).toMatchObject({ code: 0, stderr: '' })
    })

    it('may move their graph from label to annotation', async () => {
      const passed = await gate.update(serviceMesh('labelled'), 'alice', ({ metadata }) => {
        metadata.labels = {}
        metadata.annotations = { 'kro.dev/graph': 'service-mesh-graph' }
      })
      expect(passed).toEqual(PASSES)
    })

    it('may not leave their graph', async () => {
      const leave = ({ metadata }: TestObject): void => {
        metadata.annotations = {}
      }
      const mesh = serviceMesh('annotated')
      const label = 'kubectl label servicemesh.networking.example.com/annotated -n mesh kro.dev/graph=service-mesh-graph'
      const annotate = 'kubectl annotate servicemesh.networking.example.com/annotated -n mesh kro.dev/graph=service-mesh-graph'
      const bare = `[service-mesh-graph-policy] ServiceMesh mesh/annotated is no member: it has no label kro.dev/graph. Fix: ${label} (rule root-graph-label)`
      expect(await gate.update(mesh, 'alice', leave)).toEqual({
        denied: [
          bare,
          '[service-mesh-graph-policy] ServiceMesh mesh/annotated must stay a member: it has no label kro.dev/graph. ' +
            'Fix: restore it: set annotation kro.dev/graph=service-mesh-graph (rule membership-immutable)',
        ],
        warned: [],
        fixes: [label, annotate],
      })
      // The controller may change marks, but a root without a graph is nobody's right.
      expect(await gate.update(mesh, 'controller', leave)).toEqual({ denied: [bare], warned: [], fixes: [label] })
    })
  })

  describe('children at admission', () => {
    let owner: TestObject
    beforeAll(async () => {
      await gate.create(serviceMesh('owner', MEMBER), 'alice')
      owner = await readObject(stack, serviceMesh('owner'))
    })

    it('of no graph pass', async () => {
      expect(await gate.create(virtualService('nobodys'), 'alice')).toEqual(PASSES)
    })

    it('with marks that agree with their owner pass', async () => {
      expect(await gate.create(virtualService('true', { ...ownedBy(owner), ...marked('owner') }), 'alice')).toEqual(PASSES)
    })

    it('with marks that contradict their owner are denied', async () => {
      const child = virtualService('false', { ...ownedBy(owner), ...marked('another') })
      const { denied, fixes } = await gate.create(child, 'alice')
      expect(denied).toEqual([
        '[service-mesh-graph-policy] VirtualService mesh/false has kro.dev/root "another", but its owner is ServiceMesh owner. ' +
          'Fix: in the manifest, set label kro.dev/root=owner (rule child-root-label, graph service-mesh-graph)',
      ])
      expect(await createMended(child, fixes)).toMatchObject({ code: 0, stderr: '' })
    })

    it('with half of the marks are denied', async () => {
      const child = gateway('half', { labels: { 'kro.dev/root-graph': 'service-mesh-graph' } })
      const { denied, fixes } = await gate.create(child, 'alice')
      expect(denied).toEqual([
        '[service-mesh-graph-policy] Gateway mesh/half names no root: it has no label kro.dev/root. Fix: name its ServiceMesh in label kro.dev/root, ' +
          'or release it: in the manifest, remove label kro.dev/root-graph (rule child-root-label, graph service-mesh-graph)',
      ])
      expect(await createMended(child, fixes)).toMatchObject({ code: 0, stderr: '' })
    })

    it('change their root by the controller alone', async () => {
      await gate.create(virtualService('moving', marked('owner')), 'alice')
      const move = ({ metadata: { labels = {} } }: TestObject): void => {
        labels['kro.dev/root'] = 'annotated'
      }
      const { denied, fixes } = await gate.update(virtualService('moving'), 'alice', move)
      expect(denied).toEqual([
        '[service-mesh-graph-policy] VirtualService mesh/moving must keep kro.dev/root: it said "owner", now "annotated". ' +
          'Fix: restore it: set label kro.dev/root=owner (rule membership-immutable, graph service-mesh-graph)',
      ])
      expect(await gate.update(virtualService('moving'), 'controller', move)).toEqual(PASSES)
      // The fix puts back what has changed meanwhile.
      expect(await shell(fixes.join('\n'), { user: 'controller' })).toMatchObject({ code: 0, stderr: '' })
      expect((await readObject(stack, virtualService('moving'))).metadata.labels).toEqual(marked('owner').labels)
    })
  })

  describe('deletion', () => {
    it.each([
      ['a root', older.bareWithFinalizer],
      ['a child', older.childWithFinalizer],
    ])('of %s that breaks the rules is not blocked, nor are its finalizers', async (_, object) => {
      expect(await gate.remove(object, 'alice')).toEqual(PASSES)
      const stored = await readObject(stack, object)
      expect(stored.metadata).toHaveProperty('deletionTimestamp')
      const finish = ({ metadata }: TestObject): void => {
        delete metadata.finalizers
      }
      expect(await gate.update(object, 'alice', finish)).toEqual(PASSES)
      await expect(readObject(stack, object)).rejects.toThrow('NotFound')
    })
  })

  describe('the audit', () => {
    let findings: Finding[]
    const of = (object: string): string[] =>
      findings.filter((finding) => finding.object === object).map(({ constraint, message }) => `${constraint}: ${message}`)

    beforeAll(async () => {
      const here = { namespace: 'audited' }
      await gate.create(serviceMesh('complete', { ...here, ...MEMBER }), 'alice')
      await gate.create(serviceMesh('incomplete', { ...here, ...MEMBER }), 'alice')
      complete = await readObject(stack, serviceMesh('complete', here))
    })

    it('is no obstacle to children that an operator has not marked yet, to orphans and to roots without children', async () => {
      const here = { namespace: 'audited' }
      expect(await gate.create(gateway('marked', { ...here, ...marked('complete') }), 'alice')).toEqual(PASSES)
      expect(await gate.create(virtualService('unmarked', { ...here, ...ownedBy(complete) }), 'alice')).toEqual(PASSES)
      expect(await gate.create(virtualService('orphan', { ...here, ...marked('gone') }), 'alice')).toEqual(PASSES)
      expect(await gate.create(virtualService('nobodys', here), 'alice')).toEqual(PASSES)
      // Kubernetes itself deletes a child whose owner is gone.
      const gone = { ...complete, metadata: { name: 'gone', uid: '00000000-0000-4000-8000-000000000000' } }
      expect(await gate.create(virtualService('owned-orphan', { ...here, ...ownedBy(gone), ...marked('gone') }), 'alice')).toEqual(PASSES)
    })

    it('finds what graphgate finds in the same objects, message for message', async () => {
      findings = await audit(stack, engine)
    })

    it('reports an owned child that is not marked', () => {
      expect(of('VirtualService audited/unmarked')).toEqual([
        'KroChildRootLabel/service-mesh-graph-unmarked: VirtualService audited/unmarked is owned by ServiceMesh complete, but not marked. ' +
          'Fix: set labels kro.dev/child=virtualService, kro.dev/root=complete, kro.dev/root-graph=service-mesh-graph (rule child-root-label)',
      ])
    })

    it('reports a child whose root does not exist', () => {
      expect(of('VirtualService audited/orphan')).toEqual([
        'KroChildOrphaned/service-mesh-graph-policy: VirtualService audited/orphan lost its root ServiceMesh gone. Fix: delete it, recreate its root, or ' +
          'kubectl label virtualservice.networking.istio.io/orphan -n audited kro.dev/root- kro.dev/root-graph- (rule child-orphaned, graph service-mesh-graph)',
      ])
    })

    it('reports what a root has not', () => {
      const lacks = (kind: string): string =>
        `KroRootIncomplete/service-mesh-graph-policy: ServiceMesh audited/incomplete has 0 ${kind}, needs at least 1. Fix: create or label one ` +
        `kro.dev/root=incomplete kro.dev/root-graph=service-mesh-graph: kubectl get ${kind.toLowerCase()}.networking.istio.io -n audited (rule root-incomplete)`
      expect(of('ServiceMesh audited/incomplete')).toEqual([lacks('Gateway'), lacks('VirtualService')])
    })

    it('reports roots that were there before the pack', () => {
      expect(of('ServiceMesh older/bare')).toEqual([
        'K8sRequiredLabelConstraint/service-mesh-graph-policy: ServiceMesh older/bare is no member: it has no label kro.dev/graph. ' +
          'Fix: kubectl label servicemesh.networking.example.com/bare -n older kro.dev/graph=service-mesh-graph (rule root-graph-label)',
      ])
    })

    it.each(['ServiceMesh audited/complete', 'Gateway audited/marked', 'VirtualService audited/nobodys', 'VirtualService audited/owned-orphan'])('does not report %s', (object) => {
      expect(of(object)).toEqual([])
    })

    describe('and the fix in its details', () => {
      const fixesOf = (object: string): string[] => findings.filter((finding) => finding.object === object).map(({ fix }) => fix)

      it.each([
        ['gives a bare root its graph', older.bare, 'admin'],
        ['takes a root out of two other graphs', older.contradictory, 'admin'],
        ['gives a child the marks of its owner', older.misnamed, 'controller'],
        ['marks an owned child', virtualService('unmarked', { namespace: 'audited' }), 'admin'],
        ['releases an orphan', virtualService('orphan', { namespace: 'audited' }), 'controller'],
      ] as const)('%s', async (_, { kind, metadata: { namespace = '', name } }, user) => {
        const [command = 'false', ...more] = fixesOf(`${kind} ${namespace}/${name}`)
        expect(more).toEqual([])
        expect(await shell(command, { user })).toMatchObject({ code: 0, stderr: '' })
      })

      it('lists what a person has to choose from', async () => {
        const lists = ['kubectl get gateway.networking.istio.io -n audited', 'kubectl get virtualservice.networking.istio.io -n audited']
        const commands = fixesOf('ServiceMesh audited/incomplete')
        expect(commands).toEqual(lists.map((list) => `${list} -L kro.dev/root -L kro.dev/root-graph`))
        for (const command of [...lists, ...commands]) expect(await shell(command)).toMatchObject({ code: 0, stderr: '' })
      })

      it('leaves nothing to report of these objects', async () => {
        findings = await audit(stack, engine)
        const fixed = ['ServiceMesh older/bare', 'ServiceMesh older/contradictory', 'VirtualService older/misnamed', 'VirtualService audited/unmarked', 'VirtualService audited/orphan']
        const left = findings.filter(({ object, constraint }) => fixed.includes(object) && !constraint.startsWith('KroRootIncomplete/'))
        expect(left).toEqual([])
      })
    })
  })

  describe('the rules about graphs', () => {
    const root = { apiGroup: 'networking.example.com', version: 'v1', kind: 'ServiceMesh' }
    const children = (count: number): object[] => Array.from({ length: count }, (_, index) => ({ apiGroup: 'example.com', kind: `Part${index}` }))
    const lag = { timeout: 20_000, interval: 250 }

    it.each([
      [
        'that is too wide',
        resourceGraph('wide', { root: { ...root, kind: 'WideMesh' }, children: children(13) }),
        '[graph-scope] ResourceGraph wide has 13 children, and 12 are the most. Fix: start narrow and split it, then check the manifest: graphgate validate -f - (rule graph-scope)',
      ],
      [
        'whose root another graph has',
        resourceGraph('second', { root, children: children(1) }),
        '[graph-scope] ResourceGraph second has the root kind ServiceMesh that graph service-mesh-graph has already. ' +
          'Fix: let one graph have it: kubectl get resourcegraph.kro.dev service-mesh-graph -o yaml (rule graph-scope)',
      ],
    ])('warn of a graph %s, and let it pass', async (_, graph, warning) => {
      await expect.poll(() => gate.create(graph, 'alice', { dryRun: true }), lag).toMatchObject({ denied: [], warned: [warning] })
      await gate.create(graph, 'alice')
      expect(await gate.remove(graph, 'alice')).toEqual(PASSES)
    })

    it('keep a graph while it has members', async () => {
      const graph = resourceGraph('service-mesh-graph', {})
      const removal = (): Promise<Answer> => gate.remove(graph, 'alice', { dryRun: true })
      const denial =
        '[graph-in-use] ResourceGraph service-mesh-graph has 8 members (audited/complete, audited/incomplete, mesh/annotated and 5 more). ' +
        'Fix: delete these first: kubectl get servicemesh.networking.example.com -A -L kro.dev/graph (rule graph-in-use)'
      const list = 'kubectl get servicemesh.networking.example.com -A -L kro.dev/graph'
      await expect.poll(removal, lag).toEqual({ denied: [denial], warned: [], fixes: [list] })
      expect((await gate.remove(graph, 'alice')).denied).toEqual([denial])
      expect(await shell(list)).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('service-mesh-graph') as string })

      expect(await shell('kubectl delete servicemesh --all -A', { user: 'alice' })).toMatchObject({ code: 0, stderr: '' })
      await expect.poll(removal, lag).toEqual(PASSES)
      expect(await gate.remove(graph, 'alice')).toEqual(PASSES)
    })
  })
})
