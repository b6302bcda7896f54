// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory of an index.
 */
#include "object/index.h"

#include <linux/log2.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

/* Filter bytes per table element: about one in thirty strangers gets through. */
#define FILTER_FACTOR_BITS 4

#define MIN_BITS 6
#define MAX_BITS 20

void shield_index_restamp(struct shield_index *index)
{
	static u64 stamp;

	/* Pairs with the acquire in shield_tree_find(): the tree comes first. */
	smp_store_release(&index->stamp, ++stamp);
}

int shield_index_init(struct shield_index *index, unsigned int expected)
{
	unsigned int bits = clamp_t(unsigned int, order_base_2(expected + 1),
				    MIN_BITS, MAX_BITS);
	unsigned int filter_bits = bits + FILTER_FACTOR_BITS;

	*index = (struct shield_index){
		.shift = 64 - bits,
		.filter_shift = 64 - filter_bits,
	};
	raw_spin_lock_init(&index->lock);
	shield_index_restamp(index);
	index->filter = kvzalloc(BIT(filter_bits), GFP_KERNEL);
	index->objects =
		kvcalloc(BIT(bits), sizeof(*index->objects), GFP_KERNEL);
	index->names = kvcalloc(BIT(bits), sizeof(*index->names), GFP_KERNEL);
	if (index->filter && index->objects && index->names)
		return 0;
	shield_index_exit(index);
	return -ENOMEM;
}

static void free_objects(struct shield_index *index)
{
	struct shield_object *object;
	struct hlist_node *next;
	size_t i;

	for (i = 0; index->objects && i < BIT(64 - index->shift); i++)
		hlist_for_each_entry_safe(object, next, &index->objects[i],
					  node)
			kfree(object);
	kvfree(index->objects);
}

static void free_names(struct shield_index *index)
{
	struct shield_name *name;
	struct hlist_node *next;
	size_t i;

	for (i = 0; index->names && i < BIT(64 - index->shift); i++)
		hlist_for_each_entry_safe(name, next, &index->names[i], node)
			kfree(name);
	kvfree(index->names);
}

void shield_index_exit(struct shield_index *index)
{
	free_objects(index);
	free_names(index);
	kvfree(index->filter);
	*index = (struct shield_index){};
}
