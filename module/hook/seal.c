// SPDX-License-Identifier: GPL-2.0-only
/*
 * Hooks that are armed when shield is sealed: on unloading modules, and on what
 * the kernel itself denies under lockdown, to the level of integrity.
 */
#include <linux/err.h>
#include <linux/fcntl.h>
#include <linux/module.h>
#include <linux/preempt.h>
#include <linux/security.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "compat/syscalls.h"
#include "event/event.h"
#include "hook/points.h"
#include "sealed.h"

static long deny(const char *hook, const char *act, const char *why)
{
	const struct shield_happening happening = {
		.kind = SHIELD_SEAL,
		.hook = hook,
		.rule = act,
		.note = why,
	};

	preempt_disable_notrace();
	shield_event_happened(&happening);
	preempt_enable_notrace();
	return -EACCES;
}

/*
 * Only for telling what was tried: the caller may write another name before
 * the kernel reads it. What holds is that shield is in use.
 */
static bool names_us(const char __user *name)
{
	char wanted[sizeof(KBUILD_MODNAME)];
	size_t i;

	for (i = 0; i < sizeof(wanted); i++)
		if (copy_from_user_nofault(&wanted[i], name + i, 1) ||
		    wanted[i] != KBUILD_MODNAME[i])
			return false;
	return true;
}

static long judge_unloading(const char *hook, unsigned long name,
			    unsigned long flags)
{
	if (!shield_sealed())
		return 0;
	/* By force goes what is in use. The flags are in a register, for good. */
	if (flags & O_TRUNC)
		return deny(hook, "unload a module by force", "denied: sealed");
	if (names_us((const char __user *)name))
		return deny(hook, "unload shield", "denied: sealed");
	return 0;
}

#define JUDGE_UNLOADING(fn, argument)                                 \
	SHIELD_DENY(fn, SHIELD_SYSCALL, SHIELD_WHEN_SEALED, false, 1, \
		    const struct pt_regs *, regs)                     \
	{                                                             \
		return judge_unloading(#fn, argument(regs, 0),        \
				       argument(regs, 1));            \
	}

SHIELD_UNLOADS(JUDGE_UNLOADING)

static const char *name_of(enum lockdown_reason what)
{
	switch (what) {
	case LOCKDOWN_MODULE_SIGNATURE:
		return "load an unsigned module";
	case LOCKDOWN_DEV_MEM:
		return "open /dev/mem or /dev/port";
	case LOCKDOWN_KEXEC:
		return "kexec an unsigned image";
	case LOCKDOWN_HIBERNATION:
		return "hibernate";
	case LOCKDOWN_PCI_ACCESS:
		return "write to PCI configuration";
	case LOCKDOWN_IOPORT:
		return "access I/O ports";
	case LOCKDOWN_MSR:
		return "write an MSR";
	case LOCKDOWN_ACPI_TABLES:
		return "change ACPI tables";
	case LOCKDOWN_MODULE_PARAMETERS:
		return "set a hardware parameter of a module";
	case LOCKDOWN_DEBUGFS:
		return "write to debugfs";
	case SHIELD_LOCKDOWN_BPF_WRITE_USER:
		return "write user memory from BPF";
	default:
		return "what lockdown denies";
	}
}

SHIELD_DENY(security_locked_down, SHIELD_PLAIN, SHIELD_WHEN_SEALED, false, 1,
	    enum lockdown_reason, what)
{
	if (what <= LOCKDOWN_NONE || what >= LOCKDOWN_INTEGRITY_MAX ||
	    !shield_sealed())
		return 0;
	return deny("security_locked_down", name_of(what), "denied: sealed");
}
