import type { CodeEntry } from '../diagnostic/index.ts'

/** What can go wrong between a valid graph and a pack on disk. */
export const POLICY_CODES: Readonly<Record<`GG2${string}`, CodeEntry>> = {
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
  GG204: {
    title: 'policy.match selects by a mark',
    explanation:
      '`spec.policy.match` narrows where the rules speak; it never changes who is a member. A selector on a `kro.dev/` label would take the very objects out of sight that lack or falsify the mark.',
    remedy: 'Select by labels of your own, or by namespaces.',
  },
  GG205: {
    title: 'no rule is left for a graph',
    explanation: 'Every rule is disabled, or left out because versions are unknown. A pack without constraints looks safe and guards nothing.',
    remedy: 'Enable a rule, or remove the graph from the inputs.',
  },
  GG206: {
    title: 'everyone may break the glass',
    explanation: '`spec.policy.breakGlassGroup` names a group that every user is in, so the rule that protects marks exempts everybody.',
    remedy: 'Name a group that few people are in, and only in an emergency.',
  },
  GG211: {
    title: 'a file that graphgate did not write is in the way',
    explanation: 'A file of the pack would take the place of one without the generated-by line, or of one whose name differs only in case.',
    remedy: 'Move that file away, or choose another output directory.',
  },
  GG212: {
    title: 'a symbolic link in the output directory',
    explanation: 'Writing through a link could change files anywhere, so graphgate does not follow links below the output directory.',
    remedy: 'Replace the link by a real file or folder, or choose another output directory.',
  },
  GG213: {
    title: 'the output directory cannot be read or written',
    explanation: 'The operating system refused: missing permission, a read-only or a full disk, or a file in place of the directory. No file of the pack was changed.',
    remedy: 'Make room or give permission, then generate again.',
  },
  GG214: {
    title: 'the directory to check does not exist',
    explanation: '`--check` compares a pack on disk with what the graphs say; there is nothing to compare.',
    remedy: 'Correct the path, or generate the pack once without `--check`.',
  },
  GG216: {
    title: 'another run writes to the output directory',
    explanation:
      'While a run prepares and places its files, its folder `.graphgate` stands in the output directory, and a second run would mix its files with those of the first. A folder that a killed run left is removed by itself on the same machine; on another one nobody can tell whether that run is alive.',
    remedy: 'Wait for the other run. If there is none, remove the folder `.graphgate`.',
  },
  GG217: {
    title: 'a pack was written in part',
    explanation: 'Placing the files failed midway, and so did putting the old ones back. Each file is whole, but some are new and others old.',
    remedy: 'Repair what the message names (permission, a disk that went away), then generate again: that makes the pack whole.',
  },
  GG215: {
    title: 'files of an earlier run remain',
    explanation: 'The output directory holds files that graphgate wrote for rules or graphs that are gone. They would still be applied with the pack.',
    remedy: 'Generate with `--prune`.',
  },
}
