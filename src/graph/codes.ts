import type { CodeEntry } from '../diagnostic/index.ts'

/** What can be wrong with graphs, each alone and all together. */
export const GRAPH_CODES = {
  GG101: {
    title: 'not a Kubernetes object',
    explanation: 'A document of the inputs is a list or a single value. Kubernetes objects are maps with apiVersion, kind and metadata.',
    remedy: 'Leave the file out of the inputs, or write the map that was meant.',
  },
  GG102: {
    title: 'a graph without a name',
    explanation: 'metadata.name names the constraints made of a graph, and roots carry it in their label kro.dev/graph.',
    remedy: 'Write metadata.name.',
  },
  GG103: {
    title: 'kro.run and kro.dev mixed up',
    explanation:
      'Two products have kinds with similar names: ResourceGraph in kro.dev/v1alpha1 is graphgate\'s, ResourceGraphDefinition in kro.run/v1alpha1 is kro\'s. The document has the group of one and the kind of the other. graphgate leaves kro\'s own objects alone.',
    remedy: 'Correct apiVersion or kind, whichever is the wrong one.',
  },
  GG104: {
    title: 'an unknown API version or kind of graph',
    explanation: 'ResourceGraph exists as kro.dev/v1alpha1 alone, and it is the only kind of that group.',
    remedy: 'Write apiVersion: kro.dev/v1alpha1 and kind: ResourceGraph.',
  },
  GG105: {
    title: 'an unknown field',
    explanation:
      'The schema of ResourceGraph has no such field. The API server would drop it without a word, and what it was meant to say would not hold.',
    remedy: 'Correct the spelling, or remove the field. docs/resource-graph.md lists all fields.',
  },
  GG106: {
    title: 'a required field is missing',
    explanation: 'A graph needs a root and at least one child, each with its apiGroup and kind. apiGroup is "" for the core group.',
    remedy: 'Add the field.',
  },
  GG107: {
    title: 'a value of the wrong type',
    explanation:
      'A map, list, string, number or boolean stands where the schema wants another. Common causes are a missing dash before a list item and a value such as "yes" or 1.10 without quotes.',
    remedy: 'Write a value of the type that the message names.',
  },
  GG108: {
    title: 'a value that is not among the allowed ones',
    explanation: 'The field takes one of a few words, spelled with just these capitals.',
    remedy: 'Use one of the words in the message.',
  },
  GG109: {
    title: 'a value out of bounds',
    explanation: 'A text or list is too long or too short, or a number too small or too large. The CustomResourceDefinition has the same bounds.',
    remedy: 'Stay within the bound that the message names.',
  },
  GG110: {
    title: 'an unknown rule',
    explanation: 'spec.policy.rules has settings for a rule that the catalogue does not have, so they would change nothing.',
    remedy: 'Correct the name; `graphgate explain` lists the rules.',
  },
  GG111: {
    title: 'a setting that the rule does not have',
    explanation: '"exclusive" means that every object of the child kinds must belong to the graph. Only child-root-label can enforce that.',
    remedy: 'Set it under spec.policy.rules.child-root-label.',
  },
  GG112: {
    title: 'a name that no graph can have',
    explanation:
      'The name of a graph is the name of a Kubernetes object, the value of a label and part of file names; constraints append up to nine characters to it. So it is a DNS name (small letters, digits, dashes, dots) of at most 54 characters.',
    remedy: 'Choose another name.',
  },
  GG113: {
    title: 'two graphs of one name',
    explanation:
      'Graphs are cluster-scoped, so a name stands for one of them. Names that differ only in case count as one: they would share files on many disks.',
    remedy: 'Rename one of the two. If it is the same file given twice under two names, give it once.',
  },
  GG115: {
    title: 'a namespace on a graph',
    explanation: 'ResourceGraph is a cluster-scoped kind. A graph covers roots in all namespaces.',
    remedy: 'Remove metadata.namespace. spec.policy.match narrows where constraints look.',
  },
  GG116: {
    title: 'not an API group',
    explanation: 'An API group is a DNS name such as networking.istio.io, or "" for the core group (Service, ConfigMap, Secret…). The version has a field of its own.',
    remedy: 'Write the part of apiVersion before the slash.',
  },
  GG117: {
    title: 'not a kind',
    explanation:
      'A kind is the CamelCase word that stands in manifests (VirtualService). The names that kubectl takes (virtualservices, vs) are resources and short names.',
    remedy: 'Write the kind; `kubectl api-resources` shows it in the last column.',
  },
  GG118: {
    title: 'not an API version',
    explanation: 'A version is a word such as v1, v1beta1 or v2alpha3, without the group.',
    remedy: 'Write the part of apiVersion after the slash.',
  },
  GG119: {
    title: 'not an id',
    explanation:
      'Expressions use the ids of children as names, and labels carry them. They begin with a small letter, have letters and digits alone, at most 63, and are no words of CEL. Without an id the kind in lowerCamelCase is taken.',
    remedy: 'Give the child another id.',
  },
  GG120: {
    title: 'a label or annotation that Kubernetes refuses',
    explanation: 'Keys are an optional DNS name and a slash, then at most 63 letters, digits, "-", "_" and "."; the values of labels follow the same form, and all values are strings.',
    remedy: 'Correct the key or value; numbers and booleans need quotes.',
  },
  GG121: {
    title: 'an id that stands twice',
    explanation: 'Ids are unique within a graph, whatever the case: names of objects are made of them in small letters.',
    remedy: 'Give each child an id of its own.',
  },
  GG122: {
    title: 'a kind that stands twice',
    explanation: 'Two children of one kind can only be told apart if the controller creates both, so both need a template, and each its id.',
    remedy: 'Remove one and set count, or give each a template and an id.',
  },
  GG123: {
    title: 'a child equal to its root',
    explanation: 'The root kind is also a child kind of the same graph: every root would need a root above it, without end.',
    remedy: 'Remove the child.',
  },
  GG124: {
    title: 'a count that cannot be',
    explanation: 'count says how many observed children each root must have, with max at least min. A managed child exists exactly once.',
    remedy: 'Correct count, or remove it.',
  },
  GG131: {
    title: 'a root kind of two graphs',
    explanation: 'Each root belongs to one graph, and its kind says which. Constraints of two graphs would contradict each other.',
    remedy: 'Put the children of both into one graph.',
  },
  GG132: {
    title: 'graphs that form a cycle',
    explanation: 'A child kind of one graph is the root kind of the next, and the last leads back to the first: objects would own each other.',
    remedy: 'Remove the child that leads back.',
  },
  GG133: {
    title: 'a child kind of two graphs',
    explanation:
      'Both graphs guard objects of the kind. That works as long as every object carries the marks of one root; objects without marks belong to neither.',
    remedy: 'Nothing, if it is meant. Otherwise remove the kind from one of the graphs.',
  },
  GG134: {
    title: 'a child kind that another graph has for itself',
    explanation: 'A graph with exclusive: true (rule child-root-label) denies every object of its child kinds that is not its own, so no other graph can have such children.',
    remedy: 'Remove the kind from one of the graphs, or "exclusive" from the other.',
  },
  GG135: {
    title: 'the version of a kind is unknown',
    explanation:
      'Rules that look at other objects need Gatekeeper to inventory them, and a SyncSet names kinds with their version. It stands neither in the graph nor in a CustomResourceDefinition among the inputs. Rules about single objects work without it.',
    remedy: 'Write version beside kind, or give the file with the CustomResourceDefinition as another -f.',
  },
  GG136: {
    title: 'a version that is not served',
    explanation: 'The CustomResourceDefinition among the inputs does not serve the version that the graph names.',
    remedy: 'Write a version that it serves, or give the right CustomResourceDefinition.',
  },
  GG137: {
    title: 'a graph with many children',
    explanation: 'Graphs with more than 12 children couple things that change at different times; every change to one touches the policies of all.',
    remedy: 'Start narrow: split the graph into parts that change together.',
  },
  GG138: {
    title: 'a deep chain of graphs',
    explanation: 'More than 3 graphs follow one another, each one\'s child the next one\'s root. A change at the top then takes many steps to arrive.',
    remedy: 'Join graphs that always go together, or loosen the chain.',
  },
  GG139: {
    title: 'no graph among the inputs',
    explanation: 'The inputs were read, but none of their documents is a kro.dev/v1alpha1 ResourceGraph. Other kinds are ignored, kro\'s ResourceGraphDefinition too.',
    remedy: 'Name the file or directory that holds the graph.',
  },
  GG141: {
    title: 'not a namespace, or not a pattern of namespaces',
    explanation: 'Namespaces have small letters, digits and dashes. In spec.policy.match a * may stand at the beginning, at the end, or both, and nowhere else: Gatekeeper knows no more.',
    remedy: 'Correct the name or pattern.',
  },
  GG142: {
    title: 'a label selector that Kubernetes refuses',
    explanation: 'Keys and values must be those of labels. In and NotIn need values; Exists and DoesNotExist take none.',
    remedy: 'Correct the selector.',
  },
  GG151: {
    title: 'a field that no template can have',
    explanation:
      'generateName would make another object at every pass, a status is written by the controller of its kind, and stringData is write-only: a child with it would always look changed.',
    remedy: 'Remove the field; use metadata.name and data.',
  },
  GG152: {
    title: 'a template of another kind than its child',
    explanation: 'apiVersion and kind may be left out of a template, as the child says them. If they are there, they are the same and no expressions.',
    remedy: 'Remove them from the template.',
  },
  GG153: {
    title: 'an expression that is not closed, or empty',
    explanation: 'An expression stands between "${" and "}". Braces and quotes within it must be balanced.',
    remedy: 'Add what is missing.',
  },
  GG154: {
    title: 'not a CEL expression',
    explanation: 'What stands between "${" and "}" is CEL, the Common Expression Language, as in kro and in Kubernetes itself.',
    remedy: 'Correct the expression at the caret.',
  },
  GG155: {
    title: 'an expression with an unknown name',
    explanation:
      'Expressions see the root as "root" and earlier children by their ids; readyWhen also sees its own child. Later children are not there yet when a child is made.',
    remedy: 'Correct the name, or move the child that is needed up in the list.',
  },
  GG156: {
    title: 'a condition that is not one expression',
    explanation: 'Each entry of includeWhen and readyWhen is exactly one "${…}", without text around it, as in kro.',
    remedy: 'Write the whole condition between "${" and "}".',
  },
  GG199: {
    title: 'too many problems in one document',
    explanation: 'Only the first 100 problems of a document are shown.',
    remedy: 'Correct those, then validate again.',
  },
} as const satisfies Readonly<Record<`GG1${string}`, CodeEntry>>

export type GraphCode = keyof typeof GRAPH_CODES
