# What Gatekeeper has synced of the cluster. An object synced in two versions stands here twice.
package lib.inventory

import data.lib.review

# synced says that a SyncSet or the Config names the kind. Without it "nothing found" means nothing: rules about missing
# objects must stay silent. An entry without a version syncs nothing.
synced(group, kind) if [group, kind] in synced_kinds

synced_kinds contains [entry.group, entry.kind] if {
	some version, name
	review.group_of(version) == "syncset.gatekeeper.sh"
	some entry in data.inventory.cluster[version].SyncSet[name].spec.gvks
	entry.version != ""
}

synced_kinds contains [entry.group, entry.kind] if {
	some namespace, version
	review.group_of(version) == "config.gatekeeper.sh"
	some entry in data.inventory.namespace[namespace][version].Config.config.spec.sync.syncOnly
	entry.version != ""
}

# versions holds the groupVersions of an API group under which anything is inventoried.
versions(group) := {version |
	some namespace, version
	data.inventory.namespace[namespace][version]
	review.group_of(version) == group
} | {version |
	some version
	data.inventory.cluster[version]
	review.group_of(version) == group
}

# uids holds the uid ("" where unknown) of every inventoried version of one object, namespace "" being cluster scope;
# empty when there is no such object.
uids(group, kind, namespace, name) := {uid |
	namespace != ""
	some version
	resource := data.inventory.namespace[namespace][version][kind][name]
	review.group_of(version) == group
	uid := review.uid(resource)
} | {uid |
	namespace == ""
	some version
	resource := data.inventory.cluster[version][kind][name]
	review.group_of(version) == group
	uid := review.uid(resource)
}
