// SPDX-License-Identifier: GPL-2.0-only
/*
 * delete_module("shield", FLAGS) as a 32-bit program calls it, from one of 64
 * bits: int 0x80. Its argument must lie in the first 4 GiB.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define DELETE_MODULE_32 129

int main(int argc, char **argv)
{
	char *name = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
	long flags = argc > 1 ? atol(argv[1]) : 0;
	long result;

	if (name == MAP_FAILED)
		return 2;
	strcpy(name, "shield");
	asm volatile("int $0x80"
		     : "=a"(result)
		     : "a"((long)DELETE_MODULE_32), "b"(name), "c"(flags)
		     : "memory", "r8", "r9", "r10", "r11");
	printf("# delete_module by int 0x80: %ld\n", result);
	return result == 0 ? 0 : 1;
}
