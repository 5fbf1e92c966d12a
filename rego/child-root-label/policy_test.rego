package graphgate.child_root_label_test

import data.fixture
import data.graphgate.child_root_label

parameters := fixture.parameters

exclusive := object.union(parameters, {"exclusive": true})

unmarked := object.union(parameters, {"unmarked": true})

test_verdict[note] if {
	some note, case in cases
	case.want == fixture.told(child_root_label.violation) with input as {
		"review": case.review,
		"parameters": object.get(case, "parameters", parameters),
	}
}

# marked is a child with the marks of its root (null takes a label away) and further metadata.
marked(labels, metadata) := fixture.virtual_service(object.union(
	{"labels": {key: value |
		some key, value in object.union({"kro.dev/root": "mesh-01", "kro.dev/root-graph": "service-mesh-graph"}, labels)
		value != null
	}},
	metadata,
))

owned := fixture.owned_by({})

cases["nobody's"] := {"review": fixture.created(fixture.virtual_service({})), "want": {}}

cases["of another graph"] := {
	"review": fixture.created(marked({"kro.dev/root-graph": "other", "kro.dev/root": null}, {})),
	"want": {},
}

cases["another graph's, annotation wrong"] := {
	"review": fixture.created(marked({"kro.dev/root-graph": "other"}, {"annotations": {"kro.dev/root": "x"}})),
	"want": {},
}

cases["root named, graph not"] := {
	"review": fixture.created(marked({"kro.dev/root-graph": null}, {"annotations": {"kro.dev/root": "x"}})),
	"want": {},
}

cases["marked"] := {"review": fixture.created(marked({}, {})), "want": {}}

cases["marked and owned"] := {
	"review": fixture.created(marked({"kro.dev/child": "virtualService"}, owned)),
	"want": {},
}

cases["owned, not marked"] := {"review": fixture.created(fixture.virtual_service(owned)), "want": {}}

cases["of no child kind"] := {
	"review": fixture.created(fixture.mesh({"labels": {"kro.dev/root-graph": "service-mesh-graph"}})),
	"want": {},
}

cases["owned by another kind"] := {
	"review": fixture.created(marked({"kro.dev/root-graph": "other"}, fixture.owned_by({"kind": "Mesh"}))),
	"want": {},
}

cases["owned by the kind of another group"] := {
	"review": fixture.created(marked({"kro.dev/root-graph": "other"}, fixture.owned_by({"apiVersion": "v1"}))),
	"want": {},
}

cases["by the garbage collector"] := {
	"review": object.union(
		fixture.updated(marked({"kro.dev/root": null}, owned), marked({"kro.dev/root": null}, {})),
		{"userInfo": {"username": "system:serviceaccount:kube-system:generic-garbage-collector"}},
	),
	"want": {},
}

cases["deleted"] := {"review": fixture.deleted(marked({"kro.dev/root": null}, {})), "want": {}}

cases["being deleted"] := {
	"review": fixture.updated(
		marked({"kro.dev/root": null}, {}),
		marked({"kro.dev/root": null}, {"deletionTimestamp": "2024-01-01T00:00:00Z"}),
	),
	"want": {},
}

cases["no root"] := {
	"review": fixture.audited(marked({"kro.dev/root": null}, {})),
	"want": {"kro.dev/root": "VirtualService default/routes names no root: it has no label kro.dev/root. Fix: name its ServiceMesh in label kro.dev/root, or release it: remove label kro.dev/root-graph (rule child-root-label, graph service-mesh-graph)"},
}

cases["no root, created"] := {
	"review": fixture.created(marked({"kro.dev/root": null}, {})),
	"want": {"kro.dev/root": "VirtualService default/routes names no root: it has no label kro.dev/root. Fix: name its ServiceMesh in label kro.dev/root, or release it: in the manifest, remove label kro.dev/root-graph (rule child-root-label, graph service-mesh-graph)"},
}

cases["root empty"] := {
	"review": fixture.audited(marked({"kro.dev/root": ""}, {})),
	"want": {"kro.dev/root": "VirtualService default/routes names no root: it has no label kro.dev/root. Fix: name its ServiceMesh in label kro.dev/root, or release it: remove labels kro.dev/root, kro.dev/root-graph (rule child-root-label, graph service-mesh-graph)"},
}

cases["root of another type"] := {
	"review": fixture.audited(marked({"kro.dev/root": 7}, {})),
	"want": {"kro.dev/root": "VirtualService default/routes names no root: it has no label kro.dev/root. Fix: name its ServiceMesh in label kro.dev/root, or release it: remove labels kro.dev/root, kro.dev/root-graph (rule child-root-label, graph service-mesh-graph)"},
}

cases["no root, but owned"] := {
	"review": fixture.audited(marked({"kro.dev/root": null}, owned)),
	"want": {"kro.dev/root": "VirtualService default/routes names no root: it has no label kro.dev/root. Fix: kubectl label virtualservice.networking.istio.io/routes -n default kro.dev/root=mesh-01 (rule child-root-label, graph service-mesh-graph)"},
}

cases["root in the annotation alone"] := {
	"review": fixture.audited(marked({"kro.dev/root": null}, {"annotations": {"kro.dev/root": "mesh-01"}})),
	"want": {"kro.dev/root": "VirtualService default/routes names no root: it has no label kro.dev/root. Fix: set label kro.dev/root=mesh-01; remove annotation kro.dev/root (rule child-root-label, graph service-mesh-graph)", "annotation/kro.dev/root": "VirtualService default/routes has an annotation kro.dev/root that does not fit its label (only a name over 63 characters has one). Fix: set label kro.dev/root=mesh-01; remove annotation kro.dev/root (rule child-root-label, graph service-mesh-graph)"},
}

cases["long root in the annotation alone"] := {
	"review": fixture.audited(marked({"kro.dev/root": null}, {"annotations": {"kro.dev/root": fixture.long}})),
	"want": {"kro.dev/root": "VirtualService default/routes names no root: it has no label kro.dev/root. Fix: name its ServiceMesh in label kro.dev/root, or release it: remove its marks (rule child-root-label, graph service-mesh-graph)", "annotation/kro.dev/root": "VirtualService default/routes has an annotation kro.dev/root that does not fit its label (only a name over 63 characters has one). Fix: name its ServiceMesh in label kro.dev/root, or release it: remove its marks (rule child-root-label, graph service-mesh-graph)"},
}

cases["annotation repeats the label"] := {
	"review": fixture.audited(marked({}, {"annotations": {"kro.dev/root": "mesh-01"}})),
	"want": {"annotation/kro.dev/root": "VirtualService default/routes has an annotation kro.dev/root that does not fit its label (only a name over 63 characters has one). Fix: remove annotation kro.dev/root (rule child-root-label, graph service-mesh-graph)"},
}

cases["annotation repeats the label, owned"] := {
	"review": fixture.audited(marked({}, object.union(owned, {"annotations": {"kro.dev/root": "mesh-01"}}))),
	"want": {"annotation/kro.dev/root": "VirtualService default/routes has an annotation kro.dev/root that does not fit its label (only a name over 63 characters has one). Fix: remove annotation kro.dev/root (rule child-root-label, graph service-mesh-graph)"},
}

cases["annotation repeats the label, owned, graph not marked"] := {
	"review": fixture.audited(marked(
		{"kro.dev/root-graph": null},
		object.union(owned, {"annotations": {"kro.dev/root": "mesh-01"}}),
	)),
	"want": {"annotation/kro.dev/root": "VirtualService default/routes has an annotation kro.dev/root that does not fit its label (only a name over 63 characters has one). Fix: make its marks name its root (rule child-root-label, graph service-mesh-graph)"},
}

cases["annotation alone, owned, not marked"] := {
	"review": fixture.audited(fixture.virtual_service(object.union(owned, {"annotations": {"kro.dev/root": "mesh-01"}}))),
	"want": {},
}

cases["long name"] := {
	"review": fixture.audited(marked({"kro.dev/root": fixture.short}, {"annotations": {"kro.dev/root": fixture.long}})),
	"want": {},
}

cases["long name, owned"] := {
	"review": fixture.audited(marked(
		{"kro.dev/root": fixture.short},
		object.union(fixture.owned_by({"name": fixture.long}), {"annotations": {"kro.dev/root": fixture.long}}),
	)),
	"want": {},
}

cases["long name that begins otherwise"] := {
	"review": fixture.audited(marked(
		{"kro.dev/root": fixture.short},
		{"annotations": {"kro.dev/root": concat("", ["x", fixture.long])}},
	)),
	"want": {"annotation/kro.dev/root": "VirtualService default/routes has an annotation kro.dev/root that does not fit its label (only a name over 63 characters has one). Fix: remove annotation kro.dev/root (rule child-root-label, graph service-mesh-graph)"},
}

cases["long name, label without hash"] := {
	"review": fixture.audited(marked(
		{"kro.dev/root": substring(fixture.long, 0, 52)},
		{"annotations": {"kro.dev/root": fixture.long}},
	)),
	"want": {"annotation/kro.dev/root": "VirtualService default/routes has an annotation kro.dev/root that does not fit its label (only a name over 63 characters has one). Fix: remove annotation kro.dev/root (rule child-root-label, graph service-mesh-graph)"},
}

cases["long name, label that goes on instead of a hash"] := {
	"review": fixture.audited(marked(
		{"kro.dev/root": concat("", [substring(fixture.long, 0, 52), "-northern-x"])},
		{"annotations": {"kro.dev/root": fixture.long}},
	)),
	"want": {"annotation/kro.dev/root": "VirtualService default/routes has an annotation kro.dev/root that does not fit its label (only a name over 63 characters has one). Fix: remove annotation kro.dev/root (rule child-root-label, graph service-mesh-graph)"},
}

cases["long name, annotation missing"] := {
	"review": fixture.audited(marked({"kro.dev/root": fixture.short}, fixture.owned_by({"name": fixture.long}))),
	"want": {"annotation/kro.dev/root": "VirtualService default/routes has no annotation kro.dev/root with the full name of its ServiceMesh, which no label can hold. Fix: set annotation kro.dev/root (rule child-root-label, graph service-mesh-graph)"},
}

cases["long name, annotation of another"] := {
	"review": fixture.audited(marked(
		{"kro.dev/root": fixture.short},
		object.union(
			fixture.owned_by({"name": fixture.long}),
			{"annotations": {"kro.dev/root": concat("", [fixture.long, "-b"])}},
		),
	)),
	"want": {"kro.dev/root": `VirtualService default/routes has kro.dev/root "service-mesh-of-the-payment-platform-in-the-region-of-northern-europe-01-b", but its owner is ServiceMesh service-mesh-of-the-payment-platform-in-the-region-of-northern-europe-01. Fix: make its marks name its root (rule child-root-label, graph service-mesh-graph)`},
}

cases["long name, annotation wrong"] := {
	"review": fixture.audited(marked(
		{"kro.dev/root": fixture.short},
		object.union(fixture.owned_by({"name": fixture.long}), {"annotations": {"kro.dev/root": "mesh-01"}}),
	)),
	"want": {"annotation/kro.dev/root": "VirtualService default/routes has an annotation kro.dev/root that does not fit its label (only a name over 63 characters has one). Fix: set annotation kro.dev/root (rule child-root-label, graph service-mesh-graph)"},
}

cases["long name, label of another"] := {
	"review": fixture.audited(marked({}, fixture.owned_by({"name": fixture.long}))),
	"want": {"kro.dev/root": `VirtualService default/routes has kro.dev/root "mesh-01", but its owner is ServiceMesh service-mesh-of-the-payment-platform-in-the-region-of-northern-europe-01. Fix: remove its marks (rule child-root-label, graph service-mesh-graph)`},
}

cases["long name, no label"] := {
	"review": fixture.audited(marked({"kro.dev/root": null}, fixture.owned_by({"name": fixture.long}))),
	"want": {"kro.dev/root": "VirtualService default/routes names no root: it has no label kro.dev/root. Fix: kubectl label virtualservice.networking.istio.io/routes -n default kro.dev/root-graph- (rule child-root-label, graph service-mesh-graph)"},
}

cases["another graph than the owner's"] := {
	"review": fixture.audited(marked({"kro.dev/root-graph": "other"}, owned)),
	"want": {"kro.dev/root-graph": `VirtualService default/routes has kro.dev/root-graph "other", but its owner is ServiceMesh mesh-01. Fix: set labels kro.dev/child=virtualService, kro.dev/root-graph=service-mesh-graph (rule child-root-label)`},
}

cases["another root than the owner"] := {
	"review": fixture.audited(marked({"kro.dev/root": "mesh-02"}, owned)),
	"want": {"kro.dev/root": `VirtualService default/routes has kro.dev/root "mesh-02", but its owner is ServiceMesh mesh-01. Fix: kubectl label virtualservice.networking.istio.io/routes -n default kro.dev/root=mesh-01 --overwrite (rule child-root-label, graph service-mesh-graph)`},
}

cases["another root than the owner, graph not marked, created"] := {
	"review": fixture.created(marked({"kro.dev/root": "mesh-02", "kro.dev/root-graph": null}, owned)),
	"want": {"kro.dev/root": `VirtualService default/routes has kro.dev/root "mesh-02", but its owner is ServiceMesh mesh-01. Fix: in the manifest, set labels kro.dev/child=virtualService, kro.dev/root=mesh-01, kro.dev/root-graph=service-mesh-graph (rule child-root-label)`},
}

cases["another namespace than the owner's"] := {
	"review": fixture.audited(marked({"kro.dev/root-namespace": "mesh-system"}, owned)),
	"want": {"kro.dev/root-namespace": `VirtualService default/routes has kro.dev/root-namespace "mesh-system", but its owner is ServiceMesh mesh-01. Fix: remove label kro.dev/root-namespace (rule child-root-label, graph service-mesh-graph)`},
}

cases["own namespace marked"] := {
	"review": fixture.audited(marked({"kro.dev/root-namespace": "default"}, owned)),
	"want": {},
}

cases["root elsewhere, no owner"] := {
	"review": fixture.audited(marked({"kro.dev/root-namespace": "mesh-system"}, {})),
	"want": {},
}

cases["cluster-scoped, owned, namespace marked"] := {
	"review": fixture.audited(fixture.unplaced(marked({"kro.dev/root-namespace": "mesh-system"}, owned))),
	"want": {"kro.dev/root-namespace": `VirtualService routes has kro.dev/root-namespace "mesh-system", but its owner is ServiceMesh mesh-01. Fix: kubectl label virtualservice.networking.istio.io/routes kro.dev/root-namespace- (rule child-root-label, graph service-mesh-graph)`},
}

cases["cluster-scoped, owned"] := {"review": fixture.audited(fixture.unplaced(marked({}, owned))), "want": {}}

cases["uid of the owner"] := {
	"review": fixture.audited(marked({}, object.union(owned, {"annotations": {"kro.dev/root-uid": "uid-1"}}))),
	"want": {},
}

cases["uid of another"] := {
	"review": fixture.audited(marked({}, object.union(owned, {"annotations": {"kro.dev/root-uid": "uid-9"}}))),
	"want": {"annotation/kro.dev/root-uid": "VirtualService default/routes has another kro.dev/root-uid than its owner ServiceMesh mesh-01. Fix: set annotation kro.dev/root-uid=uid-1 (rule child-root-label, graph service-mesh-graph)"},
}

# A command of several lines stays out of the message.
cases["uid of another, that breaks the line"] := {
	"review": fixture.audited(marked({}, {
		"name": "r",
		"ownerReferences": [fixture.owner({"uid": "uid\n1"})],
		"annotations": {"kro.dev/root-uid": "uid-9"},
	})),
	"want": {"annotation/kro.dev/root-uid": "VirtualService default/r has another kro.dev/root-uid than its owner ServiceMesh mesh-01. Fix: set annotation kro.dev/root-uid (rule child-root-label, graph service-mesh-graph)"},
}

cases["uid of the owner not known"] := {
	"review": fixture.audited(marked({}, {
		"ownerReferences": [{"apiVersion": "networking.example.com/v1", "kind": "ServiceMesh", "name": "mesh-01"}],
		"annotations": {"kro.dev/root-uid": "uid-9"},
	})),
	"want": {},
}

cases["several owners, one agrees"] := {
	"review": fixture.audited(marked({}, {
		"ownerReferences": [fixture.owner({"name": "mesh-00", "uid": "uid-0", "controller": true}), fixture.owner({})],
		"annotations": {"kro.dev/root-uid": "uid-1"},
	})),
	"want": {},
}

cases["several owners, the uid of the other one"] := {
	"review": fixture.audited(marked({}, {
		"ownerReferences": [fixture.owner({"name": "mesh-00", "uid": "uid-0"}), fixture.owner({})],
		"annotations": {"kro.dev/root-uid": "uid-0"},
	})),
	"want": {"annotation/kro.dev/root-uid": "VirtualService default/routes has another kro.dev/root-uid than its owner ServiceMesh mesh-01. Fix: set annotation kro.dev/root-uid=uid-1 (rule child-root-label, graph service-mesh-graph)"},
}

cases["several owners, none agrees"] := {
	"review": fixture.audited(marked({"kro.dev/root": "mesh-09"}, {"ownerReferences": [
		fixture.owner({"name": "mesh-02"}),
		fixture.owner({"name": "mesh-00"}),
	]})),
	"want": {"kro.dev/root": `VirtualService default/routes has kro.dev/root "mesh-09", but its owner is ServiceMesh mesh-00. Fix: kubectl label virtualservice.networking.istio.io/routes -n default kro.dev/root=mesh-00 --overwrite (rule child-root-label, graph service-mesh-graph)`},
}

cases["several owners, none agrees, one controls"] := {
	"review": fixture.audited(marked({"kro.dev/root": "mesh-09"}, {"ownerReferences": [
		fixture.owner({"name": "mesh-02", "controller": true}),
		fixture.owner({"name": "mesh-00", "controller": false}),
	]})),
	"want": {"kro.dev/root": `VirtualService default/routes has kro.dev/root "mesh-09", but its owner is ServiceMesh mesh-02. Fix: kubectl label virtualservice.networking.istio.io/routes -n default kro.dev/root=mesh-02 --overwrite (rule child-root-label, graph service-mesh-graph)`},
}

cases["all wrong at once"] := {
	"review": fixture.audited(marked(
		{"kro.dev/root": "mesh-09", "kro.dev/root-graph": "other", "kro.dev/root-namespace": "mesh-system", "kro.dev/child": "x"},
		object.union(owned, {"annotations": {"kro.dev/root": "<it's & more>", "kro.dev/root-uid": "uid-9"}}),
	)),
	"want": {
		"kro.dev/root": `VirtualService default/routes has kro.dev/root "mesh-09", but its owner is ServiceMesh mesh-01. Fix: make its marks name its root (rule child-root-label, graph service-mesh-graph)`,
		"kro.dev/root-graph": `VirtualService default/routes has kro.dev/root-graph "other", but its owner is ServiceMesh mesh-01. Fix: make its marks name its root (rule child-root-label, graph service-mesh-graph)`,
		"kro.dev/root-namespace": `VirtualService default/routes has kro.dev/root-namespace "mesh-system", but its owner is ServiceMesh mesh-01. Fix: make its marks name its root (rule child-root-label, graph service-mesh-graph)`,
		"annotation/kro.dev/root": "VirtualService default/routes has an annotation kro.dev/root that does not fit its label (only a name over 63 characters has one). Fix: make its marks name its root (rule child-root-label, graph service-mesh-graph)",
		"annotation/kro.dev/root-uid": "VirtualService default/routes has another kro.dev/root-uid than its owner ServiceMesh mesh-01. Fix: make its marks name its root (rule child-root-label, graph service-mesh-graph)",
	},
}

cases["namespace null"] := {
	"review": fixture.audited(fixture.virtual_service(object.union(
		owned,
		{"labels": {"kro.dev/root": "mesh-01", "kro.dev/root-graph": "service-mesh-graph", "kro.dev/root-namespace": null}},
	))),
	"want": {"kro.dev/root-namespace": "VirtualService default/routes has kro.dev/root-namespace something that is no name, but its owner is ServiceMesh mesh-01. Fix: remove label kro.dev/root-namespace (rule child-root-label, graph service-mesh-graph)"},
}

cases["hostile references"] := {
	"review": fixture.audited(marked({}, {"ownerReferences": [
		null,
		"ServiceMesh",
		{"kind": "ServiceMesh"},
		{"apiVersion": "networking.example.com/v1", "kind": "ServiceMesh", "name": null},
		{"apiVersion": "networking.example.com/v1", "kind": "ServiceMesh", "name": "mesh-01", "uid": 7, "controller": "x"},
	]})),
	"want": {},
}

cases["references of another type"] := {"review": fixture.audited(marked({}, {"ownerReferences": "mesh-01"})), "want": {}}

cases["labels and annotations null"] := {
	"review": fixture.audited(fixture.virtual_service({"labels": null, "annotations": null, "ownerReferences": null})),
	"want": {},
}

cases["exclusive: nobody's"] := {
	"review": fixture.audited(fixture.virtual_service({})),
	"parameters": exclusive,
	"want": {"owner": "VirtualService default/routes belongs to no root of the graph, by marks or owner. Fix: delete it, or label it kro.dev/root-graph=service-mesh-graph kro.dev/root=NAME of a ServiceMesh (rule child-root-label)"},
}

cases["exclusive: nobody's, created"] := {
	"review": fixture.created(fixture.virtual_service({})),
	"parameters": exclusive,
	"want": {"owner": "VirtualService default/routes belongs to no root of the graph, by marks or owner. Fix: delete it, or label it kro.dev/root-graph=service-mesh-graph kro.dev/root=NAME of a ServiceMesh (rule child-root-label)"},
}

cases["exclusive: another graph's"] := {
	"review": fixture.audited(marked({"kro.dev/root-graph": "other"}, {})),
	"parameters": exclusive,
	"want": {"owner": "VirtualService default/routes belongs to no root of the graph, by marks or owner. Fix: delete it, or label it kro.dev/root-graph=service-mesh-graph kro.dev/root=NAME of a ServiceMesh (rule child-root-label)"},
}

cases["exclusive: marked"] := {"review": fixture.audited(marked({}, {})), "parameters": exclusive, "want": {}}

cases["exclusive: owned"] := {
	"review": fixture.audited(fixture.virtual_service(owned)),
	"parameters": exclusive,
	"want": {},
}

cases["exclusive: of no child kind"] := {"review": fixture.audited(fixture.mesh({})), "parameters": exclusive, "want": {}}

cases["unmarked: owned"] := {
	"review": fixture.audited(fixture.virtual_service(owned)),
	"parameters": unmarked,
	"want": {"unmarked": "VirtualService default/routes is owned by ServiceMesh mesh-01, but not marked. Fix: set labels kro.dev/child=virtualService, kro.dev/root=mesh-01, kro.dev/root-graph=service-mesh-graph (rule child-root-label)"},
}

cases["unmarked: owned, created"] := {
	"review": fixture.created(fixture.virtual_service(owned)),
	"parameters": unmarked,
	"want": {"unmarked": "VirtualService default/routes is owned by ServiceMesh mesh-01, but not marked. Fix: in the manifest, set labels kro.dev/child=virtualService, kro.dev/root=mesh-01, kro.dev/root-graph=service-mesh-graph (rule child-root-label)"},
}

cases["unmarked: root named, graph not"] := {
	"review": fixture.audited(marked({"kro.dev/root-graph": null}, owned)),
	"parameters": unmarked,
	"want": {"unmarked": "VirtualService default/routes is owned by ServiceMesh mesh-01, but not marked. Fix: kubectl label virtualservice.networking.istio.io/routes -n default kro.dev/child=virtualService kro.dev/root-graph=service-mesh-graph (rule child-root-label)"},
}

cases["unmarked: child of several ids"] := {
	"review": fixture.audited(fixture.virtual_service(owned)),
	"parameters": object.union(unmarked, {"children": [
		{"id": "primary", "apiGroup": "networking.istio.io", "kind": "VirtualService"},
		{"id": "secondary", "apiGroup": "networking.istio.io", "kind": "VirtualService"},
	]}),
	"want": {"unmarked": "VirtualService default/routes is owned by ServiceMesh mesh-01, but not marked. Fix: kubectl label virtualservice.networking.istio.io/routes -n default kro.dev/root=mesh-01 kro.dev/root-graph=service-mesh-graph (rule child-root-label)"},
}

cases["unmarked: stray annotation"] := {
	"review": fixture.audited(fixture.virtual_service(object.union(owned, {"annotations": {"kro.dev/root": "mesh-01"}}))),
	"parameters": unmarked,
	"want": {"unmarked": "VirtualService default/routes is owned by ServiceMesh mesh-01, but not marked. Fix: set labels kro.dev/child=virtualService, kro.dev/root=mesh-01, kro.dev/root-graph=service-mesh-graph; remove annotation kro.dev/root (rule child-root-label)"},
}

cases["unmarked: long name"] := {
	"review": fixture.audited(fixture.virtual_service(fixture.owned_by({"name": fixture.long}))),
	"parameters": unmarked,
	"want": {"unmarked": "VirtualService default/routes is owned by ServiceMesh service-mesh-of-the-payment-platform-in-the-region-of-northern-europe-01, but not marked. Fix: the controller marks it, its graph says why it did not (rule child-root-label, graph service-mesh-graph)"},
}

cases["long name, nothing marked but a uid"] := {
	"review": fixture.audited(fixture.virtual_service(object.union(
		fixture.owned_by({"name": fixture.long}),
		{"annotations": {"kro.dev/root-uid": "uid-9"}},
	))),
	"want": {"annotation/kro.dev/root-uid": "VirtualService default/routes has another kro.dev/root-uid than its owner ServiceMesh service-mesh-of-the-payment-platform-in-the-region-of-northern-europe-01. Fix: remove annotation kro.dev/root-uid (rule child-root-label, graph service-mesh-graph)"},
}

cases["unmarked: contradiction"] := {
	"review": fixture.audited(marked({"kro.dev/root": "mesh-02", "kro.dev/root-graph": null}, owned)),
	"parameters": unmarked,
	"want": {},
}

cases["unmarked: marked"] := {"review": fixture.audited(marked({}, owned)), "parameters": unmarked, "want": {}}

cases["unmarked: nobody's"] := {"review": fixture.audited(fixture.virtual_service({})), "parameters": unmarked, "want": {}}

# The fix of what is not stored yet.
test_fix[note] if {
	some note, want in {
		"no root, created": "kubectl label --local -f - -o yaml kro.dev/root-graph-",
		"another root than the owner, graph not marked, created": "kubectl label --local -f - -o yaml kro.dev/child=virtualService kro.dev/root=mesh-01 kro.dev/root-graph=service-mesh-graph --overwrite",
		"exclusive: nobody's, created": "kubectl get servicemesh.networking.example.com -A",
	}
	case := cases[note]
	violations := child_root_label.violation with input as {
		"review": case.review,
		"parameters": object.get(case, "parameters", parameters),
	}
	{want} == {violation.details.fix | some violation in violations}
}

test_details if {
	case := cases["another root than the owner"]
	child_root_label.violation == {{
		"msg": case.want["kro.dev/root"],
		"details": {
			"rule": "child-root-label",
			"graph": "service-mesh-graph",
			"key": "kro.dev/root",
			"object": {
				"apiGroup": "networking.istio.io",
				"kind": "VirtualService",
				"namespace": "default",
				"name": "routes",
			},
			"fix": "kubectl label virtualservice.networking.istio.io/routes -n default kro.dev/root=mesh-01 --overwrite",
			"root": {"apiGroup": "networking.example.com", "kind": "ServiceMesh", "name": "mesh-01"},
			"expected": "mesh-01",
			"actual": "mesh-02",
		},
	}} with input as {"review": case.review, "parameters": parameters}
}
