# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2034 # used by the programs that include this one
#
# What the tests of signing share: a scratch directory, keys and modules that
# are made there, and TAP. A program ends with `finish`.

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
shieldctl=$(realpath "${SHIELDCTL:-$top/build/policy/shieldctl}")
scratch=$(mktemp -d)
readonly shieldctl scratch
export LC_ALL=C.UTF-8

# shellcheck source=selftests/expect.bash
. "$top/selftests/expect.bash"

need() {
	"$top/scripts/need" "$@"
}

# run COMMAND…: the outcome is in $status and the files out and err.
run() {
	status=0
	"$@" >"$scratch/out" 2>"$scratch/err" </dev/null || status=$?
}

# expect_that NAME COMMAND…: it succeeds.
expect_that() {
	local name=$1 verdict=ok
	shift
	run "$@"
	[ "$status" = 0 ] || verdict='not ok'
	result "$verdict" "$name"
}

finish() {
	echo "1..$number"
	[ "$failed" = 0 ]
}

# sign_file: prints the path of the kernel's own program to sign with.
sign_file() {
	find /usr/lib/linux-kbuild-*/scripts/sign-file | sort -V | tail -n 1
}

# key_make NAME [SUBJECT] [OPTION…]: NAME.key and NAME.pem, valid for a day.
key_make() {
	openssl req -x509 -newkey rsa:2048 -nodes -sha256 -days 1 \
		-keyout "$scratch/$1.key" -out "$scratch/$1.pem" \
		-subj "/CN=${2:-$1}" "${@:3}" 2>/dev/null
}

# module_make FILE: something that has the form of a module.
module_make() {
	printf 'int answer(void) { return 42; }\n' |
		gcc -x c -c -g -o "$1" -
}

# trailer_append FILE SIGNATURE: what the kernel looks for behind a signature.
trailer_append() {
	local len
	len=$(stat -c %s "$2")
	{
		cat "$2"
		printf '\0\0\2\0\0\0\0\0'
		# shellcheck disable=SC2059 # the format is the bytes
		printf "$(printf '\\x%02x\\x%02x\\x%02x\\x%02x' $((len >> 24)) \
			$((len >> 16 & 255)) $((len >> 8 & 255)) $((len & 255)))"
		printf '~Module signature appended~\n'
	} >>"$1"
}

# cms_sign FILE KEY SIGNATURE [OPTION…]: a signature as sign-file makes it, unless
# the options make it another one.
cms_sign() {
	openssl cms -sign -binary -in "$1" -signer "$scratch/$2.pem" \
		-inkey "$scratch/$2.key" -outform DER -out "$3" -nocerts "${@:4}"
}

# flip FILE OFFSET: change one byte; a negative offset counts from the end.
flip() {
	local offset=$2 byte
	[ "$offset" -ge 0 ] || offset=$(($(stat -c %s "$1") + offset))
	byte=$(od -An -tu1 -j "$offset" -N 1 "$1")
	# shellcheck disable=SC2059 # the format is the byte
	printf "$(printf '\\x%02x' $((byte ^ 1)))" |
		dd of="$1" bs=1 seek="$offset" conv=notrunc status=none
}
