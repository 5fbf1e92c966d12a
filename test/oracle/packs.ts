import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, parseAllDocuments, stringify } from 'yaml'
import { expect } from 'vitest'
import { graphgate, root } from '../cli/run.ts'

export interface Assertion {
  violations?: number
  message?: string
}

export interface Suite {
  tests: { name: string; template: string; constraint: string; cases: { name: string; object: string; inventory?: string[]; assertions: Assertion[] }[] }[]
}

/** Graphs that together use every option which changes the pack. */
export const GRAPHS: Readonly<Record<string, string>> = {
  'the source document': readFileSync(join(root, 'examples/service-mesh/base/graph.yaml'), 'utf8'),
  'every option': `
apiVersion: kro.dev/v1alpha1
kind: ResourceGraph
metadata: { name: full }
spec:
  root: { apiGroup: platform.example.com, version: v1beta1, kind: HTTPPlatform }
  children:
    - { apiGroup: "", version: v1, kind: Secret, count: { min: 2, max: 3 } }
    - { apiGroup: apps, version: v1, kind: Deployment, id: web, template: { spec: { replicas: "\${root.spec.replicas}" } } }
    - { apiGroup: apps, version: v1, kind: Deployment, id: worker, template: { spec: { replicas: 1 } }, includeWhen: ["\${root.spec.worker}"] }
    - { apiGroup: networking.k8s.io, version: v1, kind: Ingress, count: { min: 0 } }
  policy:
    enforcementAction: warn
    match:
      namespaces: [team-*, prod]
      excludedNamespaces: ["*-sample"]
      labelSelector: { matchExpressions: [{ key: tier, operator: In, values: [web] }] }
      namespaceSelector: { matchLabels: { env: "yes" } }
    rules:
      child-root-label: { exclusive: true }
      root-incomplete: { enforcementAction: dryrun }
    allowedUsers: [system:serviceaccount:argocd:controller]
    breakGlassGroup: oncall
`,
  'a chain': `
apiVersion: kro.dev/v1alpha1
kind: ResourceGraph
metadata: { name: upper }
spec:
  root: { apiGroup: example.com, version: v1, kind: Tenant }
  children: [{ apiGroup: example.com, version: v1, kind: Project }]
---
apiVersion: kro.dev/v1alpha1
kind: ResourceGraph
metadata: { name: lower }
spec:
  root: { apiGroup: example.com, version: v1, kind: Project }
  children: [{ apiGroup: "", version: v1, kind: Namespace }, { apiGroup: example.com, version: v1, kind: Quota, count: { min: 0 } }]
  policy: { rules: { membership-immutable: { enabled: false } } }
`,
}

/** Generates a pack through the command line. */
export async function generatePack(graphs: string, dir: string): Promise<void> {
  const { code, stderr } = await graphgate(['generate', '-f', '-', '-d', dir], { stdin: graphs })
  expect({ code, stderr }).toMatchObject({ code: 0 })
}

/** Paths of the suites of a pack. */
export function listSuites(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('suite.yaml'))
    .map((path) => join(dir, path))
    .sort()
}

export function readSuite(path: string): Suite {
  return parse(readFileSync(path, 'utf8')) as Suite
}

export function rewriteSuite(path: string, assertionsOf: (test: string, name: string) => Assertion[]): void {
  const suite = readSuite(path)
  for (const test of suite.tests) {
    for (const item of test.cases) item.assertions = assertionsOf(test.name, item.name)
  }
  writeFileSync(path, stringify(suite))
}

export function readObjects(path: string): Record<string, unknown>[] {
  return parseAllDocuments(readFileSync(path, 'utf8')).map((document) => document.toJS() as Record<string, unknown>)
}
