# SPDX-License-Identifier: GPL-2.0-only
#
# A table of join.awk for the eye: what each variant adds to "without".

/^#/ { next }
$1 == "operation" { for (v = 2; v <= NF; v++) if ($v == "without") base = v }
{
	printf "%-26s %9s", $1, $base
	for (v = 2; v <= NF; v++) {
		if (v == base)
			continue
		if ($1 == "operation")
			printf " %18s", $v
		else if ($v == "-")
			printf " %18s", "-"
		else if ($base == "-")
			printf " %9s %8s", $v, ""
		else
			printf " %9s (%+6d)", $v, $v - $base
	}
	print ""
}
