# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# What the steps of a release share.
# shellcheck disable=SC2034 # used by the scripts that include this one

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
export LC_ALL=C.UTF-8

# refuse STATUS WHAT: end with that; each reason has a status of its own.
refuse() {
	printf '%s: refused: %s\n' "$(basename "$0")" "$2" >&2
	exit "$1"
}

sha256_of() {
	sha256sum <"$1" | cut -d' ' -f1
}

# certificate_sha256 FILE: of the DER form, as shieldctl prints it.
certificate_sha256() {
	openssl x509 -in "$1" -outform DER 2>/dev/null | sha256sum | cut -d' ' -f1
}

now() {
	date -u +%Y-%m-%dT%H:%M:%SZ
}
