# SPDX-License-Identifier: GPL-2.0-only
#
# Which functions this kernel has, read from its own headers. A probe asks for
# a declaration, never for a version: distributions backport.

# $(call shield-declares,HEADER,NAME): y if include/linux/HEADER declares NAME
shield-declares = $(shell grep -qsw '$(2)' '$(srctree)/include/linux/$(1)' && echo y)

# $(call shield-probe,HEADER,NAME): sets SHIELD_HAS_NAME, for Kbuild and for C
define shield-probe
SHIELD_HAS_$(2) := $(call shield-declares,$(1),$(2))
ccflags-$$(SHIELD_HAS_$(2)) += -DSHIELD_HAS_$(2)
endef

$(eval $(call shield-probe,security.h,security_inode_set_acl))
$(eval $(call shield-probe,security.h,security_file_truncate))
$(eval $(call shield-probe,security.h,security_inode_file_setattr))
$(eval $(call shield-probe,ftrace.h,ftrace_regs_get_argument))
$(eval $(call shield-probe,ftrace.h,ftrace_regs_set_instruction_pointer))

# __assign_str(field) instead of __assign_str(field, source).
ccflags-y += $(shell grep -qs 'define __assign_str(dst)$$' \
		'$(srctree)/include/trace/stages/stage6_event_callback.h' && \
		echo -DSHIELD_ASSIGN_STR_TAKES_ONE)
