/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a backend can do: one way to get a callback to a function's entry.
 */
#ifndef SHIELD_HOOK_BACKEND_H
#define SHIELD_HOOK_BACKEND_H

#include <linux/types.h>

/**
 * struct shield_backend - a way to hook functions
 * @name: as the parameter `backend` names it
 * @init: once, before the others, and after shield_site_init(); or NULL
 * @arm: hooks a set of points, none of them missing or armed. Returns 0;
 *       -EBUSY if the point left in @culprit is changed by someone else (a
 *       livepatch) or kernel.ftrace_enabled is 0; -ENODEV if ftrace is dead;
 *       -ENXIO if hooks of this kind are switched off. On error none of the
 *       set is armed, unless disarming is refused, too.
 * @disarm: gives back a set of points, all of them armed. Returns after every
 *          task has left callback, trampoline and stub of what hooks nothing
 *          any more; or an error, in which case callbacks may still run.
 * @armed: set of points that are hooked now; never sleeps
 * @stands: is the hook of an armed point still where it was put?
 *
 * All but @armed are called in process context, and serialised.
 */
struct shield_backend {
	const char *name;
	void (*init)(void);
	int (*arm)(u64 set, unsigned int *culprit);
	int (*disarm)(u64 set);
	u64 (*armed)(void);
	bool (*stands)(unsigned int point);
};

extern const struct shield_backend shield_backend_ftrace;
extern const struct shield_backend shield_backend_kprobe;

#endif
