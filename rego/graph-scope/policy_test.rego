package graphgate.graph_scope_test

import data.fixture
import data.graphgate.graph_scope

parameters := {}

test_verdict[note] if {
	some note, case in cases
	case.want == fixture.told(graph_scope.violation) with input as {
		"review": case.review,
		"parameters": object.get(case, "parameters", parameters),
	}
		with data.inventory as fixture.inventory(object.get(case, "inventory", []))
}

synced := fixture.sync_set([["kro.dev", "ResourceGraph"]])

many(n) := fixture.graph("a", "A", [concat("", ["Child", format_int(i, 10)]) | some i in numbers.range(1, n)])

# chain is a row of graphs, each with the root kind of the next as child: a (A) over b (B) over c (C) over d (D).
chain := {
	"a": fixture.graph("a", "A", ["B", "X"]),
	"b": fixture.graph("b", "B", ["C", "X"]),
	"c": fixture.graph("c", "C", ["D", "X"]),
	"d": fixture.graph("d", "D", ["E", "X"]),
}

others(names) := array.concat([synced], [chain[name] | some name in names])

cases["narrow"] := {"review": fixture.created(many(12)), "want": {}}

cases["wide"] := {"review": fixture.audited(many(13)), "want": {"children": "ResourceGraph a has 13 children, and 12 are the most. Fix: start narrow and split it: kubectl edit resourcegraph.kro.dev/a (rule graph-scope)"}}

cases["wide, created"] := {"review": fixture.created(many(13)), "want": {"children": "ResourceGraph a has 13 children, and 12 are the most. Fix: start narrow and split it, then check the manifest: graphgate validate -f - (rule graph-scope)"}}

cases["wider than the parameter"] := {
	"review": fixture.audited(many(3)),
	"parameters": {"maxChildren": 2},
	"want": {"children": "ResourceGraph a has 3 children, and 2 are the most. Fix: start narrow and split it: kubectl edit resourcegraph.kro.dev/a (rule graph-scope)"},
}

cases["child is root"] := {
	"review": fixture.audited(fixture.graph("a", "A", ["B", "A", "A"])),
	"want": {"child-is-root": "ResourceGraph a has its own root kind A as a child. Fix: remove that child: kubectl edit resourcegraph.kro.dev/a (rule graph-scope)"},
}

cases["child is root, stored so"] := {
	"review": fixture.audited(fixture.graph("a", "A", ["A"])),
	"inventory": [synced, fixture.graph("a", "A", ["A"])],
	"want": {"child-is-root": "ResourceGraph a has its own root kind A as a child. Fix: remove that child: kubectl edit resourcegraph.kro.dev/a (rule graph-scope)"},
}

cases["child of the root's kind, another group"] := {
	"review": fixture.audited(object.union(
		fixture.graph("a", "A", []),
		{"spec": {"children": [{"apiGroup": "other.com", "kind": "A"}]}},
	)),
	"want": {},
}

cases["root kind claimed"] := {
	"review": fixture.audited(fixture.graph("a", "A", ["B"])),
	"inventory": [
		synced,
		fixture.graph("a", "A", ["B"]),
		fixture.graph("a2", "A", ["C"]),
		fixture.graph("a3", "A", ["D"]),
	],
	"want": {"root/a2": "ResourceGraph a has the root kind A that graph a2 has already. Fix: let one graph have it: kubectl get resourcegraph.kro.dev a2 -o yaml (rule graph-scope)", "root/a3": "ResourceGraph a has the root kind A that graph a3 has already. Fix: let one graph have it: kubectl get resourcegraph.kro.dev a3 -o yaml (rule graph-scope)"},
}

cases["root kind claimed, in two versions"] := {
	"review": fixture.audited(fixture.graph("a", "A", ["B"])),
	"inventory": [
		synced,
		fixture.graph("a2", "A", ["C"]),
		object.union(fixture.graph("a2", "A", ["D"]), {"apiVersion": "kro.dev/v1"}),
	],
	"want": {"root/a2": "ResourceGraph a has the root kind A that graph a2 has already. Fix: let one graph have it: kubectl get resourcegraph.kro.dev a2 -o yaml (rule graph-scope)"},
}

cases["root kind claimed, not synced"] := {
	"review": fixture.audited(fixture.graph("a", "A", ["B"])),
	"inventory": [fixture.graph("a2", "A", ["C"])],
	"want": {},
}

cases["root kind claimed by its own stored copy"] := {
	"review": fixture.updated(fixture.graph("a", "A", ["B"]), fixture.graph("a", "A", ["C"])),
	"inventory": [synced, fixture.graph("a", "A", ["B"])],
	"want": {},
}

cases["root kind claimed by a graph being deleted"] := {
	"review": fixture.audited(fixture.graph("a", "A", ["B"])),
	"inventory": [
		synced,
		object.union(fixture.graph("a2", "A", ["C"]), {"metadata": {"deletionTimestamp": "2024-01-01T00:00:00Z"}}),
	],
	"want": {},
}

cases["root kind of another group"] := {
	"review": fixture.audited(fixture.graph("a", "A", ["B"])),
	"inventory": [synced, object.union(fixture.graph("a2", "A", ["C"]), {"spec": {"root": {"apiGroup": "other.com"}}})],
	"want": {},
}

cases["core group left out"] := {
	"review": fixture.audited({
		"apiVersion": "kro.dev/v1alpha1",
		"kind": "ResourceGraph",
		"metadata": {"name": "a"},
		"spec": {"root": {"kind": "A"}, "children": [{"kind": "B"}]},
	}),
	"inventory": [synced, object.union(fixture.graph("a2", "A", []), {"spec": {"root": {"apiGroup": ""}}})],
	"want": {"root/a2": "ResourceGraph a has the root kind A that graph a2 has already. Fix: let one graph have it: kubectl get resourcegraph.kro.dev a2 -o yaml (rule graph-scope)"},
}

cases["cycle of two"] := {
	"review": fixture.created(fixture.graph("b", "B", ["A"])),
	"inventory": others(["a"]),
	"want": {"cycle": "ResourceGraph b makes a cycle through a: children lead back to its root. Fix: remove the child that closes it: kubectl get resourcegraph.kro.dev a -o yaml (rule graph-scope)"},
}

cases["cycle of five"] := {
	"review": fixture.created(fixture.graph("e", "E", ["A"])),
	"inventory": others(["a", "b", "c", "d"]),
	"want": {"cycle": "ResourceGraph e makes a cycle through a: children lead back to its root. Fix: remove the child that closes it: kubectl get resourcegraph.kro.dev a -o yaml (rule graph-scope)"},
}

cases["cycle closed on update"] := {
	"review": fixture.updated(chain.b, fixture.graph("b", "B", ["A"])),
	"inventory": others(["a", "b"]),
	"want": {"cycle": "ResourceGraph b makes a cycle through a: children lead back to its root. Fix: remove the child that closes it: kubectl get resourcegraph.kro.dev a -o yaml (rule graph-scope)"},
}

cases["cycle opened on update"] := {
	"review": fixture.updated(fixture.graph("b", "B", ["A"]), chain.b),
	"inventory": [synced, chain.a, fixture.graph("b", "B", ["A"])],
	"want": {},
}

cases["two ways, no cycle"] := {
	"review": fixture.created(fixture.graph("a", "A", ["B", "C"])),
	"inventory": [synced, fixture.graph("b", "B", ["D"]), fixture.graph("c", "C", ["D"]), fixture.graph("d", "D", ["E"])],
	"want": {},
}

cases["chain of three, top"] := {"review": fixture.created(chain.a), "inventory": others(["b", "c"]), "want": {}}

cases["chain of three, middle"] := {"review": fixture.created(chain.b), "inventory": others(["a", "c"]), "want": {}}

cases["chain of three, bottom"] := {"review": fixture.created(chain.c), "inventory": others(["a", "b"]), "want": {}}

cases["chain of four, top"] := {
	"review": fixture.created(chain.a),
	"inventory": others(["b", "c", "d"]),
	"want": {"depth": "ResourceGraph a is in a chain of graphs, 0 above it and 3 below; 3 in all are the most. Fix: shorten the chain: kubectl get resourcegraph.kro.dev b -o yaml (rule graph-scope)"},
}

cases["chain of four, middle"] := {
	"review": fixture.audited(chain.b),
	"inventory": others(["a", "b", "c", "d"]),
	"want": {"depth": "ResourceGraph b is in a chain of graphs, 1 above it and 2 below; 3 in all are the most. Fix: shorten the chain: kubectl get resourcegraph.kro.dev a c -o yaml (rule graph-scope)"},
}

cases["chain of four, bottom"] := {
	"review": fixture.audited(chain.d),
	"inventory": others(["a", "b", "c", "d"]),
	"want": {"depth": "ResourceGraph d is in a chain of graphs, 3 above it and 0 below; 3 in all are the most. Fix: shorten the chain: kubectl get resourcegraph.kro.dev c -o yaml (rule graph-scope)"},
}

cases["chain of four and a shorter way"] := {
	"review": fixture.created(fixture.graph("a", "A", ["D", "B"])),
	"inventory": others(["b", "c", "d"]),
	"want": {"depth": "ResourceGraph a is in a chain of graphs, 0 above it and 3 below; 3 in all are the most. Fix: shorten the chain: kubectl get resourcegraph.kro.dev b d -o yaml (rule graph-scope)"},
}

cases["chain of two, one allowed"] := {
	"review": fixture.created(chain.a),
	"parameters": {"maxDepth": 1},
	"inventory": others(["b"]),
	"want": {"depth": "ResourceGraph a is in a chain of graphs, 0 above it and 1 below; 1 in all are the most. Fix: shorten the chain: kubectl get resourcegraph.kro.dev b -o yaml (rule graph-scope)"},
}

cases["chain of four, four allowed"] := {
	"review": fixture.created(chain.a),
	"parameters": {"maxDepth": 4},
	"inventory": others(["b", "c", "d"]),
	"want": {},
}

cases["over a cycle of others"] := {
	"review": fixture.created(fixture.graph("a", "A", ["B"])),
	"inventory": [synced, fixture.graph("b", "B", ["C"]), fixture.graph("c", "C", ["B"])],
	"want": {"depth": "ResourceGraph a is in a chain of graphs, 0 above it and 8 below; 3 in all are the most. Fix: shorten the chain: kubectl get resourcegraph.kro.dev b -o yaml (rule graph-scope)"},
}

cases["chain not synced"] := {
	"review": fixture.created(chain.a),
	"inventory": [chain.b, chain.c, chain.d],
	"want": {},
}

hostile(spec) := {"apiVersion": "kro.dev/v1alpha1", "kind": "ResourceGraph", "metadata": {"name": "a"}, "spec": spec}

cases["spec null"] := {"review": fixture.created(hostile(null)), "want": {}}

cases["no spec"] := {"review": fixture.created(json.remove(hostile({}), ["/spec"])), "inventory": others(["b"]), "want": {}}

cases["children null"] := {
	"review": fixture.created(hostile({"root": {"apiGroup": "example.com", "kind": "A"}, "children": null})),
	"inventory": [synced, hostile({"root": null, "children": null}), object.union(chain.b, {"spec": {"children": null}})],
	"want": {},
}

cases["children of other types"] := {
	"review": fixture.created(hostile({
		"root": {"apiGroup": "example.com", "kind": "A"},
		"children": [null, "A", 7, {}, {"apiGroup": null, "kind": "A"}, {"apiGroup": "example.com", "kind": null}],
	})),
	"want": {},
}

cases["root of another type"] := {"review": fixture.created(hostile({"root": "A", "children": "B"})), "want": {}}

cases["name to be generated"] := {
	"review": fixture.created({
		"apiVersion": "kro.dev/v1alpha1",
		"kind": "ResourceGraph",
		"metadata": {"generateName": "graph-"},
		"spec": chain.a.spec,
	}),
	"inventory": others(["a"]),
	"want": {"root/a": "ResourceGraph graph-* has the root kind A that graph a has already. Fix: let one graph have it: kubectl get resourcegraph.kro.dev a -o yaml (rule graph-scope)"},
}

cases["of another group"] := {
	"review": fixture.created(object.union(many(13), {"apiVersion": "kro.run/v1alpha1"})),
	"want": {},
}

cases["of another kind"] := {"review": fixture.created(object.union(many(13), {"kind": "Graph"})), "want": {}}

cases["deleted"] := {"review": fixture.deleted(many(13)), "want": {}}

cases["being deleted"] := {
	"review": fixture.audited(object.union(many(13), {"metadata": {"deletionTimestamp": "2024-01-01T00:00:00Z"}})),
	"want": {},
}

test_details[note] if {
	some note, want in {
		"wide": {"fix": "kubectl edit resourcegraph.kro.dev/a", "expected": {"max": 12}, "actual": 13},
		"wide, created": {"fix": "graphgate validate -f -", "expected": {"max": 12}, "actual": 13},
		"child is root": {"fix": "kubectl edit resourcegraph.kro.dev/a", "kind": {"apiGroup": "example.com", "kind": "A"}},
		"root kind claimed, in two versions": {
			"fix": "kubectl get resourcegraph.kro.dev a2 -o yaml",
			"kind": {"apiGroup": "example.com", "kind": "A"},
			"other": "a2",
		},
		"cycle of five": {"fix": "kubectl get resourcegraph.kro.dev a -o yaml", "graphs": ["a"]},
		"chain of four, middle": {
			"fix": "kubectl get resourcegraph.kro.dev a c -o yaml",
			"expected": {"max": 3},
			"actual": 4,
			"above": 1,
			"below": 2,
		},
	}
	case := cases[note]
	some key, _ in case.want
	violations := graph_scope.violation with input as {"review": case.review, "parameters": {}}
		with data.inventory as fixture.inventory(object.get(case, "inventory", []))
	details := object.union(
		{
			"rule": "graph-scope",
			"graph": case.review.object.metadata.name,
			"key": key,
			"object": {
				"apiGroup": "kro.dev",
				"kind": "ResourceGraph",
				"namespace": "",
				"name": case.review.object.metadata.name,
			},
		},
		want,
	)
	violations == {{"msg": case.want[key], "details": details}}
}

test_no_inventory if graph_scope.violation == set() with input as {"review": fixture.created(chain.a), "parameters": {}}
