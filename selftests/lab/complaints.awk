# SPDX-License-Identifier: GPL-2.0-only
#
# complaints.awk: the kernel's log without KCSAN's reports of races that are not
# the module's. Each stands between two lines of "=", and has a stack for each of
# the two who met, the innermost function first.
#
# A race is the module's if one of the two is code of the module, or a function of
# the kernel that the module has called; but not if that function is one of these,
# which take no lock from who calls them and read again what changed meanwhile, or
# if an interrupt came in between.

BEGIN {
	own = "^(kern_path|ktime_get_(mono|real|boot)_fast_ns)[+]"
	frame = "[^ ]+[+]0x[0-9a-f]+/0x[0-9a-f]+"
}

/================/ {
	report = inside ? report ORS $0 : $0
	if (inside && (report !~ /KCSAN/ || is_ours))
		print report
	inside = !inside
	is_ours = 0
	caller = 1
	next
}

!inside {
	print
	next
}

{
	report = report ORS $0
}

/ to 0x[0-9a-f]+ of [0-9]+ bytes by / {
	called = ""
	caller = 0
}

# What others log may stand between the lines of a stack.
!caller && match($0, frame) {
	if (/ \[shield\]/) {
		caller = 1
		if (called !~ own)
			is_ours = 1
	} else {
		called = substr($0, RSTART, RLENGTH)
		if (called ~ /^asm_sysvec_/)
			caller = 1
	}
}

END {
	if (inside)
		print report
}
