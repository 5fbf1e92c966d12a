# METADATA
# scope: package
# title: A graph with members is not deleted
# description: >-
#   A ResourceGraph is not deleted while living objects of its root kind are members of it.
# custom:
#   kind: KroGraphInUse
#   severity: high
#   enforcement: deny
#   point: admission
#   scope: cluster
#   stops: Deleting a graph by mistake, which would leave all its roots and children without policy and sync.
#   remediation: >-
#     Delete the members, then the graph. To keep them, first switch root-graph-label off for the graph
#     (policy.rules.root-graph-label.enabled: false) and apply its policies, because that rule lets nobody take a root
#     out. Then take them out (where membership-immutable is enforced, as an allowed user) and delete the graph. The
#     rule needs DELETE requests to reach Gatekeeper's webhook.
#   shared: []
#   parameters: {}
#   reads: [root]
package graphgate.graph_in_use

import data.lib.fix
import data.lib.inventory
import data.lib.membership
import data.lib.message
import data.lib.review

violation contains message.violation("graph-in-use", graph, problem) if {
	review.operation == "DELETE"
	not review.terminating(review.subject)
	review.kind(review.subject) == "ResourceGraph"
	review.api_group(review.subject) == "kro.dev"
	inventory.synced(group, kind)
	count(members) > 0
	problem := {
		"key": "members",
		"text": concat("", [
			"has ",
			format_int(count(members), 10),
			noun,
			" (",
			message.first_few(members),
			")",
		]),
		"fix": fix.look(
			["kubectl", "get", fix.resource_type(group, kind), "-A", "-L", membership.mark],
			"delete these first",
		),
		"more": {
			"root": {"apiGroup": group, "kind": kind},
			"expected": 0,
			"actual": count(members),
			"members": message.first_three(members),
		},
	}
}

noun := " member" if {
	count(members) == 1
} else := " members"

graph := review.name(review.subject)

kind := review.subject.spec.root.kind

group := object.get(review.subject.spec.root, "apiGroup", "")

members contains message.path(namespace, name) if {
	some version in inventory.versions(group)
	resource := data.inventory.namespace[namespace][version][kind][name]
	membership.graph(resource) == graph
	not review.terminating(resource)
}

members contains name if {
	some version in inventory.versions(group)
	resource := data.inventory.cluster[version][kind][name]
	membership.graph(resource) == graph
	not review.terminating(resource)
}
