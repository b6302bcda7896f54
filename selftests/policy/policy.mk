# SPDX-License-Identifier: GPL-2.0-only
#
# Tests of the policy parser and of shieldctl, which need no kernel.
#
#	make check-policy		table tests, a short fuzz (selftests/fuzz), shieldctl

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

.PHONY: check-policy
check-policy: $(addprefix $(POLICY_BUILD)/,tables shieldctl) fuzzers
	@selftests/policy/run

$(POLICY_BUILD)/tables: $(POLICY_SHARED) $(POLICY_TABLES) $(POLICY_HEADERS)
	@scripts/need gcc libc6-dev
	@mkdir -p $(@D)
	@echo "  CC      $@"
	@gcc $(POLICY_CFLAGS) -o $@ $(filter %.c %.S,$^)

# The command as it is installed has no sanitizers to tell on it.
$(POLICY_BUILD)/shieldctl: $(POLICY_PURE) $(wildcard shieldctl/*.c) $(POLICY_HEADERS)
	@scripts/need $(SHIELDCTL_PACKAGES)
	@mkdir -p $(@D)
	@echo "  CC      $@"
	@gcc $(POLICY_CFLAGS) -DSHIELD_VERSION='"$(shell cat VERSION)"' \
		-o $@ $(filter %.c,$^) $$(pkg-config --cflags --libs $(SHIELDCTL_LIBRARIES))
