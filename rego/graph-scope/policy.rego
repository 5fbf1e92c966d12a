# METADATA
# scope: package
# title: Graphs stay narrow
# description: >-
#   A ResourceGraph has few children and belongs to a short chain of graphs, no other graph claims its root kind, and
#   its children do not lead back to its root.
# custom:
#   kind: KroGraphScope
#   severity: low
#   enforcement: warn
#   point: admission
#   scope: cluster
#   stops: Graphs that couple half of a cluster, contradict each other, or would sync in a circle.
#   remediation: >-
#     Split a wide graph, shorten a long chain, let one graph own each root kind, and remove the child that closes a
#     circle.
#   shared: []
#   parameters:
#     maxChildren:
#       type: integer
#       minimum: 1
#       default: 12
#       description: The most children that a graph may have.
#     maxDepth:
#       type: integer
#       minimum: 1
#       maximum: 8
#       default: 3
#       description: The most graphs that may be chained, each having as a child the root kind of the next.
#   reads: [graphs]
package graphgate.graph_scope

import data.lib.fix
import data.lib.inventory
import data.lib.message
import data.lib.review

violation contains message.violation("graph-scope", name, problem) if {
	not review.leaving
	review.kind(review.subject) == "ResourceGraph"
	review.api_group(review.subject) == "kro.dev"
	some problem in problems
}

name := review.shown_name(review.subject)

max_children := object.get(input.parameters, "maxChildren", 12)

max_depth := object.get(input.parameters, "maxDepth", 3)

problems contains {
	"key": "children",
	"text": concat("", ["has ", format_int(width, 10), " children, and ", format_int(max_children, 10), " are the most"]),
	"fix": edit("start narrow and split it"),
	"more": {"expected": {"max": max_children}, "actual": width},
} if {
	width := count([child | some child in review.subject.spec.children])
	width > max_children
}

problems contains {
	"key": "child-is-root",
	"text": concat("", ["has its own root kind ", root[1], " as a child"]),
	"fix": edit("remove that child"),
	"more": {"kind": {"apiGroup": root[0], "kind": root[1]}},
} if {
	root in [[object.get(child, "apiGroup", ""), child.kind] | some child in review.subject.spec.children]
}

problems contains {
	"key": concat("/", ["root", other]),
	"text": concat("", ["has the root kind ", root[1], " that graph ", other, " has already"]),
	"fix": show([other], "let one graph have it"),
	"more": {"kind": {"apiGroup": root[0], "kind": root[1]}, "other": other},
} if {
	some other, _ in claimants[root]
	other != name
}

problems contains {
	"key": "cycle",
	"text": concat("", ["makes a cycle through ", message.first_few(cycle), ": children lead back to its root"]),
	"fix": show(message.first_three(cycle), "remove the child that closes it"),
	"more": {"graphs": sort(cycle)},
} if {
	count(cycle) > 0
}

problems contains {
	"key": "depth",
	"text": concat("", [
		"is in a chain of graphs, ",
		format_int(count(above), 10),
		" above it and ",
		format_int(count(below), 10),
		" below; ",
		format_int(max_depth, 10),
		" in all are the most",
	]),
	"fix": show(message.first_three(right_below({name}) | right_above({name})), "shorten the chain"),
	"more": {
		"expected": {"max": max_depth},
		"actual": (count(above) + 1) + count(below),
		"above": count(above),
		"below": count(below),
	},
} if {
	count(cycle) == 0
	(count(above) + 1) + count(below) > max_depth
}

# The specs of all graphs by name. What is stored under the name under review is the same graph before this request.
specs := object.union_n(array.concat(
	[{name: object.get(review.subject, "spec", null)}],
	[{other: resource.spec |
		some other, resource in data.inventory.cluster[version].ResourceGraph
		other != name
		not resource.metadata.deletionTimestamp
	} |
		inventory.synced("kro.dev", "ResourceGraph")
		some version in sort(inventory.versions("kro.dev"))
	],
))

# A kind is [group, kind].
root := [object.get(specs[name].root, "apiGroup", ""), specs[name].root.kind]

# The graphs that have a kind as root. A partial rule is evaluated anew for every key that is looked up, so what is
# looked up is the whole document.
claimants := claims

claims[[group, spec.root.kind]] contains graph_name if {
	some graph_name, spec in specs
	is_string(spec.root.kind)
	group := object.get(spec.root, "apiGroup", "")
}

# The graphs right below each: those whose root kind it has as a child.
down := {upper: lowers |
	some upper, spec in specs
	lowers := {lower |
		some child in spec.children
		some lower in claimants[[object.get(child, "apiGroup", ""), child.kind]]
		lower != upper
	}
}

# How far the chain goes each way: the longest way counts, so graphs are followed level by level. Rego has no recursion,
# and graph.reachable takes gigabytes in WebAssembly, so there are eight levels, the most that a chain is allowed. A
# longer circle shows as a chain that is too long.
below := [level | some level in levels_below({name}); count(level) > 0]

above := [level | some level in array.concat(four_above({name}), four_above(four_above({name})[3])); count(level) > 0]

levels_below(frontier) := array.concat(nearest, four_below(nearest[3])) if nearest := four_below(frontier)

four_below(frontier) := [first, second, third, fourth] if {
	first := right_below(frontier)
	second := right_below(first)
	third := right_below(second)
	fourth := right_below(third)
}

four_above(frontier) := [first, second, third, fourth] if {
	first := right_above(frontier)
	second := right_above(first)
	third := right_above(second)
	fourth := right_above(third)
}

right_below(frontier) := {lower | some upper in frontier; some lower in down[upper]}

right_above(frontier) := {upper |
	some upper, lowers in down
	some lower in lowers
	lower in frontier
}

# The graphs right below from which the way leads back.
cycle := {lower |
	some level in below
	name in level
	some lower in down[name]
	some further in levels_below({lower})
	name in further
}

edit(advice) := fix.look(["kubectl", "edit", concat("/", ["resourcegraph.kro.dev", name])], advice) if {
	fix.stored(review.subject)
} else := fix.look(["graphgate", "validate", "-f", "-"], concat("", [advice, ", then check the manifest"]))

show(names, advice) := fix.look(
	array.concat(
		array.concat(["kubectl", "get", "resourcegraph.kro.dev"], names),
		["-o", "yaml"],
	),
	advice,
)
