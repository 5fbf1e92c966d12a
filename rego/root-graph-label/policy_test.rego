package graphgate.root_graph_label_test

import data.fixture
import data.graphgate.root_graph_label

parameters := {"labels": {"kro.dev/graph": "service-mesh-graph"}}

in_graph := {"kro.dev/graph": "service-mesh-graph"}

elsewhere := {"kro.dev/graph": "other"}

test_verdict[note] if {
	some note, case in cases
	case.want == fixture.told(root_graph_label.violation) with input as {
		"review": case.review,
		"parameters": object.get(case, "parameters", parameters),
	}
}

cases["labelled"] := {"review": fixture.audited(fixture.mesh({"labels": in_graph})), "want": {}}

cases["annotated"] := {"review": fixture.audited(fixture.mesh({"annotations": in_graph})), "want": {}}

cases["labelled and annotated alike"] := {
	"review": fixture.audited(fixture.mesh({"labels": in_graph, "annotations": in_graph})),
	"want": {},
}

cases["bare"] := {
	"review": fixture.audited(fixture.mesh({})),
	"want": {"kro.dev/graph": "ServiceMesh default/mesh-01 is no member: it has no label kro.dev/graph. Fix: kubectl label servicemesh.networking.example.com/mesh-01 -n default kro.dev/graph=service-mesh-graph (rule root-graph-label)"},
}

cases["bare, updated"] := {
	"review": fixture.updated(fixture.mesh({}), fixture.mesh({})),
	"want": {"kro.dev/graph": "ServiceMesh default/mesh-01 is no member: it has no label kro.dev/graph. Fix: kubectl label servicemesh.networking.example.com/mesh-01 -n default kro.dev/graph=service-mesh-graph (rule root-graph-label)"},
}

cases["bare, created"] := {
	"review": fixture.created(fixture.mesh({})),
	"want": {"kro.dev/graph": "ServiceMesh default/mesh-01 is no member: it has no label kro.dev/graph. Fix: in the manifest, set label kro.dev/graph=service-mesh-graph (rule root-graph-label)"},
}

cases["bare, name to be generated"] := {
	"review": fixture.created({
		"apiVersion": "networking.example.com/v1",
		"kind": "ServiceMesh",
		"metadata": {"generateName": "mesh-", "namespace": "default"},
	}),
	"want": {"kro.dev/graph": "ServiceMesh default/mesh-* is no member: it has no label kro.dev/graph. Fix: in the manifest, set label kro.dev/graph=service-mesh-graph (rule root-graph-label)"},
}

cases["another graph in the label"] := {
	"review": fixture.audited(fixture.mesh({"labels": elsewhere})),
	"want": {"kro.dev/graph": `ServiceMesh default/mesh-01 is no member: its label kro.dev/graph says "other". Fix: kubectl label servicemesh.networking.example.com/mesh-01 -n default kro.dev/graph=service-mesh-graph --overwrite (rule root-graph-label)`},
}

cases["another graph in the annotation"] := {
	"review": fixture.audited(fixture.mesh({"annotations": elsewhere})),
	"want": {"kro.dev/graph": `ServiceMesh default/mesh-01 is no member: its annotation kro.dev/graph says "other". Fix: kubectl annotate servicemesh.networking.example.com/mesh-01 -n default kro.dev/graph=service-mesh-graph --overwrite (rule root-graph-label)`},
}

cases["another graph in the annotation, created"] := {
	"review": fixture.created(fixture.mesh({"annotations": elsewhere})),
	"want": {"kro.dev/graph": `ServiceMesh default/mesh-01 is no member: its annotation kro.dev/graph says "other". Fix: in the manifest, set annotation kro.dev/graph=service-mesh-graph (rule root-graph-label)`},
}

cases["another graph in both"] := {
	"review": fixture.audited(fixture.mesh({"labels": elsewhere, "annotations": elsewhere})),
	"want": {"kro.dev/graph": `ServiceMesh default/mesh-01 is no member: its label kro.dev/graph says "other", its annotation "other". Fix: set label kro.dev/graph=service-mesh-graph; remove annotation kro.dev/graph (rule root-graph-label)`},
}

cases["another graph in both, created"] := {
	"review": fixture.created(fixture.mesh({"labels": elsewhere, "annotations": elsewhere})),
	"want": {"kro.dev/graph": `ServiceMesh default/mesh-01 is no member: its label kro.dev/graph says "other", its annotation "other". Fix: in the manifest, set label kro.dev/graph=service-mesh-graph; remove annotation kro.dev/graph (rule root-graph-label)`},
}

cases["at odds, label right"] := {
	"review": fixture.audited(fixture.mesh({"labels": in_graph, "annotations": elsewhere})),
	"want": {"kro.dev/graph": `ServiceMesh default/mesh-01 is no member: its label kro.dev/graph says "service-mesh-graph", its annotation "other". Fix: remove annotation kro.dev/graph (rule root-graph-label, graph service-mesh-graph)`},
}

cases["at odds, label right, created"] := {
	"review": fixture.created(fixture.mesh({"labels": in_graph, "annotations": elsewhere})),
	"want": {"kro.dev/graph": `ServiceMesh default/mesh-01 is no member: its label kro.dev/graph says "service-mesh-graph", its annotation "other". Fix: in the manifest, remove annotation kro.dev/graph (rule root-graph-label, graph service-mesh-graph)`},
}

cases["at odds, annotation right"] := {
	"review": fixture.audited(fixture.mesh({"labels": elsewhere, "annotations": in_graph})),
	"want": {"kro.dev/graph": `ServiceMesh default/mesh-01 is no member: its label kro.dev/graph says "other", its annotation "service-mesh-graph". Fix: set label kro.dev/graph=service-mesh-graph (rule root-graph-label)`},
}

cases["annotations ignored: annotated"] := {
	"review": fixture.audited(fixture.mesh({"annotations": in_graph})),
	"parameters": object.union(parameters, {"annotations": false}),
	"want": {"kro.dev/graph": "ServiceMesh default/mesh-01 is no member: it has no label kro.dev/graph. Fix: kubectl label servicemesh.networking.example.com/mesh-01 -n default kro.dev/graph=service-mesh-graph (rule root-graph-label)"},
}

cases["annotations ignored: annotated otherwise"] := {
	"review": fixture.audited(fixture.mesh({"labels": in_graph, "annotations": elsewhere})),
	"parameters": object.union(parameters, {"annotations": false}),
	"want": {},
}

cases["by the garbage collector"] := {
	"review": object.union(
		fixture.updated(fixture.mesh({}), fixture.mesh({})),
		{"userInfo": {"username": "system:serviceaccount:kube-system:generic-garbage-collector"}},
	),
	"want": {},
}

cases["deleted"] := {"review": fixture.deleted(fixture.mesh({})), "want": {}}

cases["being deleted"] := {
	"review": fixture.updated(fixture.mesh({}), fixture.mesh({"deletionTimestamp": "2024-01-01T00:00:00Z"})),
	"want": {},
}

cases["not being deleted"] := {
	"review": fixture.audited(fixture.mesh({"deletionTimestamp": null})),
	"want": {"kro.dev/graph": "ServiceMesh default/mesh-01 is no member: it has no label kro.dev/graph. Fix: kubectl label servicemesh.networking.example.com/mesh-01 -n default kro.dev/graph=service-mesh-graph (rule root-graph-label)"},
}

cases["cluster-scoped"] := {
	"review": fixture.audited(fixture.unplaced(fixture.mesh({}))),
	"want": {"kro.dev/graph": "ServiceMesh mesh-01 is no member: it has no label kro.dev/graph. Fix: kubectl label servicemesh.networking.example.com/mesh-01 kro.dev/graph=service-mesh-graph (rule root-graph-label)"},
}

cases["core group"] := {
	"review": fixture.audited({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a", "namespace": "b"}}),
	"want": {"kro.dev/graph": "ConfigMap b/a is no member: it has no label kro.dev/graph. Fix: kubectl label configmap/a -n b kro.dev/graph=service-mesh-graph (rule root-graph-label)"},
}

cases["labels and annotations null"] := {
	"review": fixture.audited(fixture.mesh({"labels": null, "annotations": null})),
	"want": {"kro.dev/graph": "ServiceMesh default/mesh-01 is no member: it has no label kro.dev/graph. Fix: kubectl label servicemesh.networking.example.com/mesh-01 -n default kro.dev/graph=service-mesh-graph (rule root-graph-label)"},
}

cases["labels and annotations of other types"] := {
	"review": fixture.audited(fixture.mesh({"labels": ["kro.dev/graph"], "annotations": "kro.dev/graph"})),
	"want": {"kro.dev/graph": "ServiceMesh default/mesh-01 is no member: it has no label kro.dev/graph. Fix: kubectl label servicemesh.networking.example.com/mesh-01 -n default kro.dev/graph=service-mesh-graph (rule root-graph-label)"},
}

cases["label null"] := {
	"review": fixture.audited(fixture.mesh({"labels": {"kro.dev/graph": null}, "annotations": in_graph})),
	"want": {"kro.dev/graph": `ServiceMesh default/mesh-01 is no member: its label kro.dev/graph says something that is no name, its annotation "service-mesh-graph". Fix: set label kro.dev/graph=service-mesh-graph (rule root-graph-label)`},
}

cases["label false"] := {
	"review": fixture.audited(fixture.mesh({"labels": {"kro.dev/graph": false}})),
	"want": {"kro.dev/graph": "ServiceMesh default/mesh-01 is no member: its label kro.dev/graph says something that is no name. Fix: kubectl label servicemesh.networking.example.com/mesh-01 -n default kro.dev/graph=service-mesh-graph --overwrite (rule root-graph-label)"},
}

cases["label and annotation numbers"] := {
	"review": fixture.audited(fixture.mesh({"labels": {"kro.dev/graph": 1}, "annotations": {"kro.dev/graph": 1}})),
	"want": {"kro.dev/graph": "ServiceMesh default/mesh-01 is no member: its label kro.dev/graph says something that is no name, its annotation something that is no name. Fix: set label kro.dev/graph=service-mesh-graph; remove annotation kro.dev/graph (rule root-graph-label)"},
}

cases["label empty"] := {
	"review": fixture.audited(fixture.mesh({"labels": {"kro.dev/graph": ""}})),
	"want": {"kro.dev/graph": `ServiceMesh default/mesh-01 is no member: its label kro.dev/graph says "". Fix: kubectl label servicemesh.networking.example.com/mesh-01 -n default kro.dev/graph=service-mesh-graph --overwrite (rule root-graph-label)`},
}

cases["annotation of several lines"] := {
	"review": fixture.audited(fixture.mesh({"annotations": {"kro.dev/graph": "a\nb"}})),
	"want": {"kro.dev/graph": "ServiceMesh default/mesh-01 is no member: its annotation kro.dev/graph says something that is no name. Fix: kubectl annotate servicemesh.networking.example.com/mesh-01 -n default kro.dev/graph=service-mesh-graph --overwrite (rule root-graph-label)"},
}

cases["metadata null"] := {
	"review": fixture.audited({"apiVersion": "networking.example.com/v1", "kind": "ServiceMesh", "metadata": null}),
	"want": {"kro.dev/graph": "ServiceMesh (unnamed) is no member: it has no label kro.dev/graph. Fix: in the manifest, set label kro.dev/graph=service-mesh-graph (rule root-graph-label)"},
}

cases["nothing where it belongs"] := {
	"review": fixture.audited({"apiVersion": 1, "kind": ["x"], "metadata": {"name": {}, "namespace": 7, "uid": 3}}),
	"want": {"kro.dev/graph": " (unnamed) is no member: it has no label kro.dev/graph. Fix: in the manifest, set label kro.dev/graph=service-mesh-graph (rule root-graph-label)"},
}

cases["empty object"] := {"review": fixture.audited({}), "want": {"kro.dev/graph": " (unnamed) is no member: it has no label kro.dev/graph. Fix: in the manifest, set label kro.dev/graph=service-mesh-graph (rule root-graph-label)"}}

cases["a review of nothing but the object"] := {
	"review": {"object": fixture.mesh({})},
	"want": {"kro.dev/graph": "ServiceMesh default/mesh-01 is no member: it has no label kro.dev/graph. Fix: kubectl label servicemesh.networking.example.com/mesh-01 -n default kro.dev/graph=service-mesh-graph (rule root-graph-label)"},
}

cases["no object"] := {"review": {"operation": "UPDATE", "object": null, "oldObject": null}, "want": {}}

cases["a name that a shell would read"] := {
	"review": fixture.audited(fixture.mesh({"name": "it's; rm -rf $HOME", "namespace": "a b"})),
	"want": {"kro.dev/graph": `ServiceMesh a b/it's; rm -rf $HOME is no member: it has no label kro.dev/graph. Fix: kubectl label 'servicemesh.networking.example.com/it'\''s; rm -rf $HOME' -n 'a b' kro.dev/graph=service-mesh-graph (rule root-graph-label)`},
}

cases["several labels"] := {
	"review": fixture.audited(fixture.mesh({"labels": {"kro.dev/graph": "service-mesh-graph", "tier": "two"}})),
	"parameters": {"labels": {"kro.dev/graph": "service-mesh-graph", "team": "mesh", "tier": "one"}},
	"want": {
		"team": "ServiceMesh default/mesh-01 is no member: it has no label team. Fix: kubectl label servicemesh.networking.example.com/mesh-01 -n default team=mesh (rule root-graph-label, graph service-mesh-graph)",
		"tier": `ServiceMesh default/mesh-01 is no member: its label tier says "two". Fix: kubectl label servicemesh.networking.example.com/mesh-01 -n default tier=one --overwrite (rule root-graph-label, graph service-mesh-graph)`,
	},
}

cases["another label alone"] := {
	"review": fixture.audited(fixture.mesh({})),
	"parameters": {"labels": {"team": "mesh"}},
	"want": {"team": "ServiceMesh default/mesh-01 is no member: it has no label team. Fix: kubectl label servicemesh.networking.example.com/mesh-01 -n default team=mesh (rule root-graph-label, graph mesh)"},
}

cases["no parameters"] := {"review": fixture.audited(fixture.mesh({})), "parameters": {}, "want": {}}

test_details if {
	root_graph_label.violation == {{
		"msg": cases["at odds, label right, created"].want["kro.dev/graph"],
		"details": {
			"rule": "root-graph-label",
			"graph": "service-mesh-graph",
			"key": "kro.dev/graph",
			"object": {
				"apiGroup": "networking.example.com",
				"kind": "ServiceMesh",
				"namespace": "default",
				"name": "mesh-01",
			},
			"fix": "kubectl annotate --local -f - -o yaml kro.dev/graph-",
			"expected": "service-mesh-graph",
			"actual": {"label": "service-mesh-graph", "annotation": "other"},
		},
	}} with input as {"review": cases["at odds, label right, created"].review, "parameters": parameters}
}

# A command for every fix that the messages do not show, because the object is not stored yet.
test_fix[note] if {
	some note, want in {
		"bare, created": "kubectl label --local -f - -o yaml kro.dev/graph=service-mesh-graph",
		"bare, name to be generated": "kubectl label --local -f - -o yaml kro.dev/graph=service-mesh-graph",
		"another graph in the annotation, created": "kubectl annotate --local -f - -o yaml kro.dev/graph=service-mesh-graph --overwrite",
		"another graph in both, created": `kubectl patch --local -f - -o yaml --type merge -p '{"metadata":{"labels":{"kro.dev/graph":"service-mesh-graph"},"annotations":{"kro.dev/graph":null}}}'`,
		"at odds, label right, created": "kubectl annotate --local -f - -o yaml kro.dev/graph-",
	}
	review := cases[note].review
	violations := root_graph_label.violation with input as {"review": review, "parameters": parameters}
	{want} == {violation.details.fix | some violation in violations}
}
