// SPDX-License-Identifier: GPL-2.0-only
/*
 * The file `events`: a line for each event, for any number of readers.
 *
 * Each reader has a place in the history and the rest of the line that it has
 * begun, so that a read of any size gives the next bytes. An offset is the
 * number of an event.
 *
 * Readers do not hold the module. When it ends, each open file is given the
 * operations of /dev/null, whose code stays: reading then finds the end. Who
 * was inside of ours is waited for.
 */
#include "fs/events.h"

#include <linux/delay.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/kdev_t.h>
#include <linux/list.h>
#include <linux/major.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/poll.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/srcu.h>
#include <linux/uaccess.h>
#include <linux/wait.h>

#include "event/history.h"
#include "event/line.h"
#include "fs/securityfs.h"

#define NULL_DEVICE MKDEV(MEM_MAJOR, 3)

/**
 * struct reader - one open file
 * @node: among all readers
 * @file: the file
 * @lock: Protects: all below
 * @next: the first number that is not read yet
 * @len: bytes in @line
 * @done: bytes of it that were read
 * @line: what is being read
 */
struct reader {
	struct list_head node;
	struct file *file;
	struct mutex lock; /* Protects: all below */
	u64 next;
	size_t len;
	size_t done;
	char line[SHIELD_LINE_SIZE];
};

/* Protects: the list, and the operations of each file in it. */
static DEFINE_MUTEX(readers_lock);
static LIST_HEAD(readers);

/* Held while code of this file runs for a reader. */
DEFINE_STATIC_SRCU(inside);
static bool is_ended;

/* How often it is looked whether the last waiter has left. */
#define LEAVE_MS 10

/* Of /dev/null; looked up with the first reader. */
static const struct file_operations *null_operations;

static const struct file_operations reader_operations;

static int find_null_operations(void)
{
	struct file *file;
	int error = -ENXIO;

	lockdep_assert_held(&readers_lock);
	if (null_operations)
		return 0;
	file = filp_open("/dev/null", O_RDONLY, 0);
	if (IS_ERR(file))
		return PTR_ERR(file);
	if (S_ISCHR(file_inode(file)->i_mode) &&
	    file_inode(file)->i_rdev == NULL_DEVICE) {
		null_operations = file->f_op;
		error = 0;
	}
	filp_close(file, NULL);
	return error;
}

static int admit(struct reader *reader)
{
	int error;

	mutex_lock(&readers_lock);
	error = READ_ONCE(is_ended) ? -ENODEV : find_null_operations();
	if (!error) {
		list_add(&reader->node, &readers);
		/* Gives back the reference on us that open() took. */
		replace_fops(reader->file, &reader_operations);
	}
	mutex_unlock(&readers_lock);
	return error;
}

static int begin(struct file *file)
{
	struct reader *reader = kzalloc(sizeof(*reader), GFP_KERNEL);
	int error;

	if (!reader)
		return -ENOMEM;
	mutex_init(&reader->lock);
	reader->file = file;
	reader->next = shield_history_first();
	file->private_data = reader;
	/* There are no bytes to count from, only events. */
	file->f_mode &= ~(FMODE_PREAD | FMODE_PWRITE);
	error = admit(reader);
	if (error)
		kfree(reader);
	return error;
}

static int events_open(struct inode *inode, struct file *file)
{
	int index, error;

	if (!shield_fs_may_watch(file))
		return -EPERM;
	if (file->f_mode & FMODE_WRITE)
		return -EACCES;
	index = srcu_read_lock(&inside);
	error = begin(file);
	srcu_read_unlock(&inside, index);
	return error;
}

/* The reader is gone if the end came first. */
static int events_release(struct inode *inode, struct file *file)
{
	int index = srcu_read_lock(&inside);
	struct reader *reader, *found = NULL;

	mutex_lock(&readers_lock);
	list_for_each_entry(reader, &readers, node)
		if (reader->file == file)
			found = reader;
	if (found)
		list_del(&found->node);
	mutex_unlock(&readers_lock);
	kfree(found);
	srcu_read_unlock(&inside, index);
	return 0;
}

/* A gap in the numbers is what this reader, or the ring, was too slow for. */
static void tell_gap(struct reader *reader, u64 seq)
{
	reader->len = scnprintf(reader->line, sizeof(reader->line),
				"v=1 seq=%llu kind=lost count=%llu\n", seq - 1,
				seq - reader->next);
	reader->next = seq;
}

/* The next line, if the last one is read. */
static bool has_line(struct reader *reader)
{
	u64 seq = reader->next;
	size_t len;

	lockdep_assert_held(&reader->lock);
	if (reader->done < reader->len)
		return true;
	reader->done = 0;
	len = shield_history_get(&seq, reader->line);
	reader->len = len;
	if (seq > reader->next)
		tell_gap(reader, seq);
	else if (len)
		reader->next = seq + 1;
	return reader->len;
}

static bool is_news(struct reader *reader)
{
	return shield_history_next() > READ_ONCE(reader->next) ||
	       READ_ONCE(is_ended);
}

static ssize_t copy(struct reader *reader, char __user *buffer, size_t size)
{
	size_t some = min(size, reader->len - reader->done);

	if (copy_to_user(buffer, reader->line + reader->done, some))
		return -EFAULT;
	reader->done += some;
	return some;
}

static ssize_t read_lines(struct reader *reader, char __user *buffer,
			  size_t size)
{
	size_t total = 0;
	ssize_t some = 0;

	while (total < size && has_line(reader)) {
		some = copy(reader, buffer + total, size - total);
		if (some < 0)
			break;
		total += some;
	}
	return total ? total : some;
}

static ssize_t read_soon(struct file *file, char __user *buffer, size_t size)
{
	struct reader *reader = file->private_data;
	ssize_t got;

	for (;;) {
		if (READ_ONCE(is_ended))
			return 0;
		if (mutex_lock_interruptible(&reader->lock))
			return -ERESTARTSYS;
		got = read_lines(reader, buffer, size);
		mutex_unlock(&reader->lock);
		if (got || !size)
			return got;
		if (file->f_flags & O_NONBLOCK)
			return -EAGAIN;
		if (wait_event_interruptible(shield_history_wait,
					     is_news(reader)))
			return -ERESTARTSYS;
	}
}

static ssize_t events_read(struct file *file, char __user *buffer, size_t size,
			   loff_t *pos)
{
	int index = srcu_read_lock(&inside);
	ssize_t got = READ_ONCE(is_ended) ? 0 : read_soon(file, buffer, size);

	srcu_read_unlock(&inside, index);
	return got;
}

static __poll_t poll(struct file *file, struct poll_table_struct *table)
{
	struct reader *reader = file->private_data;
	__poll_t mask = 0;

	poll_wait(file, &shield_history_wait, table);
	mutex_lock(&reader->lock);
	if (reader->done < reader->len || is_news(reader))
		mask = EPOLLIN | EPOLLRDNORM;
	mutex_unlock(&reader->lock);
	return mask;
}

static __poll_t events_poll(struct file *file, struct poll_table_struct *table)
{
	int index = srcu_read_lock(&inside);
	__poll_t mask = EPOLLIN | EPOLLRDNORM;

	if (!READ_ONCE(is_ended))
		mask = poll(file, table);
	srcu_read_unlock(&inside, index);
	return mask;
}

/* Only whole events have a place: what was begun of a line is dropped. */
static loff_t seek(struct reader *reader, loff_t offset, int whence)
{
	if (whence == SEEK_CUR && !offset)
		return reader->next;
	if (whence == SEEK_END && !offset)
		offset = shield_history_next();
	else if (whence == SEEK_SET && !offset)
		offset = shield_history_first();
	else if (whence != SEEK_SET || offset < 0)
		return -EINVAL;
	reader->next = offset;
	reader->len = 0;
	reader->done = 0;
	return offset;
}

static loff_t events_llseek(struct file *file, loff_t offset, int whence)
{
	struct reader *reader = file->private_data;
	int index = srcu_read_lock(&inside);
	loff_t at = 0;

	if (!READ_ONCE(is_ended)) {
		mutex_lock(&reader->lock);
		at = seek(reader, offset, whence);
		mutex_unlock(&reader->lock);
	}
	srcu_read_unlock(&inside, index);
	return at;
}

static const struct file_operations reader_operations = {
	.release = events_release,
	.read = events_read,
	.poll = events_poll,
	.llseek = events_llseek,
};

const struct file_operations shield_fs_events = {
	.owner = THIS_MODULE,
	.open = events_open,
};

static void retire_readers(void)
{
	struct reader *reader, *next;

	mutex_lock(&readers_lock);
	list_for_each_entry(reader, &readers, node)
		WRITE_ONCE(reader->file->f_op, null_operations);
	mutex_unlock(&readers_lock);
	/*
	 * Who has read the old operations and did not come here yet runs, or
	 * was preempted: he comes by before he sleeps, which this waits for.
	 */
	synchronize_rcu_tasks();
	synchronize_srcu(&inside);
	mutex_lock(&readers_lock);
	list_for_each_entry_safe(reader, next, &readers, node) {
		list_del(&reader->node);
		kfree(reader);
	}
	mutex_unlock(&readers_lock);
}

/* epoll() and io_uring keep entries in our queue: they must let go of it. */
static void dismiss_waiters(void)
{
	wake_up_poll(&shield_history_wait, EPOLLIN | EPOLLRDNORM);
	wake_up_interruptible_all(&shield_history_wait);
	__wake_up(&shield_history_wait, TASK_NORMAL, 0,
		  poll_to_key(EPOLLHUP | POLLFREE));
	synchronize_rcu();
}

void shield_fs_events_exit(void)
{
	WRITE_ONCE(is_ended, true);
	dismiss_waiters();
	retire_readers();
	/* Whoever had just seen that it was not ended has come to wait since. */
	dismiss_waiters();
	/* poll() leaves by itself, when it has asked for all its files. */
	while (waitqueue_active(&shield_history_wait))
		msleep(LEAVE_MS);
	/* Whoever left just now has returned to code that stays. */
	synchronize_rcu_tasks();
}
