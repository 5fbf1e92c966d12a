import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lacksTools } from '../oracle/tools.ts'
import { listProcesses } from './stack/list-processes.ts'
import { startStack, type Stack } from './stack/stack.ts'
import type { StackUser } from './stack/users.ts'

const REGO = `package stackownerlabel

violation[{"msg": msg}] {
  input.review.operation != "DELETE"
  not input.review.object.metadata.labels.owner
  msg := sprintf("%s has no owner", [input.review.object.metadata.name])
}

violation[{"msg": msg}] {
  input.review.operation == "DELETE"
  not endswith(input.review.userInfo.username, ":graphgate-controller")
  msg := sprintf("%s may not delete", [input.review.userInfo.username])
}`

const TEMPLATE = {
  apiVersion: 'templates.gatekeeper.sh/v1',
  kind: 'ConstraintTemplate',
  metadata: { name: 'stackownerlabel' },
  spec: {
    crd: { spec: { names: { kind: 'StackOwnerLabel' } } },
    targets: [{ target: 'admission.k8s.gatekeeper.sh', rego: REGO }],
  },
}

const CONSTRAINT = {
  apiVersion: 'constraints.gatekeeper.sh/v1beta1',
  kind: 'StackOwnerLabel',
  metadata: { name: 'owner' },
  spec: { match: { kinds: [{ apiGroups: [''], kinds: ['ConfigMap'] }], namespaces: ['default'] } },
}

const configMap = (name: string, labels: Record<string, string>): object => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'default', labels },
})

describe.skipIf(lacksTools('etcd', 'kube-apiserver', 'kubectl', 'gatekeeper'))('the stack of real servers', () => {
  let stack: Stack
  const apply = (object: object, user: StackUser = 'admin') => stack.kubectl(['apply', '-f', '-'], { stdin: JSON.stringify(object), user })

  beforeAll(async () => {
    stack = await startStack({ gatekeeper: true })
    expect(await apply(configMap('older', {}))).toMatchObject({ code: 0 })
    expect(await apply(TEMPLATE)).toMatchObject({ code: 0 })
    await stack.waitForTemplate('stackownerlabel')
    expect(await apply(CONSTRAINT)).toMatchObject({ code: 0 })
    await stack.waitForConstraint('StackOwnerLabel', 'owner')
  })

  // Undefined if it did not start: then that error is the one to show.
  afterAll(() => (stack as Stack | undefined)?.stop())

  it('denies what the constraint forbids, with its message', async () => {
    const { code, stderr } = await apply(configMap('bare', {}), 'alice')
    expect(code).toBe(1)
    expect(stderr).toContain('admission webhook "validation.gatekeeper.sh" denied the request: [owner] bare has no owner')
  })

  it('admits what the constraint allows', async () => {
    expect(await apply(configMap('owned', { owner: 'alice' }), 'alice')).toMatchObject({ code: 0, stdout: 'configmap/owned created\n' })
  })

  it('denies an update and, depending on the user, a deletion', async () => {
    expect(await apply(configMap('kept', { owner: 'alice' }), 'alice')).toMatchObject({ code: 0 })
    const kept = ['configmap', 'kept', '--namespace=default']
    expect((await stack.kubectl(['label', ...kept, 'owner-'], { user: 'alice' })).stderr).toContain('kept has no owner')
    expect((await stack.kubectl(['delete', ...kept], { user: 'alice' })).stderr).toContain('[owner] alice may not delete')
    expect(await stack.kubectl(['delete', ...kept], { user: 'controller' })).toMatchObject({ code: 0 })
  })

  it('audits what was there before the constraint', async () => {
    const { totalViolations, violations } = await stack.waitForAudit('StackOwnerLabel', 'owner')
    expect(totalViolations).toBe(1)
    expect(violations).toMatchObject([{ kind: 'ConfigMap', name: 'older', namespace: 'default', message: 'older has no owner' }])
  })

  it('leaves no process and no file when it is stopped', async () => {
    const directory = dirname(stack.kubeconfig('admin'))
    expect(listProcesses(directory)).not.toEqual([])
    await stack.stop()
    await expect.poll(() => listProcesses(directory)).toEqual([])
    expect(existsSync(directory)).toBe(false)
  })
})
