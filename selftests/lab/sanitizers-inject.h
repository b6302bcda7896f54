/* SPDX-License-Identifier: GPL-2.0-only */
/* Failing allocations of this task, loading policies, and TAP for what comes of it. */
#ifndef SHIELD_LAB_SANITIZERS_INJECT_H
#define SHIELD_LAB_SANITIZERS_INJECT_H

#include <stdbool.h>

#define SHIELD "/sys/kernel/security/shield/"

/* Above this something counts without end. */
#define MAX_FAULTS 20000

/* What is wrong: the test that comes to its result() next fails. */
void __attribute__((format(printf, 1, 2))) note(const char *format, ...);
void __attribute__((noreturn)) bail_out(const char *what);
void result(const char *name, int faults);

/* Writes a file, which is made if it is not there. */
void put(const char *path, const char *text);

/* 0 or errno. */
int try_open(const char *path, int flags);
bool denied(const char *path);

/* The file `policy`, and writing a text to it: 0 or errno. */
int open_policy(void);
int write_policy(int fd, const char *text);

/* Loads it without faults: what fails is noted. */
void load(const char *text);

/* What the status says. */
bool policy_is(const char *name);

/* The number behind @what in the file @name of shield. */
long number_in(const char *name, const char *what);

/* Once for the machine; includes inject_open(). */
void inject_begin(void);

/* Once for each process that fails allocations of its own. */
void inject_open(void);

/* From here on, the @nth allocation of this process fails. */
void inject(int nth);

/* Up to here. Was there a failure? */
bool inject_end(void);

/* The same, of inject(MAX_FAULTS): returns how many allocations there were. */
int inject_count(void);

/*
 * All allocations fail of the kernel's workers, of which there may be more since
 * the last call. Those of a task are failed with inject() meanwhile.
 */
void inject_workers(bool on);

/* So many percent of allocations fail, where inject_here() is on. */
void inject_often(int percent);
void inject_here(bool on);

#endif
