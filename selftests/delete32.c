// SPDX-License-Identifier: GPL-2.0-only
/*
 * delete_module("shield", FLAGS) as a program of 32 bits calls it. On x86 this one
 * of 64 bits can do that itself.
 */
#include <stdio.h>
#include <stdlib.h>

#include "unload32.h"

int main(int argc, char **argv)
{
	long result = unload_32(argc > 1 ? atol(argv[1]) : 0);

	printf("# delete_module of 32 bits: %ld\n", result);
	return result == 0 ? 0 : 1;
}
