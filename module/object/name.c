// SPDX-License-Identifier: GPL-2.0-only
/*
 * Protected names.
 */
#include "object/name.h"

#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/stringhash.h>

#include "object/object.h"
#include "sequence.h"

static u64 exact_hash(u64 parent, const char *text, u8 len)
{
	return shield_index_hash(parent ^ (u64)full_name_hash(NULL, text, len)
						  << 32);
}

static struct hlist_head *exact_bucket(const struct shield_index *index,
				       u64 parent, const char *text, u8 len)
{
	return &index->names[exact_hash(parent, text, len) >> index->shift];
}

static struct hlist_head *prefix_bucket(const struct shield_index *index,
					u64 parent)
{
	return &index->names[shield_index_hash(parent) >> index->shift];
}

/* What @component says is consistent if d_seq did not change meanwhile. */
static int copy(const struct dentry *dentry, unsigned int seq,
		struct shield_component *component, int slot)
{
	const struct dentry *parent = READ_ONCE(dentry->d_parent);
	const struct inode *dir = READ_ONCE(parent->d_inode);
	const unsigned char *text = READ_ONCE(dentry->d_name.name);
	u32 len = READ_ONCE(dentry->d_name.len);

	if (shield_sequence_changed(&dentry->d_seq.seqcount, seq))
		return -EAGAIN;
	if (!dir)
		return -ENOENT;
	/* Pointer and length belong together now; RCU keeps the bytes. */
	component->parent = shield_object_key(dir, slot);
	component->len = min_t(u32, len, NAME_MAX);
	memcpy(component->text, text, component->len);
	component->text[component->len] = '\0';
	return shield_sequence_changed(&dentry->d_seq.seqcount, seq) ? -EAGAIN :
								       0;
}

int shield_component_read(const struct dentry *dentry, int slot,
			  struct shield_component *component)
{
	unsigned int tries = SHIELD_SEQUENCE_TRIES;
	int error = -EAGAIN;

	while (error == -EAGAIN && tries) {
		unsigned int seq;

		seq = shield_sequence_begin(&dentry->d_seq.seqcount, &tries);
		if (seq & 1)
			break;
		error = copy(dentry, seq, component, slot);
		tries--;
	}
	return error;
}

static bool matches(const struct shield_name *name,
		    const struct shield_component *component)
{
	if (!shield_key_equal(&name->parent, &component->parent))
		return false;
	if (name->prefix)
		return component->len > name->len &&
		       !memcmp(component->text, name->text, name->len);
	return component->len == name->len &&
	       !memcmp(component->text, name->text, name->len);
}

static const struct shield_name *
next_in_chain(const struct shield_name *name,
	      const struct shield_component *component, bool prefix)
{
	hlist_for_each_entry_from_rcu(name, node)
		if (name->prefix == prefix && matches(name, component))
			return name;
	return NULL;
}

static const struct shield_name *head_of(struct hlist_head *head)
{
	return hlist_entry_safe(rcu_dereference_sched(hlist_first_rcu(head)),
				struct shield_name, node);
}

static const struct shield_name *after(const struct shield_name *name)
{
	return hlist_entry_safe(
		rcu_dereference_sched(hlist_next_rcu(&name->node)),
		struct shield_name, node);
}

/* Exact names first, then prefixes: two chains read as one. */
const struct shield_name *
shield_name_next(const struct shield_index *index,
		 const struct shield_component *component,
		 const struct shield_name *name)
{
	u64 parent = component->parent.ino;
	const struct shield_name *next;

	if (name && name->prefix)
		return next_in_chain(after(name), component, true);
	next = name ? after(name) :
		      head_of(exact_bucket(index, parent, component->text,
					   component->len));
	next = next_in_chain(next, component, false);
	if (next)
		return next;
	return next_in_chain(head_of(prefix_bucket(index, parent)), component,
			     true);
}

const struct shield_name *shield_name_in(const struct shield_index *index,
					 const struct shield_key *dir,
					 const struct shield_name *name)
{
	const struct hlist_head *end = index->names + BIT(64 - index->shift);
	struct hlist_head *bucket = index->names;

	if (name) {
		bucket = name->prefix ? prefix_bucket(index, dir->ino) :
					exact_bucket(index, dir->ino,
						     name->text, name->len);
		name = after(name);
	} else {
		name = head_of(bucket);
	}
	for (;;) {
		hlist_for_each_entry_from_rcu(name, node)
			if (shield_key_equal(&name->parent, dir))
				return name;
		if (++bucket == end)
			return NULL;
		name = head_of(bucket);
	}
}

static bool has(const struct hlist_head *head, const struct shield_name *name)
{
	const struct shield_name *other;

	hlist_for_each_entry(other, head, node)
		if (other->rule == name->rule &&
		    other->prefix == name->prefix &&
		    other->awaited == name->awaited &&
		    other->len == name->len &&
		    shield_key_equal(&other->parent, &name->parent) &&
		    !memcmp(other->text, name->text, name->len))
			return true;
	return false;
}

/* Takes over @name, unless the rule has it. */
static struct shield_name *insert(struct shield_index *index,
				  struct shield_name *name)
{
	u64 parent = name->parent.ino;
	struct hlist_head *head;
	unsigned long flags;

	head = name->prefix ?
		       prefix_bucket(index, parent) :
		       exact_bucket(index, parent, name->text, name->len);
	raw_spin_lock_irqsave(&index->lock, flags);
	if (!has(head, name)) {
		WRITE_ONCE(*shield_index_filter(
				   index, shield_index_hash_parent(parent)),
			   1);
		hlist_add_head_rcu(&name->node, head);
		WRITE_ONCE(index->nr_names, index->nr_names + 1);
		name = NULL;
	}
	raw_spin_unlock_irqrestore(&index->lock, flags);
	return name;
}

int shield_name_add(struct shield_index *index, const struct shield_key *parent,
		    const char *text, u32 rule, bool prefix, bool awaited)
{
	size_t len = strlen(text);
	struct shield_name *name;

	name = kzalloc(struct_size(name, text, len), GFP_KERNEL);
	if (!name)
		return -ENOMEM;
	name->parent = *parent;
	name->rule = rule;
	name->prefix = prefix;
	name->awaited = awaited;
	name->len = len;
	memcpy(name->text, text, len);
	kfree(insert(index, name));
	return 0;
}
