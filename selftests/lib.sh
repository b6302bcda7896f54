# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2034 # used by the scripts that include this one
#
# What the test scripts share. A test is a function test_SENTENCE; run_tests
# runs all of the script in their order and prints TAP. In a test the functions
# expect, attack and succeed say what should happen; the first that does not is
# noted, and the test goes on and has failed. SHIELD_TESTS, an extended regular
# expression, chooses some of them.

# shellcheck source=selftests/numbers.sh
. "$(dirname "${BASH_SOURCE[0]}")/numbers.sh"

readonly securityfs=/sys/kernel/security/shield
readonly parameters=/sys/module/shield/parameters
readonly tracing=/sys/kernel/tracing
failed=0

note() {
	printf '%s\n' "$@" | sed 's/^/# /'
}

wrong() {
	failed=1
	note "$@"
}

# skip REASON: leave the test, which this machine cannot run. What failed before
# remains a failure.
skip() {
	[ $failed = 0 ] || exit $failed
	printf '%s\n' "$1" >"$work/skipped"
	exit 4
}

# Code that nobody has signed stands against the seal, and be it the kernel's own, as
# where the lab had to compile the modules.
kernel_is_signed() {
	! grep -qsx E /sys/module/*/taint
}

skip_unless_it_seals() {
	kernel_is_signed || skip 'modules of this kernel itself are unsigned, so it is not sealed'
}

# expect WHAT COMMAND…
expect() {
	local what=$1 said
	shift
	said=$("$@" 2>&1) || wrong "expected: $what" "$said"
}

# equal WHAT WANTED SEEN
equal() {
	[ "$2" = "$3" ] || wrong "expected: $1" "    wanted: $2" "    seen: $3"
}

# look PATH: what it is, as text. A change of any attribute shows in %z, the
# time of the last change, which nobody can set.
look() {
	stat -c '%n %d:%i %h %a %u:%g %s %y %z' "$1" 2>&1
	[ ! -f "$1" ] || sha256sum <"$1"
}

# attack FILE COMMAND: fails with EACCES, as an event, and FILE is what it was. The command
# is of a shell that nobody trusts.
attack() {
	local file=$1 command=$2 before said told rc=0
	before=$(look "$file")
	told=$(denials)
	said=$(bash -c "$command" attack 2>&1) || rc=$?
	[ $rc != 0 ] || wrong "this must fail: $command" "$said"
	# mount(8) and umount(8) have words of their own for EACCES.
	[[ $said =~ 'ermission denied'|': bind '.*' failed.'|'cannot mount'|'not permitted on filesystem' ]] ||
		wrong "this must say why it fails: $command" "$said"
	equal "$file is unchanged after: $command" "$before" "$(look "$file")"
	[ "$(denials)" -gt "$told" ] || wrong "this must be told as denied: $command"
}

# call NUMBER ARGUMENT…: 0 if the system call succeeds, as perl makes it.
# "Permission denied" is said otherwise. Also for attack and succeed.
call() {
	perl -e 'my @a = map { $_ =~ /^-?\d+$/ ? $_ + 0 : $_ } @ARGV; my $n = shift @a;
		exit 0 if syscall($n, @a) >= 0; print "$!\n"; exit 1' -- "$@"
}
export -f call

# succeed COMMAND
succeed() {
	local said
	said=$(bash -c "$1" succeed 2>&1) || wrong "this must succeed: $1" "$said"
}

# await MILLISECONDS COMMAND…: until it succeeds.
await() {
	local left=$1
	shift
	until "$@" >/dev/null 2>&1; do
		left=$((left - 50))
		[ "$left" -gt 0 ] || return 1
		sleep 0.05
	done
}

unload() {
	[ ! -e /sys/module/shield ] || rmmod shield
}

load() {
	unload
	modprobe shield "$@"
}

# The built-in policy is in force.
guard() {
	[ "$(status policy 2>/dev/null)" = default ] || load policy=default
}

# status KEY: without a program, as it is asked for all the time.
status() {
	local lines line
	mapfile -t lines <"$securityfs/status" || return
	for line in "${lines[@]}"; do
		[[ $line != "$1: "* ]] || printf '%s\n' "${line#"$1: "}"
	done
}

# denials: how many events of a denial there were.
denials() {
	status denied
}

somebody_holds() {
	[ "$(status holders)" != 0 ]
}

nobody_holds() {
	[ "$(status holders)" = 0 ]
}

# policy LINE…: in force from now on.
policy() {
	{
		echo 'shield 1'
		echo 'name selftest'
		printf '%s\n' "$@"
	} >"$work/policy"
	cat "$work/policy" >"$securityfs/policy" || wrong 'policy refused' "$@"
}

# log_all: what shield has told since the last mark.
log_all() {
	dmesg --notime | sed "1,/^selftest mark $mark\$/d" | grep '^shield: '
}

# log: the same, but for the policies that came and went, which the tests'
# preparations tell whenever the worker comes to it.
log() {
	log_all | grep -v '^shield: policy: '
}

mark_log() {
	mark=$BASHPID.$RANDOM
	echo "selftest mark $mark" >/dev/kmsg
}

# The keys outlive a test: making one takes seconds here.
readonly keys=/run/shield-selftest-keys

# make_keys: policy.key and other.key with their certificates, PEM and DER
make_keys() {
	local name
	[ ! -e $keys/policy.pem ] || return 0
	mkdir -p $keys
	for name in policy other; do
		openssl req -x509 -newkey rsa:2048 -sha256 -nodes -days 30 -subj "/CN=$name" \
			-keyout $keys/$name.key -out $keys/$name.pem 2>/dev/null
		openssl x509 -in $keys/$name.pem -outform DER -out $keys/$name.der
	done
}

finish() {
	unload
	! declare -F cleanup >/dev/null || cleanup
	rm -rf "$work"
}

run_tests() {
	local script=$1 number=0 bad=0 rc began=$EPOCHREALTIME test tests
	mapfile -t tests < <(sed -n 's/^test_\(.*\)() {$/\1/p' "$script" | grep -E "${SHIELD_TESTS-}")
	printf 'TAP version 13\n1..%d\n' ${#tests[@]}
	if [ "$(id -u)" != 0 ]; then
		echo 'Bail out! these tests attack as root: run them as root, on a machine that may be thrown away'
		exit 1
	fi
	work=$(mktemp -d /var/tmp/shield-selftest.XXXXXX)
	trap finish EXIT
	for test in "${tests[@]}"; do
		number=$((number + 1))
		SECONDS=0
		(
			cd "$work" || exit
			"test_$test"
			exit $failed
		) 2>&1
		rc=$?
		[ $SECONDS -lt 2 ] || note "$test took $SECONDS s"
		if [ $rc = 0 ]; then
			printf 'ok %d %s\n' $number "$test"
		elif [ $rc = 4 ]; then
			printf 'ok %d %s # SKIP %s\n' $number "$test" "$(cat "$work/skipped")"
		else
			printf 'not ok %d %s\n' $number "$test"
			bad=$((bad + 1))
		fi
	done
	printf '# Totals: pass:%d fail:%d xfail:0 xpass:0 skip:0 error:0\n' \
		$((number - bad)) $bad
	note "$number tests in $((${EPOCHREALTIME%.*} - ${began%.*})) s"
	[ $bad = 0 ]
}
