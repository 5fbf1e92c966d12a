# Membership: the graph that a root belongs to.
package lib.membership

import data.lib.message
import data.lib.review

mark := "kro.dev/graph"

# graph is the graph of a root; undefined when it has none.
graph(resource) := value(review.labels(resource), review.annotations(resource), mark)

# value is what a label says or, where there is no label, the annotation. Label and annotation at odds say nothing.
value(labels, annotations, key) := labels[key] if {
	review.has(labels, key)
	object.get(annotations, key, labels[key]) == labels[key]
}

value(labels, annotations, key) := annotations[key] if {
	not review.has(labels, key)
}

# state puts what label and annotation say into words, for messages about an object that is no member.
state(labels, annotations, key) := concat("", ["it has no label ", key]) if {
	not review.has(labels, key)
	not review.has(annotations, key)
}

state(labels, annotations, key) := concat("", ["its label ", key, " says ", message.value(labels[key])]) if {
	not review.has(annotations, key)
}

state(labels, annotations, key) := concat("", ["its annotation ", key, " says ", message.value(annotations[key])]) if {
	not review.has(labels, key)
}

state(labels, annotations, key) := concat("", ["its label ", key, " says ", said, ", its annotation ", other]) if {
	said := message.value(labels[key])
	other := message.value(annotations[key])
}
