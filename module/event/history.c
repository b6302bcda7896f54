// SPDX-License-Identifier: GPL-2.0-only
/*
 * The last events as lines: a ring of bytes, and where each line is in it.
 */
#include "event/history.h"

#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/string.h>

#include "event/line.h"

#define TEXT_SIZE (256 * 1024)
#define LINES 1024

/**
 * struct entry - one line
 * @seq: its number
 * @at: where it begins in the text; it does not go round the end
 * @len: its bytes
 */
struct entry {
	u64 seq;
	u32 at;
	u32 len;
};

/* Protects: all below. Innermost. */
static DEFINE_MUTEX(history_lock);
static char *text;
static struct entry *entries;
static unsigned int oldest, nr;
/* Read without the lock, too: who waits for news may not wait for a lock. */
static u64 next = 1;

DECLARE_WAIT_QUEUE_HEAD(shield_history_wait);

static struct entry *entry(unsigned int i)
{
	return &entries[(oldest + i) % LINES];
}

static bool overlaps(const struct entry *old, u32 at, size_t len)
{
	return old->at < at + len && at < old->at + old->len;
}

static void drop_oldest(void)
{
	oldest = (oldest + 1) % LINES;
	nr--;
}

/* Behind the newest line, or at the beginning if it would go round the end. */
static u32 find_room(size_t len)
{
	u32 at = 0;

	lockdep_assert_held(&history_lock);
	if (nr)
		at = entry(nr - 1)->at + entry(nr - 1)->len;
	if (at + len > TEXT_SIZE) {
		/* What lies between there and the end is the oldest. */
		while (nr && entry(0)->at >= at)
			drop_oldest();
		at = 0;
	}
	while (nr && (nr == LINES || overlaps(entry(0), at, len)))
		drop_oldest();
	return at;
}

void shield_history_add(u64 seq, const char *line, size_t len)
{
	u32 at;

	mutex_lock(&history_lock);
	at = find_room(len);
	memcpy(text + at, line, len);
	*entry(nr++) = (struct entry){ .seq = seq, .at = at, .len = len };
	/* Pairs with the acquire in shield_history_next(). */
	smp_store_release(&next, seq + 1);
	mutex_unlock(&history_lock);
	wake_up_interruptible_all(&shield_history_wait);
}

void shield_history_reach(u64 seq)
{
	bool is_news;

	mutex_lock(&history_lock);
	is_news = next <= seq;
	/* Pairs with the acquire in shield_history_next(). */
	smp_store_release(&next, max(next, seq + 1));
	mutex_unlock(&history_lock);
	if (is_news)
		wake_up_interruptible_all(&shield_history_wait);
}

/* Numbers grow, with gaps. */
static unsigned int find(u64 seq)
{
	unsigned int low = 0, high = nr;

	lockdep_assert_held(&history_lock);
	while (low < high) {
		unsigned int middle = low + (high - low) / 2;

		if (entry(middle)->seq < seq)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

size_t shield_history_get(u64 *seq, char *line)
{
	unsigned int i;
	size_t len = 0;

	mutex_lock(&history_lock);
	i = find(*seq);
	if (i < nr) {
		*seq = entry(i)->seq;
		len = entry(i)->len;
		memcpy(line, text + entry(i)->at, len);
	} else if (*seq < next) {
		*seq = next;
	}
	mutex_unlock(&history_lock);
	return len;
}

u64 shield_history_first(void)
{
	u64 seq;

	mutex_lock(&history_lock);
	seq = nr ? entry(0)->seq : next;
	mutex_unlock(&history_lock);
	return seq;
}

u64 shield_history_next(void)
{
	/* Pairs with the releases above: the line is there before its number. */
	return smp_load_acquire(&next);
}

int shield_history_init(void)
{
	text = kvmalloc(TEXT_SIZE, GFP_KERNEL);
	entries = kvcalloc(LINES, sizeof(*entries), GFP_KERNEL);
	if (text && entries)
		return 0;
	shield_history_exit();
	return -ENOMEM;
}

void shield_history_exit(void)
{
	kvfree(entries);
	kvfree(text);
}
