/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * delete_module("shield", flags) as a program of 32 bits calls it.
 */
#ifndef SHIELD_SELFTESTS_UNLOAD32_H
#define SHIELD_SELFTESTS_UNLOAD32_H

#include "call32.h"

/* On x86 and on ARM. */
#define DELETE_MODULE_32 129

#ifdef __aarch64__

#include <elf.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>

#define LOADED_AT 0x10000

/* A whole program of 32-bit ARM, which ends with the error that the call gets. */
struct program_32 {
	Elf32_Ehdr head;
	Elf32_Phdr segment;
	uint32_t code[7];
	uint32_t flags;
	char name[8];
};

static inline long unload_32(long flags)
{
	const struct program_32 program = {
		.head = {
			.e_ident = { 0x7f, 'E', 'L', 'F', ELFCLASS32,
				     ELFDATA2LSB, EV_CURRENT },
			.e_type = ET_EXEC,
			.e_machine = EM_ARM,
			.e_version = EV_CURRENT,
			.e_entry = LOADED_AT + offsetof(struct program_32, code),
			.e_phoff = offsetof(struct program_32, segment),
			.e_flags = EF_ARM_EABI_VER5,
			.e_ehsize = sizeof(Elf32_Ehdr),
			.e_phentsize = sizeof(Elf32_Phdr),
			.e_phnum = 1,
		},
		.segment = {
			.p_type = PT_LOAD,
			.p_vaddr = LOADED_AT,
			.p_filesz = sizeof(program),
			.p_memsz = sizeof(program),
			.p_flags = PF_R | PF_X,
			.p_align = 0x1000,
		},
		.code = {
			0xe28f0018, /* add r0, pc, #24: name */
			0xe59f1010, /* ldr r1, [pc, #16]: flags */
			0xe3a07000 | DELETE_MODULE_32, /* mov r7, # */
			0xef000000, /* svc 0 */
			0xe2600000, /* rsb r0, r0, #0 */
			0xe3a07001, /* mov r7, #1: exit */
			0xef000000, /* svc 0 */
		},
		.flags = flags,
		.name = "shield",
	};
	char *const words[] = { "unload32", NULL }, *const none[] = { NULL };
	int fd = memfd_create("unload32", MFD_CLOEXEC), status;
	pid_t pid;

	if (fd < 0 || write(fd, &program, sizeof(program)) != sizeof(program))
		return -errno;
	pid = fork();
	if (!pid) {
		fexecve(fd, words, none);
		_exit(ENOEXEC);
	}
	close(fd);
	if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
		return -ECHILD;
	return -WEXITSTATUS(status);
}

#else

static inline long unload_32(long flags)
{
	return call_32(DELETE_MODULE_32, 0, flags, "shield", sizeof("shield"));
}

#endif

#endif
