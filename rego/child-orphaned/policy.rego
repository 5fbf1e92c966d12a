# METADATA
# scope: package
# title: Children have their root
# description: >-
#   The root that the marks of a child name exists, of the graph's root kind and in the right namespace, and is the one
#   for which the child was made. A child with an ownerReference of the root kind is left to the garbage collector and
#   to child-root-label.
# custom:
#   kind: KroChildOrphaned
#   severity: medium
#   enforcement: deny
#   point: audit
#   scope: graph
#   stops: Leftover children whose root is gone or was created anew, and which nothing keeps in sync.
#   remediation: >-
#     Delete the child, create its root again, or release the child by removing its marks (where membership-immutable is
#     enforced, as an allowed user).
#   shared: [graph, root, children]
#   parameters: {}
#   reads: [root]
package graphgate.child_orphaned

import data.lib.fix
import data.lib.inventory
import data.lib.marks
import data.lib.message
import data.lib.ownership
import data.lib.parameters
import data.lib.review

violation contains message.violation("child-orphaned", parameters.graph, finding) if {
	not review.leaving
	inventory.synced(parameters.root.apiGroup, parameters.root.kind)
	parameters.is_child(review.subject)
	marks.of_graph(review.subject, parameters.graph)
	not owned
	some problem in problems
	finding := object.union(problem, {"fix": remedy(problem.key)})
}

# An ownerReference of the root kind comes before the marks, even a dead one.
owned if ownership.references(review.subject, parameters.root) != set()

name := marks.root_name(review.subject)

# Where the root is: a root whose namespace is not marked is at home with its child, or has none.
place := marks.place(review.subject, review.namespace(review.subject))

places := {place, marks.place(review.subject, "")}

found := {uid |
	some namespace in places
	some uid in inventory.uids(parameters.root.apiGroup, parameters.root.kind, namespace, name)
}

problems contains {
	"key": marks.root,
	"text": concat("", ["lost its root ", root_text]),
	"more": {"root": root, "expected": name, "actual": null},
} if {
	name
	found == set()
}

problems contains {
	"key": concat("/", ["annotation", marks.root_uid]),
	"text": concat("", ["was made for an earlier ", root_text, " with another uid"]),
	"more": {"root": root, "expected": expected, "actual": sort(found)},
} if {
	count(found) > 0
	expected := review.annotations(review.subject)[marks.root_uid]
	not known(expected)
}

known(expected) if {
	some uid in found
	ownership.uids_agree(uid, expected)
}

root := object.union(parameters.root, {"namespace": place, "name": name})

# The root's namespace is told where it is not the child's own, in which it need not be: the root may have none.
root_text := concat(" ", [parameters.root.kind, message.path(foreign, name)])

foreign := "" if {
	place == review.namespace(review.subject)
} else := place

remedy(key) := fix.lead(concat("", ["delete it, ", rescue(key), ", or "]), fix.release(review.subject))

rescue(key) := "recreate its root" if {
	key == marks.root
} else := "let the new root adopt it"
