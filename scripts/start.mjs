// npm start: the main job on the example, from a graph to a tested pack, with what each step does.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const graph = 'examples/service-mesh/base/graph.yaml'
const pack = 'out/service-mesh'

console.log(`The graph, ${graph}:\n`)
console.log(indent(readFileSync(new URL(`../${graph}`, import.meta.url), 'utf8')))
run('1. Check it', 'validate', '-f', graph)
run('2. Generate the policy pack', 'generate', '-f', graph, '-d', pack, '--prune')
run('3. Test the pack through WebAssembly', 'test', `${pack}/...`)
console.log(`
What you have now, in ${pack}/:
  README.md                     what is enforced, and how to install it
  templates/                    ConstraintTemplates: the rules, in Rego
  graphs/service-mesh-graph/    constraints and SyncSet of this graph
  cluster/                      rules about graphs themselves, once per cluster
  tests/                        suites with samples that must be allowed and denied

The constraint that the graph is about:

${indent(readFileSync(new URL(`../${pack}/graphs/service-mesh-graph/root-graph-label.yaml`, import.meta.url), 'utf8'))}
Next:
  bin/graphgate.js generate -f ${graph} -d ${pack} --check    in CI: fails when the pack is stale
  bin/graphgate.js explain root-graph-label                   what a rule stops and how to fix it
  less ${pack}/README.md                              install it: kubectl, Argo CD or Flux
  edit ${graph} and run npm start again
`)

function run(title, ...args) {
  console.log(`${title}\n  $ graphgate ${args.join(' ')}`)
  const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/graphgate.js', ...args], { cwd: root, encoding: 'utf8' })
  console.log(indent(stdout + stderr))
  if (status !== 0) process.exit(status ?? 1)
}

function indent(text) {
  return text.replace(/^(?=.)/gm, '  ')
}
