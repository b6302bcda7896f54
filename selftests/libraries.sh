#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Code that somebody slips into a trusted program before it runs: by the dynamic
# linker, by another view of the file system, by an interpreter in between. Each
# attempt is also made where shield is not loaded, and works there.
# shellcheck source=selftests/lib.sh
. "$(dirname "$0")/lib.sh"

readonly library=$PWD/preload.so
readonly binfmt=/proc/sys/fs/binfmt_misc

# makes_marker COMMAND: does it load the library?
makes_marker() {
	rm -f marker
	SHIELD_MARKER=$work/marker bash -c "$1" >/dev/null 2>&1
	[ -e marker ]
}

# linker_loads COMMAND: the library, where shield is not loaded; not where it is.
linker_loads() {
	unload
	makes_marker "$1" || wrong "without shield this must load the library: $1"
	load policy=default
	makes_marker "$1" && wrong "this must not load the library: $1"
}

# sets_password COMMAND: it reads what chpasswd -e does.
sets_password() {
	local before
	before=$(look /etc/shadow)
	echo "root:*$RANDOM" | bash -c "$1" >said 2>&1
	[ "$before" != "$(look /etc/shadow)" ]
}

# untrusted_becomes COMMAND: it sets a password only where shield is not loaded.
untrusted_becomes() {
	unload
	sets_password "$1" || wrong "without shield this must work: $1" "$(cat said)"
	load policy=default
	sets_password "$1" && wrong "this must not work: $1"
	sets_password 'chpasswd -e' || wrong 'chpasswd itself must work' "$(cat said)"
}

test_library_that_is_preloaded() {
	linker_loads "LD_PRELOAD=$library passwd -S root"
	makes_marker "LD_PRELOAD=$library /bin/true" || wrong 'others load it as before'
}

test_auditor_of_the_linker() {
	linker_loads "LD_AUDIT=$library passwd -S root"
	makes_marker "LD_AUDIT=$library /bin/true" || wrong 'others load it as before'
}

# loads_from_here: does chpasswd map the copy of its library?
loads_from_here() {
	local pid found=1
	mkfifo input
	LD_LIBRARY_PATH=$work/copies chpasswd <input &
	pid=$!
	exec {input}>input
	await 5000 grep -q '/libcrypt\.' "/proc/$pid/maps" || wrong 'chpasswd does not start'
	grep -q "$work/copies/" "/proc/$pid/maps" && found=0
	exec {input}>&-
	wait $pid
	rm input
	return $found
}

copy_library() {
	mkdir -p copies
	cp -L "$libraries_dir/libcrypt.so.1" copies/
}

test_path_of_libraries() {
	copy_library
	unload
	loads_from_here || wrong 'without shield it must load the copy'
	load policy=default
	loads_from_here && wrong 'it must not load the copy'
}

test_linker_that_runs_the_program() {
	untrusted_becomes "$loader /usr/sbin/chpasswd -e"
}

test_list_of_libraries_for_every_program() {
	unload
	echo "$library" >/etc/ld.so.preload
	makes_marker 'passwd -S root' || wrong 'without shield the list must act'
	rm /etc/ld.so.preload
	load policy=default
	attack /etc/ld.so.preload "echo $library >/etc/ld.so.preload"
	attack /etc/ld.so.preload "echo $library >list && mv list /etc/ld.so.preload"
	attack /etc/ld.so.preload "ln -s $work/list /etc/ld.so.preload"
	attack /etc/ld.so.preload "ln list /etc/ld.so.preload"
}

test_library_under_a_mount_of_its_own() {
	copy_library
	untrusted_becomes "unshare -m bash -c 'mount --bind copies/libcrypt.so.1 \
		$libraries_dir/libcrypt.so.1 && exec chpasswd -e'"
}

test_library_in_another_root() {
	copy_library
	mkdir root
	mount --bind / root
	mount --bind copies/libcrypt.so.1 "root$libraries_dir/libcrypt.so.1"
	untrusted_becomes 'chroot root chpasswd -e'
	umount -R root
}

# A program that its name marks for an interpreter: copy of tee, trusted.
mark_program() {
	unload
	echo text >victim
	cp /usr/bin/tee program.selftest
	load policy=none
	policy "program marked $work/program.selftest" \
		"protect $work/victim deny modify except marked"
}

# interpret FLAGS
interpret() {
	[ -e $binfmt/register ] || mount -t binfmt_misc binfmt_misc $binfmt
	echo ":selftest:E::selftest::$loader:$1" >$binfmt/register
}

test_interpreter_that_the_kernel_puts_before_the_program() {
	local flags run='./program.selftest victim <<<changed'
	mark_program
	succeed "$run"
	unload
	interpret ''
	makes_marker "LD_PRELOAD=$library $run" || wrong 'without shield the interpreter must act'
	equal 'it writes' changed "$(cat victim)"
	echo -1 >$binfmt/selftest
	mark_program
	for flags in '' OC; do
		interpret "$flags"
		makes_marker "LD_PRELOAD=$library $run" || wrong "the interpreter must act ($flags)"
		attack victim "$run"
		echo -1 >$binfmt/selftest
	done
	makes_marker "LD_PRELOAD=$library $run" && wrong 'the program must be itself again'
	equal 'the program is trusted again' changed "$(cat victim)"
}

# What the kernel runs is the program, and the script its argument.
test_program_that_is_an_interpreter_is_run_as_itself() {
	mark_program
	printf '#!%s/program.selftest\n' "$work" >script
	chmod 755 script
	makes_marker "LD_PRELOAD=$library ./script victim <<<changed" && wrong 'it must not load the library'
	equal 'it is trusted' changed "$(cat victim)"
	unload
	printf '#!%s/program.selftest\n' "$work" >script
	makes_marker "LD_PRELOAD=$library ./script victim <<<again" || wrong 'without shield it must'
}

run_tests "$0"
