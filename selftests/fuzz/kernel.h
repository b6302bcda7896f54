/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * As much of the kernel as its readers and writers of text need to be compiled
 * here. It is included before all else; the kernel's own headers are empty.
 */
#ifndef SELFTESTS_FUZZ_KERNEL_H
#define SELFTESTS_FUZZ_KERNEL_H

#include <assert.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/types.h>

#include <linux/btf.h>

#include "policy/pure.h"

#define dev_t u32
#define MAJOR(dev) ((dev) >> 20)
#define MINOR(dev) ((dev) & ((1U << 20) - 1))

#undef static_assert
#define static_assert(holds) _Static_assert(holds, #holds)

#define IS_ALIGNED(number, to) (!((number) % (to)))
#define BITS_PER_BYTE 8
#define NSEC_PER_SEC 1000000000L
#define TASK_COMM_LEN 16

static inline u64 div_u64_rem(u64 number, u32 by, u32 *rest)
{
	*rest = number % by;
	return number / by;
}

/* Unlike vsnprintf() it tells how many bytes there are, not would be. */
static inline int vscnprintf(char *to, size_t size, const char *format,
			     va_list arguments)
{
	const int len = size ? vsnprintf(to, size, format, arguments) : 0;

	return len > 0 && (size_t)len >= size ? (int)size - 1 : len;
}

/* The only file is the one that the fuzzer gives. */
struct file;
struct inode;

#define GFP_KERNEL 0
#define IS_ERR(pointer) (!(pointer))
#define PTR_ERR(pointer) (-ENOENT)

struct file *filp_open(const char *path, int flags, int mode);
struct inode *file_inode(const struct file *file);
loff_t i_size_read(const struct inode *inode);
ssize_t kernel_read(struct file *file, void *to, size_t size, loff_t *at);
void fput(struct file *file);

static inline void *kvmalloc(size_t size, int flags)
{
	(void)flags;
	return malloc(size);
}

static inline void kvfree(void *block)
{
	free(block);
}

#endif
