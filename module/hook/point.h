/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Typed hook points.
 *
 * A hook is one definition, in the manner of SYSCALL_DEFINE: the kernel
 * function, how its prototype may vary, the rights it decides on, and the
 * arguments with their types. From it come the row of the table, the
 * extraction of the arguments from registers, and a check against the
 * kernel's own prototype at compile time:
 *
 *	SHIELD_DENY(security_inode_rmdir, SHIELD_PLAIN,
 *		    SHIELD_REMOVE | SHIELD_WRITE, true, 2,
 *		    struct inode *, dir, struct dentry *, dentry)
 *	{
 *		return shield_judge_removal(...);
 *	}
 *
 * docs/hooks.md tells how to add one.
 */
#ifndef SHIELD_HOOK_POINT_H
#define SHIELD_HOOK_POINT_H

#include <linux/build_bug.h>
#include <linux/errno.h>
#include <linux/types.h>

#include "compat/ftrace.h"
#include "compat/prototypes.h"
#include "policy/rights.h"

/*
 * Beside the rights: the hook is armed when shield is sealed, whatever the
 * policy.
 */
#define SHIELD_WHEN_SEALED BIT(15)

static_assert(!(SHIELD_WHEN_SEALED &
		(SHIELD_ALL | SHIELD_WHEN_STRICT | SHIELD_WHEN_HELD |
		 SHIELD_WHEN_APPEND_ONLY)));

/**
 * enum shield_verb - what a hook may do to the call it sees
 * @SHIELD_MAY_DENY: make the function return -EACCES instead of running
 * @SHIELD_ONLY_SEES: nothing; the function returns void or must succeed
 */
enum shield_verb { SHIELD_MAY_DENY, SHIELD_ONLY_SEES };

/**
 * struct shield_point - one kernel function that shield hooks
 * @symbol: its name
 * @entered: called at its entry, with the registers
 * @callback: set for a function so hot that it has an ftrace_ops of its own;
 *            called instead of @entered, straight from the trampoline
 * @verb: what the hook may do
 * @rights: rights that this hook decides on, or enum shield_when; the hook is
 *          armed only while one of them is in use; or SHIELD_WHEN_SEALED
 * @structural: armed while any other is: the hook keeps the tables true, which
 *              are forgotten when none is armed
 */
struct shield_point {
	const char *symbol;
	void (*entered)(struct ftrace_regs *fregs);
	ftrace_func_t callback;
	enum shield_verb verb;
	u16 rights;
	bool structural;
};

/**
 * shield_deny_stub() - returns in place of a denied function
 *
 * Description: long, so that a caller of any integer type reads an error.
 *
 * Return: -EACCES.
 */
long shield_deny_stub(void);

/* clang-format off */
#define SHIELD_DECL_1(t, a) t a
#define SHIELD_DECL_2(t, a, ...) t a, SHIELD_DECL_1(__VA_ARGS__)
#define SHIELD_DECL_3(t, a, ...) t a, SHIELD_DECL_2(__VA_ARGS__)
#define SHIELD_DECL_4(t, a, ...) t a, SHIELD_DECL_3(__VA_ARGS__)
#define SHIELD_DECL_5(t, a, ...) t a, SHIELD_DECL_4(__VA_ARGS__)

#define SHIELD_TYPE_1(t, a) t
#define SHIELD_TYPE_2(t, a, ...) t, SHIELD_TYPE_1(__VA_ARGS__)
#define SHIELD_TYPE_3(t, a, ...) t, SHIELD_TYPE_2(__VA_ARGS__)
#define SHIELD_TYPE_4(t, a, ...) t, SHIELD_TYPE_3(__VA_ARGS__)
#define SHIELD_TYPE_5(t, a, ...) t, SHIELD_TYPE_4(__VA_ARGS__)

#define SHIELD_ARG_1(n, t, a) (t)shield_argument(fregs, n)
#define SHIELD_ARG_2(n, t, a, ...) \
	(t)shield_argument(fregs, n), SHIELD_ARG_1((n) + 1, __VA_ARGS__)
#define SHIELD_ARG_3(n, t, a, ...) \
	(t)shield_argument(fregs, n), SHIELD_ARG_2((n) + 1, __VA_ARGS__)
#define SHIELD_ARG_4(n, t, a, ...) \
	(t)shield_argument(fregs, n), SHIELD_ARG_3((n) + 1, __VA_ARGS__)
#define SHIELD_ARG_5(n, t, a, ...) \
	(t)shield_argument(fregs, n), SHIELD_ARG_4((n) + 1, __VA_ARGS__)

#define SHIELD_FIRST(fn, variant, ret, n, ...)                               \
	enum { shield_##fn##_first =                                         \
		       variant(fn, ret, SHIELD_TYPE_##n(__VA_ARGS__)) };     \
	static_assert(shield_##fn##_first >= 0,                              \
		      #fn " has a prototype that shield does not know: "     \
			  "add it to module/compat/prototypes.h")

/*
 * Where the call goes on after the judgement. Not a function that takes the
 * verdict by pointer: the register dump must stay the only thing in memory.
 */
#define SHIELD_OBEY(fregs, verdict)                                   \
	do {                                                          \
		if (unlikely(verdict))                                \
			shield_continue_at(fregs, shield_deny_stub);  \
	} while (0)

/* clang-format on */

/**
 * SHIELD_DENY() - define a hook that may deny
 * @fn: kernel function; returns int, which the compiler checks
 * @variant: SHIELD_PLAIN or another macro of compat/prototypes.h
 * @mask: rights that it decides on
 * @always: also armed when none of @mask is in use
 * @n: number of arguments named
 *
 * What follows is the body of a function of these arguments that returns 0
 * or -EACCES. It runs at the entry of @fn, possibly with preemption off.
 */
#define SHIELD_DENY(fn, variant, mask, always, n, ...) \
	SHIELD_DENY_RETURNING(fn, variant, int, mask, always, n, __VA_ARGS__)

/* The same for a function that returns ssize_t. */
#define SHIELD_DENY_LONG(fn, variant, mask, always, n, ...)          \
	SHIELD_DENY_RETURNING(fn, variant, ssize_t, mask, always, n, \
			      __VA_ARGS__)

#define SHIELD_DENY_RETURNING(fn, variant, ret, mask, always, n, ...)    \
	SHIELD_FIRST(fn, variant, ret, n, __VA_ARGS__);                  \
	static long shield_##fn##_judge(SHIELD_DECL_##n(__VA_ARGS__));   \
	static void shield_##fn##_entered(struct ftrace_regs *fregs)     \
	{                                                                \
		SHIELD_OBEY(fregs,                                       \
			    shield_##fn##_judge(SHIELD_ARG_##n(          \
				    shield_##fn##_first, __VA_ARGS__))); \
	}                                                                \
	const struct shield_point shield_point_##fn = {                  \
		.symbol = #fn,                                           \
		.entered = shield_##fn##_entered,                        \
		.verb = SHIELD_MAY_DENY,                                 \
		.rights = mask,                                          \
		.structural = always,                                    \
	};                                                               \
	static long shield_##fn##_judge(SHIELD_DECL_##n(__VA_ARGS__))

/*
 * SHIELD_DENY_HOT(): the same for a function on every open(). The hook has
 * an ftrace_ops of its own, no dispatch by address, and its body is inlined
 * into the callback.
 */
#define SHIELD_DENY_HOT(fn, variant, mask, always, n, ...)               \
	SHIELD_FIRST(fn, variant, int, n, __VA_ARGS__);                  \
	static __always_inline long shield_##fn##_judge(                 \
		SHIELD_DECL_##n(__VA_ARGS__));                           \
	static void shield_##fn##_callback(unsigned long ip,             \
					   unsigned long parent_ip,      \
					   struct ftrace_ops *ops,       \
					   struct ftrace_regs *fregs)    \
	{                                                                \
		SHIELD_OBEY(fregs,                                       \
			    shield_##fn##_judge(SHIELD_ARG_##n(          \
				    shield_##fn##_first, __VA_ARGS__))); \
	}                                                                \
	const struct shield_point shield_point_##fn = {                  \
		.symbol = #fn,                                           \
		.callback = shield_##fn##_callback,                      \
		.verb = SHIELD_MAY_DENY,                                 \
		.rights = mask,                                          \
		.structural = always,                                    \
	};                                                               \
	static __always_inline long shield_##fn##_judge(                 \
		SHIELD_DECL_##n(__VA_ARGS__))

/*
 * SHIELD_SEE(): a hook that only observes. As SHIELD_DENY(), for a function
 * that returns @ret; the body returns void.
 */
#define SHIELD_SEE(fn, variant, ret, mask, always, n, ...)                 \
	SHIELD_FIRST(fn, variant, ret, n, __VA_ARGS__);                    \
	static void shield_##fn##_see(SHIELD_DECL_##n(__VA_ARGS__));       \
	static void shield_##fn##_entered(struct ftrace_regs *fregs)       \
	{                                                                  \
		shield_##fn##_see(                                         \
			SHIELD_ARG_##n(shield_##fn##_first, __VA_ARGS__)); \
	}                                                                  \
	const struct shield_point shield_point_##fn = {                    \
		.symbol = #fn,                                             \
		.entered = shield_##fn##_entered,                          \
		.verb = SHIELD_ONLY_SEES,                                  \
		.rights = mask,                                            \
		.structural = always,                                      \
	};                                                                 \
	static void shield_##fn##_see(SHIELD_DECL_##n(__VA_ARGS__))

#endif
