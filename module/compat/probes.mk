# SPDX-License-Identifier: GPL-2.0-only
#
# What this kernel has, read from its own configuration and headers. A probe
# asks for a declaration, never for a version: distributions backport. What the
# kernel defines as a macro needs no probe: #ifdef is one.

# $(call shield-needs,OPTION,WHY): refuse to build for a kernel without it
shield-needs = $(if $($(1)),,$(error shield cannot be built for this kernel, which has no $(1): $(2)))

# Only in a build: "make clean" reads this file without a configuration.
ifdef CONFIG_MODULES
$(call shield-needs,CONFIG_SECURITY,shield hooks the functions that it adds)
$(call shield-needs,CONFIG_SECURITY_PATH,it judges truncation in security_path_truncate)
$(call shield-needs,CONFIG_SECURITYFS,its policy and status are files there)
$(call shield-needs,CONFIG_KPROBES,they find functions that are not exported)
$(call shield-needs,CONFIG_DYNAMIC_FTRACE_WITH_$(if $(CONFIG_DYNAMIC_FTRACE_WITH_ARGS),ARGS,REGS),its hooks read arguments and redirect calls by ftrace)
$(call shield-needs,CONFIG_HAVE_FUNCTION_ARG_ACCESS_API,its hooks read arguments from registers)
$(call shield-needs,CONFIG_SYSTEM_DATA_VERIFICATION,the kernel verifies its signed policies)
endif

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
ifdef CONFIG_IO_URING
$(eval $(call shield-probe,io_uring/cmd.h,io_uring_cmd))
endif
$(eval $(call shield-probe,security.h,LOCKDOWN_BPF_WRITE_USER))
$(eval $(call shield-probe,fs_struct.h,userspace_init_fs))
$(eval $(call shield-probe,mount.h,MNT_SHARED))
$(eval $(call shield-probe,dcache.h,d_real_type))

# set_posix_acl() takes a dentry instead of an inode.
ccflags-y += $(shell grep -swA1 'int set_posix_acl' \
		'$(srctree)/include/linux/posix_acl.h' | \
		grep -q 'struct dentry' && \
		echo -DSHIELD_SET_POSIX_ACL_TAKES_DENTRY)

# __assign_str(field) instead of __assign_str(field, source).
ccflags-y += $(shell grep -qs 'define __assign_str(dst)' \
		'$(srctree)/include/trace/stages/stage6_event_callback.h' && \
		echo -DSHIELD_ASSIGN_STR_TAKES_ONE)
