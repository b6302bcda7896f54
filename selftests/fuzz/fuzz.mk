# SPDX-License-Identifier: GPL-2.0-only
#
# Every text format that the project reads or writes against random bytes:
# libFuzzer with ASan and UBSan, which come with clang alone.
#
#	make fuzz			all of them, for a minute together
#	make fuzz SECONDS=3600		for longer
#	make fuzz RUNS=10000000		so many executions of each
#	make fuzz FUZZ='parser event'	some

SECONDS ?= 60
RUNS ?= 0
FUZZ ?= $(FUZZERS)

FUZZ_BUILD := build/fuzz
FUZZ_HEADERS := $(wildcard module/policy/*.h module/event/*.h module/compat/layout.h \
	shieldctl/*.h shieldctl/record/*.h selftests/policy/*.h selftests/fuzz/*.h)
FUZZ_CFLAGS := -std=gnu11 -g -O1 -Wall -Wextra -Werror -D_GNU_SOURCE -Imodule \
	-fno-omit-frame-pointer -fsanitize=address,undefined,fuzzer-no-link \
	-fno-sanitize-recover=all

# A fuzzer is NAME.c and the sources under test.
FUZZERS := parser envelope token manifest edit line event json stats record boots \
	modsig signature der unpack layout
FUZZ_FILES := selftests/fuzz/directory.c
FUZZ_SIGNATURE := $(addprefix shieldctl/,signature.c signature_form.c certificate.c der.c text.c)
FUZZ_parser := $(POLICY_PURE) shieldctl/print.c selftests/policy/policy.c
FUZZ_envelope := module/policy/envelope.c module/policy/token.c
FUZZ_token := $(FUZZ_envelope) $(FUZZ_FILES) shieldctl/token.c shieldctl/text.c
FUZZ_manifest := $(FUZZ_envelope) shieldctl/manifest.c shieldctl/text.c
FUZZ_edit := $(POLICY_PURE) $(addprefix shieldctl/,edit.c policy.c print.c kernel.c text.c)
FUZZ_line := module/event/line.c module/policy/rights.c shieldctl/event.c shieldctl/json.c
FUZZ_event := module/policy/rights.c $(addprefix shieldctl/,event.c filter.c json.c) \
	selftests/fuzz/json_check.c
FUZZ_json := shieldctl/json.c selftests/fuzz/json_check.c
FUZZ_stats := module/policy/rights.c $(FUZZ_FILES) $(addprefix shieldctl/,counters.c facts.c \
	kernel.c stream.c event.c json.c tally.c text.c)
FUZZ_record := module/policy/rights.c $(FUZZ_FILES) selftests/fuzz/json_check.c \
	shieldctl/record/logfile.c $(addprefix shieldctl/,event.c json.c stream.c kernel.c \
	text.c gaps.c host.c)
FUZZ_boots := $(FUZZ_FILES) $(addprefix shieldctl/,boots.c host.c text.c)
FUZZ_modsig := $(FUZZ_SIGNATURE) shieldctl/modsig.c shieldctl/elf_end.c
FUZZ_signature := $(FUZZ_SIGNATURE)
FUZZ_der := shieldctl/der.c shieldctl/text.c
FUZZ_unpack := shieldctl/text.c
FUZZ_layout := module/compat/layout.c
FUZZ_LIBRARIES := -lcrypto -llzma -lzstd

.PHONY: fuzz fuzzers
fuzz: $(addprefix $(FUZZ_BUILD)/,$(FUZZ))
	@selftests/fuzz/run --seconds $(SECONDS) --runs $(RUNS) $(FUZZ)

fuzzers: $(addprefix $(FUZZ_BUILD)/,$(FUZZERS))

# The kernel's own headers are empty: kernel.h has what is needed of them.
FUZZ_SHIMS := $(addprefix $(FUZZ_BUILD)/kernel/,$(addsuffix .h,$(addprefix linux/,ctype \
	file fs kdev_t kernel math64 mm sched slab string time64) uapi/linux/btf))
FUZZ_KERNEL := module/event/line module/compat/layout selftests/fuzz/line selftests/fuzz/layout
FUZZ_KERNEL_OBJECTS := $(FUZZ_KERNEL:%=$(FUZZ_BUILD)/obj/%.o)
$(FUZZ_KERNEL_OBJECTS): FUZZ_FLAGS := -include selftests/fuzz/kernel.h -I$(FUZZ_BUILD)/kernel
$(FUZZ_KERNEL_OBJECTS): $(FUZZ_SHIMS)
$(FUZZ_SHIMS):
	@mkdir -p $(@D)
	@touch $@

$(FUZZ_BUILD)/packages:
	@scripts/need clang libclang-rt-14-dev libc6-dev libssl-dev liblzma-dev libzstd-dev
	@mkdir -p $(@D)
	@touch $@

$(FUZZ_BUILD)/obj/%.o: %.c $(FUZZ_HEADERS) | $(FUZZ_BUILD)/packages
	@mkdir -p $(@D)
	@echo "  CC      $@"
	@clang $(FUZZ_FLAGS) $(FUZZ_CFLAGS) -c -o $@ $<

# Their functions are static, so the fuzzers include them.
$(FUZZ_BUILD)/obj/selftests/fuzz/record.o: shieldctl/record/record.c
$(FUZZ_BUILD)/obj/selftests/fuzz/unpack.o: shieldctl/unpack.c

define fuzzer
$(FUZZ_BUILD)/$(1): $(patsubst %.c,$(FUZZ_BUILD)/obj/%.o,selftests/fuzz/$(1).c $(FUZZ_$(1)))
	@echo "  LD      $$@"
	@clang $(FUZZ_CFLAGS) -fsanitize=fuzzer -o $$@ $$^ -Wl,--as-needed $(FUZZ_LIBRARIES)
endef
$(foreach name,$(FUZZERS),$(eval $(call fuzzer,$(name))))
