# SPDX-License-Identifier: GPL-2.0-only
#
# Columns, one file KERNEL-VARIANT.column a variant, become one table: a line an
# operation, "-" where there is no such figure.

FNR == 1 {
	variant[++variants] = FILENAME
	sub(/.*-/, "", variant[variants])
	sub(/\.column$/, "", variant[variants])
}
!($1 in seen) { seen[$1] = 1; operation[++operations] = $1 }
{ cost[$1, variants] = $2 }
END {
	print "# SPDX-License-Identifier: GPL-2.0-only"
	printf "operation"
	for (v = 1; v <= variants; v++)
		printf "\t%s", variant[v]
	print ""
	for (o = 1; o <= operations; o++) {
		printf "%s", operation[o]
		for (v = 1; v <= variants; v++)
			printf "\t%s", (operation[o], v) in cost ? cost[operation[o], v] : "-"
		print ""
	}
}
