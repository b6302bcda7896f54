# SPDX-License-Identifier: GPL-2.0-only
#
# Tests of the policy parser and of shieldctl, which need no kernel.
#
#	make check-policy		table tests, a short fuzz, shieldctl
#	make fuzz SECONDS=60		the parser against random texts

POLICY_BUILD := build/policy
POLICY_PURE := $(addprefix module/policy/,lex.c near.c rights.c programs.c \
	parse.c parse_path.c parse_program.c parse_rule.c envelope.c token.c)
POLICY_SHARED := $(POLICY_PURE) shieldctl/print.c selftests/policy/policy.c
POLICY_TABLES := $(addprefix selftests/policy/,main.c tap.c accepted.c \
	refused.c limits.c words.c builtin.c sealed.c envelope.c) module/policy/builtin.S \
	module/policy/default.policy
POLICY_HEADERS := $(wildcard module/policy/*.h shieldctl/*.h selftests/policy/*.h)

POLICY_CFLAGS := -std=gnu11 -g -O1 -Wall -Wextra -Werror -D_GNU_SOURCE -Imodule \
	-fno-omit-frame-pointer -fsanitize=address,undefined \
	-fno-sanitize-recover=all

SECONDS ?= 60

.PHONY: check-policy
check-policy: $(addprefix $(POLICY_BUILD)/,tables fuzz shieldctl)
	@selftests/policy/run

.PHONY: fuzz
fuzz: $(POLICY_BUILD)/fuzz
	@selftests/policy/fuzz.sh $(SECONDS)

$(POLICY_BUILD)/tables: $(POLICY_SHARED) $(POLICY_TABLES) $(POLICY_HEADERS)
	@scripts/need gcc libc6-dev
	@mkdir -p $(@D)
	@echo "  CC      $@"
	@gcc $(POLICY_CFLAGS) -o $@ $(filter %.c %.S,$^)

# libFuzzer comes with clang alone.
$(POLICY_BUILD)/fuzz: $(POLICY_SHARED) selftests/policy/fuzz.c $(POLICY_HEADERS)
	@scripts/need clang libclang-rt-14-dev libc6-dev
	@mkdir -p $(@D)
	@echo "  CC      $@"
	@clang $(POLICY_CFLAGS) -fsanitize=fuzzer -o $@ $(filter %.c %.S,$^)

# The command as it is installed has no sanitizers to tell on it.
$(POLICY_BUILD)/shieldctl: $(POLICY_PURE) $(wildcard shieldctl/*.c) $(POLICY_HEADERS)
	@scripts/need $(SHIELDCTL_PACKAGES)
	@mkdir -p $(@D)
	@echo "  CC      $@"
	@gcc $(POLICY_CFLAGS) -DSHIELD_VERSION='"$(shell cat VERSION)"' \
		-o $@ $(filter %.c,$^) $$(pkg-config --cflags --libs $(SHIELDCTL_LIBRARIES))
