/* SPDX-License-Identifier: GPL-2.0-only */
/* What the files of sanitizers-faults share. */
#ifndef SHIELD_LAB_SANITIZERS_FAULTS_H
#define SHIELD_LAB_SANITIZERS_FAULTS_H

#include <stdbool.h>

#define PLACE "/var/tmp/faults"

/* Nobody but PLACE/trusted may modify PLACE/new, /missing and what is in /tree. */
extern const char policy_after[];

/* What fails after the @nth allocation. */
int next_fault(int nth);

/*
 * Executes a program whose @nth allocation fails, if @nth is not 0. Sets whether
 * there was a failure. Returns 0 if it could write what is protected, 1 if that
 * was denied, 2 if it did not come so far.
 */
int run_program(int nth, char *const argv[], bool *reached);

/* As which the test program is run again: copies of it are the programs. */
int be_program(void);
int be_leaver(const char *nth);
int be_mover(void);

/* Each is a test, and returns how many allocations failed. */
int run_acts(void);
int run_exec(void);
int run_arrivals(void);
int run_departures(void);
int run_late_paths(void);
int run_tags(void);
int run_events(void);

#endif
