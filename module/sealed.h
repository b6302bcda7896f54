/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Is the machine sealed? One bit, for everybody whom sealing concerns; who
 * sets it is seal.c.
 */
#ifndef SHIELD_SEALED_H
#define SHIELD_SEALED_H

#include <linux/types.h>

/**
 * shield_sealed() - is shield sealed?
 *
 * Context: any.
 * Return: true from the moment of sealing until the machine restarts.
 */
bool shield_sealed(void);

/**
 * shield_sealed_set() - seal
 *
 * Description: There is no way back.
 *
 * Context: any; whoever calls it has seen that all is in order.
 */
void shield_sealed_set(void);

#endif
