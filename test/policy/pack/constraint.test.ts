import { describe, expect, it } from 'vitest'
import { buildClusterConstraint, buildConstraint } from '../../../src/policy/pack/constraint.ts'
import { catalogue } from '../../../src/policy/catalogue.generated.ts'
import type { Rule, RuleConstraint } from '../../../src/policy/rule.ts'
import { meshGraph } from '../graph.ts'

function find(name: string, suffix: RuleConstraint['suffix'] = 'policy'): [Rule, RuleConstraint] {
  const rule = catalogue.find((candidate) => candidate.name === name)
  const variant = rule?.constraints.find((candidate) => candidate.suffix === suffix)
  if (rule === undefined || variant === undefined) throw new Error(`no ${name} ${suffix}`)
  return [rule, variant]
}

const AUDIT = [{ name: 'audit.gatekeeper.sh' }, { name: 'gator.gatekeeper.sh' }]

describe('buildConstraint', () => {
  it('makes exactly the constraint of the source document', () => {
    expect(buildConstraint(meshGraph(), ...find('root-graph-label'))).toEqual({
      apiVersion: 'constraints.gatekeeper.sh/v1beta1',
      kind: 'K8sRequiredLabelConstraint',
      metadata: {
        name: 'service-mesh-graph-policy',
        annotations: {
          'argocd.argoproj.io/sync-options': 'SkipDryRunOnMissingResource=true',
          'argocd.argoproj.io/sync-wave': '1',
          'graphgate.kro.dev/graph': 'service-mesh-graph',
          'graphgate.kro.dev/rule': 'root-graph-label',
        },
      },
      spec: {
        match: { kinds: [{ apiGroups: ['networking.example.com'], kinds: ['ServiceMesh'] }] },
        parameters: { labels: { 'kro.dev/graph': 'service-mesh-graph' } },
      },
    })
  })

  it.each([
    ['nothing set: the catalogue, and deny is left out', {}, undefined],
    ['the graph', { enforcementAction: 'warn' as const }, 'warn'],
    ['the rule before the graph', { enforcementAction: 'warn' as const, rules: { 'root-graph-label': { enforcementAction: 'dryrun' as const } } }, 'dryrun'],
    ['deny said aloud', { enforcementAction: 'deny' as const }, undefined],
    ['another rule', { rules: { 'child-root-label': { enforcementAction: 'dryrun' as const } } }, undefined],
  ])('takes the action from %s', (_name, policy, action) => {
    const { spec } = buildConstraint(meshGraph(policy), ...find('root-graph-label')) as { spec: { enforcementAction?: string } }
    expect(spec.enforcementAction).toBe(action)
  })

  it.each([
    ['child-orphaned', 'policy', {}, 'deny'],
    ['child-root-label', 'unmarked', {}, 'warn'],
    ['child-root-label', 'unmarked', { enforcementAction: 'dryrun' as const }, 'dryrun'],
    ['root-incomplete', 'policy', { rules: { 'root-incomplete': { enforcementAction: 'warn' as const } } }, 'warn'],
  ] as const)('keeps %s (%s) out of admission, whatever the action', (name, suffix, policy, action) => {
    const { spec } = buildConstraint(meshGraph(policy), ...find(name, suffix)) as { spec: Record<string, unknown> }
    expect(spec['enforcementAction']).toBe('scoped')
    expect(spec['scopedEnforcementActions']).toEqual([{ action, enforcementPoints: AUDIT }])
  })

  it('merges policy.match, and never into membership', () => {
    const match = { namespaces: ['team-*'], excludedNamespaces: ['team-x'], labelSelector: { matchLabels: { tier: 'web' } }, namespaceSelector: { matchLabels: { env: 'prod' } } }
    const { spec } = buildConstraint(meshGraph({ match }), ...find('root-graph-label')) as { spec: Record<string, unknown> }
    expect(spec).toEqual({
      match: { kinds: [{ apiGroups: ['networking.example.com'], kinds: ['ServiceMesh'] }], ...match },
      parameters: { labels: { 'kro.dev/graph': 'service-mesh-graph' } },
    })
  })

  it('names every child kind once, and passes counts and templates on', () => {
    const graph = meshGraph()
    const [first, second] = graph.children
    if (first === undefined || second === undefined) throw new Error('no children')
    const children = [
      { ...first, count: { min: 0, max: 3 } },
      { ...second, template: {} },
      { ...second, id: 'edge', template: {}, includeWhen: ['${root.spec.edge}'] },
      { ...first, id: 'secret', apiGroup: '', kind: 'Secret', count: { min: 2 } },
    ]
    expect(buildConstraint({ ...graph, children }, ...find('root-incomplete'))['spec']).toMatchObject({
      parameters: {
        graph: 'service-mesh-graph',
        root: { apiGroup: 'networking.example.com', kind: 'ServiceMesh' },
        children: [
          { id: 'virtualService', apiGroup: 'networking.istio.io', kind: 'VirtualService', count: { min: 0, max: 3 } },
          { id: 'gateway', apiGroup: 'networking.istio.io', kind: 'Gateway', managed: true },
          { id: 'edge', apiGroup: 'networking.istio.io', kind: 'Gateway', managed: true, conditional: true },
          { id: 'secret', apiGroup: '', kind: 'Secret', count: { min: 2 } },
        ],
      },
    })
    expect(buildConstraint({ ...graph, children }, ...find('child-orphaned'))['spec']).toMatchObject({
      match: { kinds: [{ apiGroups: ['networking.istio.io'], kinds: ['VirtualService', 'Gateway'] }, { apiGroups: [''], kinds: ['Secret'] }] },
    })
  })
})

describe('buildClusterConstraint', () => {
  it('is named after its rule, and no graph changes it', () => {
    const graph = meshGraph({ enforcementAction: 'warn', match: { namespaces: ['x'] } })
    expect(buildClusterConstraint(...find('graph-in-use'), graph)).toEqual({
      apiVersion: 'constraints.gatekeeper.sh/v1beta1',
      kind: 'KroGraphInUse',
      metadata: {
        name: 'graph-in-use',
        annotations: {
          'argocd.argoproj.io/sync-options': 'SkipDryRunOnMissingResource=true',
          'argocd.argoproj.io/sync-wave': '1',
          'graphgate.kro.dev/rule': 'graph-in-use',
        },
      },
      spec: { match: { kinds: [{ apiGroups: ['kro.dev'], kinds: ['ResourceGraph'] }] } },
    })
  })
})
