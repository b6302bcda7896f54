/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * shield from before the root file system is in use.
 *
 * An initramfs, told so by what is installed with us, makes shield-init the
 * first program of the root file system. That has `shieldctl boot --early` do
 * this, and becomes the real init.
 */
#ifndef SHIELDCTL_EARLY_H
#define SHIELDCTL_EARLY_H

#include <stdbool.h>

/**
 * early_boot() - load shield, and the policy as far as it can be kept yet
 *
 * Return: exit status; STATUS_OK, too, if it is not wished.
 */
int early_boot(void);

/**
 * early_is_on() - is it switched on?
 *
 * Return: true if it is.
 */
bool early_is_on(void);

/**
 * early_was_done() - has it come to that in this boot?
 *
 * Return: true if the policy that was wished was in force.
 */
bool early_was_done(void);

/**
 * early_failure() - what came of it instead in this boot
 *
 * Return: a sentence for a person; NULL if it was done, or never begun.
 */
const char *early_failure(void);

/**
 * early_can_build() - is there what makes an initramfs?
 *
 * Return: true if there is.
 */
bool early_can_build(void);

/**
 * early_switch_on() - wish it for later boots
 *
 * Return: 0, or a negative errno after saying on stderr what failed.
 */
int early_switch_on(void);

/**
 * early_switch_off() - wish it no more
 *
 * Each initramfs may go on doing its part: without the wish nothing comes of it.
 *
 * Return: 0, or a negative errno after saying on stderr what failed.
 */
int early_switch_off(void);

/**
 * early_build() - make every initramfs anew
 *
 * Return: true if that went well.
 */
bool early_build(void);

#endif
