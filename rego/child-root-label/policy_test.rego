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
	"want": {"kro.dev/root": "VirtualService default/routes is marked for graph service-mesh-graph but names no root: it has no label kro.dev/root. Fix: name its ServiceMesh in label kro.dev/root, or release it: kubectl label virtualservice.networking.istio.io/routes -n default kro.dev/root-graph- (rule child-root-label)"},
}

cases["no root, created"] := {
	"review": fixture.created(marked({"kro.dev/root": null}, {})),
	"want": {"kro.dev/root": "VirtualService default/routes is marked for graph service-mesh-graph but names no root: it has no label kro.dev/root. Fix: name its ServiceMesh in label kro.dev/root, or release it: in the manifest, remove label kro.dev/root-graph (rule child-root-label)"},
}

cases["root empty"] := {
	"review": fixture.audited(marked({"kro.dev/root": ""}, {})),
	"want": {"kro.dev/root": "VirtualService default/routes is marked for graph service-mesh-graph but names no root: it has no label kro.dev/root. Fix: name its ServiceMesh in label kro.dev/root, or release it: kubectl label virtualservice.networking.istio.io/routes -n default kro.dev/root- kro.dev/root-graph- (rule child-root-label)"},
}

cases["root of another type"] := {
	"review": fixture.audited(marked({"kro.dev/root": 7}, {})),
	"want": {"kro.dev/root": "VirtualService default/routes is marked for graph service-mesh-graph but names no root: it has no label kro.dev/root. Fix: name its ServiceMesh in label kro.dev/root, or release it: kubectl label virtualservice.networking.istio.io/routes -n default kro.dev/root- kro.dev/root-graph- (rule child-root-label)"},
}

cases["no root, but owned"] := {
	"review": fixture.audited(marked({"kro.dev/root": null}, owned)),
	"want": {"kro.dev/root": "VirtualService default/routes is marked for graph service-mesh-graph but names no root: it has no label kro.dev/root. Fix: kubectl label virtualservice.networking.istio.io/routes -n default kro.dev/root=mesh-01 (rule child-root-label)"},
}

cases["root in the annotation alone"] := {
	"review": fixture.audited(marked({"kro.dev/root": null}, {"annotations": {"kro.dev/root": "mesh-01"}})),
	"want": {"kro.dev/root": `VirtualService default/routes is marked for graph service-mesh-graph but names no root: it has no label kro.dev/root. Fix: kubectl patch virtualservice.networking.istio.io/routes -n default --type merge -p '{"metadata":{"labels":{"kro.dev/root":"mesh-01"},"annotations":{"kro.dev/root":null}}}' (rule child-root-label)`, "annotation/kro.dev/root": `VirtualService default/routes in graph service-mesh-graph has an annotation kro.dev/root that does not fit its label kro.dev/root (only a name over 63 characters has one). Fix: kubectl patch virtualservice.networking.istio.io/routes -n default --type merge -p '{"metadata":{"labels":{"kro.dev/root":"mesh-01"},"annotations":{"kro.dev/root":null}}}' (rule child-root-label)`},
}

cases["long root in the annotation alone"] := {
	"review": fixture.audited(marked({"kro.dev/root": null}, {"annotations": {"kro.dev/root": fixture.long}})),
	"want": {"kro.dev/root": `VirtualService default/routes is marked for graph service-mesh-graph but names no root: it has no label kro.dev/root. Fix: name its ServiceMesh in label kro.dev/root, or release it: kubectl patch virtualservice.networking.istio.io/routes -n default --type merge -p '{"metadata":{"labels":{"kro.dev/root-graph":null},"annotations":{"kro.dev/root":null}}}' (rule child-root-label)`, "annotation/kro.dev/root": `VirtualService default/routes in graph service-mesh-graph has an annotation kro.dev/root that does not fit its label kro.dev/root (only a name over 63 characters has one). Fix: name its ServiceMesh in label kro.dev/root, or release it: kubectl patch virtualservice.networking.istio.io/routes -n default --type merge -p '{"metadata":{"labels":{"kro.dev/root-graph":null},"annotations":{"kro.dev/root":null}}}' (rule child-root-label)`},
}

cases["annotation repeats the label"] := {
	"review": fixture.audited(marked({}, {"annotations": {"kro.dev/root": "mesh-01"}})),
	"want": {"annotation/kro.dev/root": "VirtualService default/routes in graph service-mesh-graph has an annotation kro.dev/root that does not fit its label kro.dev/root (only a name over 63 characters has one). Fix: kubectl annotate virtualservice.networking.istio.io/routes -n default kro.dev/root- (rule child-root-label)"},
}

cases["annotation repeats the label, owned"] := {
	"review": fixture.audited(marked({}, object.union(owned, {"annotations": {"kro.dev/root": "mesh-01"}}))),
	"want": {"annotation/kro.dev/root": "VirtualService default/routes in graph service-mesh-graph has an annotation kro.dev/root that does not fit its label kro.dev/root (only a name over 63 characters has one). Fix: kubectl annotate virtualservice.networking.istio.io/routes -n default kro.dev/root- (rule child-root-label)"},
}

cases["annotation repeats the label, owned, graph not marked"] := {
	"review": fixture.audited(marked(
		{"kro.dev/root-graph": null},
		object.union(owned, {"annotations": {"kro.dev/root": "mesh-01"}}),
	)),
	"want": {"annotation/kro.dev/root": `VirtualService default/routes in graph service-mesh-graph has an annotation kro.dev/root that does not fit its label kro.dev/root (only a name over 63 characters has one). Fix: kubectl patch virtualservice.networking.istio.io/routes -n default --type merge -p '{"metadata":{"labels":{"kro.dev/child":"virtualService","kro.dev/root-graph":"service-mesh-graph"},"annotations":{"kro.dev/root":null}}}' (rule child-root-label)`},
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
	"want": {"annotation/kro.dev/root": "VirtualService default/routes in graph service-mesh-graph has an annotation kro.dev/root that does not fit its label kro.dev/root (only a name over 63 characters has one). Fix: kubectl annotate virtualservice.networking.istio.io/routes -n default kro.dev/root- (rule child-root-label)"},
}

cases["long name, label without hash"] := {
	"review": fixture.audited(marked(
		{"kro.dev/root": substring(fixture.long, 0, 52)},
		{"annotations": {"kro.dev/root": fixture.long}},
	)),
	"want": {"annotation/kro.dev/root": "VirtualService default/routes in graph service-mesh-graph has an annotation kro.dev/root that does not fit its label kro.dev/root (only a name over 63 characters has one). Fix: kubectl annotate virtualservice.networking.istio.io/routes -n default kro.dev/root- (rule child-root-label)"},
}

cases["long name, label that goes on instead of a hash"] := {
	"review": fixture.audited(marked(
		{"kro.dev/root": concat("", [substring(fixture.long, 0, 52), "-northern-x"])},
		{"annotations": {"kro.dev/root": fixture.long}},
	)),
	"want": {"annotation/kro.dev/root": "VirtualService default/routes in graph service-mesh-graph has an annotation kro.dev/root that does not fit its label kro.dev/root (only a name over 63 characters has one). Fix: kubectl annotate virtualservice.networking.istio.io/routes -n default kro.dev/root- (rule child-root-label)"},
}

cases["long name, annotation missing"] := {
	"review": fixture.audited(marked({"kro.dev/root": fixture.short}, fixture.owned_by({"name": fixture.long}))),
	"want": {"annotation/kro.dev/root": "VirtualService default/routes in graph service-mesh-graph has no annotation kro.dev/root with the full name of its ServiceMesh, which the label cannot hold. Fix: kubectl annotate virtualservice.networking.istio.io/routes -n default kro.dev/root=service-mesh-of-the-payment-platform-in-the-region-of-northern-europe-01 (rule child-root-label)"},
}

cases["long name, annotation of another"] := {
	"review": fixture.audited(marked(
		{"kro.dev/root": fixture.short},
		object.union(
			fixture.owned_by({"name": fixture.long}),
			{"annotations": {"kro.dev/root": concat("", [fixture.long, "-b"])}},
		),
	)),
	"want": {"kro.dev/root": `VirtualService default/routes is owned by ServiceMesh service-mesh-of-the-payment-platform-in-the-region-of-northern-europe-01 in graph service-mesh-graph, but its mark kro.dev/root says "service-mesh-of-the-payment-platform-in-the-region-of-northern-europe-01-b". Fix: kubectl annotate virtualservice.networking.istio.io/routes -n default kro.dev/root=service-mesh-of-the-payment-platform-in-the-region-of-northern-europe-01 --overwrite (rule child-root-label)`},
}

cases["long name, annotation wrong"] := {
	"review": fixture.audited(marked(
		{"kro.dev/root": fixture.short},
		object.union(fixture.owned_by({"name": fixture.long}), {"annotations": {"kro.dev/root": "mesh-01"}}),
	)),
	"want": {"annotation/kro.dev/root": "VirtualService default/routes in graph service-mesh-graph has an annotation kro.dev/root that does not fit its label kro.dev/root (only a name over 63 characters has one). Fix: kubectl annotate virtualservice.networking.istio.io/routes -n default kro.dev/root=service-mesh-of-the-payment-platform-in-the-region-of-northern-europe-01 --overwrite (rule child-root-label)"},
}

cases["long name, label of another"] := {
	"review": fixture.audited(marked({}, fixture.owned_by({"name": fixture.long}))),
	"want": {"kro.dev/root": `VirtualService default/routes is owned by ServiceMesh service-mesh-of-the-payment-platform-in-the-region-of-northern-europe-01 in graph service-mesh-graph, but its mark kro.dev/root says "mesh-01". Fix: kubectl label virtualservice.networking.istio.io/routes -n default kro.dev/root- kro.dev/root-graph- (rule child-root-label)`},
}

cases["long name, no label"] := {
	"review": fixture.audited(marked({"kro.dev/root": null}, fixture.owned_by({"name": fixture.long}))),
	"want": {"kro.dev/root": "VirtualService default/routes is marked for graph service-mesh-graph but names no root: it has no label kro.dev/root. Fix: kubectl label virtualservice.networking.istio.io/routes -n default kro.dev/root-graph- (rule child-root-label)"},
}

cases["another graph than the owner's"] := {
	"review": fixture.audited(marked({"kro.dev/root-graph": "other"}, owned)),
	"want": {"kro.dev/root-graph": `VirtualService default/routes is owned by ServiceMesh mesh-01 in graph service-mesh-graph, but its mark kro.dev/root-graph says "other". Fix: kubectl label virtualservice.networking.istio.io/routes -n default kro.dev/child=virtualService kro.dev/root-graph=service-mesh-graph --overwrite (rule child-root-label)`},
}

cases["another root than the owner"] := {
	"review": fixture.audited(marked({"kro.dev/root": "mesh-02"}, owned)),
	"want": {"kro.dev/root": `VirtualService default/routes is owned by ServiceMesh mesh-01 in graph service-mesh-graph, but its mark kro.dev/root says "mesh-02". Fix: kubectl label virtualservice.networking.istio.io/routes -n default kro.dev/root=mesh-01 --overwrite (rule child-root-label)`},
}

cases["another root than the owner, graph not marked, created"] := {
	"review": fixture.created(marked({"kro.dev/root": "mesh-02", "kro.dev/root-graph": null}, owned)),
	"want": {"kro.dev/root": `VirtualService default/routes is owned by ServiceMesh mesh-01 in graph service-mesh-graph, but its mark kro.dev/root says "mesh-02". Fix: in the manifest, set label kro.dev/child=virtualService, set label kro.dev/root=mesh-01, set label kro.dev/root-graph=service-mesh-graph (rule child-root-label)`},
}

cases["another namespace than the owner's"] := {
	"review": fixture.audited(marked({"kro.dev/root-namespace": "mesh-system"}, owned)),
	"want": {"kro.dev/root-namespace": `VirtualService default/routes is owned by ServiceMesh mesh-01 in graph service-mesh-graph, but its mark kro.dev/root-namespace says "mesh-system". Fix: kubectl label virtualservice.networking.istio.io/routes -n default kro.dev/root-namespace- (rule child-root-label)`},
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
	"want": {"kro.dev/root-namespace": `VirtualService routes is owned by ServiceMesh mesh-01 in graph service-mesh-graph, but its mark kro.dev/root-namespace says "mesh-system". Fix: kubectl label virtualservice.networking.istio.io/routes kro.dev/root-namespace- (rule child-root-label)`},
}

cases["cluster-scoped, owned"] := {"review": fixture.audited(fixture.unplaced(marked({}, owned))), "want": {}}

cases["uid of the owner"] := {
	"review": fixture.audited(marked({}, object.union(owned, {"annotations": {"kro.dev/root-uid": "uid-1"}}))),
	"want": {},
}

cases["uid of another"] := {
	"review": fixture.audited(marked({}, object.union(owned, {"annotations": {"kro.dev/root-uid": "uid-9"}}))),
	"want": {"annotation/kro.dev/root-uid": "VirtualService default/routes is owned by ServiceMesh mesh-01 in graph service-mesh-graph, but its annotation kro.dev/root-uid is not the uid of that owner. Fix: kubectl annotate virtualservice.networking.istio.io/routes -n default kro.dev/root-uid=uid-1 --overwrite (rule child-root-label)"},
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
	"want": {"annotation/kro.dev/root-uid": "VirtualService default/routes is owned by ServiceMesh mesh-01 in graph service-mesh-graph, but its annotation kro.dev/root-uid is not the uid of that owner. Fix: kubectl annotate virtualservice.networking.istio.io/routes -n default kro.dev/root-uid=uid-1 --overwrite (rule child-root-label)"},
}

cases["several owners, none agrees"] := {
	"review": fixture.audited(marked({"kro.dev/root": "mesh-09"}, {"ownerReferences": [
		fixture.owner({"name": "mesh-02"}),
		fixture.owner({"name": "mesh-00"}),
	]})),
	"want": {"kro.dev/root": `VirtualService default/routes is owned by ServiceMesh mesh-00 in graph service-mesh-graph, but its mark kro.dev/root says "mesh-09". Fix: kubectl label virtualservice.networking.istio.io/routes -n default kro.dev/root=mesh-00 --overwrite (rule child-root-label)`},
}

cases["several owners, none agrees, one controls"] := {
	"review": fixture.audited(marked({"kro.dev/root": "mesh-09"}, {"ownerReferences": [
		fixture.owner({"name": "mesh-02", "controller": true}),
		fixture.owner({"name": "mesh-00", "controller": false}),
	]})),
	"want": {"kro.dev/root": `VirtualService default/routes is owned by ServiceMesh mesh-02 in graph service-mesh-graph, but its mark kro.dev/root says "mesh-09". Fix: kubectl label virtualservice.networking.istio.io/routes -n default kro.dev/root=mesh-02 --overwrite (rule child-root-label)`},
}

cases["all wrong at once"] := {
	"review": fixture.audited(marked(
		{"kro.dev/root": "mesh-09", "kro.dev/root-graph": "other", "kro.dev/root-namespace": "mesh-system", "kro.dev/child": "x"},
		object.union(owned, {"annotations": {"kro.dev/root": "<it's & more>", "kro.dev/root-uid": "uid-9"}}),
	)),
	"want": {
		"kro.dev/root": `VirtualService default/routes is owned by ServiceMesh mesh-01 in graph service-mesh-graph, but its mark kro.dev/root says "mesh-09". Fix: kubectl patch virtualservice.networking.istio.io/routes -n default --type merge -p '{"metadata":{"labels":{"kro.dev/child":"virtualService","kro.dev/root":"mesh-01","kro.dev/root-graph":"service-mesh-graph","kro.dev/root-namespace":null},"annotations":{"kro.dev/root":null,"kro.dev/root-uid":"uid-1"}}}' (rule child-root-label)`,
		"kro.dev/root-graph": `VirtualService default/routes is owned by ServiceMesh mesh-01 in graph service-mesh-graph, but its mark kro.dev/root-graph says "other". Fix: kubectl patch virtualservice.networking.istio.io/routes -n default --type merge -p '{"metadata":{"labels":{"kro.dev/child":"virtualService","kro.dev/root":"mesh-01","kro.dev/root-graph":"service-mesh-graph","kro.dev/root-namespace":null},"annotations":{"kro.dev/root":null,"kro.dev/root-uid":"uid-1"}}}' (rule child-root-label)`,
		"kro.dev/root-namespace": `VirtualService default/routes is owned by ServiceMesh mesh-01 in graph service-mesh-graph, but its mark kro.dev/root-namespace says "mesh-system". Fix: kubectl patch virtualservice.networking.istio.io/routes -n default --type merge -p '{"metadata":{"labels":{"kro.dev/child":"virtualService","kro.dev/root":"mesh-01","kro.dev/root-graph":"service-mesh-graph","kro.dev/root-namespace":null},"annotations":{"kro.dev/root":null,"kro.dev/root-uid":"uid-1"}}}' (rule child-root-label)`,
		"annotation/kro.dev/root": `VirtualService default/routes in graph service-mesh-graph has an annotation kro.dev/root that does not fit its label kro.dev/root (only a name over 63 characters has one). Fix: kubectl patch virtualservice.networking.istio.io/routes -n default --type merge -p '{"metadata":{"labels":{"kro.dev/child":"virtualService","kro.dev/root":"mesh-01","kro.dev/root-graph":"service-mesh-graph","kro.dev/root-namespace":null},"annotations":{"kro.dev/root":null,"kro.dev/root-uid":"uid-1"}}}' (rule child-root-label)`,
		"annotation/kro.dev/root-uid": `VirtualService default/routes is owned by ServiceMesh mesh-01 in graph service-mesh-graph, but its annotation kro.dev/root-uid is not the uid of that owner. Fix: kubectl patch virtualservice.networking.istio.io/routes -n default --type merge -p '{"metadata":{"labels":{"kro.dev/child":"virtualService","kro.dev/root":"mesh-01","kro.dev/root-graph":"service-mesh-graph","kro.dev/root-namespace":null},"annotations":{"kro.dev/root":null,"kro.dev/root-uid":"uid-1"}}}' (rule child-root-label)`,
	},
}

cases["namespace null"] := {
	"review": fixture.audited(fixture.virtual_service(object.union(
		owned,
		{"labels": {"kro.dev/root": "mesh-01", "kro.dev/root-graph": "service-mesh-graph", "kro.dev/root-namespace": null}},
	))),
	"want": {"kro.dev/root-namespace": "VirtualService default/routes is owned by ServiceMesh mesh-01 in graph service-mesh-graph, but its mark kro.dev/root-namespace says something that is no name. Fix: kubectl label virtualservice.networking.istio.io/routes -n default kro.dev/root-namespace- (rule child-root-label)"},
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
	"want": {"owner": "VirtualService default/routes belongs to no root of graph service-mesh-graph: it has neither label kro.dev/root-graph=service-mesh-graph nor a ServiceMesh as owner. Fix: delete it, or set labels kro.dev/root-graph=service-mesh-graph and kro.dev/root to the name of a ServiceMesh: kubectl get servicemesh.networking.example.com -A (rule child-root-label)"},
}

cases["exclusive: nobody's, created"] := {
	"review": fixture.created(fixture.virtual_service({})),
	"parameters": exclusive,
	"want": {"owner": "VirtualService default/routes belongs to no root of graph service-mesh-graph: it has neither label kro.dev/root-graph=service-mesh-graph nor a ServiceMesh as owner. Fix: delete it, or set labels kro.dev/root-graph=service-mesh-graph and kro.dev/root to the name of a ServiceMesh: kubectl get servicemesh.networking.example.com -A (rule child-root-label)"},
}

cases["exclusive: another graph's"] := {
	"review": fixture.audited(marked({"kro.dev/root-graph": "other"}, {})),
	"parameters": exclusive,
	"want": {"owner": "VirtualService default/routes belongs to no root of graph service-mesh-graph: it has neither label kro.dev/root-graph=service-mesh-graph nor a ServiceMesh as owner. Fix: delete it, or set labels kro.dev/root-graph=service-mesh-graph and kro.dev/root to the name of a ServiceMesh: kubectl get servicemesh.networking.example.com -A (rule child-root-label)"},
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
	"want": {"unmarked": "VirtualService default/routes is owned by ServiceMesh mesh-01 in graph service-mesh-graph but has no label kro.dev/root-graph. Fix: kubectl label virtualservice.networking.istio.io/routes -n default kro.dev/child=virtualService kro.dev/root=mesh-01 kro.dev/root-graph=service-mesh-graph (rule child-root-label)"},
}

cases["unmarked: owned, created"] := {
	"review": fixture.created(fixture.virtual_service(owned)),
	"parameters": unmarked,
	"want": {"unmarked": "VirtualService default/routes is owned by ServiceMesh mesh-01 in graph service-mesh-graph but has no label kro.dev/root-graph. Fix: in the manifest, set label kro.dev/child=virtualService, set label kro.dev/root=mesh-01, set label kro.dev/root-graph=service-mesh-graph (rule child-root-label)"},
}

cases["unmarked: root named, graph not"] := {
	"review": fixture.audited(marked({"kro.dev/root-graph": null}, owned)),
	"parameters": unmarked,
	"want": {"unmarked": "VirtualService default/routes is owned by ServiceMesh mesh-01 in graph service-mesh-graph but has no label kro.dev/root-graph. Fix: kubectl label virtualservice.networking.istio.io/routes -n default kro.dev/child=virtualService kro.dev/root-graph=service-mesh-graph (rule child-root-label)"},
}

cases["unmarked: child of several ids"] := {
	"review": fixture.audited(fixture.virtual_service(owned)),
	"parameters": object.union(unmarked, {"children": [
		{"id": "primary", "apiGroup": "networking.istio.io", "kind": "VirtualService"},
		{"id": "secondary", "apiGroup": "networking.istio.io", "kind": "VirtualService"},
	]}),
	"want": {"unmarked": "VirtualService default/routes is owned by ServiceMesh mesh-01 in graph service-mesh-graph but has no label kro.dev/root-graph. Fix: kubectl label virtualservice.networking.istio.io/routes -n default kro.dev/root=mesh-01 kro.dev/root-graph=service-mesh-graph (rule child-root-label)"},
}

cases["unmarked: stray annotation"] := {
	"review": fixture.audited(fixture.virtual_service(object.union(owned, {"annotations": {"kro.dev/root": "mesh-01"}}))),
	"parameters": unmarked,
	"want": {"unmarked": `VirtualService default/routes is owned by ServiceMesh mesh-01 in graph service-mesh-graph but has no label kro.dev/root-graph. Fix: kubectl patch virtualservice.networking.istio.io/routes -n default --type merge -p '{"metadata":{"labels":{"kro.dev/child":"virtualService","kro.dev/root":"mesh-01","kro.dev/root-graph":"service-mesh-graph"},"annotations":{"kro.dev/root":null}}}' (rule child-root-label)`},
}

cases["unmarked: long name"] := {
	"review": fixture.audited(fixture.virtual_service(fixture.owned_by({"name": fixture.long}))),
	"parameters": unmarked,
	"want": {"unmarked": "VirtualService default/routes is owned by ServiceMesh service-mesh-of-the-payment-platform-in-the-region-of-northern-europe-01 in graph service-mesh-graph but has no label kro.dev/root-graph. Fix: let the controller mark it, its graph says why it did not: kubectl describe resourcegraph.kro.dev/service-mesh-graph (rule child-root-label)"},
}

cases["long name, nothing marked but a uid"] := {
	"review": fixture.audited(fixture.virtual_service(object.union(
		fixture.owned_by({"name": fixture.long}),
		{"annotations": {"kro.dev/root-uid": "uid-9"}},
	))),
	"want": {"annotation/kro.dev/root-uid": "VirtualService default/routes is owned by ServiceMesh service-mesh-of-the-payment-platform-in-the-region-of-northern-europe-01 in graph service-mesh-graph, but its annotation kro.dev/root-uid is not the uid of that owner. Fix: kubectl annotate virtualservice.networking.istio.io/routes -n default kro.dev/root-uid- (rule child-root-label)"},
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
