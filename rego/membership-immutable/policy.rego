# METADATA
# scope: package
# title: Marks stay
# description: >-
#   The graph of a root and the marks of a child (kro.dev/root-graph, kro.dev/root, kro.dev/child,
#   kro.dev/root-namespace) do not change or vanish once they are set, except by allowed users. Setting them first is
#   free, as is moving the graph's name between label and annotation.
# custom:
#   kind: KroMembershipImmutable
#   severity: high
#   enforcement: deny
#   point: admission
#   scope: graph
#   stops: Roots and children that slip out of their graph by an edit, and then are neither synced nor audited.
#   remediation: >-
#     Keep the old value. To move a child, let an allowed user or a member of the break-glass group change its marks and
#     its ownerReference together (child-root-label holds for them too), or delete it and create it anew. While
#     root-graph-label is enforced, not even an allowed user takes a root out of its graph: switch that rule off for the
#     graph first.
#   shared: [graph, root, children, allowedUsers, breakGlassGroup]
#   parameters: {}
#   reads: []
package graphgate.membership_immutable

import data.lib.fix
import data.lib.marks
import data.lib.membership
import data.lib.message
import data.lib.parameters
import data.lib.review

violation contains message.violation("membership-immutable", graph, finding) if {
	review.operation == "UPDATE"
	not review.leaving
	not review.cleaning
	not parameters.exempt
	some problem in problems
	finding := object.union(problem, {"fix": restore(problem.key)})
}

graph := parameters.graph

before := input.review.oldObject

problems contains {
	"key": membership.mark,
	"text": concat("", [
		"must stay a member: ",
		membership.state(review.labels(review.subject), review.annotations(review.subject), membership.mark),
	]),
	"more": {"expected": graph, "actual": {
		"label": object.get(review.labels(review.subject), membership.mark, null),
		"annotation": object.get(review.annotations(review.subject), membership.mark, null),
	}},
} if {
	parameters.is_root(review.subject)
	membership.graph(before) == graph
	not still_member
}

still_member if membership.graph(review.subject) == graph

problems contains {
	"key": mark,
	"text": concat("", ["must keep ", mark, ": it said ", message.value(old), ", ", now(mark)]),
	"more": {"expected": old, "actual": object.get(marked_now, mark, null)},
} if {
	parameters.is_child(review.subject)
	marks.of_graph(before, graph)
	some mark, old in marked(before)
	not same(mark, old)
}

# What the marks of a child say, the root's name in full.
marked(resource) := object.union(
	{mark: said |
		some mark in {marks.root_graph, marks.root_namespace, marks.child}
		said := review.labels(resource)[mark]
	},
	{marks.root: name | name := marks.root_name(resource)},
)

marked_now := marked(review.subject)

same(mark, old) if marked_now[mark] == old

now(mark) := concat(" ", ["now", message.value(marked_now[mark])]) if {
	review.has(marked_now, mark)
} else := "now it is gone"

# What a mark says may stand in the label, in the annotation or in both, so both are put back. The stored object still
# has them: the message speaks of the change that was refused, and the command mends a copy of it.
restore(mark) := {
	"command": fix.change(review.subject, labels, annotations).command,
	"wordings": [concat("", ["restore it: ", words]) | some words in fix.words_of(labels, annotations)],
} if {
	labels := restored(mark, review.labels(before), review.labels(review.subject))
	annotations := restored(mark, review.annotations(before), review.annotations(review.subject))
}

restored(mark, old, new) := {} if {
	object.get(old, mark, null) == object.get(new, mark, null)
} else := {mark: object.get(old, mark, null)}
