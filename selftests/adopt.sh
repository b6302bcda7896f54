#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# `adopt running`: programs that ran before the policy are trusted where it says
# so, unless something about them is seen to be wrong.
# shellcheck source=selftests/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=selftests/ask.sh
. "$(dirname "$0")/ask.sh"

readonly here=$PWD

# before PROGRAM…: these are there, and no policy is in force.
before() {
	local file
	unload
	for file; do
		cp "$here/code" "$file"
	done
	echo text >victim
	for file in library guarded; do
		head -c 8192 /dev/zero >$file
	done
}

# under LINE…: the first policy since the module was loaded
under() {
	load policy=none
	mark_log
	{ printf '%s\n' 'shield 1' 'name selftest' "$@" &&
		echo "protect $work/victim deny modify except coders"; } >policy
	shieldctl load policy >said 2>&1 || wrong 'the policy is refused' "$(cat said)"
}

trusted() {
	equal "$1 is trusted" 'write: ok' "$(asked "$1" write=victim)"
}

not_trusted() {
	equal "$1 is not trusted" 'write: Permission denied' "$(asked "$1" write=victim)"
}

test_running_program_is_adopted_and_told() {
	before code elsewhere
	start one ./code
	start copy ./elsewhere
	under 'adopt running' "program coders $work/code"
	trusted one
	not_trusted copy
	equal 'adopted' 1 "$(status adopted)"
	equal 'it is named' "${running[one]} $work/code" "$(status adopted-1)"
	await 5000 eval "log_all | grep -q 'policy: adopted while running: $work/code by code\[${running[one]}\]'" ||
		wrong 'it is an event' "$(log_all)"
	shieldctl status 2>&1 | grep -q "process ${running[one]})" && wrong 'it need not be restarted'
	attack victim 'echo x >>victim'
	stop one copy
}

test_without_the_line_nobody_is_adopted_and_later_neither() {
	before code
	start one ./code
	under "program coders $work/code"
	not_trusted one
	equal 'adopted' 0 "$(status adopted)"
	shieldctl status 2>&1 | grep -q "process ${running[one]})" || wrong 'a restart is asked for'
	start since ./code
	trusted since
	policy 'adopt running' "program coders $work/code" "protect $work/victim deny modify except coders"
	not_trusted one
	trusted since
	equal 'adopted' 0 "$(status adopted)"
	stop one since
}

# writes: the program writer goes on with the log that it has open.
writes() {
	echo line >&"$input"
	await 5000 eval "[ \$(wc -l <log) = $1 ]"
}

test_adopted_program_may_go_on_with_what_it_has_open() {
	local rules=("program coders $work/writer" "protect $work/log deny modify except coders")
	before
	cp /usr/bin/tee writer
	mkfifo input
	./writer -a log <input >/dev/null 2>&1 &
	exec {input}>input
	writes 1 || wrong 'without shield it writes'
	under "${rules[@]}"
	equal 'holders where nobody is adopted' 1 "$(status holders)"
	under 'adopt running' "${rules[@]}"
	equal 'holders' 0 "$(status holders)"
	writes 2 || wrong 'adopted it writes'
	exec {input}>&-
	wait
}

# refused NAME REASON: it is not trusted, and it is said why.
refused() {
	not_trusted "$1"
	grep -q "process ${running[$1]}) is not adopted: $2\$" said ||
		wrong "of $1 must be said: $2" "$(cat said)"
}

test_program_with_something_wrong_is_not_adopted() {
	local name tracer
	before code
	for name in good memory root descriptors anonymous written; do
		start $name ./code
	done
	for name in memory root descriptors; do
		equal "peer by $name" 'peer: ok' "$(asked $name peer=$name)"
	done
	equal 'it executes' 'anonymous: ok' "$(asked anonymous anonymous)"
	equal 'it executes' 'written: ok' "$(asked written written=library)"
	start traced ./code
	strace -qq -o /dev/null -p "${running[traced]}" &
	tracer=$!
	await 10000 grep -q 'TracerPid:[[:space:]]*[1-9]' "/proc/${running[traced]}/status" ||
		wrong 'it is not traced'
	under 'adopt running' "program coders $work/code"
	trusted good
	refused traced 'it is traced'
	refused memory 'another process shares its memory'
	refused root 'another process shares its root and working directory'
	refused descriptors 'another process shares its descriptors'
	refused anonymous 'memory of no file'
	refused written 'memory that was written'
	equal 'adopted' 1 "$(status adopted)"
	# It has the descriptors, too.
	kill $tracer
	stop good memory root descriptors anonymous written traced
}

test_strict_program_is_adopted_with_guarded_code_alone() {
	before code
	start false ./code
	start good ./code
	asked false file=library >/dev/null
	asked good file=guarded >/dev/null
	under 'adopt running' "program coders $work/code strict" "protect $work/guarded deny modify"
	refused false 'a file not under deny modify'
	trusted good
	equal 'it is judged from now on' 'anonymous: Permission denied' "$(asked good anonymous)"
	stop false good
}

test_program_in_a_namespace_is_adopted_where_its_group_allows_that() {
	before code other
	start inside unshare -m ./code
	start allowed unshare -m ./other
	under 'adopt running' "program narrow $work/code" "program coders $work/other namespace any" \
		"protect $work/library deny modify except narrow"
	equal 'inside' 'write: Permission denied' "$(asked inside write=library)"
	trusted allowed
	stop inside allowed
}

run_tests "$0"
