/* SPDX-License-Identifier: GPL-2.0-only */
/* Messages about a policy, told with the file and line they are about. */
#ifndef SHIELDCTL_REPORT_H
#define SHIELDCTL_REPORT_H

#include "json.h"
#include "policy.h"

/**
 * report_notice() - tell a message on stderr, with its place
 * @policy: with its files
 * @notice: position and message
 */
void report_notice(const struct policy *policy,
		   const struct shield_error *notice);

/**
 * report_json() - write a message as a JSON object
 * @json: document
 * @key: of the object, NULL in an array
 * @policy: with its files
 * @error: position and message
 */
void report_json(struct json *json, const char *key,
		 const struct policy *policy, const struct shield_error *error);

/**
 * report_refusal() - tell why a policy is refused, and show the line
 * @policy: with its files
 * @error: position and message
 * @is_json: write a JSON document to the standard output instead
 */
void report_refusal(const struct policy *policy,
		    const struct shield_error *error, bool is_json);

#endif
