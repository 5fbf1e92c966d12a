package graphgate.child_orphaned_test

import data.fixture
import data.graphgate.child_orphaned

parameters := fixture.parameters

test_verdict[note] if {
	some note, case in cases
	case.want == fixture.told(child_orphaned.violation) with input as {
		"review": case.review,
		"parameters": object.get(case, "parameters", parameters),
	}
		with data.inventory as fixture.inventory(case.inventory)
}

synced := fixture.sync_set([["networking.example.com", "ServiceMesh"]])

child := fixture.audited(fixture.virtual_service(fixture.marks({})))

abroad := fixture.audited(fixture.virtual_service(fixture.marks({"kro.dev/root-namespace": "mesh-system"})))

cases["root there"] := {"review": child, "inventory": [synced, fixture.mesh({})], "want": {}}

cases["root in another version"] := {
	"review": child,
	"inventory": [synced, object.union(fixture.mesh({}), {"apiVersion": "networking.example.com/v2beta1"})],
	"want": {},
}

cases["root cluster-scoped"] := {"review": child, "inventory": [synced, fixture.unplaced(fixture.mesh({}))], "want": {}}

cases["root elsewhere, marked"] := {
	"review": abroad,
	"inventory": [synced, fixture.mesh({"namespace": "mesh-system"})],
	"want": {},
}

cases["child cluster-scoped, root cluster-scoped"] := {
	"review": fixture.audited(fixture.unplaced(fixture.virtual_service(fixture.marks({})))),
	"inventory": [synced, fixture.unplaced(fixture.mesh({}))],
	"want": {},
}

cases["child cluster-scoped, root in the marked namespace"] := {
	"review": fixture.audited(fixture.unplaced(fixture.virtual_service(fixture.marks({"kro.dev/root-namespace": "default"})))),
	"inventory": [synced, fixture.mesh({})],
	"want": {},
}

cases["child cluster-scoped, root in a namespace"] := {
	"review": fixture.audited(fixture.unplaced(fixture.virtual_service(fixture.marks({})))),
	"inventory": [synced, fixture.mesh({})],
	"want": {"kro.dev/root": "VirtualService routes lost its root ServiceMesh mesh-01. Fix: delete it, recreate its root, or kubectl label virtualservice.networking.istio.io/routes kro.dev/root- kro.dev/root-graph- (rule child-orphaned, graph service-mesh-graph)"},
}

cases["root gone"] := {
	"review": child,
	"inventory": [synced],
	"want": {"kro.dev/root": "VirtualService default/routes lost its root ServiceMesh mesh-01. Fix: delete it, recreate its root, or remove labels kro.dev/root, kro.dev/root-graph (rule child-orphaned, graph service-mesh-graph)"},
}

# An ownerReference of the root kind comes before the marks, whether its root lives or not.
cases["root gone, but owned by another"] := {
	"review": fixture.audited(fixture.virtual_service(object.union(
		fixture.marks({"kro.dev/root": "mesh-09"}),
		fixture.owned_by({}),
	))),
	"inventory": [synced, fixture.mesh({})],
	"want": {},
}

cases["root gone, owned by it"] := {
	"review": fixture.audited(fixture.virtual_service(object.union(fixture.marks({}), fixture.owned_by({})))),
	"inventory": [synced],
	"want": {},
}

cases["root created anew, owned by the earlier one"] := {
	"review": fixture.audited(fixture.virtual_service(object.union_n([
		fixture.marks({}),
		fixture.owned_by({"uid": "uid-0"}),
		{"annotations": {"kro.dev/root-uid": "uid-0"}},
	]))),
	"inventory": [synced, fixture.mesh({"uid": "uid-1"})],
	"want": {},
}

cases["root gone, owned by another kind"] := {
	"review": fixture.audited(fixture.virtual_service(object.union(
		fixture.marks({}),
		fixture.owned_by({"kind": "Operator"}),
	))),
	"inventory": [synced],
	"want": {"kro.dev/root": "VirtualService default/routes lost its root ServiceMesh mesh-01. Fix: delete it, recreate its root, or remove labels kro.dev/root, kro.dev/root-graph (rule child-orphaned, graph service-mesh-graph)"},
}

cases["root gone, owned by the kind of another group"] := {
	"review": fixture.audited(fixture.virtual_service(object.union(
		fixture.marks({}),
		fixture.owned_by({"apiVersion": "example.com/v1"}),
	))),
	"inventory": [synced],
	"want": {"kro.dev/root": "VirtualService default/routes lost its root ServiceMesh mesh-01. Fix: delete it, recreate its root, or remove labels kro.dev/root, kro.dev/root-graph (rule child-orphaned, graph service-mesh-graph)"},
}

cases["root gone, synced by the Config"] := {
	"review": child,
	"inventory": [fixture.config([["networking.example.com", "ServiceMesh"]])],
	"want": {"kro.dev/root": "VirtualService default/routes lost its root ServiceMesh mesh-01. Fix: delete it, recreate its root, or remove labels kro.dev/root, kro.dev/root-graph (rule child-orphaned, graph service-mesh-graph)"},
}

cases["root gone, not synced"] := {"review": child, "inventory": [], "want": {}}

cases["root gone, another kind synced"] := {
	"review": child,
	"inventory": [fixture.sync_set([["networking.istio.io", "ServiceMesh"]]), fixture.config([["", "ServiceMesh"]])],
	"want": {},
}

cases["root gone, synced without a version"] := {
	"review": child,
	"inventory": [
		{
			"apiVersion": "syncset.gatekeeper.sh/v1alpha1",
			"kind": "SyncSet",
			"metadata": {"name": "graphs"},
			"spec": {"gvks": [{"group": "networking.example.com", "kind": "ServiceMesh"}, {"version": ""}, null]},
		},
		{
			"apiVersion": "config.gatekeeper.sh/v1alpha1",
			"kind": "Config",
			"metadata": {"name": "config", "namespace": "gatekeeper-system"},
			"spec": {"sync": {"syncOnly": null}},
		},
	],
	"want": {},
}

cases["root of another group"] := {
	"review": child,
	"inventory": [synced, object.union(fixture.mesh({}), {"apiVersion": "example.com/v1"})],
	"want": {"kro.dev/root": "VirtualService default/routes lost its root ServiceMesh mesh-01. Fix: delete it, recreate its root, or remove labels kro.dev/root, kro.dev/root-graph (rule child-orphaned, graph service-mesh-graph)"},
}

cases["root of another name"] := {
	"review": child,
	"inventory": [synced, fixture.mesh({"name": "mesh-02"})],
	"want": {"kro.dev/root": "VirtualService default/routes lost its root ServiceMesh mesh-01. Fix: delete it, recreate its root, or remove labels kro.dev/root, kro.dev/root-graph (rule child-orphaned, graph service-mesh-graph)"},
}

cases["root elsewhere, not marked"] := {
	"review": child,
	"inventory": [synced, fixture.mesh({"namespace": "mesh-system"})],
	"want": {"kro.dev/root": "VirtualService default/routes lost its root ServiceMesh mesh-01. Fix: delete it, recreate its root, or remove labels kro.dev/root, kro.dev/root-graph (rule child-orphaned, graph service-mesh-graph)"},
}

cases["root not in the marked namespace"] := {
	"review": abroad,
	"inventory": [synced, fixture.mesh({}), fixture.unplaced(fixture.mesh({}))],
	"want": {"kro.dev/root": "VirtualService default/routes lost its root ServiceMesh mesh-system/mesh-01. Fix: delete it, recreate its root, or remove labels kro.dev/root, kro.dev/root-graph, kro.dev/root-namespace (rule child-orphaned, graph service-mesh-graph)"},
}

cases["root of a core group"] := {
	"review": child,
	"parameters": object.union(parameters, {"root": {"apiGroup": "", "kind": "ServiceMesh"}}),
	"inventory": [
		fixture.sync_set([["", "ServiceMesh"]]),
		object.union(fixture.mesh({}), {"apiVersion": "v1"}),
	],
	"want": {},
}

cases["root of long name"] := {
	"review": fixture.audited(fixture.virtual_service(object.union(
		fixture.marks({"kro.dev/root": fixture.short}),
		{"annotations": {"kro.dev/root": fixture.long}},
	))),
	"inventory": [synced, fixture.mesh({"name": fixture.long})],
	"want": {},
}

cases["root of long name gone"] := {
	"review": fixture.audited(fixture.virtual_service(object.union(
		fixture.marks({"kro.dev/root": fixture.short}),
		{"annotations": {"kro.dev/root": fixture.long, "kro.dev/root-uid": "uid-1", "kro.dev/applied": "abc"}},
	))),
	"inventory": [synced],
	"want": {"kro.dev/root": "VirtualService default/routes lost its root ServiceMesh service-mesh-of-the-payment-platform-in-the-region-of-northern-europe-01. Fix: delete it, recreate its root, or remove its marks (rule child-orphaned, graph service-mesh-graph)"},
}

cases["same root"] := {
	"review": fixture.audited(fixture.virtual_service(object.union(
		fixture.marks({}),
		{"annotations": {"kro.dev/root-uid": "uid-1"}},
	))),
	"inventory": [synced, fixture.mesh({"uid": "uid-1"})],
	"want": {},
}

cases["root created anew"] := {
	"review": fixture.audited(fixture.virtual_service(object.union(
		fixture.marks({"kro.dev/child": "virtualService"}),
		{"annotations": {"kro.dev/root-uid": "uid-1"}},
	))),
	"inventory": [synced, fixture.mesh({"uid": "uid-2"})],
	"want": {"annotation/kro.dev/root-uid": "VirtualService default/routes was made for an earlier ServiceMesh mesh-01 with another uid. Fix: delete it, let the new root adopt it, or remove its marks (rule child-orphaned, graph service-mesh-graph)"},
}

cases["root of unknown uid"] := {
	"review": fixture.audited(fixture.virtual_service(object.union(
		fixture.marks({}),
		{"annotations": {"kro.dev/root-uid": "uid-1"}},
	))),
	"inventory": [synced, fixture.mesh({})],
	"want": {},
}

cases["root in two versions, one uid known"] := {
	"review": fixture.audited(fixture.virtual_service(object.union(
		fixture.marks({}),
		{"annotations": {"kro.dev/root-uid": "uid-1"}},
	))),
	"inventory": [
		synced,
		fixture.mesh({"uid": "uid-1"}),
		object.union(fixture.mesh({"uid": "uid-1"}), {"apiVersion": "networking.example.com/v2"}),
	],
	"want": {},
}

cases["created before its root"] := {
	"review": fixture.created(child.object),
	"inventory": [synced],
	"want": {"kro.dev/root": "VirtualService default/routes lost its root ServiceMesh mesh-01. Fix: delete it, recreate its root, or in the manifest, remove labels kro.dev/root, kro.dev/root-graph (rule child-orphaned, graph service-mesh-graph)"},
}

cases["of another graph"] := {
	"review": fixture.audited(fixture.virtual_service(fixture.marks({"kro.dev/root-graph": "other"}))),
	"inventory": [synced],
	"want": {},
}

cases["names no root"] := {
	"review": fixture.audited(fixture.virtual_service({"labels": {"kro.dev/root-graph": "service-mesh-graph"}})),
	"inventory": [synced],
	"want": {},
}

cases["nobody's"] := {"review": fixture.audited(fixture.virtual_service({})), "inventory": [synced], "want": {}}

cases["of another kind"] := {"review": fixture.audited(fixture.mesh(fixture.marks({}))), "inventory": [synced], "want": {}}

cases["deleted"] := {"review": fixture.deleted(child.object), "inventory": [synced], "want": {}}

cases["being deleted"] := {
	"review": fixture.audited(fixture.virtual_service(object.union(
		fixture.marks({}),
		{"deletionTimestamp": "2024-01-01T00:00:00Z"},
	))),
	"inventory": [synced],
	"want": {},
}

cases["namespace mark of another type"] := {
	"review": fixture.audited(fixture.virtual_service(fixture.marks({"kro.dev/root-namespace": null}))),
	"inventory": [synced, fixture.mesh({})],
	"want": {},
}

test_details if {
	case := cases["root created anew"]
	child_orphaned.violation == {{
		"msg": case.want["annotation/kro.dev/root-uid"],
		"details": {
			"rule": "child-orphaned",
			"graph": "service-mesh-graph",
			"key": "annotation/kro.dev/root-uid",
			"object": {
				"apiGroup": "networking.istio.io",
				"kind": "VirtualService",
				"namespace": "default",
				"name": "routes",
			},
			"fix": `kubectl patch virtualservice.networking.istio.io/routes -n default --type merge -p '{"metadata":{"labels":{"kro.dev/child":null,"kro.dev/root":null,"kro.dev/root-graph":null},"annotations":{"kro.dev/root-uid":null}}}'`,
			"root": {
				"apiGroup": "networking.example.com",
				"kind": "ServiceMesh",
				"namespace": "default",
				"name": "mesh-01",
			},
			"expected": "uid-1",
			"actual": ["uid-2"],
		},
	}} with input as {"review": case.review, "parameters": parameters}
		with data.inventory as fixture.inventory(case.inventory)
}

# Without any inventory (Gatekeeper without sync, a WebAssembly module without data) the rule is silent.
test_no_inventory if child_orphaned.violation == set() with input as {"review": child, "parameters": parameters}
