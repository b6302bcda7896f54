# SPDX-License-Identifier: GPL-2.0-only
#
#	make signed-release KEY=… CERT=… RELEASE_KEY=… [NEXT=…] [LOG=…] [OUT=…]
#
# KEY is a file or "pkcs11:…"; see docs/signing.md.

LOG ?= build/signing.log
OUT ?= build/release

.PHONY: signed-release
signed-release:
	@mkdir -p $(dir $(LOG)) $(dir $(OUT))
	@packaging/signing/release --key "$(KEY)" --cert "$(CERT)" \
		--release-key "$(RELEASE_KEY)" --log "$(LOG)" \
		$(if $(NEXT),--next "$(NEXT)") "$(OUT)"
