package graphgate.membership_immutable_test

import data.fixture
import data.graphgate.membership_immutable

parameters := fixture.parameters

test_verdict[note] if {
	some note, case in cases
	case.want == fixture.told(membership_immutable.violation) with input as {
		"review": case.review,
		"parameters": object.get(case, "parameters", parameters),
	}
}

in_graph := {"kro.dev/graph": "service-mesh-graph"}

elsewhere := {"kro.dev/graph": "other"}

# change is an UPDATE of a root from some metadata to other.
change(before, after) := fixture.updated(fixture.mesh(before), fixture.mesh(after))

# child_change is an UPDATE of the labels of a child from all marks to other labels.
child_change(changes) := fixture.updated(
	fixture.virtual_service({"labels": all_marks}),
	fixture.virtual_service({"labels": {key: value | some key, value in object.union(all_marks, changes); value != null}}),
)

all_marks := {
	"kro.dev/root": "mesh-01",
	"kro.dev/root-graph": "service-mesh-graph",
	"kro.dev/root-namespace": "mesh-system",
	"kro.dev/child": "virtualService",
}

by(user, review) := object.union(review, {"userInfo": user})

# Roots

cases["root stays"] := {"review": change({"labels": in_graph}, {"labels": in_graph}), "want": {}}

cases["root enters"] := {"review": change({}, {"labels": in_graph}), "want": {}}

cases["root moves to the annotation"] := {"review": change({"labels": in_graph}, {"annotations": in_graph}), "want": {}}

cases["root moves to the label"] := {"review": change({"annotations": in_graph}, {"labels": in_graph}), "want": {}}

cases["root gets both"] := {
	"review": change({"labels": in_graph}, {"labels": in_graph, "annotations": in_graph}),
	"want": {},
}

cases["root leaves"] := {
	"review": change({"labels": in_graph}, {}),
	"want": {"kro.dev/graph": "ServiceMesh default/mesh-01 must stay a member: it has no label kro.dev/graph. Fix: restore it: set label kro.dev/graph=service-mesh-graph (rule membership-immutable)"},
}

cases["root leaves from the annotation"] := {
	"review": change({"annotations": in_graph}, {"annotations": {}}),
	"want": {"kro.dev/graph": "ServiceMesh default/mesh-01 must stay a member: it has no label kro.dev/graph. Fix: restore it: set annotation kro.dev/graph=service-mesh-graph (rule membership-immutable)"},
}

cases["root leaves from both"] := {
	"review": change({"labels": in_graph, "annotations": in_graph}, {}),
	"want": {"kro.dev/graph": "ServiceMesh default/mesh-01 must stay a member: it has no label kro.dev/graph. Fix: restore it: set label kro.dev/graph=service-mesh-graph; set annotation kro.dev/graph=service-mesh-graph (rule membership-immutable)"},
}

cases["root changes graph"] := {
	"review": change({"labels": in_graph}, {"labels": elsewhere}),
	"want": {"kro.dev/graph": `ServiceMesh default/mesh-01 must stay a member: its label kro.dev/graph says "other". Fix: restore it: set label kro.dev/graph=service-mesh-graph (rule membership-immutable)`},
}

cases["root comes to be at odds"] := {
	"review": change({"labels": in_graph}, {"labels": in_graph, "annotations": elsewhere}),
	"want": {"kro.dev/graph": `ServiceMesh default/mesh-01 must stay a member: its label kro.dev/graph says "service-mesh-graph", its annotation "other". Fix: restore it: remove annotation kro.dev/graph (rule membership-immutable, graph service-mesh-graph)`},
}

cases["root moves and changes"] := {
	"review": change({"labels": in_graph}, {"annotations": elsewhere}),
	"want": {"kro.dev/graph": `ServiceMesh default/mesh-01 must stay a member: its annotation kro.dev/graph says "other". Fix: restore it: set label kro.dev/graph=service-mesh-graph; remove annotation kro.dev/graph (rule membership-immutable)`},
}

cases["root was at odds"] := {
	"review": change({"labels": in_graph, "annotations": elsewhere}, {"labels": elsewhere}),
	"want": {},
}

cases["root of another graph"] := {"review": change({"labels": elsewhere}, {}), "want": {}}

cases["root of another kind"] := {
	"review": fixture.updated(fixture.gateway({"labels": in_graph}), fixture.gateway({})),
	"want": {},
}

cases["root created elsewhere"] := {"review": fixture.created(fixture.mesh({"labels": elsewhere})), "want": {}}

cases["root audited"] := {"review": fixture.audited(fixture.mesh({})), "want": {}}

cases["root deleted"] := {"review": fixture.deleted(fixture.mesh({"labels": in_graph})), "want": {}}

cases["root being deleted"] := {
	"review": change({"labels": in_graph}, {"deletionTimestamp": "2024-01-01T00:00:00Z"}),
	"want": {},
}

cases["root without an old object"] := {
	"review": object.union(change({}, {}), {"oldObject": null}),
	"want": {},
}

cases["old labels null"] := {
	"review": change({"labels": null, "annotations": in_graph}, {"labels": null, "annotations": null}),
	"want": {"kro.dev/graph": "ServiceMesh default/mesh-01 must stay a member: it has no label kro.dev/graph. Fix: restore it: set annotation kro.dev/graph=service-mesh-graph (rule membership-immutable)"},
}

# Users

cases["by the controller"] := {
	"review": by(
		{"username": "system:serviceaccount:graphgate-system:graphgate-controller"},
		change({"labels": in_graph}, {}),
	),
	"want": {},
}

cases["by the controller manager"] := {
	"review": by({"username": "system:kube-controller-manager"}, change({"labels": in_graph}, {})),
	"want": {},
}

cases["by an allowed user"] := {
	"review": by({"username": "argocd"}, change({"labels": in_graph}, {})),
	"parameters": object.union(parameters, {"allowedUsers": ["argocd"]}),
	"want": {},
}

cases["by the controller, which is not allowed"] := {
	"review": by(
		{"username": "system:serviceaccount:graphgate-system:graphgate-controller"},
		change({"labels": in_graph}, {}),
	),
	"parameters": object.union(parameters, {"allowedUsers": []}),
	"want": {"kro.dev/graph": "ServiceMesh default/mesh-01 must stay a member: it has no label kro.dev/graph. Fix: restore it: set label kro.dev/graph=service-mesh-graph (rule membership-immutable)"},
}

cases["by the break-glass group"] := {
	"review": change({"labels": in_graph}, {}),
	"parameters": object.union(parameters, {"breakGlassGroup": "developers"}),
	"want": {},
}

cases["by a member of no such group"] := {
	"review": change({"labels": in_graph}, {}),
	"parameters": object.union(parameters, {"breakGlassGroup": "admins"}),
	"want": {"kro.dev/graph": "ServiceMesh default/mesh-01 must stay a member: it has no label kro.dev/graph. Fix: restore it: set label kro.dev/graph=service-mesh-graph (rule membership-immutable)"},
}

cases["break-glass group empty"] := {
	"review": by({"username": "jane", "groups": [""]}, change({"labels": in_graph}, {})),
	"parameters": object.union(parameters, {"breakGlassGroup": ""}),
	"want": {"kro.dev/graph": "ServiceMesh default/mesh-01 must stay a member: it has no label kro.dev/graph. Fix: restore it: set label kro.dev/graph=service-mesh-graph (rule membership-immutable)"},
}

cases["by nobody"] := {
	"review": json.patch(change({"labels": in_graph}, {}), [{"op": "replace", "path": "/userInfo", "value": {}}]),
	"want": {"kro.dev/graph": "ServiceMesh default/mesh-01 must stay a member: it has no label kro.dev/graph. Fix: restore it: set label kro.dev/graph=service-mesh-graph (rule membership-immutable)"},
}

# Children

cases["child stays"] := {"review": child_change({"app": "routes"}), "want": {}}

cases["child is marked"] := {
	"review": fixture.updated(fixture.virtual_service({}), fixture.virtual_service({"labels": all_marks})),
	"want": {},
}

cases["child is marked for the first time"] := {
	"review": fixture.updated(
		fixture.virtual_service({"labels": {"kro.dev/root-graph": "service-mesh-graph"}}),
		fixture.virtual_service({"labels": all_marks}),
	),
	"want": {},
}

cases["child leaves"] := {
	"review": child_change({key: null | some key, _ in all_marks}),
	"want": {
		"kro.dev/child": `VirtualService default/routes must keep kro.dev/child: it said "virtualService", now it is gone. Fix: restore it: set label kro.dev/child=virtualService (rule membership-immutable, graph service-mesh-graph)`,
		"kro.dev/root": `VirtualService default/routes must keep kro.dev/root: it said "mesh-01", now it is gone. Fix: restore it: set label kro.dev/root=mesh-01 (rule membership-immutable, graph service-mesh-graph)`,
		"kro.dev/root-graph": `VirtualService default/routes must keep kro.dev/root-graph: it said "service-mesh-graph", now it is gone. Fix: restore it: set label kro.dev/root-graph=service-mesh-graph (rule membership-immutable)`,
		"kro.dev/root-namespace": `VirtualService default/routes must keep kro.dev/root-namespace: it said "mesh-system", now it is gone. Fix: restore it: set label kro.dev/root-namespace=mesh-system (rule membership-immutable, graph service-mesh-graph)`,
	},
}

cases["child changes graph"] := {
	"review": child_change({"kro.dev/root-graph": "other"}),
	"want": {"kro.dev/root-graph": `VirtualService default/routes must keep kro.dev/root-graph: it said "service-mesh-graph", now "other". Fix: restore it: set label kro.dev/root-graph=service-mesh-graph (rule membership-immutable)`},
}

cases["child changes root"] := {
	"review": child_change({"kro.dev/root": "mesh-02"}),
	"want": {"kro.dev/root": `VirtualService default/routes must keep kro.dev/root: it said "mesh-01", now "mesh-02". Fix: restore it: set label kro.dev/root=mesh-01 (rule membership-immutable, graph service-mesh-graph)`},
}

cases["child loses root"] := {
	"review": child_change({"kro.dev/root": ""}),
	"want": {"kro.dev/root": `VirtualService default/routes must keep kro.dev/root: it said "mesh-01", now it is gone. Fix: restore it: set label kro.dev/root=mesh-01 (rule membership-immutable, graph service-mesh-graph)`},
}

cases["child changes id"] := {
	"review": child_change({"kro.dev/child": "gateway"}),
	"want": {"kro.dev/child": `VirtualService default/routes must keep kro.dev/child: it said "virtualService", now "gateway". Fix: restore it: set label kro.dev/child=virtualService (rule membership-immutable, graph service-mesh-graph)`},
}

cases["child changes the root's namespace"] := {
	"review": child_change({"kro.dev/root-namespace": "default"}),
	"want": {"kro.dev/root-namespace": `VirtualService default/routes must keep kro.dev/root-namespace: it said "mesh-system", now "default". Fix: restore it: set label kro.dev/root-namespace=mesh-system (rule membership-immutable, graph service-mesh-graph)`},
}

cases["child's id of another type"] := {
	"review": fixture.updated(
		fixture.virtual_service({"labels": object.union(all_marks, {"kro.dev/child": 7})}),
		fixture.virtual_service({"labels": all_marks}),
	),
	"want": {"kro.dev/child": `VirtualService default/routes must keep kro.dev/child: it said something that is no name, now "virtualService". Fix: restore it: set label kro.dev/child=7 (rule membership-immutable, graph service-mesh-graph)`},
}

cases["child of another graph"] := {
	"review": fixture.updated(
		fixture.virtual_service({"labels": object.union(all_marks, {"kro.dev/root-graph": "other"})}),
		fixture.virtual_service({}),
	),
	"want": {},
}

cases["child of another kind"] := {
	"review": fixture.updated(fixture.mesh({"labels": all_marks}), fixture.mesh({})),
	"want": {},
}

cases["child being deleted"] := {
	"review": fixture.updated(
		fixture.virtual_service({"labels": all_marks}),
		fixture.virtual_service({"deletionTimestamp": "2024-01-01T00:00:00Z"}),
	),
	"want": {},
}

cases["child by the controller"] := {
	"review": by(
		{"username": "system:serviceaccount:graphgate-system:graphgate-controller"},
		child_change({"kro.dev/root": "mesh-02"}),
	),
	"want": {},
}

long_marks := fixture.marks({"kro.dev/root": fixture.short})

cases["long name loses its annotation"] := {
	"review": fixture.updated(
		fixture.virtual_service(object.union(long_marks, {"annotations": {"kro.dev/root": fixture.long}})),
		fixture.virtual_service(long_marks),
	),
	"want": {"kro.dev/root": `VirtualService default/routes must keep kro.dev/root: it said "service-mesh-of-the-payment-platform-in-the-region-of-northern-europe-01", now "service-mesh-of-the-payment-platform-in-the-region-o-0a1b2c3d4e". Fix: restore it: set annotation kro.dev/root (rule membership-immutable, graph service-mesh-graph)`},
}

cases["long name gets another hash"] := {
	"review": fixture.updated(
		fixture.virtual_service(object.union(long_marks, {"annotations": {"kro.dev/root": fixture.long}})),
		fixture.virtual_service(object.union(
			fixture.marks({"kro.dev/root": concat("", [substring(fixture.long, 0, 52), "-ffff"])}),
			{"annotations": {"kro.dev/root": fixture.long}},
		)),
	),
	"want": {},
}

cases["long name gives way to a short one"] := {
	"review": fixture.updated(
		fixture.virtual_service(object.union(long_marks, {"annotations": {"kro.dev/root": fixture.long}})),
		fixture.virtual_service(fixture.marks({})),
	),
	"want": {"kro.dev/root": `VirtualService default/routes must keep kro.dev/root: it said "service-mesh-of-the-payment-platform-in-the-region-of-northern-europe-01", now "mesh-01". Fix: restore it: set label kro.dev/root; set annotation kro.dev/root (rule membership-immutable, graph service-mesh-graph)`},
}

# An object that is child of one graph and root of the next.
cases["child and root"] := {
	"review": fixture.updated(
		fixture.gateway(object.union(fixture.marks({}), {"annotations": in_graph})),
		fixture.gateway({}),
	),
	"parameters": object.union(parameters, {"root": {"apiGroup": "networking.istio.io", "kind": "Gateway"}}),
	"want": {
		"kro.dev/graph": "Gateway default/edge must stay a member: it has no label kro.dev/graph. Fix: restore it: set annotation kro.dev/graph=service-mesh-graph (rule membership-immutable)",
		"kro.dev/root": `Gateway default/edge must keep kro.dev/root: it said "mesh-01", now it is gone. Fix: restore it: set label kro.dev/root=mesh-01 (rule membership-immutable, graph service-mesh-graph)`,
		"kro.dev/root-graph": `Gateway default/edge must keep kro.dev/root-graph: it said "service-mesh-graph", now it is gone. Fix: restore it: set label kro.dev/root-graph=service-mesh-graph (rule membership-immutable)`,
	},
}

test_details if {
	membership_immutable.violation == {{
		"msg": cases["child changes id"].want["kro.dev/child"],
		"details": {
			"rule": "membership-immutable",
			"graph": "service-mesh-graph",
			"key": "kro.dev/child",
			"object": {
				"apiGroup": "networking.istio.io",
				"kind": "VirtualService",
				"namespace": "default",
				"name": "routes",
			},
			"fix": "kubectl label virtualservice.networking.istio.io/routes -n default kro.dev/child=virtualService --overwrite",
			"expected": "virtualService",
			"actual": "gateway",
		},
	}} with input as {"review": cases["child changes id"].review, "parameters": parameters}
}
