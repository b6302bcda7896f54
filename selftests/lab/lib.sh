# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2034 # used by the scripts that include this one
#
# What every script of the lab shares: where things are, how progress is told.

lab_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# shellcheck source=scripts/shell/common.sh
. "$lab_dir/../../scripts/shell/common.sh"

build=$top/build/lab
mkdir -p "$build"
