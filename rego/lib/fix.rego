# The fix of a violation: a command that can be run, and wordings of it for the message, the fullest first: the command
# itself where it is short, words, fewer words. All changes of one object go into one command, because a half-repaired
# object is refused like an unrepaired one.
package lib.fix

import data.lib.marks
import data.lib.message
import data.lib.review

# change sets labels and annotations (null removes one). An object that is not stored yet is changed in its manifest.
change(resource, labels, annotations) := {"command": line, "wordings": array.concat(lines, words)} if {
	stored(resource)
	line := command(resource, labels, annotations)
	lines := [line | message.plain(line)]
	words := words_of(labels, annotations)
} else := {
	"command": command(resource, labels, annotations),
	"wordings": [concat("", ["in the manifest, ", words]) | some words in words_of(labels, annotations)],
}

# words_of tells a change with its values, and without them.
words_of(labels, annotations) := [
concat("; ", array.concat(steps("label", labels, assigned), steps("annotation", annotations, assigned))) |
	some assigned in [true, false]
]

# look only lists: for problems whose solution a person has to choose.
look(words, advice) := {"command": line, "wordings": [concat("", [advice, ": ", line]), advice]} if line := shell(words)

# lead puts words before every wording of a fix.
lead(words, fix) := {
	"command": fix.command,
	"wordings": [concat("", [words, wording]) | some wording in fix.wordings],
}

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

# text is JSON. OPA writes some characters as escapes and its WebAssembly does not, so they are escaped here.
text(value) := strings.replace_n(
	{"<": `\u003c`, ">": `\u003e`, "&": `\u0026`, "\u2028": `\u2028`, "\u2029": `\u2029`},
	json.marshal(value),
)

target(resource) := join([
	[concat("/", [resource_type(review.api_group(resource), review.kind(resource)), review.name(resource)])],
	[word | review.namespace(resource) != ""; some word in ["-n", review.namespace(resource)]],
]) if {
	stored(resource)
} else := ["--local", "-f", "-", "-o", "yaml"]

steps(what, changes, assigned) := [concat(" ", [verb, plural(what, keys), concat(", ", keys)]) |
	some verb in ["set", "remove"]
	keys := [text |
		some key in sort(object.keys(changes))
		step(changes[key]) == verb
		text := assigned_key(key, changes[key], assigned)
	]
	count(keys) > 0
]

step(value) := "remove" if {
	value == null
} else := "set"

plural(what, keys) := what if {
	count(keys) == 1
} else := concat("", [what, "s"])

assigned_key(key, value, assigned) := assignment if {
	assigned
	value != null
	assignment := concat("=", [key, plain(value)])
	message.plain(plain(value))
} else := key

# release removes every mark that an object carries: it belongs to no root any more.
release(resource) := {
	"command": removal.command,
	"wordings": array.concat(removal.wordings, ["remove its marks"]),
} if {
	removal := change(
		resource,
		{mark: null | some mark in marks.labels; review.has(review.labels(resource), mark)},
		{mark: null | some mark in marks.annotations; review.has(review.annotations(resource), mark)},
	)
}
