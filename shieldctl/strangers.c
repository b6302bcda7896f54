// SPDX-License-Identifier: GPL-2.0-only
#include "strangers.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <linux/bpf.h>

#define KPROBES "/sys/kernel/debug/kprobes/list"
#define MEM_MAJOR 1
#define MSR_MAJOR 202

static __attribute__((format(printf, 2, 3))) void add(struct text *found,
						      const char *format, ...)
{
	char line[512];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(line, sizeof(line), format, arguments);
	va_end(arguments);
	text_append(found, line, strlen(line));
	text_append(found, "\n", 1);
}

static void find_kexec(struct text *found)
{
	FILE *file = fopen("/sys/kernel/kexec_loaded", "re");

	if (file && getc(file) == '1')
		add(found,
		    "a kernel is loaded for kexec; kexec -u takes it away");
	if (file)
		fclose(file);
}

/* Lines "ADDRESS KIND SYMBOL+OFFSET [FLAGS]". */
static void find_kprobes(struct text *found)
{
	FILE *file = fopen(KPROBES, "re");
	char line[512], symbol[256];

	if (!file) {
		add(found, "kprobes cannot be listed: %s: %s", KPROBES,
		    strerror(errno));
		return;
	}
	while (fgets(line, sizeof(line), file))
		if (sscanf(line, "%*s %*s %255s", symbol) == 1)
			add(found, "a kprobe on %s", symbol);
	fclose(file);
}

static int bpf(int command, union bpf_attr *attr)
{
	return syscall(SYS_bpf, command, attr, sizeof(*attr));
}

/* Programs of these types can write user memory, unless lockdown denies it. */
static const char *type_name(unsigned int type)
{
	switch (type) {
	case BPF_PROG_TYPE_KPROBE:
		return "kprobe";
	case BPF_PROG_TYPE_TRACEPOINT:
		return "tracepoint";
	case BPF_PROG_TYPE_PERF_EVENT:
		return "perf event";
	case BPF_PROG_TYPE_RAW_TRACEPOINT:
	case BPF_PROG_TYPE_RAW_TRACEPOINT_WRITABLE:
		return "raw tracepoint";
	case BPF_PROG_TYPE_TRACING:
		return "tracing";
	case BPF_PROG_TYPE_LSM:
		return "LSM";
	default:
		return NULL;
	}
}

static void find_program(struct text *found, unsigned int id)
{
	struct bpf_prog_info info = { 0 };
	union bpf_attr attr = { .prog_id = id };
	int fd = bpf(BPF_PROG_GET_FD_BY_ID, &attr);

	if (fd < 0)
		return;
	memset(&attr, 0, sizeof(attr));
	attr.info.bpf_fd = fd;
	attr.info.info_len = sizeof(info);
	attr.info.info = (unsigned long)&info;
	if (!bpf(BPF_OBJ_GET_INFO_BY_FD, &attr) && type_name(info.type))
		add(found, "a BPF program for %s: %s (id %u)",
		    type_name(info.type), *info.name ? info.name : "unnamed",
		    id);
	close(fd);
}

static void find_programs(struct text *found)
{
	union bpf_attr attr = { 0 };

	while (!bpf(BPF_PROG_GET_NEXT_ID, &attr)) {
		unsigned int id = attr.next_id;

		find_program(found, id);
		memset(&attr, 0, sizeof(attr));
		attr.start_id = id;
	}
	/* Kernels without BPF have no programs. */
	if (errno != ENOENT && errno != ENOSYS)
		add(found, "BPF programs cannot be listed: %s",
		    strerror(errno));
}

static bool is_memory(const struct stat *st)
{
	unsigned int number = minor(st->st_rdev);

	if (!S_ISCHR(st->st_mode))
		return false;
	/* mem, kmem, port; and all of msr. */
	return (major(st->st_rdev) == MEM_MAJOR &&
		(number == 1 || number == 2 || number == 4)) ||
	       major(st->st_rdev) == MSR_MAJOR;
}

static void find_descriptors(struct text *found, const char *pid)
{
	struct dirent *entry;
	char path[320];
	struct stat st;
	DIR *fds;

	snprintf(path, sizeof(path), "/proc/%s/fd", pid);
	fds = opendir(path);
	while (fds && (entry = readdir(fds)))
		if (!fstatat(dirfd(fds), entry->d_name, &st, 0) &&
		    is_memory(&st))
			add(found,
			    "process %s has opened a device that reaches the kernel's memory (%u:%u)",
			    pid, major(st.st_rdev), minor(st.st_rdev));
	if (fds)
		closedir(fds);
}

void strangers_find(struct text *found)
{
	struct dirent *entry;
	DIR *processes = opendir("/proc");

	find_kexec(found);
	find_kprobes(found);
	find_programs(found);
	while (processes && (entry = readdir(processes)))
		if (isdigit((unsigned char)*entry->d_name))
			find_descriptors(found, entry->d_name);
	if (processes)
		closedir(processes);
}
