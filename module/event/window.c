// SPDX-License-Identifier: GPL-2.0-only
/*
 * How often the same may be told.
 *
 * Hooks find a window without a lock and write nothing that CPUs share once it
 * is full. Only the worker closes windows, and waits for every hook that may
 * still count in one before it reads the count and frees the window.
 *
 * The table cannot be used up by whoever touches many objects: three quarters
 * are for objects, the rest for rules. An object that finds no room shares the
 * window of its rule, a rule that finds none the last window of all.
 */
#include "event/window.h"

#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/random.h>
#include <linux/rcupdate.h>
#include <linux/spinlock.h>

#define TABLE_BITS 8
#define TABLE_SIZE BIT(TABLE_BITS)
#define REST TABLE_SIZE
#define OF_OBJECTS (TABLE_SIZE * 3 / 4)
#define PROBES 8

static_assert(TABLE_SIZE + 1 == SHIELD_WINDOWS);

u64 __percpu *shield_window_suppressed;

/* Protects: writes to all below. Raw: taken in hooks. Innermost. */
static DEFINE_RAW_SPINLOCK(windows_lock);
struct shield_window shield_windows[SHIELD_WINDOWS];
static bool is_taken[SHIELD_WINDOWS];
static unsigned int nr_taken;
static u64 opened;

/* Secret, so that nobody chooses objects that crowd out another. */
static u64 salt;

/* Used by the worker alone: what was counted when the window closed last. */
static u64 counted[SHIELD_WINDOWS];

static u64 object_of(const struct shield_happening *happening)
{
	const struct dentry *dentry = happening->dentry;
	const struct inode *dir;

	if (happening->ino || !dentry)
		return happening->ino;
	dir = READ_ONCE(READ_ONCE(dentry->d_parent)->d_inode);
	return (dir ? dir->i_ino : 0) ^ (u64)dentry->d_name.hash << 32;
}

static struct shield_window_key key_of(const struct shield_happening *happening)
{
	return (struct shield_window_key){
		.sb = (unsigned long)happening->sb,
		.object = object_of(happening),
		.rule = happening->generation << 32 | happening->line,
		.what = BIT_ULL(32) | happening->kind << 16 | happening->rights,
	};
}

/* All objects of a rule that found no room of their own. */
static struct shield_window_key rule_of(const struct shield_window_key *key)
{
	return (struct shield_window_key){
		.object = ~0ULL,
		.rule = key->rule,
		.what = BIT_ULL(32) | (key->what & 0xff0000),
	};
}

static unsigned int bucket(const struct shield_window_key *key)
{
	u64 hash = (key->object ^ key->rule << 20 ^ key->what << 40 ^ salt) *
		   (salt | 1);

	return (hash ^ key->sb) * (salt | 1) >> (64 - TABLE_BITS);
}

static bool is_same(const struct shield_window_key *a,
		    const struct shield_window_key *b)
{
	return a->object == b->object && a->rule == b->rule && a->sb == b->sb;
}

static struct shield_window *find(const struct shield_window_key *key)
{
	unsigned int first = bucket(key), i;

	for (i = 0; i < PROBES; i++) {
		struct shield_window *window =
			&shield_windows[(first + i) % TABLE_SIZE];

		/* Pairs with the release in open_at(): the rest stands. */
		if (smp_load_acquire(&window->key.what) == key->what &&
		    is_same(&window->key, key))
			return window;
	}
	return NULL;
}

static struct shield_window *find_any(const struct shield_window_key *key)
{
	struct shield_window *window = find(key);
	struct shield_window_key rule;

	if (window || READ_ONCE(nr_taken) < OF_OBJECTS)
		return window;
	rule = rule_of(key);
	return find(&rule);
}

struct shield_window *
shield_window_find(const struct shield_happening *happening)
{
	struct shield_window_key key = key_of(happening);

	return find_any(&key);
}

static void open_at(unsigned int at, const struct shield_window_key *key)
{
	struct shield_window *window = &shield_windows[at];

	lockdep_assert_held(&windows_lock);
	is_taken[at] = true;
	WRITE_ONCE(nr_taken, nr_taken + 1);
	window->key.sb = key->sb;
	window->key.object = key->object;
	window->key.rule = key->rule;
	WRITE_ONCE(window->number, ++opened);
	WRITE_ONCE(window->told, 0);
	window->since = jiffies;
	/* Pairs with the acquire in find(). */
	smp_store_release(&window->key.what, key->what);
}

static struct shield_window *take(const struct shield_window_key *key,
				  unsigned int limit)
{
	unsigned int first = bucket(key), i;

	lockdep_assert_held(&windows_lock);
	for (i = 0; i < PROBES && nr_taken < limit; i++) {
		unsigned int at = (first + i) % TABLE_SIZE;

		if (is_taken[at])
			continue;
		open_at(at, key);
		return &shield_windows[at];
	}
	return NULL;
}

static struct shield_window *find_rest(const struct shield_window_key *key)
{
	if (!is_taken[REST])
		open_at(REST, key);
	return &shield_windows[REST];
}

static struct shield_window *find_or_open(const struct shield_window_key *key)
{
	struct shield_window_key rule = rule_of(key);
	struct shield_window *window = find(key);

	if (!window)
		window = take(key, OF_OBJECTS);
	if (!window)
		window = find(&rule);
	if (!window)
		window = take(&rule, TABLE_SIZE);
	return window ?: find_rest(&rule);
}

int shield_window_admit(const struct shield_happening *happening,
			bool *is_first)
{
	struct shield_window_key key = key_of(happening);
	struct shield_window *window;
	unsigned long flags;
	bool is_told;

	raw_spin_lock_irqsave(&windows_lock, flags);
	window = find_or_open(&key);
	is_told = !shield_window_is_full(window);
	*is_first = !window->told;
	if (is_told)
		WRITE_ONCE(window->told, window->told + 1);
	else
		shield_window_suppress(window);
	raw_spin_unlock_irqrestore(&windows_lock, flags);
	return is_told ? window - shield_windows : -1;
}

static u64 sum_of(unsigned int window)
{
	u64 sum = 0;
	int cpu;

	for_each_possible_cpu(cpu)
		sum += READ_ONCE(
			per_cpu_ptr(shield_window_suppressed, cpu)[window]);
	return sum;
}

static bool is_over(const struct shield_window *window)
{
	unsigned long length = msecs_to_jiffies(shield_params_interval_ms());

	return time_after_eq(jiffies, window->since + length);
}

/* From here on no hook finds the window; some may have found it before. */
static bool hide(unsigned int at, bool all, struct shield_window_end *end)
{
	struct shield_window *window = &shield_windows[at];
	unsigned long flags;
	bool is_due;
	u64 what;

	raw_spin_lock_irqsave(&windows_lock, flags);
	what = window->key.what;
	is_due = is_taken[at] && (all || is_over(window));
	if (is_due) {
		*end = (struct shield_window_end){
			.window = at,
			.number = window->number,
			.rights = what,
			.kind = what >> 16,
			.line = window->key.rule,
		};
		WRITE_ONCE(window->key.what, 0);
		WRITE_ONCE(window->number, 0);
	}
	raw_spin_unlock_irqrestore(&windows_lock, flags);
	return is_due;
}

static void release(unsigned int at)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&windows_lock, flags);
	is_taken[at] = false;
	WRITE_ONCE(nr_taken, nr_taken - 1);
	raw_spin_unlock_irqrestore(&windows_lock, flags);
}

void shield_window_close(bool all,
			 void (*tell)(const struct shield_window_end *end))
{
	/* Used by one at a time. */
	static struct shield_window_end ends[SHIELD_WINDOWS];
	unsigned int i, nr = 0;
	u64 now;

	for (i = 0; i < SHIELD_WINDOWS; i++)
		nr += hide(i, all, &ends[nr]);
	if (!nr)
		return;
	/* Hooks have preemption off, and count in what they have found. */
	synchronize_rcu();
	for (i = 0; i < nr; i++) {
		now = sum_of(ends[i].window);
		ends[i].suppressed = now - counted[ends[i].window];
		counted[ends[i].window] = now;
		if (ends[i].suppressed)
			tell(&ends[i]);
		release(ends[i].window);
	}
}

bool shield_window_any(void)
{
	return READ_ONCE(nr_taken);
}

u64 shield_window_suppressed_all(void)
{
	unsigned int i;
	u64 sum = 0;

	for (i = 0; i < SHIELD_WINDOWS; i++)
		sum += sum_of(i);
	return sum;
}

int shield_window_init(void)
{
	get_random_bytes(&salt, sizeof(salt));
	shield_window_suppressed =
		__alloc_percpu(sizeof(u64) * SHIELD_WINDOWS, sizeof(u64));
	return shield_window_suppressed ? 0 : -ENOMEM;
}

void shield_window_exit(void)
{
	free_percpu(shield_window_suppressed);
}
