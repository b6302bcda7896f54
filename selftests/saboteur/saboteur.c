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
#include <linux/kprobes.h>
#include <linux/module.h>
#include <linux/stop_machine.h>

#define CALL 0xe8
#define CALL_SIZE 5

static char *cut = "";
static bool kill;
static char *childless = "";
module_param(cut, charp, 0444);
MODULE_PARM_DESC(cut, "function whose hook is cut off");
module_param(kill, bool, 0444);
MODULE_PARM_DESC(kill, "make ftrace believe that it is broken");
module_param(childless, charp, 0444);
MODULE_PARM_DESC(childless, "name of tasks whose forks fail");

static void *(*poke)(void *address, const void *code, size_t size);
static void (*die)(void);
static u8 *site;
static u8 original[CALL_SIZE];

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
	poke(site, code, CALL_SIZE);
	return 0;
}

static int cut_off(void)
{
	static u8 nop[CALL_SIZE] = { 0x0f, 0x1f, 0x44, 0x00, 0x00 };

	poke = find("text_poke");
	site = find(cut);
	if (!poke || !site || *site != CALL)
		return -ENOENT;
	memcpy(original, site, CALL_SIZE);
	return stop_machine(write_site, nop, NULL);
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

static struct kprobe fork_probe = {
	.symbol_name = "security_task_alloc",
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
