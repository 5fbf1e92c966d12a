package graphgate.graph_in_use_test

import data.fixture
import data.graphgate.graph_in_use

parameters := {}

test_verdict[note] if {
	some note, case in cases
	case.want == fixture.told(graph_in_use.violation) with input as {"review": case.review, "parameters": parameters}
		with data.inventory as fixture.inventory(case.inventory)
}

synced := fixture.sync_set([["networking.example.com", "ServiceMesh"]])

graph := {
	"apiVersion": "kro.dev/v1alpha1",
	"kind": "ResourceGraph",
	"metadata": {"name": "service-mesh-graph"},
	"spec": {"root": {"apiGroup": "networking.example.com", "kind": "ServiceMesh"}},
}

member(metadata) := fixture.mesh(object.union({"labels": {"kro.dev/graph": "service-mesh-graph"}}, metadata))

cases["no members"] := {"review": fixture.deleted(graph), "inventory": [synced, fixture.mesh({})], "want": {}}

cases["one member"] := {
	"review": fixture.deleted(graph),
	"inventory": [synced, member({})],
	"want": {"members": "ResourceGraph service-mesh-graph has 1 member (default/mesh-01). Fix: delete these first: kubectl get servicemesh.networking.example.com -A -L kro.dev/graph (rule graph-in-use)"},
}

cases["one member, annotated"] := {
	"review": fixture.deleted(graph),
	"inventory": [synced, fixture.mesh({"annotations": {"kro.dev/graph": "service-mesh-graph"}})],
	"want": {"members": "ResourceGraph service-mesh-graph has 1 member (default/mesh-01). Fix: delete these first: kubectl get servicemesh.networking.example.com -A -L kro.dev/graph (rule graph-in-use)"},
}

cases["one member, in two versions"] := {
	"review": fixture.deleted(graph),
	"inventory": [synced, member({}), object.union(member({}), {"apiVersion": "networking.example.com/v2"})],
	"want": {"members": "ResourceGraph service-mesh-graph has 1 member (default/mesh-01). Fix: delete these first: kubectl get servicemesh.networking.example.com -A -L kro.dev/graph (rule graph-in-use)"},
}

cases["one member, cluster-scoped"] := {
	"review": fixture.deleted(graph),
	"inventory": [synced, fixture.unplaced(member({}))],
	"want": {"members": "ResourceGraph service-mesh-graph has 1 member (mesh-01). Fix: delete these first: kubectl get servicemesh.networking.example.com -A -L kro.dev/graph (rule graph-in-use)"},
}

cases["many members"] := {
	"review": fixture.deleted(graph),
	"inventory": array.concat([synced], [member({"name": name}) | some name in ["mesh-05", "mesh-03", "mesh-04", "mesh-01", "mesh-02"]]),
	"want": {"members": "ResourceGraph service-mesh-graph has 5 members (default/mesh-01, default/mesh-02, default/mesh-03 and 2 more). Fix: delete these first: kubectl get servicemesh.networking.example.com -A -L kro.dev/graph (rule graph-in-use)"},
}

cases["three members"] := {
	"review": fixture.deleted(graph),
	"inventory": array.concat([synced], [member({"namespace": namespace}) | some namespace in ["c", "a", "b"]]),
	"want": {"members": "ResourceGraph service-mesh-graph has 3 members (a/mesh-01, b/mesh-01, c/mesh-01). Fix: delete these first: kubectl get servicemesh.networking.example.com -A -L kro.dev/graph (rule graph-in-use)"},
}

cases["object null"] := {
	"review": object.union(fixture.deleted(graph), {"object": null}),
	"inventory": [synced, member({})],
	"want": {"members": "ResourceGraph service-mesh-graph has 1 member (default/mesh-01). Fix: delete these first: kubectl get servicemesh.networking.example.com -A -L kro.dev/graph (rule graph-in-use)"},
}

cases["root of the core group"] := {
	"review": fixture.deleted(object.union(json.remove(graph, ["/spec/root/apiGroup"]), {"spec": {"root": {"kind": "ConfigMap"}}})),
	"inventory": [
		fixture.sync_set([["", "ConfigMap"]]),
		object.union(member({}), {"apiVersion": "v1", "kind": "ConfigMap"}),
	],
	"want": {"members": "ResourceGraph service-mesh-graph has 1 member (default/mesh-01). Fix: delete these first: kubectl get configmap -A -L kro.dev/graph (rule graph-in-use)"},
}

cases["not synced"] := {"review": fixture.deleted(graph), "inventory": [member({})], "want": {}}

cases["member being deleted"] := {
	"review": fixture.deleted(graph),
	"inventory": [
		synced,
		member({"deletionTimestamp": "2024-01-01T00:00:00Z"}),
		fixture.unplaced(member({"deletionTimestamp": "2024-01-01T00:00:00Z"})),
	],
	"want": {},
}

cases["members of another graph, at odds, or hostile"] := {
	"review": fixture.deleted(graph),
	"inventory": [
		synced,
		fixture.mesh({"name": "other", "labels": {"kro.dev/graph": "other"}}),
		member({"name": "odd", "annotations": {"kro.dev/graph": "other"}}),
		fixture.mesh({"name": "null", "labels": null, "annotations": null}),
		fixture.mesh({"name": "typed", "labels": {"kro.dev/graph": 7}}),
	],
	"want": {},
}

cases["member of another kind"] := {
	"review": fixture.deleted(graph),
	"inventory": [synced, fixture.gateway({"labels": {"kro.dev/graph": "service-mesh-graph"}})],
	"want": {},
}

cases["updated"] := {"review": fixture.updated(graph, graph), "inventory": [synced, member({})], "want": {}}

cases["audited"] := {"review": fixture.audited(graph), "inventory": [synced, member({})], "want": {}}

cases["deleted once more"] := {
	"review": fixture.deleted(object.union(graph, {"metadata": {"deletionTimestamp": "2024-01-01T00:00:00Z"}})),
	"inventory": [synced, member({})],
	"want": {},
}

cases["of another group"] := {
	"review": fixture.deleted(object.union(graph, {"apiVersion": "kro.run/v1alpha1"})),
	"inventory": [synced, member({})],
	"want": {},
}

cases["of another kind"] := {
	"review": fixture.deleted(object.union(graph, {"kind": "ResourceGraphDefinition"})),
	"inventory": [synced, member({})],
	"want": {},
}

cases["spec null"] := {"review": fixture.deleted(object.union(graph, {"spec": null})), "inventory": [synced, member({})], "want": {}}

cases["nothing reviewed"] := {
	"review": {"operation": "DELETE", "object": null, "oldObject": null},
	"inventory": [synced, member({})],
	"want": {},
}

test_details if {
	case := cases["many members"]
	graph_in_use.violation == {{
		"msg": case.want.members,
		"details": {
			"rule": "graph-in-use",
			"graph": "service-mesh-graph",
			"key": "members",
			"object": {
				"apiGroup": "kro.dev",
				"kind": "ResourceGraph",
				"namespace": "",
				"name": "service-mesh-graph",
			},
			"fix": "kubectl get servicemesh.networking.example.com -A -L kro.dev/graph",
			"root": {"apiGroup": "networking.example.com", "kind": "ServiceMesh"},
			"expected": 0,
			"actual": 5,
			"members": ["default/mesh-01", "default/mesh-02", "default/mesh-03"],
		},
	}} with input as {"review": case.review, "parameters": parameters}
		with data.inventory as fixture.inventory(case.inventory)
}

test_no_inventory if graph_in_use.violation == set() with input as {"review": fixture.deleted(graph), "parameters": {}}
