# The words of a violation. Audit keeps 256 characters of a message, and half a command must never be run: of the
# wordings of a fix, the first that leaves the message whole is told.
package lib.message

import data.lib.review

# violation makes what a rule reports of the object under review. A problem is
# {key, text, fix: {wordings, command}, more}: `key` tells the problems of one object apart and never changes with
# counts.
violation(rule, graph, problem) := {
	"msg": first_whole([sentence |
		some wording in problem.fix.wordings
		sentence := told(rule, graph, concat("", [subject(review.subject), " ", problem.text, ". Fix: ", wording]))
	]),
	"details": object.union(
		{
			"rule": rule,
			"graph": graph,
			"key": problem.key,
			"object": review.identity(review.subject),
			"fix": problem.fix.command,
		},
		problem.more,
	),
}

most := 250

# first_whole is the first sentence that audit keeps whole, or else the last, which is the shortest.
first_whole(sentences) := whole[0] if {
	whole := [sentence | some sentence in sentences; count(sentence) <= most]
	count(whole) > 0
} else := sentences[count(sentences) - 1]

# told names the rule, and the graph where nothing before names it.
told(rule, graph, sentence) := concat("", [sentence, " (rule ", rule, ")"]) if {
	some before in ["ResourceGraph ", "resourcegraph.kro.dev/", "graph="]
	contains(sentence, concat("", [before, graph]))
} else := concat("", [sentence, " (rule ", rule, ", graph ", graph, ")"])

subject(resource) := concat(" ", [
	review.kind(resource),
	path(review.namespace(resource), review.shown_name(resource)),
])

path(namespace, name) := name if {
	namespace == ""
} else := concat("/", [namespace, name])

# value quotes what an object says. Annotations hold anything: what could break a line or fill a screen is not repeated.
value(said) := concat("", [`"`, said, `"`]) if {
	plain(said)
} else := "something that is no name"

# plain says that a text can stand in a message: a line of ASCII, whose characters are its bytes.
plain(said) if regex.match(`^[ -~]{0,253}$`, said)

# first_few names up to three of a set.
first_few(names) := shown if {
	count(names) <= 3
	shown := concat(", ", first_three(names))
} else := concat("", [
	concat(", ", first_three(names)),
	" and ",
	format_int(count(names) - 3, 10),
	" more",
])

# first_three is sorted. Sorting or comparing a set of 10,000 names takes a second in WebAssembly, counting does not.
first_three(names) := array.concat(array.concat(first, second), third) if {
	first := least(names)
	second := least({name | some name in names; not name in first})
	third := least({name | some name in names; not name in first; not name in second})
}

least(names) := [min(names) | count(names) > 0]
