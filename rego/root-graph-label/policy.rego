# METADATA
# scope: package
# title: Roots name their graph
# description: >-
#   Every object of a graph's root kind carries the label kro.dev/graph with the graph's name, or, where the label is
#   absent, the annotation. Label and annotation must not contradict each other.
# custom:
#   kind: K8sRequiredLabelConstraint
#   severity: high
#   enforcement: deny
#   point: admission
#   scope: graph
#   stops: Roots that no controller syncs, because they do not say which graph they belong to.
#   remediation: >-
#     Set the label kro.dev/graph to the graph's name. If the object also has an annotation kro.dev/graph, remove it or
#     give it the same value.
#   shared: []
#   parameters:
#     labels:
#       type: object
#       description: The labels that an object must have, with their values.
#       additionalProperties:
#         type: string
#     annotations:
#       type: boolean
#       default: true
#       description: An annotation of the same name and value counts where the label is absent.
#   reads: []
package graphgate.root_graph_label

import data.lib.fix
import data.lib.membership
import data.lib.message
import data.lib.review

violation contains message.violation("root-graph-label", graph(want), problem) if {
	not review.leaving
	not review.cleaning
	some key, want in input.parameters.labels
	not says(key, want)
	problem := {
		"key": key,
		"text": concat("", ["is no member: ", membership.state(labels, annotations, key)]),
		"fix": fix.change(review.subject, label_changes(key, want), annotation_changes(key, want)),
		"more": {"expected": want, "actual": {
			"label": object.get(labels, key, null),
			"annotation": object.get(annotations, key, null),
		}},
	}
}

graph(want) := object.get(input.parameters.labels, membership.mark, want)

labels := review.labels(review.subject)

annotations := review.annotations(review.subject) if {
	object.get(input.parameters, "annotations", true)
} else := {}

says(key, want) if membership.value(labels, annotations, key) == want

# The label is what the rule asks for, so it is set wherever it is wrong or nothing is there at all.
label_changes(key, want) := {key: want} if {
	object.get(labels, key, want) != want
} else := {key: want} if {
	not review.has(labels, key)
	not review.has(annotations, key)
} else := {}

# An annotation beside a label adds nothing; alone it stands for the label.
annotation_changes(key, want) := {} if {
	object.get(annotations, key, want) == want
} else := {key: null} if {
	review.has(labels, key)
} else := {key: want}
