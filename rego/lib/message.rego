# The words of a violation. Audit cuts a message after 256 characters, so what is wrong comes first and the rule last.
package lib.message

import data.lib.review

# violation makes what a rule reports of the object under review. A problem is
# {key, text, fix: {advice, command}, more}: `key` tells the problems of one object apart and never changes with counts.
violation(rule, graph, problem) := {
	"msg": concat("", [
		subject(review.subject),
		" ",
		problem.text,
		". Fix: ",
		problem.fix.advice,
		" (rule ",
		rule,
		")",
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

subject(resource) := concat(" ", [
	review.kind(resource),
	path(review.namespace(resource), review.shown_name(resource)),
])

path(namespace, name) := name if {
	namespace == ""
} else := concat("/", [namespace, name])

# value quotes what an object says. Annotations hold anything: what could break a line or fill a screen is not repeated.
value(said) := concat("", [`"`, said, `"`]) if {
	regex.match(`^[ -~]{0,253}$`, said)
} else := "something that is no name"

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
