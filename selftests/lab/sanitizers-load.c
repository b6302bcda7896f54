// SPDX-License-Identifier: GPL-2.0-only
/*
 * Loads and unloads shield, and its policies, while others use what it guards,
 * in a VM of make check-sanitizers. Nothing is expected of the users but that
 * they live, and that what is denied for as long as there is a policy is never
 * done; the sanitizers are to see what they do to the module.
 *
 *	sanitizers-load [SECONDS]
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <time.h>
#include <unistd.h>

#define POLICY "/sys/kernel/security/shield/policy"
#define STATUS "/sys/kernel/security/shield/status"
#define PLACE "/var/tmp/load"
#define SECONDS 60
#define USERS 4

#define HEAD "shield 1\nprogram trusted " PLACE "/trusted\n"
#define ALWAYS "protect " PLACE "/always deny modify except trusted\n"

static const char *const policies[] = {
	HEAD ALWAYS "protect " PLACE "/file deny all except trusted\n",
	HEAD ALWAYS "protect " PLACE
		    "/tree recursive deny modify except trusted\n",
	HEAD ALWAYS "protect " PLACE "/pre prefix deny create,remove\n"
		    "watch " PLACE "/file read,write except trusted\n",
	HEAD ALWAYS,
	"shield 1\nname empty\n",
	"shield 1\nprotect nonsense\n",
};

/* Shared by all: how often each thing was done. */
struct counts {
	unsigned long uses, loads, inserts, reads;
	/* The module goes, or will in a moment; somebody opens its files. */
	int goes, opens;
};

static struct counts *counts;

static void drop(int fd)
{
	if (fd >= 0)
		close(fd);
}

static void use_file(void)
{
	int fd = open(PLACE "/file", O_RDWR | O_CREAT | O_CLOEXEC, 0644);
	void *map;

	if (fd >= 0) {
		if (write(fd, "text", 4) == 4 && !ftruncate(fd, 100)) {
			map = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0);
			mprotect(map, 4096, PROT_READ | PROT_WRITE);
			munmap(map, 4096);
		}
		fchmod(fd, 0600);
		fsetxattr(fd, "user.a", "b", 1, 0);
		fremovexattr(fd, "user.a");
		close(fd);
	}
	drop(open(PLACE "/file", O_RDONLY | O_CLOEXEC));
}

static void use_names(void)
{
	drop(open(PLACE "/prefixed", O_WRONLY | O_CREAT | O_CLOEXEC, 0644));
	rename(PLACE "/prefixed", PLACE "/tree/moved");
	link(PLACE "/tree/moved", PLACE "/prefix2");
	symlink("file", PLACE "/tree/link");
	mkdir(PLACE "/tree/deep", 0755);
	mknod(PLACE "/tree/deep/pipe", S_IFIFO | 0600, 0);
	rename(PLACE "/tree/deep", PLACE "/predeep");
	rename(PLACE "/predeep", PLACE "/tree/deep");
	unlink(PLACE "/tree/deep/pipe");
	rmdir(PLACE "/tree/deep");
	unlink(PLACE "/tree/link");
	unlink(PLACE "/tree/moved");
	unlink(PLACE "/prefix2");
	unlink(PLACE "/file");
}

static void use_mounts(void)
{
	if (unshare(CLONE_NEWNS) ||
	    mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL))
		return;
	if (!mount("load", PLACE "/tree", "tmpfs", 0, NULL)) {
		drop(open(PLACE "/tree/file", O_WRONLY | O_CREAT, 0644));
		mount(PLACE "/tree", PLACE "/tree", NULL, MS_BIND, NULL);
		umount2(PLACE "/tree", MNT_DETACH);
		umount2(PLACE "/tree", MNT_DETACH);
	}
}

/* Each in a process of its own, so that programs and tasks come and go. */
static void run(const char *program, const char *argument)
{
	char *const argv[] = { (char *)program, (char *)argument, NULL };
	pid_t pid = fork();

	if (!pid) {
		execv(program, argv);
		_exit(0);
	}
	if (pid > 0) {
		if (!ptrace(PTRACE_SEIZE, pid, 0, 0))
			ptrace(PTRACE_DETACH, pid, 0, 0);
		waitpid(pid, NULL, 0);
	}
}

static void be_program(void)
{
	use_file();
	use_names();
	use_mounts();
}

static void __attribute__((noreturn)) be_user(unsigned int number)
{
	srand(number);
	for (;;) {
		switch (rand() % 8) {
		case 0:
			run(PLACE "/trusted", "use");
			break;
		case 1:
			run(PLACE "/stranger", "use");
			break;
		case 2:
		case 3:
		case 4:
			use_file();
			break;
		default:
			use_names();
		}
		__atomic_add_fetch(&counts->uses, 1, __ATOMIC_RELAXED);
	}
}

static void __attribute__((noreturn)) be_reader(void)
{
	static char text[65536];

	for (;;) {
		int status, policy;

		__atomic_store_n(&counts->opens, 1, __ATOMIC_SEQ_CST);
		while (__atomic_load_n(&counts->goes, __ATOMIC_SEQ_CST)) {
			__atomic_store_n(&counts->opens, 0, __ATOMIC_SEQ_CST);
			usleep(1000);
			__atomic_store_n(&counts->opens, 1, __ATOMIC_SEQ_CST);
		}
		status = open(STATUS, O_RDONLY | O_CLOEXEC);
		policy = open(POLICY, O_RDONLY | O_CLOEXEC);
		__atomic_store_n(&counts->opens, 0, __ATOMIC_SEQ_CST);
		if (status >= 0 && read(status, text, sizeof(text)) >= 0 &&
		    policy >= 0 && read(policy, text, sizeof(text)) >= 0)
			__atomic_add_fetch(&counts->reads, 1, __ATOMIC_RELAXED);
		drop(status);
		drop(policy);
		usleep(1000);
	}
}

static pid_t start(unsigned int number)
{
	pid_t pid = fork();

	if (pid)
		return pid;
	if (number < USERS)
		be_user(number);
	be_reader();
}

/* While it is held open, the module cannot be unloaded. */
static int load_once(const char *text)
{
	int fd = open(POLICY, O_RDWR | O_CLOEXEC), error = 0;

	if (fd < 0)
		return errno;
	if (write(fd, text, strlen(text)) < 0)
		error = errno;
	close(fd);
	return error;
}

/* A user may have mapped just now what the policy is to protect. */
static int load(const char *text)
{
	int error = load_once(text), i;

	for (i = 0; error == EBUSY && i < 200; i++) {
		usleep(10000);
		error = load_once(text);
	}
	return error;
}

static bool always_denied(void)
{
	int fd = open(PLACE "/always", O_WRONLY | O_CLOEXEC);

	drop(fd);
	return fd < 0 && errno == EACCES;
}

/*
 * Reading while the module goes is what is tried, opening is not: the kernel
 * warns where operations cannot be held any more (do_dentry_open()), in the few
 * instructions before the module can take them away.
 */
static const char *leave(void)
{
	const char *wrong = NULL;
	unsigned int i;

	__atomic_store_n(&counts->goes, 1, __ATOMIC_SEQ_CST);
	while (__atomic_load_n(&counts->opens, __ATOMIC_SEQ_CST))
		usleep(100);
	/* The reader may hold a file of it just now. */
	for (i = 0; !wrong && system("rmmod shield 2>/dev/null"); i++) {
		if (i == 200)
			wrong = "rmmod failed 200 times";
		usleep(10000);
	}
	__atomic_store_n(&counts->goes, 0, __ATOMIC_SEQ_CST);
	return wrong;
}

/* One life of the module; returns what went wrong. */
static const char *live(void)
{
	unsigned int i, nr = sizeof(policies) / sizeof(*policies);
	int error;

	if (system("modprobe shield policy=none debug=1 ratelimit_interval_ms=50"))
		return "modprobe failed";
	for (i = 0; i < 2 * nr; i++) {
		error = load(policies[i % nr]);
		if (error && i % nr != nr - 1)
			return error == EBUSY ?
				       "a file was always mapped" :
				       "a policy was refused, though nothing is mapped";
		if (i % nr < nr - 2 && !always_denied())
			return "what every policy denies was done";
		counts->loads++;
	}
	counts->inserts++;
	return leave();
}

static void prepare(void)
{
	char command[256];

	counts = mmap(NULL, sizeof(*counts), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	snprintf(
		command, sizeof(command),
		"rm -rf " PLACE " && mkdir -p " PLACE "/tree && cd " PLACE
		" && cp /proc/%d/exe trusted && cp trusted stranger && echo text >always",
		getpid());
	if (counts == MAP_FAILED || system(command)) {
		printf("Bail out! no place at " PLACE "\n");
		exit(1);
	}
}

int main(int argc, char **argv)
{
	const char *wrong = NULL;
	pid_t users[USERS + 1];
	time_t end;
	unsigned int i;

	if (argc == 2 && !strcmp(argv[1], "use")) {
		be_program();
		return 0;
	}
	printf("TAP version 13\n1..1\n");
	prepare();
	for (i = 0; i <= USERS; i++)
		users[i] = start(i);
	end = time(NULL) + (argc == 2 ? atoi(argv[1]) : SECONDS);
	while (!wrong && time(NULL) < end)
		wrong = live();
	for (i = 0; i <= USERS; i++) {
		kill(users[i], SIGKILL);
		waitpid(users[i], NULL, 0);
	}
	printf("# %lu times inserted, %lu policies, %lu rounds of use, %lu reads\n",
	       counts->inserts, counts->loads, counts->uses, counts->reads);
	if (wrong)
		printf("# %s\n", wrong);
	printf("%s 1 - module and policies change under load\n",
	       wrong ? "not ok" : "ok");
	return 0;
}
