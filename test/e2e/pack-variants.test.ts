import { symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../cli/run.ts'
import { lacksTools } from '../oracle/tools.ts'
import { startPackEnvironment, type PackEnvironment } from './pack/environment.ts'
import { createGate, PASSES, type Gate } from './pack/gate.ts'
import { configMap, MEMBER, serviceMesh, virtualService, type TestObject } from './pack/objects.ts'
import { readPackEngine } from './pack/pack-engine.ts'
import { generatePack, waitUntilEnforced } from './pack/pack-folder.ts'
import { readShellBlocks } from './pack/shell.ts'

const WATCHED_GRAPH = `
apiVersion: kro.dev/v1alpha1
kind: ResourceGraph
metadata: { name: watched-graph }
spec:
  root: { apiGroup: "", version: v1, kind: ConfigMap }
  children: [{ apiGroup: "", version: v1, kind: Secret }]
  policy:
    match: { namespaces: [watched] }
    rules: { root-graph-label: { enforcementAction: warn } }
`

const NO_LABEL = 'it has no label kro.dev/graph. Fix:'
const bare = (root: string): string =>
  `[service-mesh-graph-policy] ServiceMesh ${root} is no member: ${NO_LABEL} in the manifest, set label kro.dev/graph=service-mesh-graph (rule root-graph-label)`

describe.skipIf(lacksTools('etcd', 'kube-apiserver', 'kubectl', 'gatekeeper'))('packs by other ways, on the real Gatekeeper', () => {
  let environment: PackEnvironment
  beforeAll(async () => {
    environment = await startPackEnvironment('watched', 'mesh', 'sandbox-1')
  })
  // Undefined if it did not start: then that error is the one to show.
  afterAll(() => (environment as PackEnvironment | undefined)?.close())

  const leave = ({ metadata }: TestObject): void => {
    metadata.labels = {}
  }

  describe('piped into kubectl, stage by stage', () => {
    let gate: Gate
    const member = configMap('member', { namespace: 'watched', labels: { 'kro.dev/graph': 'watched-graph' } })

    it('is the pack that would have been written', async () => {
      const { stack, shell, directory } = environment
      writeFileSync(join(directory, 'graph.yaml'), WATCHED_GRAPH)
      const templates = 'graphgate generate -f graph.yaml --stage templates | kubectl apply -f -'
      expect(await shell(templates)).toMatchObject({ code: 0, stderr: '' })
      expect(await shell("kubectl wait --for=jsonpath='{.status.created}'=true --timeout=60s constrainttemplates --all")).toMatchObject({ code: 0 })
      expect(await shell('graphgate generate -f graph.yaml --stage constraints | kubectl apply -f -')).toMatchObject({ code: 0, stderr: '' })

      const pack = join(directory, 'watched')
      await generatePack(pack, { file: join(directory, 'graph.yaml') })
      const { code, stdout } = await shell('kubectl apply -k watched')
      expect({ code, changed: stdout.trimEnd().split('\n').filter((line) => !line.endsWith(' unchanged')) }).toEqual({ code: 0, changed: [] })
      await waitUntilEnforced(stack)
      gate = createGate(stack, await readPackEngine(join(pack, 'templates'), join(pack, 'graphs')))
    })

    it('warns where the graph says so, in the namespaces that it says', async () => {
      expect(await gate.create(configMap('bare', { namespace: 'watched' }), 'alice')).toMatchObject({
        denied: [],
        warned: [
          '[watched-graph-policy] ConfigMap watched/bare is no member: it has no label kro.dev/graph. ' +
            'Fix: in the manifest, set label kro.dev/graph=watched-graph (rule root-graph-label)',
        ],
      })
      expect(await gate.create(configMap('bare'), 'alice')).toEqual(PASSES)
    })

    it('lets the controller take a root out of its graph, and nobody else', async () => {
      expect(await gate.create(member, 'alice')).toEqual(PASSES)
      const label = 'kubectl label configmap/member -n watched kro.dev/graph=watched-graph'
      const warned = [`[watched-graph-policy] ConfigMap watched/member is no member: ${NO_LABEL} ${label} (rule root-graph-label)`]
      const denied = [`[watched-graph-policy] ConfigMap watched/member must stay a member: ${NO_LABEL} restore it: set label kro.dev/graph=watched-graph (rule membership-immutable)`]
      expect(await gate.update(member, 'alice', leave)).toEqual({ denied, warned, fixes: [label, label] })
      expect(await gate.update(member, 'controller', leave)).toEqual({ denied: [], warned, fixes: [label] })
      // The change has passed: now the fix puts the label back.
      expect(await environment.shell(label, { user: 'alice' })).toMatchObject({ code: 0, stderr: '' })
    })
  })

  describe('of the example with an overlay', () => {
    /** Runs the line of the example's README for an overlay, and installs what it makes as the pack's README says. */
    const install = async (overlay: string): Promise<Gate> => {
      const { stack, shell, directory } = environment
      const lines = readShellBlocks(join(root, 'examples', 'service-mesh', 'README.md')).join('').split('\n')
      const generate = lines.find((line) => line.includes(`overlays/${overlay} | graphgate generate`))
      expect(await shell(generate ?? 'false')).toMatchObject({ code: 0, stdout: '' })
      const pack = join(directory, 'out', overlay)
      const [commands = 'false'] = readShellBlocks(join(pack, 'README.md'))
      expect(await shell(commands, { cwd: pack })).toMatchObject({ code: 0, stderr: '' })
      await waitUntilEnforced(stack)
      return createGate(stack, await readPackEngine(join(pack, 'templates'), join(pack, 'graphs')))
    }
    let gate: Gate

    beforeAll(() => {
      symlinkSync(join(root, 'examples'), join(environment.directory, 'examples'))
    })

    it('only warns of a bare root in development', async () => {
      gate = await install('dev')
      expect(await gate.create(serviceMesh('bare'), 'alice')).toMatchObject({ denied: [], warned: [bare('mesh/bare')] })
    })

    it('only warns of a root that leaves its graph in development', async () => {
      expect(await gate.create(serviceMesh('member', MEMBER), 'alice')).toEqual(PASSES)
      const { denied, warned } = await gate.update(serviceMesh('member'), 'alice', leave)
      expect({ denied, warned }).toEqual({
        denied: [],
        warned: [
          `[service-mesh-graph-policy] ServiceMesh mesh/member is no member: ${NO_LABEL} ` +
            'kubectl label servicemesh.networking.example.com/member -n mesh kro.dev/graph=service-mesh-graph (rule root-graph-label)',
          `[service-mesh-graph-policy] ServiceMesh mesh/member must stay a member: ${NO_LABEL} ` +
            'restore it: set label kro.dev/graph=service-mesh-graph (rule membership-immutable)',
        ],
      })
    })

    it('denies a bare root in production, but not in a sandbox', async () => {
      gate = await install('prod')
      expect(await gate.create(serviceMesh('other'), 'alice')).toMatchObject({ denied: [bare('mesh/other')], warned: [] })
      expect(await gate.create(serviceMesh('other', { namespace: 'sandbox-1' }), 'alice')).toEqual(PASSES)
    })

    it('denies a child of no root in production, but not in a sandbox', async () => {
      const denied = [
        '[service-mesh-graph-policy] VirtualService mesh/nobodys belongs to no root of the graph, by marks or owner. ' +
          'Fix: delete it, or label it kro.dev/root-graph=service-mesh-graph kro.dev/root=NAME of a ServiceMesh (rule child-root-label)',
      ]
      expect(await gate.create(virtualService('nobodys'), 'alice')).toMatchObject({ denied, warned: [] })
      expect(await gate.create(virtualService('nobodys', { namespace: 'sandbox-1' }), 'alice')).toEqual(PASSES)
    })
  })
})
