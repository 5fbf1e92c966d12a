# METADATA
# scope: package
# title: Marks of children tell the truth
# description: >-
#   The marks of a child (labels kro.dev/root, kro.dev/root-graph, kro.dev/root-namespace, annotations kro.dev/root and
#   kro.dev/root-uid) are complete and agree with its ownerReference. An object that no graph owns is left alone, unless
#   the graph claims its child kinds exclusively.
# custom:
#   kind: KroChildRootLabel
#   severity: medium
#   enforcement: deny
#   point: admission
#   scope: graph
#   stops: Children whose marks contradict their owner, so that controller, queries and reports disagree about them.
#   remediation: >-
#     Make the marks agree with the owner: kro.dev/root is the root's name and kro.dev/root-graph the graph's. A root
#     name over 63 characters stands in full in the annotation kro.dev/root. An object that belongs to no root carries
#     none of the marks. Where membership-immutable is enforced, a wrong mark is corrected by an allowed user or a
#     member of the break-glass group, a missing one by anyone. This rule itself makes no exception for allowed users.
#   shared: [graph, root, children]
#   parameters:
#     exclusive:
#       type: boolean
#       default: false
#       description: Every object of the child kinds must belong to a root of this graph.
#     unmarked:
#       type: boolean
#       default: false
#       description: Report only children that a root owns and that are not marked yet, instead of wrong marks.
#   reads: []
package graphgate.child_root_label

import data.lib.marks
import data.lib.message
import data.lib.ownership
import data.lib.parameters
import data.lib.repair
import data.lib.review

violation contains message.violation("child-root-label", graph, finding) if {
	not review.leaving
	not review.cleaning
	parameters.is_child(review.subject)
	some problem in reported
	finding := object.union(problem, {"fix": repair.remedy})
}

# Unmarked children are another constraint's business, and only theirs: an operator creates children before anyone can
# mark them.
reported := wrong if {
	not object.get(input.parameters, "unmarked", false)
} else := {unmarked | wrong == set()}

graph := parameters.graph

labels := review.labels(review.subject)

annotations := review.annotations(review.subject)

marked if marks.of_graph(review.subject, graph)

names_root if marks.root_label(review.subject)

owner := ownership.owner(review.subject, parameters.root)

owner_named if ownership.named(review.subject, owner.name)

wrong contains {
	"key": marks.root,
	"text": concat(" ", ["names no root: it has no label", marks.root]),
	"more": more(object.get(root, "name", null), object.get(labels, marks.root, null)),
} if {
	marked
	not names_root
}

wrong contains disagreement(marks.root_graph, graph) if {
	owner
	labels[marks.root_graph] != graph
}

wrong contains disagreement(marks.root, owner.name) if {
	names_root
	not owner_named
	owner
}

# An ownerReference never crosses namespaces.
wrong contains disagreement(marks.root_namespace, review.namespace(review.subject)) if {
	owner
	labels[marks.root_namespace] != review.namespace(review.subject)
}

wrong contains {
	"key": concat("/", ["annotation", marks.root_uid]),
	"text": concat("", ["has another ", marks.root_uid, " than its owner ", owner_text]),
	"more": more(owner.uid, annotations[marks.root_uid]),
} if {
	owner
	review.has(annotations, marks.root_uid)
	not ownership.has_uid(review.subject, parameters.root, annotations[marks.root_uid])
}

wrong contains {
	"key": concat("/", ["annotation", marks.root]),
	"text": concat("", [
		"has an annotation ",
		marks.root,
		" that does not fit its label (only a name over 63 characters has one)",
	]),
	"more": more(null, annotations[marks.root]),
} if {
	concerned
	review.has(annotations, marks.root)
	not marks.annotation_counts(review.subject)
}

wrong contains {
	"key": concat("/", ["annotation", marks.root]),
	"text": concat("", [
		"has no annotation ",
		marks.root,
		" with the full name of its ",
		parameters.root.kind,
		", which no label can hold",
	]),
	"more": more(owner.name, null),
} if {
	not review.has(annotations, marks.root)
	marks.shortens(labels[marks.root], owner.name)
	marks.root_name(review.subject) != owner.name
}

wrong contains {
	"key": "owner",
	"text": "belongs to no root of the graph, by marks or owner",
	"more": more(graph, object.get(labels, marks.root_graph, null)),
} if {
	object.get(input.parameters, "exclusive", false)
	not marked
	not owner
}

unmarked := {
	"key": "unmarked",
	"text": concat("", ["is owned by ", owner_text, ", but not marked"]),
	"more": more(graph, null),
} if {
	owner
	not review.has(labels, marks.root_graph)
}

# The annotation alone, on an object that says nothing else of this graph, is no claim.
concerned if marked

concerned if {
	owner
	names_root
}

disagreement(mark, expected) := {
	"key": mark,
	"text": concat("", ["has ", mark, " ", message.value(said(mark)), ", but its owner is ", owner_text]),
	"more": more(expected, said(mark)),
}

said(mark) := marks.root_name(review.subject) if {
	mark == marks.root
} else := labels[mark]

owner_text := concat(" ", [parameters.root.kind, owner.name])

more(expected, actual) := {"root": root, "expected": expected, "actual": actual}

root := object.union(parameters.root, {"name": owner.name}) if {
	owner
} else := object.union(parameters.root, {"name": marks.root_name(review.subject)}) if {
	names_root
} else := parameters.root
