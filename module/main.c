// SPDX-License-Identifier: GPL-2.0-only
/*
 * shield - stops even root from tampering with the files that matter.
 *
 * Going up, hooks are armed last, by the load of the built-in policy; coming
 * down, they are disarmed first. The exit is the init read backwards.
 */
#include <linux/module.h>

#include "compat/mount.h"
#include "event/event.h"
#include "fs/securityfs.h"
#include "hook/guard.h"
#include "hook/health.h"
#include "hook/hook.h"
#include "load.h"
#include "maintain.h"
#include "mode.h"
#include "object/object.h"
#include "params.h"
#include "policy/settle.h"
#include "policy/signature.h"
#include "subject/programs.h"
#include "subject/tag.h"

static int start(void)
{
	int error = 0;

	shield_settle_init(shield_guard_later);
	shield_load_init();
	shield_maintain_init();
	if (shield_params_builtin())
		error = shield_load_builtin();
	if (!error)
		error = shield_fs_init();
	/* Also after a load that failed: a hook that stays must keep us here. */
	if (error)
		shield_unload();
	return error;
}

static int __init shield_init(void)
{
	int error;

	shield_mount_learn();
	error = shield_event_init();
	if (error)
		return error;
	shield_mode_init();
	error = shield_object_init();
	if (error)
		goto exit_event;
	error = shield_tag_init();
	if (error)
		goto exit_object;
	error = shield_hook_init();
	if (error)
		goto exit_tag;
	error = shield_signature_init();
	if (error)
		goto exit_tag;
	error = shield_health_init();
	if (error)
		goto exit_signature;
	error = start();
	if (error)
		goto exit_health;
	return 0;

exit_health:
	shield_health_exit();
exit_signature:
	shield_signature_exit();
exit_tag:
	shield_guard_exit();
	shield_settle_exit();
	shield_tag_exit();
	shield_program_exit();
exit_object:
	shield_object_exit();
exit_event:
	shield_mode_exit();
	shield_event_exit();
	return error;
}

static void __exit shield_exit(void)
{
	shield_fs_exit();
	shield_maintain_exit();
	shield_unload();
	shield_health_exit();
	shield_signature_exit();
	shield_guard_exit();
	shield_settle_exit();
	shield_tag_exit();
	shield_program_exit();
	shield_object_exit();
	shield_mode_exit();
	shield_event_exit();
}

module_init(shield_init);
module_exit(shield_exit);

MODULE_DESCRIPTION("Protects files against tampering, even by root");
MODULE_AUTHOR("shield developers");
MODULE_VERSION(SHIELD_VERSION);
MODULE_LICENSE("GPL");
