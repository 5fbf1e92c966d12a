# Whole messages for names of the usual length. Audit keeps 256 characters.
package lib.message_test

import data.fixture

limit := 250

test_message[note] if {
	some note, case in cases
	told(case) == case.want
}

test_length[note] if {
	some note, case in cases
	too_long := [message | some message in told(case); count(message) > limit]
	too_long == []
}

test_names[note] if {
	some note, case in cases
	unnamed := {[message, name] |
		some message in told(case)
		some name in [name_of(case), replace(case.rule, "_", "-"), "service-mesh-graph"]
		not contains(message, name)
	}
	unnamed == set()
}

name_of(case) := case.review.object.metadata.name

told(case) := fixture.told(violations) if {
	violations := data.graphgate[case.rule].violation with input as {
		"review": case.review,
		"parameters": object.union(parameters, object.get(case, "parameters", {})),
	}
		with data.inventory as fixture.inventory(object.get(case, "inventory", []))
}

parameters := object.union(fixture.parameters, {"labels": {"kro.dev/graph": "service-mesh-graph"}})

mesh(metadata) := fixture.mesh(object.union({"name": "service-mesh-01"}, metadata))

child(metadata) := fixture.virtual_service(object.union({"name": "service-mesh-01-virtualservice"}, metadata))

marks := {
	"kro.dev/child": "virtualService",
	"kro.dev/root": "service-mesh-01",
	"kro.dev/root-graph": "service-mesh-graph",
}

marked(labels) := {"labels": object.union(marks, labels)}

uid := "00000000-0000-4000-8000-000000000001"

earlier := "00000000-0000-4000-8000-000000000000"

owned := fixture.owned_by({"name": "service-mesh-01", "uid": uid})

# A managed child has annotations as well.
managed := {"labels": marks, "annotations": {"kro.dev/root-uid": earlier, "kro.dev/applied": "0123456789abcdef"}}

roots_synced := fixture.sync_set([["networking.example.com", "ServiceMesh"]])

children_synced := fixture.sync_set([["networking.istio.io", "VirtualService"], ["networking.istio.io", "Gateway"]])

graphs_synced := fixture.sync_set([["kro.dev", "ResourceGraph"]])

member := mesh({"labels": {"kro.dev/graph": "service-mesh-graph"}})

numbered(kind, metadata, n) := [resource |
	some i in numbers.range(1, n)
	name := concat("-0", ["service-mesh", format_int(i, 10)])
	resource := object.union(kind, {"metadata": object.union(metadata, {"name": name})})
]

graph(name, root, children) := object.union(fixture.graph(name, root, children), {"spec": {
	"root": {"apiGroup": "networking.example.com", "kind": root},
	"children": [{"apiGroup": "networking.example.com", "kind": kind} | some kind in children],
}})

# root-graph-label

cases["root, bare"] := {"rule": "root_graph_label", "review": fixture.audited(mesh({})), "want": {"kro.dev/graph": "ServiceMesh default/service-mesh-01 is no member: it has no label kro.dev/graph. Fix: kubectl label servicemesh.networking.example.com/service-mesh-01 -n default kro.dev/graph=service-mesh-graph (rule root-graph-label)"}}

cases["root, bare, created"] := {"rule": "root_graph_label", "review": fixture.created(mesh({})), "want": {"kro.dev/graph": "ServiceMesh default/service-mesh-01 is no member: it has no label kro.dev/graph. Fix: in the manifest, set label kro.dev/graph=service-mesh-graph (rule root-graph-label)"}}

cases["root, another graph"] := {
	"rule": "root_graph_label",
	"review": fixture.audited(mesh({"labels": {"kro.dev/graph": "another-graph"}})),
	"want": {"kro.dev/graph": `ServiceMesh default/service-mesh-01 is no member: its label kro.dev/graph says "another-graph". Fix: kubectl label servicemesh.networking.example.com/service-mesh-01 -n default kro.dev/graph=service-mesh-graph --overwrite (rule root-graph-label)`},
}

cases["root, another graph in the annotation"] := {
	"rule": "root_graph_label",
	"review": fixture.audited(mesh({"annotations": {"kro.dev/graph": "another-graph"}})),
	"want": {"kro.dev/graph": `ServiceMesh default/service-mesh-01 is no member: its annotation kro.dev/graph says "another-graph". Fix: set annotation kro.dev/graph=service-mesh-graph (rule root-graph-label)`},
}

cases["root, at odds"] := {
	"rule": "root_graph_label",
	"review": fixture.audited(mesh({
		"labels": {"kro.dev/graph": "service-mesh-graph"},
		"annotations": {"kro.dev/graph": "another-graph"},
	})),
	"want": {"kro.dev/graph": `ServiceMesh default/service-mesh-01 is no member: its label kro.dev/graph says "service-mesh-graph", its annotation "another-graph". Fix: remove annotation kro.dev/graph (rule root-graph-label, graph service-mesh-graph)`},
}

cases["root, two other graphs, created"] := {
	"rule": "root_graph_label",
	"review": fixture.created(mesh({
		"labels": {"kro.dev/graph": "another-graph"},
		"annotations": {"kro.dev/graph": "another-graph"},
	})),
	"want": {"kro.dev/graph": `ServiceMesh default/service-mesh-01 is no member: its label kro.dev/graph says "another-graph", its annotation "another-graph". Fix: in the manifest, set label kro.dev/graph=service-mesh-graph; remove annotation kro.dev/graph (rule root-graph-label)`},
}

# child-root-label

cases["child, unmarked"] := {
	"rule": "child_root_label",
	"parameters": {"unmarked": true},
	"review": fixture.audited(child(owned)),
	"want": {"unmarked": "VirtualService default/service-mesh-01-virtualservice is owned by ServiceMesh service-mesh-01, but not marked. Fix: set labels kro.dev/child=virtualService, kro.dev/root=service-mesh-01, kro.dev/root-graph=service-mesh-graph (rule child-root-label)"},
}

cases["child, no root"] := {
	"rule": "child_root_label",
	"review": fixture.audited(child({"labels": {"kro.dev/root-graph": "service-mesh-graph"}})),
	"want": {"kro.dev/root": "VirtualService default/service-mesh-01-virtualservice names no root: it has no label kro.dev/root. Fix: name its ServiceMesh in label kro.dev/root, or release it: remove label kro.dev/root-graph (rule child-root-label, graph service-mesh-graph)"},
}

cases["child, no root, with its id"] := {
	"rule": "child_root_label",
	"review": fixture.audited(child({"labels": object.remove(marks, ["kro.dev/root"])})),
	"want": {"kro.dev/root": "VirtualService default/service-mesh-01-virtualservice names no root: it has no label kro.dev/root. Fix: name its ServiceMesh in label kro.dev/root, or release it: remove its marks (rule child-root-label, graph service-mesh-graph)"},
}

cases["child, another root than its owner"] := {
	"rule": "child_root_label",
	"review": fixture.audited(child(object.union(marked({"kro.dev/root": "another-root"}), owned))),
	"want": {"kro.dev/root": `VirtualService default/service-mesh-01-virtualservice has kro.dev/root "another-root", but its owner is ServiceMesh service-mesh-01. Fix: set label kro.dev/root=service-mesh-01 (rule child-root-label, graph service-mesh-graph)`},
}

cases["child, another graph than its owner"] := {
	"rule": "child_root_label",
	"review": fixture.audited(child(object.union(marked({"kro.dev/root-graph": "another-graph"}), owned))),
	"want": {"kro.dev/root-graph": `VirtualService default/service-mesh-01-virtualservice has kro.dev/root-graph "another-graph", but its owner is ServiceMesh service-mesh-01. Fix: set label kro.dev/root-graph=service-mesh-graph (rule child-root-label)`},
}

cases["child, all marks wrong"] := {
	"rule": "child_root_label",
	"review": fixture.audited(child(object.union_n([
		marked({
			"kro.dev/child": "gateway",
			"kro.dev/root": "another-root",
			"kro.dev/root-graph": "another-graph",
			"kro.dev/root-namespace": "mesh-system",
		}),
		{"annotations": {"kro.dev/root-uid": earlier}},
		owned,
	]))),
	"want": {
		"annotation/kro.dev/root-uid": "VirtualService default/service-mesh-01-virtualservice has another kro.dev/root-uid than its owner ServiceMesh service-mesh-01. Fix: make its marks name its root (rule child-root-label, graph service-mesh-graph)",
		"kro.dev/root": `VirtualService default/service-mesh-01-virtualservice has kro.dev/root "another-root", but its owner is ServiceMesh service-mesh-01. Fix: make its marks name its root (rule child-root-label, graph service-mesh-graph)`,
		"kro.dev/root-graph": `VirtualService default/service-mesh-01-virtualservice has kro.dev/root-graph "another-graph", but its owner is ServiceMesh service-mesh-01. Fix: make its marks name its root (rule child-root-label, graph service-mesh-graph)`,
		"kro.dev/root-namespace": `VirtualService default/service-mesh-01-virtualservice has kro.dev/root-namespace "mesh-system", but its owner is ServiceMesh service-mesh-01. Fix: make its marks name its root (rule child-root-label, graph service-mesh-graph)`,
	},
}

cases["child, another uid than its owner"] := {
	"rule": "child_root_label",
	"review": fixture.audited(child(object.union(managed, owned))),
	"want": {"annotation/kro.dev/root-uid": "VirtualService default/service-mesh-01-virtualservice has another kro.dev/root-uid than its owner ServiceMesh service-mesh-01. Fix: set annotation kro.dev/root-uid=00000000-0000-4000-8000-000000000001 (rule child-root-label, graph service-mesh-graph)"},
}

cases["child, stray annotation"] := {
	"rule": "child_root_label",
	"review": fixture.audited(child(object.union(marked({}), {"annotations": {"kro.dev/root": "service-mesh-01"}}))),
	"want": {"annotation/kro.dev/root": "VirtualService default/service-mesh-01-virtualservice has an annotation kro.dev/root that does not fit its label (only a name over 63 characters has one). Fix: remove annotation kro.dev/root (rule child-root-label, graph service-mesh-graph)"},
}

cases["child, nobody's"] := {
	"rule": "child_root_label",
	"parameters": {"exclusive": true},
	"review": fixture.created(child({})),
	"want": {"owner": "VirtualService default/service-mesh-01-virtualservice belongs to no root of the graph, by marks or owner. Fix: delete it, or label it kro.dev/root-graph=service-mesh-graph kro.dev/root=NAME of a ServiceMesh (rule child-root-label)"},
}

cases["child, another graph's"] := {
	"rule": "child_root_label",
	"parameters": {"exclusive": true},
	"review": fixture.audited(child(marked({"kro.dev/root-graph": "another-graph"}))),
	"want": {"owner": "VirtualService default/service-mesh-01-virtualservice belongs to no root of the graph, by marks or owner. Fix: delete it, or label it kro.dev/root-graph=service-mesh-graph kro.dev/root=NAME of a ServiceMesh (rule child-root-label)"},
}

# membership-immutable

cases["root leaves"] := {"rule": "membership_immutable", "review": fixture.updated(member, mesh({})), "want": {"kro.dev/graph": "ServiceMesh default/service-mesh-01 must stay a member: it has no label kro.dev/graph. Fix: restore it: set label kro.dev/graph=service-mesh-graph (rule membership-immutable)"}}

cases["root changes graph"] := {
	"rule": "membership_immutable",
	"review": fixture.updated(member, mesh({"labels": {"kro.dev/graph": "another-graph"}})),
	"want": {"kro.dev/graph": `ServiceMesh default/service-mesh-01 must stay a member: its label kro.dev/graph says "another-graph". Fix: restore it: set label kro.dev/graph=service-mesh-graph (rule membership-immutable)`},
}

cases["root comes to be at odds"] := {
	"rule": "membership_immutable",
	"review": fixture.updated(member, mesh({
		"labels": {"kro.dev/graph": "service-mesh-graph"},
		"annotations": {"kro.dev/graph": "another-graph"},
	})),
	"want": {"kro.dev/graph": `ServiceMesh default/service-mesh-01 must stay a member: its label kro.dev/graph says "service-mesh-graph", its annotation "another-graph". Fix: restore it: remove annotation kro.dev/graph (rule membership-immutable, graph service-mesh-graph)`},
}

cases["child loses its marks"] := {
	"rule": "membership_immutable",
	"review": fixture.updated(child(marked({"kro.dev/root-namespace": "mesh-system"})), child({})),
	"want": {
		"kro.dev/child": `VirtualService default/service-mesh-01-virtualservice must keep kro.dev/child: it said "virtualService", now it is gone. Fix: restore it: set label kro.dev/child=virtualService (rule membership-immutable, graph service-mesh-graph)`,
		"kro.dev/root": `VirtualService default/service-mesh-01-virtualservice must keep kro.dev/root: it said "service-mesh-01", now it is gone. Fix: restore it: set label kro.dev/root=service-mesh-01 (rule membership-immutable, graph service-mesh-graph)`,
		"kro.dev/root-graph": `VirtualService default/service-mesh-01-virtualservice must keep kro.dev/root-graph: it said "service-mesh-graph", now it is gone. Fix: restore it: set label kro.dev/root-graph=service-mesh-graph (rule membership-immutable)`,
		"kro.dev/root-namespace": `VirtualService default/service-mesh-01-virtualservice must keep kro.dev/root-namespace: it said "mesh-system", now it is gone. Fix: restore it: set label kro.dev/root-namespace=mesh-system (rule membership-immutable, graph service-mesh-graph)`,
	},
}

cases["child changes its marks"] := {
	"rule": "membership_immutable",
	"review": fixture.updated(child(marked({"kro.dev/root-namespace": "default"})), child(marked({
		"kro.dev/child": "gateway",
		"kro.dev/root": "another-root",
		"kro.dev/root-graph": "another-graph",
		"kro.dev/root-namespace": "mesh-system",
	}))),
	"want": {
		"kro.dev/child": `VirtualService default/service-mesh-01-virtualservice must keep kro.dev/child: it said "virtualService", now "gateway". Fix: restore it: set label kro.dev/child=virtualService (rule membership-immutable, graph service-mesh-graph)`,
		"kro.dev/root": `VirtualService default/service-mesh-01-virtualservice must keep kro.dev/root: it said "service-mesh-01", now "another-root". Fix: restore it: set label kro.dev/root=service-mesh-01 (rule membership-immutable, graph service-mesh-graph)`,
		"kro.dev/root-graph": `VirtualService default/service-mesh-01-virtualservice must keep kro.dev/root-graph: it said "service-mesh-graph", now "another-graph". Fix: restore it: set label kro.dev/root-graph=service-mesh-graph (rule membership-immutable)`,
		"kro.dev/root-namespace": `VirtualService default/service-mesh-01-virtualservice must keep kro.dev/root-namespace: it said "default", now "mesh-system". Fix: restore it: set label kro.dev/root-namespace=default (rule membership-immutable, graph service-mesh-graph)`,
	},
}

# child-orphaned

cases["orphan"] := {
	"rule": "child_orphaned",
	"review": fixture.audited(child(marked({}))),
	"inventory": [roots_synced],
	"want": {"kro.dev/root": "VirtualService default/service-mesh-01-virtualservice lost its root ServiceMesh service-mesh-01. Fix: delete it, recreate its root, or remove labels kro.dev/child, kro.dev/root, kro.dev/root-graph (rule child-orphaned, graph service-mesh-graph)"},
}

cases["orphan, its root elsewhere"] := {
	"rule": "child_orphaned",
	"review": fixture.audited(child(marked({"kro.dev/root-namespace": "mesh-system"}))),
	"inventory": [roots_synced],
	"want": {"kro.dev/root": "VirtualService default/service-mesh-01-virtualservice lost its root ServiceMesh mesh-system/service-mesh-01. Fix: delete it, recreate its root, or remove its marks (rule child-orphaned, graph service-mesh-graph)"},
}

cases["orphan, managed"] := {
	"rule": "child_orphaned",
	"review": fixture.audited(child(managed)),
	"inventory": [roots_synced],
	"want": {"kro.dev/root": "VirtualService default/service-mesh-01-virtualservice lost its root ServiceMesh service-mesh-01. Fix: delete it, recreate its root, or remove its marks (rule child-orphaned, graph service-mesh-graph)"},
}

cases["orphan, root created anew"] := {
	"rule": "child_orphaned",
	"review": fixture.audited(child(managed)),
	"inventory": [roots_synced, mesh({"uid": uid})],
	"want": {"annotation/kro.dev/root-uid": "VirtualService default/service-mesh-01-virtualservice was made for an earlier ServiceMesh service-mesh-01 with another uid. Fix: delete it, let the new root adopt it, or remove its marks (rule child-orphaned, graph service-mesh-graph)"},
}

# root-incomplete

cases["root, no children"] := {
	"rule": "root_incomplete",
	"review": fixture.audited(member),
	"inventory": [children_synced],
	"want": {
		"child/gateway": "ServiceMesh default/service-mesh-01 has 0 Gateway, needs at least 1. Fix: create or label one kro.dev/root=service-mesh-01 kro.dev/root-graph=service-mesh-graph: kubectl get gateway.networking.istio.io -n default (rule root-incomplete)",
		"child/virtualService": "ServiceMesh default/service-mesh-01 has 0 VirtualService, needs at least 1. Fix: create or label one kro.dev/root=service-mesh-01 kro.dev/root-graph=service-mesh-graph: kubectl get virtualservice.networking.istio.io -n default (rule root-incomplete)",
	},
}

cases["root, no children, managed"] := {
	"rule": "root_incomplete",
	"parameters": {"children": [object.union(one, {"managed": true}) | some one in fixture.parameters.children]},
	"review": fixture.audited(member),
	"inventory": [children_synced],
	"want": {
		"child/gateway": "ServiceMesh default/service-mesh-01 has 0 Gateway, needs at least 1. Fix: the controller creates it, its graph says why it did not: kubectl describe resourcegraph.kro.dev/service-mesh-graph (rule root-incomplete)",
		"child/virtualService": "ServiceMesh default/service-mesh-01 has 0 VirtualService, needs at least 1. Fix: the controller creates it, its graph says why it did not: kubectl describe resourcegraph.kro.dev/service-mesh-graph (rule root-incomplete)",
	},
}

cases["root, too many children"] := {
	"rule": "root_incomplete",
	"parameters": {"children": [object.union(one, {"count": {"max": 2}}) | some one in fixture.parameters.children]},
	"review": fixture.audited(member),
	"inventory": array.concat(
		[children_synced],
		array.concat(
			numbered(child({}), {"labels": marks}, 3),
			numbered(fixture.gateway({}), {"labels": marks}, 3),
		),
	),
	"want": {
		"child/gateway": "ServiceMesh default/service-mesh-01 has 3 Gateway, may have at most 2. Fix: delete or release those that are too many: kubectl get gateway.networking.istio.io -A -L kro.dev/root (rule root-incomplete, graph service-mesh-graph)",
		"child/virtualService": "ServiceMesh default/service-mesh-01 has 3 VirtualService, may have at most 2. Fix: delete or release those that are too many: kubectl get virtualservice.networking.istio.io -A -L kro.dev/root (rule root-incomplete, graph service-mesh-graph)",
	},
}

# graph-in-use

cases["graph with a member"] := {
	"rule": "graph_in_use",
	"review": fixture.deleted(graph("service-mesh-graph", "ServiceMesh", [])),
	"inventory": [roots_synced, member],
	"want": {"members": "ResourceGraph service-mesh-graph has 1 member (default/service-mesh-01). Fix: delete these first: kubectl get servicemesh.networking.example.com -A -L kro.dev/graph (rule graph-in-use)"},
}

cases["graph with many members"] := {
	"rule": "graph_in_use",
	"review": fixture.deleted(graph("service-mesh-graph", "ServiceMesh", [])),
	"inventory": array.concat([roots_synced], numbered(member, {}, 9)),
	"want": {"members": "ResourceGraph service-mesh-graph has 9 members (default/service-mesh-01, default/service-mesh-02, default/service-mesh-03 and 6 more). Fix: delete these first: kubectl get servicemesh.networking.example.com -A -L kro.dev/graph (rule graph-in-use)"},
}

# graph-scope

cases["graph, too wide"] := {
	"rule": "graph_scope",
	"parameters": {"maxChildren": 1},
	"review": fixture.audited(graph("service-mesh-graph", "ServiceMesh", ["VirtualService", "Gateway"])),
	"want": {"children": "ResourceGraph service-mesh-graph has 2 children, and 1 are the most. Fix: start narrow and split it: kubectl edit resourcegraph.kro.dev/service-mesh-graph (rule graph-scope)"},
}

cases["graph, too wide, created"] := {
	"rule": "graph_scope",
	"parameters": {"maxChildren": 1},
	"review": fixture.created(graph("service-mesh-graph", "ServiceMesh", ["VirtualService", "Gateway"])),
	"want": {"children": "ResourceGraph service-mesh-graph has 2 children, and 1 are the most. Fix: start narrow and split it, then check the manifest: graphgate validate -f - (rule graph-scope)"},
}

cases["graph, its own child"] := {
	"rule": "graph_scope",
	"review": fixture.audited(graph("service-mesh-graph", "ServiceMesh", ["ServiceMesh"])),
	"want": {"child-is-root": "ResourceGraph service-mesh-graph has its own root kind ServiceMesh as a child. Fix: remove that child: kubectl edit resourcegraph.kro.dev/service-mesh-graph (rule graph-scope)"},
}

cases["graph, root kind claimed"] := {
	"rule": "graph_scope",
	"review": fixture.created(graph("service-mesh-graph", "ServiceMesh", ["Gateway"])),
	"inventory": [graphs_synced, graph("another-graph", "ServiceMesh", [])],
	"want": {"root/another-graph": "ResourceGraph service-mesh-graph has the root kind ServiceMesh that graph another-graph has already. Fix: let one graph have it: kubectl get resourcegraph.kro.dev another-graph -o yaml (rule graph-scope)"},
}

cases["graph, cycles"] := {
	"rule": "graph_scope",
	"review": fixture.created(graph("service-mesh-graph", "ServiceMesh", ["Gateway", "VirtualService", "Sidecar"])),
	"inventory": [
		graphs_synced,
		graph("gateway-graph", "Gateway", ["ServiceMesh"]),
		graph("sidecar-graph", "Sidecar", ["ServiceMesh"]),
		graph("virtual-service-graph", "VirtualService", ["ServiceMesh"]),
	],
	"want": {"cycle": "ResourceGraph service-mesh-graph makes a cycle through gateway-graph, sidecar-graph, virtual-service-graph: children lead back to its root. Fix: remove the child that closes it (rule graph-scope)"},
}

cases["graph, chain too long"] := {
	"rule": "graph_scope",
	"parameters": {"maxDepth": 1},
	"review": fixture.created(graph("service-mesh-graph", "ServiceMesh", ["Gateway", "VirtualService", "Sidecar"])),
	"inventory": [
		graphs_synced,
		graph("gateway-graph", "Gateway", []),
		graph("sidecar-graph", "Sidecar", []),
		graph("virtual-service-graph", "VirtualService", []),
	],
	"want": {"depth": "ResourceGraph service-mesh-graph is in a chain of graphs, 0 above it and 1 below; 1 in all are the most. Fix: shorten the chain: kubectl get resourcegraph.kro.dev gateway-graph sidecar-graph virtual-service-graph -o yaml (rule graph-scope)"},
}
