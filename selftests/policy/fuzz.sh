#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Run the fuzzer of the policy parser.
#
#	selftests/policy/fuzz.sh SECONDS
#
# New texts go to build/policy/corpus, what breaks the parser to
# build/policy/crash-*; the committed seeds are only read.
set -euo pipefail

cd "$(dirname "$0")/../.."
readonly seconds=$1
readonly build=build/policy

mkdir -p $build/corpus
exec $build/fuzz -max_total_time="$seconds" -max_len=4096 -timeout=10 \
	-rss_limit_mb=1024 -dict=selftests/policy/words.dict \
	-artifact_prefix=$build/ $build/corpus selftests/policy/corpus
