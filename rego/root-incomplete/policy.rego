# METADATA
# scope: package
# title: Roots have their children
# description: >-
#   Every root that is a member of the graph has as many children of each child kind as the graph says, at least one
#   unless it says otherwise. Children that the graph creates under a condition are not required.
# custom:
#   kind: KroRootIncomplete
#   severity: medium
#   enforcement: deny
#   point: audit
#   scope: graph
#   stops: Roots that look healthy while something that the graph promises under them was never created, or was deleted.
#   remediation: >-
#     For a managed child, ask the controller why it is missing (kubectl describe resourcegraph). For an observed child,
#     create it, or mark the object that is meant with the labels kro.dev/root and kro.dev/root-graph. Delete or release
#     children that are too many.
#   shared: [graph, root, children]
#   parameters: {}
#   reads: [children]
package graphgate.root_incomplete

import data.lib.fix
import data.lib.inventory
import data.lib.marks
import data.lib.membership
import data.lib.message
import data.lib.ownership
import data.lib.parameters
import data.lib.review

violation contains message.violation("root-incomplete", graph, problem) if {
	not review.leaving
	parameters.is_root(review.subject)
	membership.graph(review.subject) == graph
	some child in input.parameters.children
	not object.get(child, "conditional", false)
	group := object.get(child, "apiGroup", "")
	inventory.synced(group, child.kind)
	least := object.get(child, ["count", "min"], 1)
	most := object.get(child, ["count", "max"], null)
	not enough(child, least, most)
	actual := count(((labelled(child) | referring(child)) | elsewhere(child)))
	problem := {
		"key": concat("/", ["child", child.id]),
		"text": concat("", [
			"has ",
			format_int(actual, 10),
			" ",
			child.kind,
			told_apart(child),
			", ",
			wanted(actual, least, most),
		]),
		"fix": remedy(child, actual, least),
		"more": {
			"child": {"id": child.id, "apiGroup": group, "kind": child.kind},
			"expected": {"min": least, "max": most},
			"actual": actual,
		},
	}
}

graph := parameters.graph

name := review.name(review.subject)

namespace := review.namespace(review.subject)

# wanted is undefined when the number is right.
wanted(actual, least, most) := concat(" ", ["needs at least", format_int(least, 10)]) if {
	actual < least
} else := concat(" ", ["may have at most", format_int(most, 10)]) if {
	most != null
	actual > most
}

told_apart(child) := "" if {
	counts_as(child, {})
} else := concat("", [" (child ", child.id, ")"])

# Most roots have enough labelled children close by, and then nothing else is searched.
enough(child, least, most) if {
	most == null
	count(labelled(child)) >= least
}

enough(child, least, most) if {
	most == null
	count(labelled(child) | referring(child)) >= least
}

# What follows compares every object of the child kind with the root, for every root of an audit. The comparisons that
# nearly all objects fail stand in the comprehensions, on the inventory itself: a function call for each object, or a
# variable that holds it, would cost many times as much.

# labelled holds [namespace, name] of the root's children at home whose label names it.
labelled(child) := {[place, child_name] |
	marks.fits(name)
	some place in homes
	some version in versions(child)
	data.inventory.namespace[place][version][child.kind][child_name].metadata.labels["kro.dev/root"] == name
	owned(child, data.inventory.namespace[place][version][child.kind][child_name], place)
} | {[place, child_name] |
	not marks.fits(name)
	some place in homes
	some version in versions(child)
	label := data.inventory.namespace[place][version][child.kind][child_name].metadata.labels["kro.dev/root"]
	substring(label, 0, 52) == head
	owned(child, data.inventory.namespace[place][version][child.kind][child_name], place)
}

# referring holds the children at home with an ownerReference to the root.
referring(child) := {[place, child_name] |
	some place in homes
	some version in versions(child)
	data.inventory.namespace[place][version][child.kind][child_name].metadata.ownerReferences[_].name == name
	owned(child, data.inventory.namespace[place][version][child.kind][child_name], place)
}

# elsewhere holds the children in other namespaces, which only their marks tie to the root, and the cluster-scoped ones.
elsewhere(child) := ({[place, child_name] |
	some place in abroad
	some version in versions(child)
	data.inventory.namespace[place][version][child.kind][child_name].metadata.labels["kro.dev/root-namespace"] == namespace
	owned(child, data.inventory.namespace[place][version][child.kind][child_name], place)
} | {["", child_name] |
	some version in versions(child)
	label := data.inventory.cluster[version][child.kind][child_name].metadata.labels["kro.dev/root"]
	substring(label, 0, 52) == head
	owned(child, data.inventory.cluster[version][child.kind][child_name], "")
}) | {["", child_name] |
	some version in versions(child)
	data.inventory.cluster[version][child.kind][child_name].metadata.ownerReferences[_].name == name
	owned(child, data.inventory.cluster[version][child.kind][child_name], "")
}

# A long name and the label that shortens it have their first 52 characters in common.
head := substring(name, 0, 52)

# A root without a namespace is at home in all of them.
homes := {place |
	some place
	data.inventory.namespace[place]
	namespace in {place, ""}
}

abroad := {place |
	some place
	data.inventory.namespace[place]
	not place in homes
}

versions(child) := inventory.versions(object.get(child, "apiGroup", ""))

owned(child, resource, place) if {
	claims(resource, place)
	counts_as(child, resource)
}

# An ownerReference of the root kind means a root of the object's own namespace, or one without a namespace.
claims(resource, place) if {
	some reference in ownership.references(resource, parameters.root)
	reference.name == name
	namespace in {place, ""}
	ownership.uids_agree(reference.uid, review.uid(review.subject))
}

claims(resource, place) if {
	ownership.references(resource, parameters.root) == set()
	marks.of_graph(resource, graph)
	marks.root_name(resource) == name
	marks.place(resource, home(place)) == namespace
}

# Where a root is whose namespace is not marked: with its child, or nowhere.
home(place) := "" if {
	namespace == ""
} else := place

# The same kind under several ids is told apart by the mark.
counts_as(child, _) if count(parameters.child_ids(object.get(child, "apiGroup", ""), child.kind)) == 1

counts_as(child, resource) if review.labels(resource)[marks.child] == child.id

remedy(child, actual, least) := fix.look(
	["kubectl", "describe", concat("/", ["resourcegraph.kro.dev", graph])],
	"the controller creates it, its graph says why it did not",
) if {
	actual < least
	object.get(child, "managed", false)
} else := {
	"command": fix.shell(array.concat(list(child, namespace), marks_shown)),
	"wordings": [concat(": ", [marking, fix.shell(list(child, namespace))]), marking],
} if {
	actual < least
} else := {
	"command": fix.shell(array.concat(list(child, ""), marks_shown)),
	"wordings": [concat(": ", [surplus, fix.shell(array.concat(list(child, ""), ["-L", marks.root]))]), surplus],
}

surplus := "delete or release those that are too many"

# A long name needs a hash in the label, which people leave to the controller.
marking := concat("", ["create or label one ", marks.root, "=", name, " ", marks.root_graph, "=", graph]) if {
	marks.fits(name)
} else := "create one or let the controller mark one"

list(child, where) := array.concat(
	["kubectl", "get", fix.resource_type(object.get(child, "apiGroup", ""), child.kind)],
	fix.in_namespace(where),
)

marks_shown := ["-L", marks.root, "-L", marks.root_graph]
