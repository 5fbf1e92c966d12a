import type { CodeEntry } from '../diagnostic/index.ts'

/** What can be wrong with suites, and with what they name. */
export const SUITE_CODES: Readonly<Record<`GG4${string}`, CodeEntry>> = {
  GG401: {
    title: 'no tests found',
    explanation:
      'No suite with a test was found, or none that --run selects. A run that tests nothing would look like a success, so it ends with exit code 2.',
    remedy: 'Check the path (DIR is searched alone, DIR/... with everything below it) and the expression of --run.',
  },
  GG402: {
    title: 'a path without suites',
    explanation:
      'A path given to `graphgate test` does not exist, cannot be read, or is a file that is not a Suite in YAML; or a *.yaml or *.yml file below a directory cannot be read, so that it may be a suite.',
    remedy: 'Name a suite file (*.yaml, *.yml), a directory, or DIR/... for everything below a directory; make the file readable, or move it away.',
  },
  GG403: {
    title: 'a suite that cannot be read',
    explanation: 'A file says that it is a Suite (test.gatekeeper.sh), but a field has the wrong type.',
    remedy: 'Correct the field at the caret.',
  },
  GG404: {
    title: 'an unknown field in a suite',
    explanation: 'gator ignores fields that it does not know, so a misspelt `assertions` tests nothing. graphgate ignores them too, but says so.',
    remedy: 'Correct or remove the field.',
  },
  GG405: {
    title: 'a sample that no suite uses',
    explanation: 'A file lies among the samples of a suite, but no case of any suite of this run names it: perhaps a case was forgotten.',
    remedy: 'Add a case for it, or remove the file.',
  },
  GG406: {
    title: 'an invalid expression for --run',
    explanation: '--run takes an RE2 expression for names of tests and cases, or two with // between them: the test\'s and the case\'s.',
    remedy: 'Correct the expression, for instance --run "root-graph-label//disallowed".',
  },
  GG407: {
    title: 'a file that a suite names cannot be used',
    explanation: 'A template, constraint, object or inventory file of a suite does not exist, cannot be read, is too large, is a pipe or a device, is not YAML, or begins with an empty document. Paths are relative to the suite.',
    remedy: 'Correct the path or the file.',
  },
  GG408: {
    title: 'the wrong number of documents',
    explanation: 'The object of a case is exactly one YAML document. Of a file with a suite, a template or a constraint, the first document counts and the others are ignored.',
    remedy: 'Put each document into a file of its own.',
  },
  GG409: {
    title: 'an incomplete test',
    explanation: 'A test needs a template and a constraint, and cases or `invalid: true`; a case needs an object and at least one assertion.',
    remedy: 'Add what is missing; `assertions: [{violations: no}]` says that the object is allowed.',
  },
  GG410: {
    title: 'an invalid assertion',
    explanation: '`violations` is a number from 0, "yes" or "no" (default "yes"); `message` is an RE2 expression.',
    remedy: 'Correct the assertion at the caret.',
  },
  GG411: {
    title: 'an ExpansionTemplate is not evaluated',
    explanation: 'The test names an `expansion`. graphgate does not expand workload resources yet, so the test was not run: it is an error, not a pass.',
    remedy: 'Run this test with gator verify.',
  },
}
