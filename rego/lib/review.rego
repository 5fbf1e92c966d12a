# The request under review and the identity of any object. Objects are hostile: labels may be null, a name may be
# missing, a value may have any type. Every function here is total, or undefined; none fails.
package lib.review

# What the request would store. At DELETE Gatekeeper puts a copy of the stored object here; a bare AdmissionReview has
# it in oldObject alone.
subject := input.review.object if {
	is_object(input.review.object)
} else := input.review.oldObject if {
	is_object(input.review.oldObject)
}

# Audit and gator send "".
default operation := ""

operation := input.review.operation

# Nothing is demanded of an object that goes away: its finalizers could never be removed otherwise.
leaving if operation == "DELETE"

leaving if terminating(subject)

# Nor of those who clean up: an object that is wrong already would keep them from taking an owner off it.
cleaning if input.review.userInfo.username in {
	"system:kube-controller-manager",
	"system:serviceaccount:kube-system:generic-garbage-collector",
	"system:serviceaccount:kube-system:namespace-controller",
}

terminating(resource) if resource.metadata.deletionTimestamp != null

# The API group of an apiVersion; "" is the core group.
group_of(version) := split(version, "/")[0] if {
	contains(version, "/")
} else := ""

api_group(resource) := group_of(object.get(resource, "apiVersion", ""))

kind(resource) := resource.kind if {
	is_string(resource.kind)
} else := ""

# "" for a cluster-scoped object.
namespace(resource) := resource.metadata.namespace if {
	is_string(resource.metadata.namespace)
} else := ""

# "" until the API server has made a name from generateName.
name(resource) := resource.metadata.name if {
	is_string(resource.metadata.name)
} else := ""

uid(resource) := resource.metadata.uid if {
	is_string(resource.metadata.uid)
} else := ""

labels(resource) := resource.metadata.labels if {
	is_object(resource.metadata.labels)
} else := {}

annotations(resource) := resource.metadata.annotations if {
	is_object(resource.metadata.annotations)
} else := {}

# has says that a key is there, whatever its value. A key is absent only by `not has(…)`: the negation of anything
# that may be undefined in itself passes what it should deny.
has(values, key) if _ = values[key]

# A name fit for people: `mesh-*` where only a generateName is known.
shown_name(resource) := name(resource) if {
	name(resource) != ""
} else := concat("", [resource.metadata.generateName, "*"]) if {
	is_string(resource.metadata.generateName)
} else := "(unnamed)"

identity(resource) := {
	"apiGroup": api_group(resource),
	"kind": kind(resource),
	"namespace": namespace(resource),
	"name": shown_name(resource),
}
