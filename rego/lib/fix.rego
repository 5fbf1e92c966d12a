# The fix of a violation: a command that can be run, and advice in words. All changes of one object go into one command,
# because a half-repaired object is refused like an unrepaired one.
package lib.fix

import data.lib.marks
import data.lib.review

# change sets labels and annotations (null removes one). An object that is not stored yet is changed in its manifest.
change(resource, labels, annotations) := {"command": line, "advice": line} if {
	stored(resource)
	line := command(resource, labels, annotations)
} else := {
	"command": command(resource, labels, annotations),
	"advice": concat("", [
		"in the manifest, ",
		concat(", ", array.concat(steps("label", labels), steps("annotation", annotations))),
	]),
}

# look only lists: for problems whose solution a person has to choose.
look(words, advice) := {"command": line, "advice": concat("", [advice, ": ", line])} if line := shell(words)

# resource_type is how kubectl names a kind.
resource_type(group, kind) := lower(kind) if {
	group == ""
} else := concat(".", [lower(kind), group])

# in_namespace gives the kubectl flags for a namespace; "" is cluster scope, hence everywhere.
in_namespace(namespace) := ["-A"] if {
	namespace == ""
} else := ["-n", namespace]

join(lists) := [word | some list in lists; some word in list]

# shell joins words into a line for a POSIX shell.
shell(words) := concat(" ", [quoted(word) | some word in words])

quoted(word) := word if {
	regex.match(`^[A-Za-z0-9._:/@=-]+$`, word)
} else := concat("", ["'", replace(word, "'", `'\''`), "'"])

stored(resource) if {
	review.operation != "CREATE"
	review.name(resource) != ""
}

command(resource, labels, annotations) := edit("label", resource, labels, review.labels(resource)) if {
	annotations == {}
} else := edit("annotate", resource, annotations, review.annotations(resource)) if {
	labels == {}
} else := patch(resource, labels, annotations)

edit(verb, resource, changes, present) := shell(join([
	["kubectl", verb],
	target(resource),
	[assignment(key, changes[key]) | some key in sort(object.keys(changes))],
	["--overwrite" | overwrites(changes, present)],
]))

assignment(key, value) := concat("", [key, "-"]) if {
	value == null
} else := concat("=", [key, plain(value)])

# Labels are strings, unless a file says otherwise.
plain(value) := value if {
	is_string(value)
} else := json.marshal(value)

overwrites(changes, present) if {
	some key, value in changes
	value != null
	review.has(present, key)
}

patch(resource, labels, annotations) := shell(join([
	["kubectl", "patch"],
	target(resource),
	["--type", "merge", "-p", concat("", [
		`{"metadata":{"labels":{`,
		members(labels),
		`},"annotations":{`,
		members(annotations),
		"}}}",
	])],
]))

members(values) := concat(",", [concat(":", [text(key), text(values[key])]) |
	some key in sort(object.keys(values))
])

# text is JSON. OPA writes `<`, `>` and `&` as escapes and its WebAssembly does not, so they are escaped here.
text(value) := strings.replace_n({"<": `\u003c`, ">": `\u003e`, "&": `\u0026`}, json.marshal(value))

target(resource) := join([
	[concat("/", [resource_type(review.api_group(resource), review.kind(resource)), review.name(resource)])],
	[word | review.namespace(resource) != ""; some word in ["-n", review.namespace(resource)]],
]) if {
	stored(resource)
} else := ["--local", "-f", "-", "-o", "yaml"]

steps(what, changes) := [step |
	some key in sort(object.keys(changes))
	step := instruction(what, key, changes[key])
]

instruction(what, key, value) := concat(" ", ["remove", what, key]) if {
	value == null
} else := concat("", ["set ", what, " ", key, "=", plain(value)])

# release removes every mark that an object carries: it belongs to no root any more.
release(resource) := change(
	resource,
	{mark: null | some mark in marks.labels; review.has(review.labels(resource), mark)},
	{mark: null | some mark in marks.annotations; review.has(review.annotations(resource), mark)},
)
