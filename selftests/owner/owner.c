// SPDX-License-Identifier: GPL-2.0-only
/*
 * Takes the right to change where one kernel function continues, as a livepatch
 * of it would, and changes nothing. For tests of what shield does beside it.
 */
#include <linux/ftrace.h>
#include <linux/module.h>

static char *function = "security_inode_rename";
module_param(function, charp, 0400);
MODULE_PARM_DESC(function, "name of the function");

#if defined(CONFIG_DYNAMIC_FTRACE_WITH_ARGS)
#define OWNER_FLAGS 0
#elif defined(arch_ftrace_get_regs)
#define OWNER_FLAGS FTRACE_OPS_FL_SAVE_REGS
#else
#define ftrace_regs pt_regs
#define OWNER_FLAGS FTRACE_OPS_FL_SAVE_REGS
#endif

static void notrace entered(unsigned long ip, unsigned long parent_ip,
			    struct ftrace_ops *ops, struct ftrace_regs *fregs)
{
}

static struct ftrace_ops owner_ops = {
	.func = entered,
	.flags = FTRACE_OPS_FL_IPMODIFY | OWNER_FLAGS,
};

/* ftrace_free_filter() is not exported before 5.12. */
static void empty_filter(void)
{
	ftrace_set_filter(&owner_ops, NULL, 0, 1);
}

static int __init owner_init(void)
{
	int error =
		ftrace_set_filter(&owner_ops, function, strlen(function), 1);

	if (!error)
		error = register_ftrace_function(&owner_ops);
	if (error)
		empty_filter();
	return error;
}

static void __exit owner_exit(void)
{
	unregister_ftrace_function(&owner_ops);
	empty_filter();
}

module_init(owner_init);
module_exit(owner_exit);

MODULE_DESCRIPTION("Owns a function, as a livepatch would");
MODULE_LICENSE("GPL");
