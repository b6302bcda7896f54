// SPDX-License-Identifier: GPL-2.0-only
/*
 * A BPF program that permits everything, attached until SIGTERM:
 *
 *	bpf fentry security_file_open
 *	bpf lsm file_open
 *
 * Prints "attached", and at the end how often the kernel ran it. No library:
 * two instructions need none.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/btf.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define TYPES "/sys/kernel/btf/vmlinux"
/* The kernel's own are 5 to 8 MB. */
#define MAX_TYPES (64U << 20)

static void __attribute__((noreturn)) fail(const char *what)
{
	fprintf(stderr, "bpf: %s: %s\n", what, strerror(errno));
	exit(1);
}

static int bpf(enum bpf_cmd command, union bpf_attr *attr)
{
	return (int)syscall(SYS_bpf, command, attr, sizeof(*attr));
}

/* Bytes of what follows the head of a type. */
static size_t rest_of(const struct btf_type *type)
{
	size_t members = BTF_INFO_VLEN(type->info);

	switch (BTF_INFO_KIND(type->info)) {
	case BTF_KIND_INT:
	case BTF_KIND_VAR:
	case BTF_KIND_DECL_TAG:
		return 4;
	case BTF_KIND_ARRAY:
		return sizeof(struct btf_array);
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
	case BTF_KIND_DATASEC:
	case BTF_KIND_ENUM64:
		return members * 12;
	case BTF_KIND_ENUM:
	case BTF_KIND_FUNC_PROTO:
		return members * 8;
	default:
		return 0;
	}
}

/* The number of a function among the kernel's types, which count from 1. */
static unsigned int number_of(const char *function)
{
	char *types = malloc(MAX_TYPES);
	const struct btf_header *head = (void *)types;
	const char *at, *end, *names;
	size_t size = 0;
	unsigned int number;
	ssize_t got;
	int fd = open(TYPES, O_RDONLY);

	if (fd < 0 || !types)
		fail(TYPES);
	while ((got = read(fd, types + size, MAX_TYPES - size)) > 0)
		size += got;
	close(fd);
	if (size < sizeof(*head))
		fail(TYPES);
	at = types + head->hdr_len + head->type_off;
	end = at + head->type_len;
	names = types + head->hdr_len + head->str_off;
	for (number = 1; at < end; number++) {
		const struct btf_type *type = (const void *)at;

		if (BTF_INFO_KIND(type->info) == BTF_KIND_FUNC &&
		    !strcmp(names + type->name_off, function)) {
			free(types);
			return number;
		}
		at += sizeof(*type) + rest_of(type);
	}
	errno = ENOENT;
	fail(function);
}

/* r0 = 0; exit */
static int load(bool is_lsm, const char *function)
{
	static const struct bpf_insn permit[] = {
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0 },
		{ .code = BPF_JMP | BPF_EXIT },
	};
	union bpf_attr attr = {
		.prog_type = is_lsm ? BPF_PROG_TYPE_LSM : BPF_PROG_TYPE_TRACING,
		.expected_attach_type = is_lsm ? BPF_LSM_MAC : BPF_TRACE_FENTRY,
		.insns = (uintptr_t)permit,
		.insn_cnt = 2,
		.license = (uintptr_t) "GPL",
		.attach_btf_id = number_of(function),
	};
	int fd = bpf(BPF_PROG_LOAD, &attr);

	if (fd < 0)
		fail("loading");
	return fd;
}

static unsigned long long runs_of(int program)
{
	struct bpf_prog_info info = {};
	union bpf_attr attr = {
		.info = { .bpf_fd = program,
			  .info_len = sizeof(info),
			  .info = (uintptr_t)&info },
	};

	if (bpf(BPF_OBJ_GET_INFO_BY_FD, &attr))
		fail("asking how often it ran");
	return info.run_cnt;
}

int main(int argc, char **argv)
{
	union bpf_attr attr = {};
	char function[128];
	sigset_t end;
	bool is_lsm;
	int program, got;

	if (argc != 3)
		return 2;
	sigemptyset(&end);
	sigaddset(&end, SIGTERM);
	sigprocmask(SIG_BLOCK, &end, NULL);
	is_lsm = !strcmp(argv[1], "lsm");
	snprintf(function, sizeof(function), "%s%s", is_lsm ? "bpf_lsm_" : "",
		 argv[2]);
	program = load(is_lsm, function);
	if (bpf(BPF_ENABLE_STATS, &attr) < 0)
		fail("counting");
	memset(&attr, 0, sizeof(attr));
	attr.raw_tracepoint.prog_fd = program;
	if (bpf(BPF_RAW_TRACEPOINT_OPEN, &attr) < 0)
		fail("attaching");
	printf("attached\n");
	fflush(stdout);
	sigwait(&end, &got);
	printf("%llu\n", runs_of(program));
	return 0;
}
