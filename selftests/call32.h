/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * System calls by the way that programs of 32 bits take.
 */
#ifndef SHIELD_SELFTESTS_CALL32_H
#define SHIELD_SELFTESTS_CALL32_H

#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>

#ifdef __x86_64__

/* Why there is no such call from a process of 64 bits. */
#define CALL_32_ABSENT NULL

/*
 * Call @number of 32 bits with @first, @second and the address of a copy of
 * @data: that must lie in the first 4 GiB. Returns what the call does.
 */
static inline long call_32(long number, long first, long second,
			   const void *data, size_t size)
{
	void *low = mmap(NULL, size, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
	long result;

	if (low == MAP_FAILED)
		return -errno;
	memcpy(low, data, size);
	asm volatile("int $0x80"
		     : "=a"(result)
		     : "a"(number), "b"(first ? first : (long)low), "c"(second),
		       "d"(low)
		     : "memory", "r8", "r9", "r10", "r11");
	munmap(low, size);
	return result;
}

#else

#define CALL_32_ABSENT \
	"on this architecture no process of 64 bits can make a call of 32 bits"

static inline long call_32(long number, long first, long second,
			   const void *data, size_t size)
{
	(void)number, (void)first, (void)second, (void)data, (void)size;
	return -EOPNOTSUPP;
}

#endif

#endif
