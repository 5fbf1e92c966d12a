# Objects, requests and inventories for the tests of the rules.
package fixture

# long is a root name that no label can hold; short is the label that stands for it.
long := concat("", ["service-mesh-of-the-payment-platform-in-the-region-of-northern-europe-01", ""])

short := "service-mesh-of-the-payment-platform-in-the-region-o-0a1b2c3d4e"

mesh(metadata) := {
	"apiVersion": "networking.example.com/v1",
	"kind": "ServiceMesh",
	"metadata": object.union({"name": "mesh-01", "namespace": "default"}, metadata),
}

virtual_service(metadata) := {
	"apiVersion": "networking.istio.io/v1",
	"kind": "VirtualService",
	"metadata": object.union({"name": "routes", "namespace": "default"}, metadata),
}

gateway(metadata) := {
	"apiVersion": "networking.istio.io/v1",
	"kind": "Gateway",
	"metadata": object.union({"name": "edge", "namespace": "default"}, metadata),
}

# unplaced takes an object out of its namespace: cluster scope.
unplaced(resource) := json.remove(resource, ["/metadata/namespace"])

marks(values) := {"labels": object.union({"kro.dev/root": "mesh-01", "kro.dev/root-graph": "service-mesh-graph"}, values)}

owner(values) := object.union(
	{"apiVersion": "networking.example.com/v1", "kind": "ServiceMesh", "name": "mesh-01", "uid": "uid-1"},
	values,
)

owned_by(values) := {"ownerReferences": [owner(values)]}

graph(name, root, children) := {
	"apiVersion": "kro.dev/v1alpha1",
	"kind": "ResourceGraph",
	"metadata": {"name": name},
	"spec": {
		"root": {"apiGroup": "example.com", "kind": root},
		"children": [{"apiGroup": "example.com", "kind": child} | some child in children],
	},
}

sync_set(kinds) := {
	"apiVersion": "syncset.gatekeeper.sh/v1alpha1",
	"kind": "SyncSet",
	"metadata": {"name": "graphs"},
	"spec": {"gvks": [{"group": kind[0], "version": "v1", "kind": kind[1]} | some kind in kinds]},
}

config(kinds) := {
	"apiVersion": "config.gatekeeper.sh/v1alpha1",
	"kind": "Config",
	"metadata": {"name": "config", "namespace": "gatekeeper-system"},
	"spec": {"sync": {"syncOnly": [{"group": kind[0], "version": "v1", "kind": kind[1]} | some kind in kinds]}},
}

parameters := {
	"graph": "service-mesh-graph",
	"root": {"apiGroup": "networking.example.com", "kind": "ServiceMesh"},
	"children": [
		{"id": "virtualService", "apiGroup": "networking.istio.io", "kind": "VirtualService"},
		{"id": "gateway", "apiGroup": "networking.istio.io", "kind": "Gateway"},
	],
}

# The reviews as Gatekeeper sends them.
user := {"username": "jane", "groups": ["developers", "system:authenticated"]}

audited(resource) := {"operation": "", "object": resource, "oldObject": null, "userInfo": {}, "namespaceObject": {}}

created(resource) := {"operation": "CREATE", "object": resource, "oldObject": null, "userInfo": user}

updated(old, new) := {"operation": "UPDATE", "object": new, "oldObject": old, "userInfo": user}

deleted(resource) := {"operation": "DELETE", "object": resource, "oldObject": resource, "userInfo": user}

# inventory lays objects out as Gatekeeper does.
inventory(objects) := {
	"namespace": {namespace: tree |
		some resource in objects
		namespace := resource.metadata.namespace
		tree := versions([other | some other in objects; other.metadata.namespace == namespace])
	},
	"cluster": versions([resource | some resource in objects; not resource.metadata.namespace]),
}

versions(objects) := {version: kinds |
	some resource in objects
	version := resource.apiVersion
	kinds := by_kind([other | some other in objects; other.apiVersion == version])
}

by_kind(objects) := {kind: names |
	some resource in objects
	kind := resource.kind
	names := {other.metadata.name: other | some other in objects; other.kind == kind}
}

# told is what a rule said: the message by the key of the problem. Two problems with one key are a fault.
told(violations) := {violation.details.key: violation.msg | some violation in violations}
