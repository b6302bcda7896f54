// SPDX-License-Identifier: GPL-2.0-only
/*
 * Does to hooks what only code in the kernel can do: a module for tests.
 *
 *	insmod saboteur.ko cut=FUNCTION		the call at its entry becomes a NOP,
 *						until rmmod
 *	insmod saboteur.ko kill=1		ftrace switches itself off for good
 *	insmod saboteur.ko childless=COMM	forks of tasks of that name fail where
 *						the kernel asks security modules, until
 *						rmmod
 *	insmod saboteur.ko			nothing; it is merely unsigned
 */
#ifdef CONFIG_ARM64
#include <asm/insn.h>
#endif
#include <linux/kprobes.h>
#include <linux/module.h>
#include <linux/stop_machine.h>

/* The call of ftrace at a function's entry, and how to write there. */
#ifdef CONFIG_ARM64

/* The second instruction; the kernel is not built with landing pads (BTI). */
#define SABOTEUR_SITE 4
#define SABOTEUR_CALL_SIZE 4
#define SABOTEUR_WRITER "aarch64_insn_patch_text_nosync"

typedef int saboteur_writer(void *address, u32 instruction);

static const u8 saboteur_nop[] = { 0x1f, 0x20, 0x03, 0xd5 };

static inline bool saboteur_is_call(const u8 *site)
{
	return aarch64_insn_is_bl(le32_to_cpup((const __le32 *)site));
}

static inline void saboteur_write(saboteur_writer *write, u8 *site,
				  const u8 *code)
{
	write(site, le32_to_cpup((const __le32 *)code));
}

#else

#define SABOTEUR_SITE 0
#define SABOTEUR_CALL_SIZE 5
/* Asks for no lock; all CPUs stand still. */
#define SABOTEUR_WRITER "text_poke_kgdb"

typedef void *saboteur_writer(void *address, const void *code, size_t size);

static const u8 saboteur_nop[] = { 0x0f, 0x1f, 0x44, 0x00, 0x00 };

static inline bool saboteur_is_call(const u8 *site)
{
	return *site == 0xe8;
}

static inline void saboteur_write(saboteur_writer *write, u8 *site,
				  const u8 *code)
{
	write(site, code, SABOTEUR_CALL_SIZE);
}

#endif

static char *cut = "";
static bool kill;
static char *childless = "";
module_param(cut, charp, 0444);
MODULE_PARM_DESC(cut, "function whose hook is cut off");
module_param(kill, bool, 0444);
MODULE_PARM_DESC(kill, "make ftrace believe that it is broken");
module_param(childless, charp, 0444);
MODULE_PARM_DESC(childless, "name of tasks whose forks fail");

static saboteur_writer *writer;
static unsigned long (*lookup)(const char *symbol);
static void (*die)(void);
static u8 *site;
static u8 original[SABOTEUR_CALL_SIZE];

static void *find(const char *symbol)
{
	struct kprobe probe = {
		.symbol_name = symbol,
		.flags = KPROBE_FLAG_DISABLED,
	};
	void *address;

	if (register_kprobe(&probe))
		return NULL;
	address = probe.addr;
	unregister_kprobe(&probe);
	return address;
}

static int write_site(void *code)
{
	saboteur_write(writer, site, code);
	return 0;
}

static int cut_off(void)
{
	/* No kprobe finds what kprobes themselves use to write. */
	lookup = find("kallsyms_lookup_name");
	site = find(cut);
	if (!lookup || !site)
		return -ENOENT;
	writer = (saboteur_writer *)lookup(SABOTEUR_WRITER);
	site += SABOTEUR_SITE;
	if (!writer || !saboteur_is_call(site))
		return -ENOENT;
	memcpy(original, site, SABOTEUR_CALL_SIZE);
	return stop_machine(write_site, (void *)saboteur_nop, NULL);
}

static int kill_ftrace(void)
{
	die = find("ftrace_kill");
	if (!die)
		return -ENOENT;
	die();
	return 0;
}

static int no_memory(void)
{
	return -ENOMEM;
}

static int refuse_fork(struct kprobe *probe, struct pt_regs *regs)
{
	if (strcmp(current->comm, childless))
		return 0;
	instruction_pointer_set(regs, (unsigned long)no_memory);
	return 1;
}

/* Behind a call of ftrace that a kprobe does not share: shield sees the fork. */
static struct kprobe fork_probe = {
	.symbol_name = "security_task_alloc",
	.offset = SABOTEUR_SITE ? SABOTEUR_SITE + SABOTEUR_CALL_SIZE : 0,
	.pre_handler = refuse_fork,
};

static int __init saboteur_init(void)
{
	if (kill)
		return kill_ftrace();
	if (*childless)
		return register_kprobe(&fork_probe);
	return *cut ? cut_off() : 0;
}

static void __exit saboteur_exit(void)
{
	if (*cut)
		stop_machine(write_site, original, NULL);
	if (*childless)
		unregister_kprobe(&fork_probe);
}

module_init(saboteur_init);
module_exit(saboteur_exit);

MODULE_DESCRIPTION("Cuts hooks off, for tests of shield");
MODULE_LICENSE("GPL");
