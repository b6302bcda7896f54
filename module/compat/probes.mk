# SPDX-License-Identifier: GPL-2.0-only
#
# Which functions this kernel has, read from its own headers. A probe asks for
# a declaration, never for a version: distributions backport.

shield-declares = $(shell grep -qsw '$(2)' '$(srctree)/include/linux/$(1)' && \
		    echo -DSHIELD_HAS_$(2))

ccflags-y += $(call shield-declares,security.h,security_inode_set_acl)
ccflags-y += $(call shield-declares,security.h,security_inode_remove_acl)
ccflags-y += $(call shield-declares,security.h,security_file_truncate)
ccflags-y += $(call shield-declares,security.h,security_inode_file_setattr)
ccflags-y += $(call shield-declares,ftrace.h,ftrace_regs_get_argument)
ccflags-y += $(call shield-declares,ftrace.h,ftrace_regs_set_instruction_pointer)
ccflags-y += $(call shield-declares,ftrace.h,ftrace_instruction_pointer_set)
ccflags-y += $(call shield-declares,ftrace.h,ftrace_set_filter_ips)

# __assign_str(field) instead of __assign_str(field, source).
ccflags-y += $(shell grep -qs 'define __assign_str(dst)$$' \
		'$(srctree)/include/trace/stages/stage6_event_callback.h' && \
		echo -DSHIELD_ASSIGN_STR_TAKES_ONE)
