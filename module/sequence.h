/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reading dcache fields that a rename may change, without ever waiting.
 *
 * The kernel's own read_seqcount_begin() takes the writer's spinlock_t on
 * PREEMPT_RT, which a hook must not. These look at the count alone and give
 * up after a while; the caller then decides as if the worst were true.
 */
#ifndef SHIELD_SEQUENCE_H
#define SHIELD_SEQUENCE_H

#include <linux/bits.h>
#include <linux/compiler.h>
#include <linux/processor.h>
#include <linux/seqlock.h>

/* Some milliseconds: the writer may be a virtual CPU that does not run. */
#define SHIELD_SEQUENCE_TRIES BIT(18)

/**
 * shield_sequence_begin() - begin to read
 * @count: sequence count
 * @tries: what is left of SHIELD_SEQUENCE_TRIES; counted down
 *
 * Context: any.
 * Return: the even count; an odd one if a writer never got ready.
 */
static inline unsigned int shield_sequence_begin(const seqcount_t *count,
						 unsigned int *tries)
{
	unsigned int seq;

	while ((seq = READ_ONCE(count->sequence)) & 1) {
		if (!--*tries)
			return seq;
		cpu_relax();
	}
	smp_rmb(); /* pairs with the writer's smp_wmb() in write_seqcount_begin */
	return seq;
}

/**
 * shield_sequence_changed() - was what was read since begin torn?
 * @count: sequence count
 * @seq: what shield_sequence_begin() returned
 *
 * Context: any.
 * Return: true if it must be read again.
 */
static inline bool shield_sequence_changed(const seqcount_t *count,
					   unsigned int seq)
{
	smp_rmb(); /* pairs with the writer's smp_wmb() in write_seqcount_end */
	return READ_ONCE(count->sequence) != seq;
}

#endif
