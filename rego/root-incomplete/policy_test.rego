package graphgate.root_incomplete_test

import data.fixture
import data.graphgate.root_incomplete

# One child kind, unless a case says otherwise.
parameters := with_child({})

with_child(changes) := object.union(fixture.parameters, {"children": [object.union(
	{"id": "virtualService", "apiGroup": "networking.istio.io", "kind": "VirtualService"},
	changes,
)]})

test_verdict[note] if {
	some note, case in cases
	case.want == fixture.told(root_incomplete.violation) with input as {
		"review": case.review,
		"parameters": object.get(case, "parameters", parameters),
	}
		with data.inventory as fixture.inventory(case.inventory)
}

synced := fixture.sync_set([["networking.istio.io", "VirtualService"], ["networking.istio.io", "Gateway"]])

member(metadata) := fixture.mesh(object.union({"labels": {"kro.dev/graph": "service-mesh-graph"}, "uid": "uid-1"}, metadata))

root := fixture.audited(member({}))

cluster_root := fixture.audited(fixture.unplaced(member({})))

marked(labels, metadata) := fixture.virtual_service(object.union(fixture.marks(labels), metadata))

owned(metadata) := fixture.virtual_service(object.union(fixture.owned_by({}), metadata))

cases["child marked"] := {"review": root, "inventory": [synced, marked({}, {})], "want": {}}

cases["child owned"] := {"review": root, "inventory": [synced, owned({})], "want": {}}

cases["child owned and marked"] := {
	"review": root,
	"inventory": [synced, marked({}, fixture.owned_by({}))],
	"want": {},
}

cases["child in the marked namespace"] := {
	"review": root,
	"inventory": [synced, marked({"kro.dev/root-namespace": "default"}, {"namespace": "mesh-system"})],
	"want": {},
}

cases["child at home, its namespace marked"] := {
	"review": root,
	"inventory": [synced, marked({"kro.dev/root-namespace": "default"}, {})],
	"want": {},
}

cases["child cluster-scoped, marked"] := {
	"review": root,
	"inventory": [synced, fixture.unplaced(marked({"kro.dev/root-namespace": "default"}, {}))],
	"want": {},
}

cases["child in another version"] := {
	"review": root,
	"inventory": [synced, object.union(marked({}, {}), {"apiVersion": "networking.istio.io/v1beta1"})],
	"want": {},
}

cases["synced by the Config"] := {
	"review": root,
	"inventory": [fixture.config([["networking.istio.io", "VirtualService"]])],
	"want": {"child/virtualService": "ServiceMesh default/mesh-01 has 0 VirtualService, needs at least 1. Fix: create or label one kro.dev/root=mesh-01 kro.dev/root-graph=service-mesh-graph: kubectl get virtualservice.networking.istio.io -n default (rule root-incomplete)"},
}

cases["no child"] := {"review": root, "inventory": [synced], "want": {"child/virtualService": "ServiceMesh default/mesh-01 has 0 VirtualService, needs at least 1. Fix: create or label one kro.dev/root=mesh-01 kro.dev/root-graph=service-mesh-graph: kubectl get virtualservice.networking.istio.io -n default (rule root-incomplete)"}}

cases["no child, root annotated"] := {
	"review": fixture.audited(fixture.mesh({"annotations": {"kro.dev/graph": "service-mesh-graph"}})),
	"inventory": [synced],
	"want": {"child/virtualService": "ServiceMesh default/mesh-01 has 0 VirtualService, needs at least 1. Fix: create or label one kro.dev/root=mesh-01 kro.dev/root-graph=service-mesh-graph: kubectl get virtualservice.networking.istio.io -n default (rule root-incomplete)"},
}

cases["no child, managed"] := {
	"review": root,
	"parameters": with_child({"managed": true}),
	"inventory": [synced],
	"want": {"child/virtualService": "ServiceMesh default/mesh-01 has 0 VirtualService, needs at least 1. Fix: the controller creates it, its graph says why it did not: kubectl describe resourcegraph.kro.dev/service-mesh-graph (rule root-incomplete)"},
}

cases["no child, conditional"] := {
	"review": root,
	"parameters": with_child({"conditional": true}),
	"inventory": [synced],
	"want": {},
}

cases["no child, not synced"] := {"review": root, "inventory": [], "want": {}}

cases["one kind synced, both missing"] := {
	"review": root,
	"parameters": fixture.parameters,
	"inventory": [fixture.sync_set([["networking.istio.io", "Gateway"]])],
	"want": {"child/gateway": "ServiceMesh default/mesh-01 has 0 Gateway, needs at least 1. Fix: create or label one kro.dev/root=mesh-01 kro.dev/root-graph=service-mesh-graph: kubectl get gateway.networking.istio.io -n default (rule root-incomplete)"},
}

cases["both missing"] := {
	"review": root,
	"parameters": fixture.parameters,
	"inventory": [synced],
	"want": {"child/gateway": "ServiceMesh default/mesh-01 has 0 Gateway, needs at least 1. Fix: create or label one kro.dev/root=mesh-01 kro.dev/root-graph=service-mesh-graph: kubectl get gateway.networking.istio.io -n default (rule root-incomplete)", "child/virtualService": "ServiceMesh default/mesh-01 has 0 VirtualService, needs at least 1. Fix: create or label one kro.dev/root=mesh-01 kro.dev/root-graph=service-mesh-graph: kubectl get virtualservice.networking.istio.io -n default (rule root-incomplete)"},
}

cases["no child, root cluster-scoped"] := {
	"review": cluster_root,
	"inventory": [synced],
	"want": {"child/virtualService": "ServiceMesh mesh-01 has 0 VirtualService, needs at least 1. Fix: create or label one kro.dev/root=mesh-01 kro.dev/root-graph=service-mesh-graph: kubectl get virtualservice.networking.istio.io -A (rule root-incomplete)"},
}

cases["child of another root"] := {
	"review": root,
	"inventory": [synced, marked({"kro.dev/root": "mesh-02"}, {})],
	"want": {"child/virtualService": "ServiceMesh default/mesh-01 has 0 VirtualService, needs at least 1. Fix: create or label one kro.dev/root=mesh-01 kro.dev/root-graph=service-mesh-graph: kubectl get virtualservice.networking.istio.io -n default (rule root-incomplete)"},
}

cases["child of another graph"] := {
	"review": root,
	"inventory": [synced, marked({"kro.dev/root-graph": "other"}, {})],
	"want": {"child/virtualService": "ServiceMesh default/mesh-01 has 0 VirtualService, needs at least 1. Fix: create or label one kro.dev/root=mesh-01 kro.dev/root-graph=service-mesh-graph: kubectl get virtualservice.networking.istio.io -n default (rule root-incomplete)"},
}

cases["child elsewhere, not marked"] := {
	"review": root,
	"inventory": [synced, marked({}, {"namespace": "mesh-system"})],
	"want": {"child/virtualService": "ServiceMesh default/mesh-01 has 0 VirtualService, needs at least 1. Fix: create or label one kro.dev/root=mesh-01 kro.dev/root-graph=service-mesh-graph: kubectl get virtualservice.networking.istio.io -n default (rule root-incomplete)"},
}

cases["child at home of a root elsewhere"] := {
	"review": root,
	"inventory": [synced, marked({"kro.dev/root-namespace": "mesh-system"}, {})],
	"want": {"child/virtualService": "ServiceMesh default/mesh-01 has 0 VirtualService, needs at least 1. Fix: create or label one kro.dev/root=mesh-01 kro.dev/root-graph=service-mesh-graph: kubectl get virtualservice.networking.istio.io -n default (rule root-incomplete)"},
}

cases["child elsewhere with an ownerReference"] := {
	"review": root,
	"inventory": [
		synced,
		owned({"namespace": "mesh-system"}),
		marked({"kro.dev/root-namespace": "default"}, object.union(fixture.owned_by({}), {"namespace": "mesh-system", "name": "other"})),
	],
	"want": {"child/virtualService": "ServiceMesh default/mesh-01 has 0 VirtualService, needs at least 1. Fix: create or label one kro.dev/root=mesh-01 kro.dev/root-graph=service-mesh-graph: kubectl get virtualservice.networking.istio.io -n default (rule root-incomplete)"},
}

cases["child cluster-scoped, namespace not marked"] := {
	"review": root,
	"inventory": [synced, fixture.unplaced(marked({}, {}))],
	"want": {"child/virtualService": "ServiceMesh default/mesh-01 has 0 VirtualService, needs at least 1. Fix: create or label one kro.dev/root=mesh-01 kro.dev/root-graph=service-mesh-graph: kubectl get virtualservice.networking.istio.io -n default (rule root-incomplete)"},
}

cases["child cluster-scoped with an ownerReference"] := {
	"review": root,
	"inventory": [synced, fixture.unplaced(owned({}))],
	"want": {"child/virtualService": "ServiceMesh default/mesh-01 has 0 VirtualService, needs at least 1. Fix: create or label one kro.dev/root=mesh-01 kro.dev/root-graph=service-mesh-graph: kubectl get virtualservice.networking.istio.io -n default (rule root-incomplete)"},
}

cases["owner of another uid"] := {
	"review": root,
	"inventory": [synced, fixture.virtual_service(fixture.owned_by({"uid": "uid-2"}))],
	"want": {"child/virtualService": "ServiceMesh default/mesh-01 has 0 VirtualService, needs at least 1. Fix: create or label one kro.dev/root=mesh-01 kro.dev/root-graph=service-mesh-graph: kubectl get virtualservice.networking.istio.io -n default (rule root-incomplete)"},
}

cases["owner of unknown uid"] := {
	"review": root,
	"inventory": [synced, fixture.virtual_service(fixture.owned_by({"uid": null}))],
	"want": {},
}

cases["owner, root of unknown uid"] := {
	"review": fixture.audited(fixture.mesh({"labels": {"kro.dev/graph": "service-mesh-graph"}})),
	"inventory": [synced, owned({})],
	"want": {},
}

cases["owner of another group"] := {
	"review": root,
	"inventory": [synced, fixture.virtual_service(fixture.owned_by({"apiVersion": "example.com/v1"}))],
	"want": {"child/virtualService": "ServiceMesh default/mesh-01 has 0 VirtualService, needs at least 1. Fix: create or label one kro.dev/root=mesh-01 kro.dev/root-graph=service-mesh-graph: kubectl get virtualservice.networking.istio.io -n default (rule root-incomplete)"},
}

cases["owner of another kind"] := {
	"review": root,
	"inventory": [synced, fixture.virtual_service(fixture.owned_by({"kind": "Mesh"}))],
	"want": {"child/virtualService": "ServiceMesh default/mesh-01 has 0 VirtualService, needs at least 1. Fix: create or label one kro.dev/root=mesh-01 kro.dev/root-graph=service-mesh-graph: kubectl get virtualservice.networking.istio.io -n default (rule root-incomplete)"},
}

cases["marked, but another root owns it"] := {
	"review": root,
	"inventory": [synced, marked({}, fixture.owned_by({"name": "mesh-02"}))],
	"want": {"child/virtualService": "ServiceMesh default/mesh-01 has 0 VirtualService, needs at least 1. Fix: create or label one kro.dev/root=mesh-01 kro.dev/root-graph=service-mesh-graph: kubectl get virtualservice.networking.istio.io -n default (rule root-incomplete)"},
}

cases["marked for another, but owned"] := {
	"review": root,
	"inventory": [synced, marked({"kro.dev/root": "mesh-02"}, fixture.owned_by({}))],
	"want": {},
}

cases["root cluster-scoped: child owned"] := {"review": cluster_root, "inventory": [synced, owned({})], "want": {}}

cases["root cluster-scoped: child marked"] := {"review": cluster_root, "inventory": [synced, marked({}, {})], "want": {}}

cases["root cluster-scoped: child cluster-scoped, owned"] := {
	"review": cluster_root,
	"inventory": [synced, fixture.unplaced(owned({}))],
	"want": {},
}

cases["root cluster-scoped: child cluster-scoped, marked"] := {
	"review": cluster_root,
	"inventory": [synced, fixture.unplaced(marked({}, {}))],
	"want": {},
}

cases["root cluster-scoped: child of a root in a namespace"] := {
	"review": cluster_root,
	"inventory": [synced, marked({"kro.dev/root-namespace": "default"}, {})],
	"want": {"child/virtualService": "ServiceMesh mesh-01 has 0 VirtualService, needs at least 1. Fix: create or label one kro.dev/root=mesh-01 kro.dev/root-graph=service-mesh-graph: kubectl get virtualservice.networking.istio.io -A (rule root-incomplete)"},
}

long_root := fixture.audited(member({"name": fixture.long}))

cases["long name"] := {
	"review": long_root,
	"inventory": [synced, marked({"kro.dev/root": fixture.short}, {"annotations": {"kro.dev/root": fixture.long}})],
	"want": {},
}

cases["long name, child owned"] := {
	"review": long_root,
	"inventory": [synced, fixture.virtual_service(fixture.owned_by({"name": fixture.long}))],
	"want": {},
}

cases["long name of another"] := {
	"review": long_root,
	"inventory": [
		synced,
		marked({"kro.dev/root": fixture.short}, {"annotations": {"kro.dev/root": concat("", [fixture.long, "-b"])}}),
		marked({"kro.dev/root": fixture.short}, {"name": "plain"}),
	],
	"want": {"child/virtualService": "ServiceMesh default/service-mesh-of-the-payment-platform-in-the-region-of-northern-europe-01 has 0 VirtualService, needs at least 1. Fix: create one or let the controller mark one (rule root-incomplete, graph service-mesh-graph)"},
}

# Counts

cases["two of two"] := {
	"review": root,
	"parameters": with_child({"count": {"min": 2, "max": 2}}),
	"inventory": [synced, marked({}, {}), owned({"name": "more"})],
	"want": {},
}

cases["one of two, in two versions"] := {
	"review": root,
	"parameters": with_child({"count": {"min": 2}}),
	"inventory": [
		synced,
		marked({}, {}),
		object.union(marked({}, {}), {"apiVersion": "networking.istio.io/v1beta1"}),
	],
	"want": {"child/virtualService": "ServiceMesh default/mesh-01 has 1 VirtualService, needs at least 2. Fix: create or label one kro.dev/root=mesh-01 kro.dev/root-graph=service-mesh-graph: kubectl get virtualservice.networking.istio.io -n default (rule root-incomplete)"},
}

cases["two of two, in two namespaces"] := {
	"review": root,
	"parameters": with_child({"count": {"min": 2}}),
	"inventory": [synced, marked({}, {}), marked({"kro.dev/root-namespace": "default"}, {"namespace": "mesh-system"})],
	"want": {},
}

cases["too many"] := {
	"review": root,
	"parameters": with_child({"count": {"min": 0, "max": 1}}),
	"inventory": [synced, marked({}, {}), marked({"kro.dev/root-namespace": "default"}, {"namespace": "mesh-system"})],
	"want": {"child/virtualService": "ServiceMesh default/mesh-01 has 2 VirtualService, may have at most 1. Fix: delete or release those that are too many: kubectl get virtualservice.networking.istio.io -A -L kro.dev/root (rule root-incomplete, graph service-mesh-graph)"},
}

cases["none of none"] := {
	"review": root,
	"parameters": with_child({"count": {"min": 0}}),
	"inventory": [synced],
	"want": {},
}

cases["too many of a cluster-scoped root"] := {
	"review": cluster_root,
	"parameters": with_child({"count": {"max": 1}}),
	"inventory": [synced, marked({}, {}), marked({}, {"namespace": "mesh-system"})],
	"want": {"child/virtualService": "ServiceMesh mesh-01 has 2 VirtualService, may have at most 1. Fix: delete or release those that are too many: kubectl get virtualservice.networking.istio.io -A -L kro.dev/root (rule root-incomplete, graph service-mesh-graph)"},
}

cases["a maximum below the minimum"] := {
	"review": root,
	"parameters": with_child({"count": {"min": 2, "max": 0}}),
	"inventory": [synced, marked({}, {})],
	"want": {"child/virtualService": "ServiceMesh default/mesh-01 has 1 VirtualService, needs at least 2. Fix: create or label one kro.dev/root=mesh-01 kro.dev/root-graph=service-mesh-graph: kubectl get virtualservice.networking.istio.io -n default (rule root-incomplete)"},
}

# One kind under several ids

several := object.union(fixture.parameters, {"children": [
	{"id": "primary", "apiGroup": "networking.istio.io", "kind": "VirtualService", "managed": true},
	{"id": "fallback", "apiGroup": "networking.istio.io", "kind": "VirtualService", "managed": true},
]})

cases["several ids: each there"] := {
	"review": root,
	"parameters": several,
	"inventory": [synced, marked({"kro.dev/child": "primary"}, {}), marked({"kro.dev/child": "fallback"}, {"name": "more"})],
	"want": {},
}

cases["several ids: one there twice, one marked with none"] := {
	"review": root,
	"parameters": several,
	"inventory": [
		synced,
		marked({"kro.dev/child": "primary"}, {}),
		marked({"kro.dev/child": "primary"}, {"name": "more"}),
		owned({"name": "none"}),
	],
	"want": {"child/fallback": "ServiceMesh default/mesh-01 has 0 VirtualService (child fallback), needs at least 1. Fix: the controller creates it, its graph says why it did not: kubectl describe resourcegraph.kro.dev/service-mesh-graph (rule root-incomplete)"},
}

cases["one id: marked with another"] := {
	"review": root,
	"inventory": [synced, marked({"kro.dev/child": "renamed"}, {})],
	"want": {},
}

cases["core group"] := {
	"review": root,
	"parameters": object.union(fixture.parameters, {"children": [{"id": "configMap", "kind": "ConfigMap"}]}),
	"inventory": [fixture.sync_set([["", "ConfigMap"]])],
	"want": {"child/configMap": "ServiceMesh default/mesh-01 has 0 ConfigMap, needs at least 1. Fix: create or label one kro.dev/root=mesh-01 kro.dev/root-graph=service-mesh-graph: kubectl get configmap -n default (rule root-incomplete)"},
}

cases["core group, child there"] := {
	"review": root,
	"parameters": object.union(fixture.parameters, {"children": [{"id": "configMap", "apiGroup": "", "kind": "ConfigMap"}]}),
	"inventory": [
		fixture.sync_set([["", "ConfigMap"]]),
		{"apiVersion": "v1", "kind": "ConfigMap", "metadata": object.union(fixture.marks({}), {"name": "a", "namespace": "default"})},
	],
	"want": {},
}

# Whom it concerns

cases["no member"] := {"review": fixture.audited(fixture.mesh({})), "inventory": [synced], "want": {}}

cases["at odds"] := {
	"review": fixture.audited(member({"annotations": {"kro.dev/graph": "other"}})),
	"inventory": [synced],
	"want": {},
}

cases["of another kind"] := {
	"review": fixture.audited(fixture.gateway({"labels": {"kro.dev/graph": "service-mesh-graph"}})),
	"inventory": [synced],
	"want": {},
}

cases["created before its children"] := {
	"review": fixture.created(member({})),
	"inventory": [synced],
	"want": {"child/virtualService": "ServiceMesh default/mesh-01 has 0 VirtualService, needs at least 1. Fix: create or label one kro.dev/root=mesh-01 kro.dev/root-graph=service-mesh-graph: kubectl get virtualservice.networking.istio.io -n default (rule root-incomplete)"},
}

cases["deleted"] := {"review": fixture.deleted(member({})), "inventory": [synced], "want": {}}

cases["being deleted"] := {
	"review": fixture.audited(member({"deletionTimestamp": "2024-01-01T00:00:00Z"})),
	"inventory": [synced],
	"want": {},
}

cases["hostile children"] := {
	"review": root,
	"inventory": [
		synced,
		fixture.virtual_service({"name": "a", "labels": null, "ownerReferences": null}),
		fixture.virtual_service({"name": "b", "labels": {"kro.dev/root": 7}, "ownerReferences": "mesh-01"}),
		fixture.virtual_service({"name": "c", "labels": "mesh-01", "ownerReferences": [null, "mesh-01", {"name": "mesh-01"}]}),
		fixture.virtual_service({"name": "d", "labels": {"kro.dev/root": "mesh-01", "kro.dev/root-graph": null}}),
	],
	"want": {"child/virtualService": "ServiceMesh default/mesh-01 has 0 VirtualService, needs at least 1. Fix: create or label one kro.dev/root=mesh-01 kro.dev/root-graph=service-mesh-graph: kubectl get virtualservice.networking.istio.io -n default (rule root-incomplete)"},
}

test_details if {
	case := cases["too many"]
	root_incomplete.violation == {{
		"msg": case.want["child/virtualService"],
		"details": {
			"rule": "root-incomplete",
			"graph": "service-mesh-graph",
			"key": "child/virtualService",
			"object": {
				"apiGroup": "networking.example.com",
				"kind": "ServiceMesh",
				"namespace": "default",
				"name": "mesh-01",
			},
			"fix": "kubectl get virtualservice.networking.istio.io -A -L kro.dev/root -L kro.dev/root-graph",
			"child": {"id": "virtualService", "apiGroup": "networking.istio.io", "kind": "VirtualService"},
			"expected": {"min": 0, "max": 1},
			"actual": 2,
		},
	}} with input as {"review": case.review, "parameters": case.parameters}
		with data.inventory as fixture.inventory(case.inventory)
}

test_no_inventory if root_incomplete.violation == set() with input as {"review": root, "parameters": parameters}
