# SPDX-License-Identifier: GPL-2.0-only
#
# Two tables of selftests/bench/measure, EXPECTED and MEASURED, become TAP.

BEGIN {
	tolerance = 0.03
	# Promised for the default policy, in a directory without protected names.
	promised["open_read@plain"] = 50
	promised["open_read@names"] = 50
	promised["open_read@unguarded"] = 50
	promised["open_write@plain"] = 120
	promised["open_write@unguarded"] = 120
	# Not hooked unless somebody holds a protected file open since before.
	promised["read@plain"] = 0
	promised["write@plain"] = 0
}

/^#/ { next }

$1 == "operation" {
	table++
	for (i = 2; i <= NF; i++)
		variant[table, i] = $i
	if (table == 2)
		for (i = 2; i <= NF; i++)
			measured_variant[++variants] = $i
	next
}

{
	if (table == 1)
		operation[++operations] = $1
	for (i = 2; i <= NF; i++)
		if ($i != "-")
			cost[table, $1, variant[table, i]] = $i
}

function result(good, what) {
	line[++tests] = (good ? "ok " : "not ok ") tests " - " what
	failed += !good
}

function note(text) {
	line[tests] = line[tests] "\n# " text
}

# The directory "many" is for a policy that has its names. Under another one it
# depends on how the root file system was made whether the number that it got
# there meets one of the policy in the filter. If so it costs a look at the hash, and
# never more than a directory that has names of the policy.
function is_chance(op, v) {
	return op ~ /@many$/ && v == "default"
}

function most_added(op, v) {
	if (is_chance(op, v))
		sub(/@many$/, "@names", op)
	return added(1, op, v)
}

function is_known(t, op, v) {
	return (t, op, v) in cost
}

function added(t, op, v) {
	return cost[t, op, v] - cost[t, op, "without"]
}

# Processes take their memory where there is some: no two boots agree exactly.
function is_exact(op) {
	return op !~ /^(fork|calibration)/
}

function judge_total(op, v,    expected, measured) {
	expected = cost[1, op, v]
	measured = cost[2, op, v]
	result(is_known(2, op, v) && (measured - expected) ^ 2 <= (tolerance * expected) ^ 2,
	       op " costs " expected " instructions, " v)
	note(is_known(2, op, v) ? "measured " measured : "not measured")
}

# Boots differ by 3 instructions for each path that a system call walks, which
# is several in one turn of the longer operations.
function slack(op,    share) {
	# There and back cost not quite the same, and either may be the least.
	if (op ~ /^rename/)
		return 400
	share = cost[1, op, "without"] / 1000
	return share > 10 ? share : 10
}

function judge_added(op, v,    expected, measured) {
	if (!is_exact(op) || v == "without" || !is_known(2, op, v) ||
	    !is_known(1, op, "without") || !is_known(2, op, "without"))
		return
	expected = most_added(op, v)
	measured = added(2, op, v)
	result(measured <= (expected > 0 ? expected : 0) * (1 + tolerance) + slack(op),
	       op " is not dearer by more than " expected ", " v)
	note("measured " measured)
	if (!is_chance(op, v) && measured < expected * (1 - tolerance) - slack(op))
		note("cheaper than committed: commit the new figures")
}

# A call that nobody hooks costs what it costs without the module, but for what
# two boots of one kernel differ by; the cheapest hook costs several times that.
function judge_promise(op, v,    allowed) {
	if (v != "default" || !(op in promised))
		return
	allowed = promised[op] > 0 ? promised[op] : slack(op)
	result(is_known(2, op, v) && added(2, op, v) <= allowed,
	       op " adds " (promised[op] > 0 ? "at most " promised[op] : \
			    "no more than boots differ, " allowed) ", " v)
	note("measured " added(2, op, v))
}

function judge_calibration(v) {
	result((cost[2, "calibration", v] / 20000000 - 1) ^ 2 < 0.01 ^ 2,
	       "20,000,000 instructions are counted as such, " v)
	note("counted " cost[2, "calibration", v])
}

END {
	for (n = 1; n <= variants; n++) {
		v = measured_variant[n]
		judge_calibration(v)
		for (o = 1; o <= operations; o++) {
			if (operation[o] == "calibration" || !is_known(1, operation[o], v))
				continue
			if (!is_chance(operation[o], v))
				judge_total(operation[o], v)
			judge_added(operation[o], v)
			judge_promise(operation[o], v)
		}
	}
	print "TAP version 13"
	print "1.." tests
	for (n = 1; n <= tests; n++)
		print line[n]
	exit failed > 0
}
