/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Trust for programs that ran before anybody judged their exec, where the
 * policy has the line `adopt running`.
 */
#ifndef SHIELD_ADOPT_H
#define SHIELD_ADOPT_H

#include "policy/active.h"
#include "policy/notes.h"

struct seq_file;

/**
 * shield_adopt() - adopt what runs, if the policy wishes it
 * @policy: policy, just published; the one before judged no exec
 * @notes: who is not adopted, and why, is added here; may be NULL
 *
 * Context: process; sleeps; shield_policy_mutex is held.
 */
void shield_adopt(struct shield_policy *policy, struct shield_notes *notes);

/**
 * shield_adopt_forget() - nobody is trusted any more
 *
 * Context: process; sleeps; shield_policy_mutex is held.
 */
void shield_adopt_forget(void);

/**
 * shield_adopt_show() - who was adopted, as lines of the status
 * @seq: file
 *
 * Context: process; sleeps.
 */
void shield_adopt_show(struct seq_file *seq);

#endif
