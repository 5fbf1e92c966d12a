# Ownership: an ownerReference of the root's group, kind and name (and uid where known), else the marks.
package lib.ownership

import data.lib.marks
import data.lib.review

# The object's ownerReferences of the root kind. Any of them silences the marks.
references(resource, root) := {{"name": reference.name, "uid": uid, "controller": controller} |
	some reference in resource.metadata.ownerReferences
	reference.kind == root.kind
	review.group_of(reference.apiVersion) == root.apiGroup
	is_string(reference.name)
	uid := known_uid(reference)
	controller := object.get(reference, "controller", false) == true
}

# owner is the one of several that the marks should follow: the one that they name, that controls the object, the first
# by name. Undefined without an ownerReference of the root kind.
owner(resource, root) := {"name": first[1], "uid": first[2]} if {
	first := min({[rank, reference.name, reference.uid] |
		some reference in candidates(resource, root)
		rank := reference.controller != true
	})
}

# With several owners one that agrees with the marks is enough.
candidates(resource, root) := agreeing if {
	agreeing := {reference |
		some reference in references(resource, root)
		named(resource, reference.name)
	}
	count(agreeing) > 0
} else := references(resource, root)

# named says that the marks name this owner, in full or by the label that shortens its name.
named(resource, name) if marks.root_name(resource) == name

named(resource, name) if {
	not marks.annotation_counts(resource)
	marks.shortens(marks.root_label(resource), name)
}

# has_uid says that an owner has this uid, or that its uid is not known.
has_uid(resource, root, uid) if {
	some reference in candidates(resource, root)
	uids_agree(reference.uid, uid)
}

uids_agree(one, other) if one == other

uids_agree(one, _) if one == ""

uids_agree(_, other) if other == ""

known_uid(reference) := reference.uid if {
	is_string(reference.uid)
} else := ""
