# How to mend the marks of a child: one change that makes all of them right at once, because a change that leaves the
# object half right is refused.
package lib.repair

import data.lib.fix
import data.lib.marks
import data.lib.ownership
import data.lib.parameters
import data.lib.review

remedy := {
	"command": mending.command,
	"wordings": array.concat(mending.wordings, ["make its marks name its root"]),
} if {
	markable
	mending := fix.change(review.subject, changes(labels, wanted_labels), changes(annotations, wanted_annotations))
} else := fix.look(
	["kubectl", "describe", concat("/", ["resourcegraph.kro.dev", parameters.graph])],
	"the controller marks it, its graph says why it did not",
) if {
	owner
	not marked_at_all
} else := fix.release(review.subject) if {
	owner
} else := fix.change(review.subject, {}, {marks.root: null}) if {
	marks.root_label(review.subject)
	marked
} else := release_or_name if {
	marked
} else := fix.look(
	["kubectl", "get", fix.resource_type(parameters.root.apiGroup, parameters.root.kind), "-A"],
	concat("", [
		"delete it, or label it ",
		marks.root_graph,
		"=",
		parameters.graph,
		" ",
		marks.root,
		"=NAME of a ",
		parameters.root.kind,
	]),
)

release_or_name := fix.lead(
	concat("", ["name its ", parameters.root.kind, " in label ", marks.root, ", or release it: "]),
	fix.release(review.subject),
)

labels := review.labels(review.subject)

annotations := review.annotations(review.subject)

marked if marks.of_graph(review.subject, parameters.graph)

marked_at_all if {
	some mark in {marks.root, marks.root_graph, marks.root_namespace}
	review.has(labels, mark)
}

marked_at_all if {
	some mark in {marks.root, marks.root_uid}
	review.has(annotations, mark)
}

owner := ownership.owner(review.subject, parameters.root)

# The root that the marks should name. Without an owner an annotation that a label could hold is the best witness.
root_name := owner.name if {
	owner
} else := annotations[marks.root] if {
	marked
	not marks.root_label(review.subject)
	regex.match(`^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$`, annotations[marks.root])
}

# Only the controller can shorten a long name: there is no hash function here.
markable if marks.fits(root_name)

markable if marks.shortens(labels[marks.root], root_name)

wanted_labels := object.union_n([
	{marks.root_graph: parameters.graph},
	{marks.root: root_name | marks.fits(root_name)},
	{marks.child: id | not marked; count(ids) == 1; some id in ids},
	{marks.root_namespace: null | owner; labels[marks.root_namespace] != review.namespace(review.subject)},
])

ids := parameters.child_ids(review.api_group(review.subject), review.kind(review.subject))

wanted_annotations := object.union(
	{marks.root: full | full := full_name},
	{marks.root_uid: owner.uid | owner.uid != ""; review.has(annotations, marks.root_uid)},
)

full_name := null if {
	marks.fits(root_name)
} else := root_name

changes(present, wanted) := {mark: value |
	some mark, value in wanted
	not settled(present, mark, value)
}

settled(present, mark, value) if {
	value != null
	present[mark] == value
}

settled(present, mark, value) if {
	value == null
	not review.has(present, mark)
}
