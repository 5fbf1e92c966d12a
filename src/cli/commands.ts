import type { CommandSpec, OptionSpec } from './command.ts'

const GRAPHS: OptionSpec = {
  flags: '-f, --file <path>',
  description: 'graphs: a file, a directory, a glob, or - for standard input; other kinds are ignored, CRDs among them give versions',
  repeatable: true,
  required: true,
}

/** Every command of graphgate; help, completion of mistyped words and docs/cli.md come from this table. */
export const COMMANDS: readonly CommandSpec[] = [
  {
    path: ['generate'],
    summary: 'make the policy pack of ResourceGraphs',
    description:
      'Writes Gatekeeper ConstraintTemplates, constraints, SyncSets and test suites for the graphs into a directory, or the manifests to standard output. ' +
      'Everything that changes the output stands in the graphs. Nothing is written if a graph is invalid.',
    arguments: [],
    options: [
      GRAPHS,
      { flags: '-d, --directory <dir>', description: 'output directory; without it the manifests go to standard output' },
      { flags: '--stage <stage>', description: 'which manifests go to standard output', choices: ['templates', 'constraints', 'all'] },
      { flags: '--check', description: 'write nothing; exit 1 with a diff if the directory is stale' },
      { flags: '--prune', description: 'remove generated files that are no longer part of the pack' },
    ],
    examples: ['generate -f graphs/ -d policy', 'generate -f graphs/ -d policy --check', 'generate -f graphs/ --stage templates | kubectl apply -f -'],
    load: () => import('./generate.ts'),
  },
  {
    path: ['validate'],
    aliases: [['graph', 'validate']],
    summary: 'check ResourceGraphs, offline',
    description: 'Reports every error and warning of all files at once, each with its place and what to do.',
    arguments: [],
    options: [
      GRAPHS,
      { flags: '-o, --output <format>', description: 'how to print the result', choices: ['text', 'json', 'github'], default: 'text' },
    ],
    examples: ['validate -f graphs/', 'graph validate -f mesh.yaml -o github'],
    load: () => import('./validate.ts'),
  },
  {
    path: ['test'],
    summary: 'run test suites against the policies, through WebAssembly',
    description:
      'Runs suites (test.gatekeeper.sh/v1alpha1) as gator verify does, with no cluster, Gatekeeper or OPA. A path that ends in /... is searched for suites.',
    arguments: [{ name: '<path...>', description: 'suite files, directories, or directory trees (DIR/...)' }],
    options: [
      { flags: '--run <regex>', description: 'run only matching tests, or TEST//CASE (RE2)' },
      { flags: '-o, --output <format>', description: 'how to print the result', choices: ['text', 'json', 'junit'], default: 'text' },
    ],
    examples: ['test policy/...', 'test policy/... --run root-graph-label//disallowed', 'test policy/... -o junit'],
    load: () => import('./test.ts'),
  },
  {
    path: ['graph', 'show'],
    summary: 'draw ResourceGraphs as a tree or a Mermaid diagram',
    description: 'Draws each graph with its root, its children, and the graphs that it chains into.',
    arguments: [],
    options: [
      GRAPHS,
      { flags: '-o, --output <format>', description: 'how to draw', choices: ['tree', 'mermaid'], default: 'tree' },
    ],
    examples: ['graph show -f graphs/', 'graph show -f graphs/ -o mermaid'],
    load: () => import('./graph-show.ts'),
  },
  {
    path: ['explain'],
    summary: 'explain a code (GG101) or a rule (root-graph-label)',
    description: 'Says what an error code means and what to do about it, or what a rule stops and how to fix a violation. Lists all of them without an argument.',
    arguments: [{ name: '[name]', description: 'a code, a rule, or the kind of a constraint' }],
    options: [],
    examples: ['explain', 'explain GG101', 'explain root-graph-label'],
    load: () => import('./explain.ts'),
  },
  {
    path: ['crd'],
    summary: 'print the CustomResourceDefinition of ResourceGraph',
    description: 'Prints the CRD that validate checks against, to be applied to a cluster.',
    arguments: [],
    options: [],
    examples: ['crd | kubectl apply -f -'],
    load: () => import('./crd.ts'),
  },
]
