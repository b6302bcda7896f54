# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # check sets and reads what is shared
#
# What a row of the matrix is run with that is not so for every kernel. A row is a
# kernel, or a kernel and something else: "6.1+kprobe". Included by
# selftests/lab/check; runs in the row's own lane, whose variables it may set.

# Beside the kernels themselves, by make check-kernels.
readonly rows_with=(6.1+kprobe 7.3+kprobe 6.1+others 7.3+others 6.1-rt+traced)

# row_program NAME SOURCE…: sets brought; a program of the lab's own, from C.
row_program() {
	mkdir -p "$work/$row"
	step "$1 for $row" env -C "$lab_dir" gcc -static -std=gnu11 -D_GNU_SOURCE -O2 -Wall -Wextra \
		-Werror -o "$work/$row/$1" "${@:2}"
	bring_file "$work/$row/$1"
}

# row_timeout PROGRAM TEST: how many seconds, unless asked for otherwise.
row_timeout() {
	limit=${SHIELD_TEST_TIMEOUT:-$1}
	export SHIELD_ONE_TEST_TIMEOUT=${SHIELD_ONE_TEST_TIMEOUT:-$2}
}

# Everything takes several times as long, and memory is watched by more memory.
# SHIELD_SANITIZERS is which of three programs of this kernel are run, which --only
# does not leave out. In a sample: what uses most of the module, and what leaks.
row_of_sanitizers() {
	local name programs='load faults leaks'
	row_timeout 3600 600
	export SHIELD_VM_MEM=2048 SHIELD_RELOADS=${SHIELD_RELOADS:-20}
	if [[ " $briefly " == *" $row "* ]]; then
		telling=(policy_text)
		programs='load leaks'
	fi
	for name in ${SHIELD_SANITIZERS-$programs}; do
		case $name in
		load) row_program sanitizers-load sanitizers-load.c ;;
		faults) row_program sanitizers-faults sanitizers-faults{,-acts,-dry}.c sanitizers-inject.c ;;
		*) bring_file "$lab_dir/sanitizers-$name" ;;
		esac
		also+=("$brought")
	done
}

# What does many things at once. Reports of races that are not the module's are no
# reason to stop.
row_of_kcsan() {
	row_timeout 1500 900
	only=${only:-race subjects policy_file events.sh log.sh knobs.sh}
	export SHIELD_VM_MEM=2048
	export SHIELD_VM_APPEND="panic_on_warn=0 kcsan.skip_watch=${SHIELD_KCSAN_SKIP:-1000}"
	row_program sanitizers-load sanitizers-load.c
	also+=("$brought")
}

# row_leaves PROGRAM…: is run without them.
row_leaves() {
	local program left=()
	for program in "${usual[@]}"; do
		[[ " $* " == *" $program "* ]] || left+=("$program")
	done
	usual=("${left[@]}")
}

# Hooks that are kprobes. Nobody is sealed with these, so nothing that seals is run, nor
# what switches ftrace off: it does not refuse for them (kprobe.sh). Each load takes
# several times as long.
row_with_kprobe() {
	export SHIELD_BACKEND=kprobe SHIELD_RELOADS=${SHIELD_RELOADS:-50}
	row_leaves confirm.sh switch.sh
	alone=(health.sh)
}

# Beside SELinux with a policy, permissive, TOMOYO learning, BPF programs at LSM
# hooks, Landlock, in place of the modules that Debian's kernels start with.
row_with_others() {
	need secilc
	mkdir -p "$work/$row"
	step 'policy of SELinux' secilc -c 31 -o "$work/$row/others.selinux" -f /dev/null \
		"$lab_dir/guest/others.cil"
	export SHIELD_VM_APPEND='lsm=landlock,lockdown,yama,selinux,tomoyo,bpf TOMOYO_trigger=/usr/lib/shield-lab/init TOMOYO_loader=/usr/lib/shield-lab/tomoyo-loader'
	only=${only:-rights names trees subjects accounts.sh mounts.sh}
	bring_file "$work/$row/others.selinux"
	bring_file "$lab_dir/guest/tomoyo-loader"
	bring_file "$lab_dir/guest/others"
	first+=("$brought")
}

# With the function tracer at every function that is hooked, which has ftrace call
# all of them with preemption off.
row_with_traced() {
	bring_file "$lab_dir/guest/traced"
	first+=("$brought")
	last+=("$brought")
	only=${only:-${telling[*]}}
}

# row_settings ROW: sets row and kernel, and what this row changes.
row_settings() {
	row=$1
	kernel=${row%%+*}
	! declare -F "row_of_$kernel" >/dev/null || "row_of_$kernel"
	[[ $row != *+* ]] || "row_with_${row#*+}"
	# 200 times, where every make check tests all; a load takes 2 s under emulation.
	[[ " $(kernel_names '^always$' | xargs) " == *" $kernel "* ]] ||
		export SHIELD_RELOADS=${SHIELD_RELOADS:-50}
}

# row_known ROW: there is such a kernel, and such a thing to run it with.
row_known() {
	kernel_row "${1%%+*}"
	[[ $1 != *+* ]] || declare -F "row_with_${1#*+}" >/dev/null ||
		die "no kernel is run with '${1#*+}'; there are: $(declare -F | sed -n 's/^declare -f row_with_//p' | xargs)"
}
