# The marks that a child carries: of which graph, of which root, which child.
package lib.marks

import data.lib.review

root := "kro.dev/root"

root_graph := "kro.dev/root-graph"

root_namespace := "kro.dev/root-namespace"

child := "kro.dev/child"

root_uid := "kro.dev/root-uid"

applied := "kro.dev/applied"

# Every label and annotation that marks a child: what is removed to release it.
labels := {root, root_graph, root_namespace, child}

annotations := {root, root_uid, applied}

of_graph(resource, graph) if review.labels(resource)[root_graph] == graph

root_label(resource) := label if {
	label := review.labels(resource)[root]
	is_string(label)
	label != ""
}

# root_name is the full name of the root that the marks name. A name that no label can hold (over 63 characters)
# stands in the annotation; where that does not count, the label decides.
root_name(resource) := review.annotations(resource)[root] if {
	annotation_counts(resource)
} else := root_label(resource)

# place is the namespace of the root that the marks name, or the given one where they do not say it.
place(resource, fallback) := namespace if {
	namespace := review.labels(resource)[root_namespace]
	is_string(namespace)
} else := fallback

annotation_counts(resource) if {
	shortens(root_label(resource), review.annotations(resource)[root])
}

# fits says that a label can hold a name in full.
fits(full) if count(full) <= 63

# shortens says whether a label stands for a long name: its first 52 characters, a dash and a hash. The hash cannot be
# checked here: a WebAssembly policy has no hash function.
shortens(label, full) if {
	not fits(full)
	startswith(label, concat("", [substring(full, 0, 52), "-"]))
	regex.match(`^[a-z0-9]{1,10}$`, substring(label, 53, -1))
}
