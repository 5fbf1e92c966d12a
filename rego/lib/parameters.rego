# The graph that a constraint guards, from the parameters that the rules share (parameters.yaml).
package lib.parameters

import data.lib.review

graph := input.parameters.graph

root := {
	"apiGroup": object.get(input.parameters.root, "apiGroup", ""),
	"kind": input.parameters.root.kind,
}

is_root(resource) if {
	review.kind(resource) == root.kind
	review.api_group(resource) == root.apiGroup
}

is_child(resource) if count(child_ids(review.api_group(resource), review.kind(resource))) > 0

# child_ids are the ids under which the graph has a child kind; one kind may stand there several times.
child_ids(group, kind) := {child.id |
	some child in input.parameters.children
	child.kind == kind
	object.get(child, "apiGroup", "") == group
}

# exempt says that the user of the request may change marks. Audit knows no user, so nobody is exempt there.
exempt if input.review.userInfo.username in allowed_users

exempt if {
	group := input.parameters.breakGlassGroup
	group != ""
	group in input.review.userInfo.groups
}

allowed_users := object.get(
	input.parameters,
	"allowedUsers",
	["system:serviceaccount:graphgate-system:graphgate-controller"],
)
