/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Events as records of the audit system.
 */
#ifndef SHIELD_EVENT_AUDIT_H
#define SHIELD_EVENT_AUDIT_H

#include "event/line.h"

/**
 * shield_audit_wanted() - is audit on, and are we to use it?
 *
 * Return: true if shield_audit_log() is to be called.
 */
bool shield_audit_wanted(void);

/**
 * shield_audit_log() - one record, INTEGRITY_DATA of a verdict, else
 *                      INTEGRITY_STATUS
 * @event: event
 *
 * Context: the deliver worker; does not wait for a full backlog.
 * Return: 0, or -ENOBUFS if audit took none.
 */
int shield_audit_log(const struct shield_event *event);

#endif
