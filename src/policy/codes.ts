import type { CodeEntry } from '../diagnostic/index.ts'

/** What can go wrong between a valid graph and a pack on disk. */
export const POLICY_CODES: Readonly<Record<`GG2${string}`, CodeEntry>> = {
  GG201: {
    title: 'A rule was left out: the version of a kind is unknown',
    explanation:
      'Rules that look at other objects need Gatekeeper to inventory them, and a SyncSet names a kind with its version. ' +
      'The version stands neither in the graph nor in a CustomResourceDefinition among the inputs, so the rule and its part of the SyncSet were left out.',
    remedy: 'Write `version` beside the kind in the graph, or pass the CRD as another `-f`.',
  },
  GG202: {
    title: 'policy.match selects nothing',
    explanation: 'No namespace and no labels satisfy `spec.policy.match`, so no constraint of this graph would ever speak: a pack that looks safe and guards nothing.',
    remedy: 'Widen `spec.policy.match`, or disable the rules that should not run.',
  },
  GG203: {
    title: 'policy.rules names a rule about graphs',
    explanation: 'Rules of the cluster pack are installed once per cluster; `spec.policy` of one graph has no say over them.',
    remedy: 'Patch the constraint in the cluster pack instead, or remove the entry.',
  },
  GG211: {
    title: 'A file that graphgate did not write is in the way',
    explanation: 'A file of the pack would take the place of one without the generated-by line, or of one whose name differs only in case.',
    remedy: 'Move that file away, or choose another output directory.',
  },
  GG212: {
    title: 'A symbolic link in the output directory',
    explanation: 'Writing through a link could change files anywhere, so graphgate does not follow links below the output directory.',
    remedy: 'Replace the link by a real file or folder, or choose another output directory.',
  },
  GG213: {
    title: 'The output directory cannot be read or written',
    explanation: 'The operating system refused: missing permission, a read-only or a full disk. No file of the pack was changed.',
    remedy: 'Make room or give permission, then generate again.',
  },
  GG214: {
    title: 'The directory to check does not exist',
    explanation: '`--check` compares a pack on disk with what the graphs say; there is nothing to compare.',
    remedy: 'Correct the path, or generate the pack once without `--check`.',
  },
  GG215: {
    title: 'Files of an earlier run remain',
    explanation: 'The output directory holds files that graphgate wrote for rules or graphs that are gone. They would still be applied with the pack.',
    remedy: 'Generate with `--prune`.',
  },
}
