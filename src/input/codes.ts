import type { CodeEntry } from '../diagnostic/index.ts'

/** What can be wrong with a file before anyone asks what it means. */
export const INPUT_CODES: Record<`GG0${string}`, CodeEntry> = {
  GG001: {
    title: 'no such file or directory',
    explanation: 'A path given with -f does not exist.',
    remedy: 'Check the spelling and the working directory; paths are relative to where graphgate was started.',
  },
  GG002: {
    title: 'a file cannot be read',
    explanation: 'The operating system refused to open or read a file or directory, for instance for lack of permission.',
    remedy: 'Make the file readable for the user that runs graphgate, or leave it out of the inputs.',
  },
  GG003: {
    title: 'a symbolic link leads nowhere',
    explanation: 'A link among the inputs points to a file that does not exist, or at itself.',
    remedy: 'Repair the link or remove it.',
  },
  GG004: {
    title: 'a pattern matches no file',
    explanation: 'A glob given with -f matched nothing, so whatever it was meant to check went unchecked.',
    remedy: 'Correct the pattern, and quote it in the shell so that graphgate sees it unexpanded: -f "graphs/**/*.yaml".',
  },
  GG005: {
    title: 'a directory without YAML or JSON',
    explanation:
      'Directories are searched for *.yaml, *.yml and *.json, below them too, but not in hidden directories and node_modules; none was found.',
    remedy: 'Name another directory, or name files of other extensions one by one.',
  },
  GG006: {
    title: 'a file is too large',
    explanation: 'A single input is limited to 16 MiB: a manifest is far smaller, and a larger file is most likely not one.',
    remedy: 'Split the file, or leave it out of the inputs.',
  },
  GG007: {
    title: 'a file is not text',
    explanation: 'The content is binary: it is not valid UTF-8, or holds characters that YAML and JSON do not allow.',
    remedy: 'Save the file as UTF-8 text, or leave it out of the inputs.',
  },
  GG010: {
    title: 'a YAML syntax error',
    explanation:
      'The text is not YAML. graphgate reads YAML as Kubernetes does (sigs.k8s.io/yaml, YAML 1.1), so what is refused here, kubectl refuses too, but for the rare cases that docs/differences.md lists. What is no valid JSON is read as YAML, as by kubectl.',
    remedy: 'Correct the text at the caret. The mistake often stands in the line above.',
  },
  GG012: {
    title: 'a key stands twice in one map',
    explanation:
      'Kubernetes tools keep the last value and drop the others without a word, which is rarely what the author meant; stricter tools refuse the file.',
    remedy: 'Remove one of the two.',
  },
  GG013: {
    title: 'too much from too few anchors',
    explanation:
      'Aliases make the document far larger than its text ("billion laughs"). Kubernetes refuses such a document by much the same measure.',
    remedy: 'Write the repeated parts out, or use fewer nested aliases.',
  },
  GG014: {
    title: 'nested too deeply',
    explanation: 'Maps and lists are nested more than 500 levels deep. No Kubernetes object needs that.',
    remedy: 'Flatten the document.',
  },
  GG015: {
    title: 'a value that JSON cannot hold',
    explanation:
      'Kubernetes objects are JSON. Infinity and not-a-number have no place in it, nor do maps, lists and null as keys.',
    remedy: 'Use a number, or quote the value to make it a string.',
  },
  GG016: {
    title: 'a tag does not fit its value',
    explanation: 'An explicit tag (!!int, !!bool, !!binary…) promises a type that the value does not have.',
    remedy: 'Remove the tag or correct the value.',
  },
  GG017: {
    title: 'a broken anchor or alias',
    explanation: 'An alias (*name) refers to an anchor that is not defined before it, or an anchor contains itself.',
    remedy: 'Define the anchor (&name) earlier in the same document; anchors do not reach over "---".',
  },
  GG018: {
    title: 'text after the end of a document',
    explanation:
      'Kubernetes tools split files at lines that begin with "---" and read one document from each part; the rest of the part is ignored or refused.',
    remedy: 'Put "---" on a line of its own between documents.',
  },
  GG019: {
    title: 'a number loses digits',
    explanation:
      'Integers beyond 2^53 cannot be told apart in JavaScript and in many JSON tools. graphgate reads the nearest number.',
    remedy: 'Quote the value if it is an identifier, or use a smaller number.',
  },
}
