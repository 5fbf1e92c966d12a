import type { ResourceGraph } from '../../graph/model.ts'
import type { JsonObject } from '../../input/json.ts'
import { describeAction } from '../describe-action.ts'
import { resolveAction } from './constraint.ts'
import { emitMarkdownFile, emitYaml } from './emit.ts'
import { renderTemplate } from './render.ts'
import type { Rule } from '../rule.ts'
import type { LeftOut } from '../select.ts'

export interface GraphSummary {
  readonly graph: ResourceGraph
  readonly rules: readonly Rule[]
  readonly leftOut: readonly LeftOut[]
}

/** The pack's README: what is in it, how to install and test it, what each graph enforces. */
export function renderPackReadme(summaries: readonly GraphSummary[], rules: readonly Rule[]): string {
  const count = summaries.length
  return emitMarkdownFile(
    renderTemplate('pack-readme.md', {
      graphCount: count === 1 ? 'one graph' : `${count} graphs`,
      templateResources: templateResources(rules),
      flux: emitYaml(fluxKustomization('templates'), fluxKustomization('graphs', 'templates')),
      graphs: summaries.map(({ graph, rules: own, leftOut }) => ({
        name: graph.name,
        root: `\`${graph.root.kind}\``,
        children: graph.children.map(({ kind }) => `\`${kind}\``).join(', '),
        constraints: own.flatMap((rule) =>
          rule.constraints.map((variant) => ({
            rule: rule.name,
            kind: rule.kind,
            constraint: `${graph.name}-${variant.suffix}`,
            action: describeAction(resolveAction(graph, rule, variant), variant.point ?? rule.point),
            stops: variant.stops ?? rule.stops,
          })),
        ),
        leftOut: leftOut.map(({ rule, reason }) => ({ rule: rule.name, reason })),
      })),
    }),
  )
}

/** The cluster pack's README. @param unsynced graphs whose members the rules cannot see. */
export function renderClusterReadme(rules: readonly Rule[], unsynced: readonly ResourceGraph[]): string {
  return emitMarkdownFile(
    renderTemplate('cluster-readme.md', {
      templateResources: templateResources(rules),
      constraints: rules.map((rule) => ({
        rule: rule.name,
        kind: rule.kind,
        constraint: rule.name,
        action: describeAction(rule.enforcement, rule.point),
        stops: rule.stops,
      })),
      leftOut: unsynced.map(({ name }) => `\`${name}\``).join(', '),
    }),
  )
}

function templateResources(rules: readonly Rule[]): string {
  return rules.map((rule) => `constrainttemplate/${rule.kind.toLowerCase()}`).join(' ')
}

function fluxKustomization(folder: string, after?: string): JsonObject {
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: `policy-${folder}`, namespace: 'flux-system' },
    spec: {
      ...(after !== undefined && { dependsOn: [{ name: `policy-${after}` }] }),
      sourceRef: { kind: 'GitRepository', name: 'platform' },
      path: `./policy/${folder}`,
      interval: '10m',
      prune: true,
      wait: true,
    },
  }
}
