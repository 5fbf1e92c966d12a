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
          '[service-mesh-graph-policy] ServiceMesh mesh/bare is not in graph service-mesh-graph: it has no label kro.dev/graph. ' +
            'Fix: in the manifest, set label kro.dev/graph=service-mesh-graph (rule root-graph-label)',
        ],
        warned: [],
      })
    })

    it('pass with the label, or with the annotation', async () => {
      expect(await gate.create(serviceMesh('labelled', MEMBER), 'alice')).toEqual(PASSES)
      expect(await gate.create(serviceMesh('annotated', { annotations: { 'kro.dev/graph': 'service-mesh-graph' } }), 'alice')).toEqual(PASSES)
    })

    it('are denied when label and annotation are at odds', async () => {
      const { denied } = await gate.create(serviceMesh('torn', { ...MEMBER, annotations: { 'kro.dev/graph': 'another-graph' } }), 'alice')
      expect(denied).toEqual([
        '[service-mesh-graph-policy] ServiceMesh mesh/torn is not in graph service-mesh-graph: its label kro.dev/graph says "service-mesh-graph", ' +
          'its annotation "another-graph". Fix: in the manifest, remove annotation kro.dev/graph (rule root-graph-label)',
      ])
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
      const bare = '[service-mesh-graph-policy] ServiceMesh mesh/annotated is not in graph service-mesh-graph: it has no label kro.dev/graph. '
      const { denied } = await gate.update(mesh, 'alice', leave)
      expect(denied).toEqual([
        expect.stringContaining(bare),
        '[service-mesh-graph-policy] ServiceMesh mesh/annotated must stay in graph service-mesh-graph: it has no label kro.dev/graph. Fix: keep it, or put it back: ' +
          'kubectl annotate servicemesh.networking.example.com/annotated -n mesh kro.dev/graph=service-mesh-graph (rule membership-immutable)',
      ])
      // The controller may change marks, but a root without a graph is nobody's right.
      expect((await gate.update(mesh, 'controller', leave)).denied).toEqual([expect.stringContaining(bare)])
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
      expect((await gate.create(virtualService('false', { ...ownedBy(owner), ...marked('another') }), 'alice')).denied).toEqual([
        '[service-mesh-graph-policy] VirtualService mesh/false is owned by ServiceMesh owner in graph service-mesh-graph, but its mark kro.dev/root says "another". ' +
          'Fix: in the manifest, set label kro.dev/root=owner (rule child-root-label)',
      ])
    })

    it('with half of the marks are denied', async () => {
      const { denied } = await gate.create(gateway('half', { labels: { 'kro.dev/root-graph': 'service-mesh-graph' } }), 'alice')
      expect(denied).toEqual([expect.stringContaining('Gateway mesh/half is marked for graph service-mesh-graph but names no root')])
    })

    it('change their root by the controller alone', async () => {
      await gate.create(virtualService('moving', marked('owner')), 'alice')
      const move = ({ metadata: { labels = {} } }: TestObject): void => {
        labels['kro.dev/root'] = 'annotated'
      }
      const { denied } = await gate.update(virtualService('moving'), 'alice', move)
      expect(denied).toEqual([expect.stringContaining('VirtualService mesh/moving must keep its mark kro.dev/root in graph service-mesh-graph: it said "owner", now "annotated"')])
      expect(await gate.update(virtualService('moving'), 'controller', move)).toEqual(PASSES)
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
    })

    it('finds what graphgate finds in the same objects, message for message', async () => {
      findings = await audit(stack, engine)
    })

    it('reports an owned child that is not marked', () => {
      expect(of('VirtualService audited/unmarked')).toEqual([
        expect.stringMatching(/^KroChildRootLabel\/service-mesh-graph-unmarked: VirtualService audited\/unmarked .* no label kro\.dev\/root-graph/),
      ])
    })

    it('reports a child whose root does not exist', () => {
      expect(of('VirtualService audited/orphan')).toEqual([
        expect.stringMatching(/^KroChildOrphaned\/service-mesh-graph-policy: VirtualService audited\/orphan has lost its root: ServiceMesh audited\/gone/),
      ])
    })

    it('reports what a root has not', () => {
      expect(of('ServiceMesh audited/incomplete')).toEqual([
        expect.stringContaining('KroRootIncomplete/service-mesh-graph-policy: ServiceMesh audited/incomplete has 0 Gateway instead of at least 1'),
        expect.stringContaining('KroRootIncomplete/service-mesh-graph-policy: ServiceMesh audited/incomplete has 0 VirtualService instead of at least 1'),
      ])
    })

    it('reports roots that were there before the pack', () => {
      expect(of('ServiceMesh older/bare')).toEqual([
        'K8sRequiredLabelConstraint/service-mesh-graph-policy: ServiceMesh older/bare is not in graph service-mesh-graph: it has no label kro.dev/graph. ' +
          'Fix: kubectl label servicemesh.networking.example.com/bare -n older kro.dev/graph=service-mesh-graph (rule root-graph-label)',
      ])
    })

    it.each(['ServiceMesh audited/complete', 'Gateway audited/marked', 'VirtualService audited/nobodys'])('does not report %s', (object) => {
      expect(of(object)).toEqual([])
    })

    describe('and the fix in its message', () => {
      it.each([
        ['gives a bare root its graph', older.bare, 'admin'],
        ['takes a root out of two other graphs', older.contradictory, 'admin'],
        ['gives a child the marks of its owner', older.misnamed, 'controller'],
        ['marks an owned child', virtualService('unmarked', { namespace: 'audited' }), 'admin'],
        ['releases an orphan', virtualService('orphan', { namespace: 'audited' }), 'controller'],
      ] as const)('%s', async (_, { kind, metadata: { namespace = '', name } }, user) => {
        // In full: a constraint's status keeps 256 characters of it.
        const [message = '', ...more] = of(`${kind} ${namespace}/${name}`)
        expect(more).toEqual([])
        const command = /Fix: (?:.*: )?(kubectl .*) \(rule [a-z-]+\)$/.exec(message)?.[1]
        expect(await shell(command ?? 'false', { user })).toMatchObject({ code: 0, stderr: '' })
      })

      it('lists what a person has to choose from', async () => {
        for (const message of of('ServiceMesh audited/incomplete')) {
          const command = /(kubectl get .*) \(rule root-incomplete\)$/.exec(message)?.[1]
          expect(await shell(command ?? 'false')).toMatchObject({ code: 0 })
        }
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
          'Fix: let one graph have it: kubectl get resourcegraph.kro.dev/service-mesh-graph -o yaml (rule graph-scope)',
      ],
    ])('warn of a graph %s, and let it pass', async (_, graph, warning) => {
      await expect.poll(() => gate.create(graph, 'alice', { dryRun: true }), lag).toEqual({ denied: [], warned: [warning] })
      await gate.create(graph, 'alice')
      expect(await gate.remove(graph, 'alice')).toEqual(PASSES)
    })

    it('keep a graph while it has members', async () => {
      const graph = resourceGraph('service-mesh-graph', {})
      const removal = (): Promise<Answer> => gate.remove(graph, 'alice', { dryRun: true })
      const denial =
        '[graph-in-use] ResourceGraph service-mesh-graph is in use: 8 ServiceMesh still in the graph (audited/complete, audited/incomplete, mesh/annotated and 5 more). ' +
        'Fix: delete its members or take them out first, from this list: kubectl get servicemesh.networking.example.com -A -L kro.dev/graph (rule graph-in-use)'
      await expect.poll(removal, lag).toEqual({ denied: [denial], warned: [] })
      expect((await gate.remove(graph, 'alice')).denied).toEqual([denial])
      expect(await shell(/: (kubectl get .*) \(rule/.exec(denial)?.[1] ?? 'false')).toMatchObject({ code: 0, stderr: '' })

      expect(await shell('kubectl delete servicemesh --all -A', { user: 'alice' })).toMatchObject({ code: 0, stderr: '' })
      await expect.poll(removal, lag).toEqual(PASSES)
      expect(await gate.remove(graph, 'alice')).toEqual(PASSES)
    })
  })
})
