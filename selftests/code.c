// SPDX-License-Identifier: GPL-2.0-only
/*
 * A program that asks for memory which can be executed: in each way that its
 * arguments name, "guarded=FILE" with a file. Prints the way and "ok", or what
 * the kernel says; then waits for the end of its input.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/shm.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define SIZE 4096
#define RX (PROT_READ | PROT_EXEC)
#define RW (PROT_READ | PROT_WRITE)

static int answer(const void *at)
{
	return at == MAP_FAILED ? errno : 0;
}

static void *anonymous(int prot, int flags)
{
	return mmap(NULL, SIZE, prot, MAP_ANONYMOUS | flags, -1, 0);
}

static void *from_file(const char *path, int prot, int flags)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	void *at = mmap(NULL, SIZE, prot, flags, fd, 0);
	int error = errno;

	close(fd);
	errno = error;
	return at;
}

static int protect(void *at, int prot)
{
	if (at == MAP_FAILED)
		return errno;
	return mprotect(at, SIZE, prot) ? errno : 0;
}

static int try_anonymous(const char *file)
{
	(void)file;
	return answer(anonymous(RX, MAP_PRIVATE));
}

static int try_heap(const char *file)
{
	(void)file;
	return protect(anonymous(RW, MAP_PRIVATE), RX);
}

static int try_stack(const char *file)
{
	char here[SIZE] = { 0 };
	char *page = (char *)((unsigned long)here & ~(SIZE - 1UL));

	(void)file;
	return mprotect(page, SIZE, RW | PROT_EXEC | PROT_GROWSDOWN) ? errno :
								       0;
}

static int try_key(const char *file)
{
	void *at = anonymous(RW, MAP_PRIVATE);

	(void)file;
	return syscall(SYS_pkey_mprotect, at, SIZE, RX, -1) ? errno : 0;
}

static int try_memfd(const char *file)
{
	int fd = memfd_create("code", MFD_CLOEXEC);
	void *at;

	(void)file;
	if (fd < 0 || ftruncate(fd, SIZE))
		return errno;
	at = mmap(NULL, SIZE, RX, MAP_PRIVATE, fd, 0);
	return answer(at);
}

static int try_segment(const char *file)
{
	int id = shmget(IPC_PRIVATE, SIZE, IPC_CREAT | 0700);
	void *at = shmat(id, NULL, SHM_EXEC);
	int error = at == (void *)-1 ? errno : 0;

	(void)file;
	shmctl(id, IPC_RMID, NULL);
	return error;
}

static int try_file(const char *file)
{
	return answer(from_file(file, RX, MAP_PRIVATE));
}

static int drop_caches(void)
{
	int fd = open("/proc/sys/vm/drop_caches", O_WRONLY | O_CLOEXEC);
	int failed, rounds;

	/* What was just used is spared at first. */
	for (rounds = 0; rounds < 3; rounds++)
		failed = write(fd, "2", 1) != 1;
	close(fd);
	return failed;
}

/* Of a file that is not in the cache, the kernel does not look for a name. */
static int try_handle(const char *file)
{
	union {
		struct file_handle handle;
		char room[sizeof(struct file_handle) + MAX_HANDLE_SZ];
	} of = { .handle.handle_bytes = MAX_HANDLE_SZ };
	int mount, root, fd, error;

	if (name_to_handle_at(AT_FDCWD, file, &of.handle, &mount, 0) ||
	    drop_caches())
		return errno;
	root = open(".", O_RDONLY | O_CLOEXEC);
	fd = open_by_handle_at(root, &of.handle, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return errno;
	error = answer(mmap(NULL, SIZE, RX, MAP_PRIVATE, fd, 0));
	close(fd);
	close(root);
	return error;
}

static int try_later(const char *file)
{
	return protect(from_file(file, PROT_READ, MAP_PRIVATE), RX);
}

static int try_shared(const char *file)
{
	return answer(from_file(file, RX, MAP_SHARED));
}

static int try_shared_later(const char *file)
{
	return protect(from_file(file, PROT_READ, MAP_SHARED), RX);
}

static int try_writable(const char *file)
{
	return answer(from_file(file, RW | PROT_EXEC, MAP_PRIVATE));
}

static int try_writable_later(const char *file)
{
	return protect(from_file(file, RX, MAP_PRIVATE), RW | PROT_EXEC);
}

static int try_written(const char *file)
{
	char *at = from_file(file, RW, MAP_PRIVATE);

	if (at != MAP_FAILED)
		*at = 'x';
	return protect(at, RX);
}

/* With this personality the kernel makes whatever is read executable. */
static int try_personality(const char *file)
{
	int before = personality(READ_IMPLIES_EXEC), error;

	error = answer(from_file(file, PROT_READ, MAP_PRIVATE));
	personality(before);
	return error;
}

static int try_personality_heap(const char *file)
{
	int before = personality(READ_IMPLIES_EXEC), error;

	(void)file;
	error = answer(anonymous(RW, MAP_PRIVATE));
	personality(before);
	return error;
}

static int try_child(const char *file)
{
	int status;
	pid_t pid = fork();

	if (!pid)
		_exit(try_file(file));
	return waitpid(pid, &status, 0) == pid ? WEXITSTATUS(status) : errno;
}

static void *in_thread(void *file)
{
	return (void *)(long)try_file(file);
}

static int try_thread(const char *file)
{
	pthread_t thread;
	void *error;
	int failed = pthread_create(&thread, NULL, in_thread, (void *)file);

	if (failed)
		return failed;
	pthread_join(thread, &error);
	return (int)(long)error;
}

static int wait_for_end(void *unused)
{
	(void)unused;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	return pause();
}

/* A process that shares what @file says. */
static int try_peer(const char *file)
{
	static char stack[16 * SIZE] __attribute__((aligned(16)));
	int flags = SIGCHLD;

	if (!strcmp(file, "memory"))
		flags |= CLONE_VM;
	else if (!strcmp(file, "root"))
		flags |= CLONE_FS;
	else if (!strcmp(file, "descriptors"))
		flags |= CLONE_FILES;
	return clone(wait_for_end, stack + sizeof(stack), flags, NULL) < 0 ?
		       errno :
		       0;
}

/* By which it could go on writing the file. */
static int try_writing(const char *file)
{
	int fd = open(file, O_RDWR | O_CLOEXEC);
	void *at = mmap(NULL, SIZE, RW, MAP_SHARED, fd, 0);
	int error = answer(at);

	close(fd);
	return error;
}

/* Until nobody has it locked. */
static int try_wait(const char *file)
{
	int fd = open(file, O_RDONLY | O_CLOEXEC);

	return flock(fd, LOCK_SH) ? errno : close(fd);
}

/* A file like that of a library, changed by who trusts it. */
static int try_write(const char *file)
{
	int fd = open(file, O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		return errno;
	close(fd);
	return 0;
}

static const struct {
	const char *name;
	int (*attempt)(const char *file);
} ways[] = {
	{ "anonymous", try_anonymous },
	{ "heap", try_heap },
	{ "stack", try_stack },
	{ "key", try_key },
	{ "memfd", try_memfd },
	{ "segment", try_segment },
	{ "file", try_file },
	{ "handle", try_handle },
	{ "later", try_later },
	{ "shared", try_shared },
	{ "shared-later", try_shared_later },
	{ "writable", try_writable },
	{ "writable-later", try_writable_later },
	{ "written", try_written },
	{ "personality", try_personality },
	{ "personality-heap", try_personality_heap },
	{ "child", try_child },
	{ "thread", try_thread },
	{ "peer", try_peer },
	{ "writing", try_writing },
	{ "wait", try_wait },
	{ "write", try_write },
};

static void attempt(char *word)
{
	char *file = strchr(word, '=');
	int error = EINVAL;
	size_t i;

	if (file)
		*file++ = '\0';
	for (i = 0; i < sizeof(ways) / sizeof(*ways); i++)
		if (!strcmp(word, ways[i].name))
			error = ways[i].attempt(file);
	printf("%s: %s\n", word, error ? strerror(error) : "ok");
	fflush(stdout);
}

/* What is asked for later comes by the input, a way a line. */
int main(int argc, char **argv)
{
	char line[512];
	int i;

	for (i = 1; i < argc; i++)
		attempt(argv[i]);
	while (fgets(line, sizeof(line), stdin)) {
		line[strcspn(line, "\n")] = '\0';
		attempt(line);
	}
	return 0;
}
