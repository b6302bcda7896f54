// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls of the program behaviour on what is in files.
 */
#include <fcntl.h>
#include <linux/falloc.h>
#include <linux/fs.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <unistd.h>

#include "behaviour.h"

void call_read(void)
{
	char data[300];
	uint64_t sum = 0;
	ssize_t i, got = pread(slot(), data, sizeof(data), pick(500));

	result("read", got);
	for (i = 0; i < got; i++)
		sum = sum * 31 + (unsigned char)data[i];
	printf("  sum %016llx\n", (unsigned long long)sum);
}

void call_write(void)
{
	char data[200];

	memset(data, 'a' + pick(26), sizeof(data));
	if (pick(2))
		result("write", write(slot(), data, pick(sizeof(data))));
	else
		result("pwrite",
		       pwrite(slot(), data, pick(sizeof(data)), pick(5000)));
}

void call_map(void)
{
	char *data =
		mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, slot(), 0);

	result("map", data == MAP_FAILED ? -1 : 0);
	if (data != MAP_FAILED)
		munmap(data, 4096);
}

void call_copy(void)
{
	struct file_clone_range range = { .src_fd = slot() };
	loff_t from = pick(100), to = pick(100);
	int pipes[2];

	switch (pick(4)) {
	case 0:
		result("copy_file_range",
		       copy_file_range(slot(), &from, slot(), &to, 100, 0));
		break;
	case 1:
		result("sendfile", sendfile(slot(), slot(), &from, 100));
		break;
	case 2:
		result("clone", ioctl(slot(), FICLONERANGE, &range));
		break;
	case 3:
		if (pipe(pipes))
			abort();
		result("splice in", write(pipes[1], "0123456789", 10));
		result("splice", splice(pipes[0], NULL, slot(), &to, 10,
					SPLICE_F_NONBLOCK));
		close(pipes[0]);
		close(pipes[1]);
	}
}

void call_size(void)
{
	static const int modes[] = {
		0,
		FALLOC_FL_KEEP_SIZE,
		FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE,
		FALLOC_FL_ZERO_RANGE,
		FALLOC_FL_COLLAPSE_RANGE,
		FALLOC_FL_INSERT_RANGE,
	};

	switch (pick(3)) {
	case 0:
		result("truncate", truncate(name(), pick(6000)));
		break;
	case 1:
		result("ftruncate", ftruncate(slot(), pick(6000)));
		break;
	case 2:
		result("fallocate",
		       fallocate(slot(), modes[pick(ARRAY_SIZE(modes))], 4096,
				 4096));
	}
}
