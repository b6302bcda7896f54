// SPDX-License-Identifier: GPL-2.0-only
/*
 * Knobs. All but `policy`, `backend` and `reason` may be changed at any time and act at once, until
 * shield is sealed.
 */
#include "params.h"

#include <linux/kernel.h>
#include <linux/moduleparam.h>
#include <linux/string.h>
#include <linux/sysfs.h>

#include "sealed.h"

#define MAX_INTERVAL_MS (60 * 60 * 1000)
#define MAX_BURST 10000
#define MAX_HEALTH_S 60

struct shield_params shield_params = {
	.enforce = true,
	.audit = true,
	.interval_ms = 5000,
	.burst = 10,
	.health_s = 15,
};

static bool builtin = true;
static bool kprobe;
static char reason[SHIELD_REASON];

/* Protects: the parameters' lock */
static void (*told)(bool enforce);

DEFINE_STATIC_KEY_FALSE(shield_params_debug_key);

bool shield_params_builtin(void)
{
	return builtin;
}

const char *shield_params_reason(void)
{
	return reason;
}

void shield_params_tell(void (*tell)(bool enforce))
{
	kernel_param_lock(THIS_MODULE);
	told = tell;
	kernel_param_unlock(THIS_MODULE);
}

bool shield_params_kprobe(void)
{
	return kprobe;
}

static int set_debug(const char *value, const struct kernel_param *param)
{
	bool on = true;
	int error;

	if (shield_sealed())
		return -EPERM;
	/* `debug` without a value, on a command line, means 1. */
	error = value ? kstrtobool(value, &on) : 0;
	if (error)
		return error;
	if (on)
		static_branch_enable(&shield_params_debug_key);
	else
		static_branch_disable(&shield_params_debug_key);
	return 0;
}

static int get_debug(char *buffer, const struct kernel_param *param)
{
	return sysfs_emit(buffer, "%d\n", shield_params_debug());
}

static const struct kernel_param_ops debug_ops = {
	.flags = KERNEL_PARAM_OPS_FL_NOARG,
	.set = set_debug,
	.get = get_debug,
};
module_param_cb(debug, &debug_ops, NULL, 0644);
MODULE_PARM_DESC(debug,
		 "tell every decision on a protected object (default 0)");

/* A knob that is on or off. */
static int set_switch(const char *value, const struct kernel_param *param)
{
	bool *knob = param->arg, on;
	int error = kstrtobool(value, &on);

	if (shield_sealed())
		return -EPERM;
	if (!error)
		WRITE_ONCE(*knob, on);
	return error;
}

static int get_switch(char *buffer, const struct kernel_param *param)
{
	const bool *knob = param->arg;

	return sysfs_emit(buffer, "%d\n", READ_ONCE(*knob));
}

static const struct kernel_param_ops switch_ops = {
	.set = set_switch,
	.get = get_switch,
};
module_param_cb(audit, &switch_ops, &shield_params.audit, 0644);
MODULE_PARM_DESC(audit, "tell audit, too, where it is on (default 1)");

static int set_enforce(const char *value, const struct kernel_param *param)
{
	bool before = shield_params_enforce();
	int error = set_switch(value, param);

	if (!error && told && shield_params_enforce() != before)
		told(!before);
	return error;
}

static const struct kernel_param_ops enforce_ops = {
	.set = set_enforce,
	.get = get_switch,
};
module_param_cb(enforce, &enforce_ops, &shield_params.enforce, 0644);
MODULE_PARM_DESC(enforce,
		 "1: deny; 0: only tell what would be denied (default 1)");
module_param_string(reason, reason, sizeof(reason), 0444);
MODULE_PARM_DESC(reason, "why it is loaded with enforce=0, for the event");

/* An unsigned knob between 1 and a limit. */
static int set_bounded(const char *value, unsigned int *knob,
		       unsigned int limit)
{
	unsigned int number;
	int error = kstrtouint(value, 10, &number);

	if (shield_sealed())
		return -EPERM;
	if (error)
		return -EINVAL;
	if (!number || number > limit)
		return -EINVAL;
	WRITE_ONCE(*knob, number);
	return 0;
}

static int set_interval(const char *value, const struct kernel_param *param)
{
	return set_bounded(value, param->arg, MAX_INTERVAL_MS);
}

static const struct kernel_param_ops interval_ops = {
	.set = set_interval,
	.get = param_get_uint,
};
module_param_cb(ratelimit_interval_ms, &interval_ops,
		&shield_params.interval_ms, 0644);
MODULE_PARM_DESC(ratelimit_interval_ms,
		 "window of the rate limit, 1-3600000 ms (default 5000)");

static int set_burst(const char *value, const struct kernel_param *param)
{
	return set_bounded(value, param->arg, MAX_BURST);
}

static const struct kernel_param_ops burst_ops = {
	.set = set_burst,
	.get = param_get_uint,
};
module_param_cb(ratelimit_burst, &burst_ops, &shield_params.burst, 0644);
MODULE_PARM_DESC(
	ratelimit_burst,
	"events told per object, right and window, 1-10000 (default 10)");

static int set_health(const char *value, const struct kernel_param *param)
{
	return set_bounded(value, param->arg, MAX_HEALTH_S);
}

static const struct kernel_param_ops health_ops = {
	.set = set_health,
	.get = param_get_uint,
};
module_param_cb(health_interval_s, &health_ops, &shield_params.health_s, 0644);
MODULE_PARM_DESC(health_interval_s,
		 "how often hooks are looked at, 1-60 s (default 15)");

module_param_cb(panic, &switch_ops, &shield_params.panics, 0644);
MODULE_PARM_DESC(panic, "panic when a hook does not act (default 0)");

static int set_policy(const char *value, const struct kernel_param *param)
{
	if (sysfs_streq(value, "default"))
		builtin = true;
	else if (sysfs_streq(value, "none"))
		builtin = false;
	else
		return -EINVAL;
	return 0;
}

static int get_policy(char *buffer, const struct kernel_param *param)
{
	return sysfs_emit(buffer, "%s\n", builtin ? "default" : "none");
}

static const struct kernel_param_ops policy_ops = {
	.set = set_policy,
	.get = get_policy,
};
module_param_cb(policy, &policy_ops, NULL, 0444);
MODULE_PARM_DESC(policy,
		 "default: start with the built-in policy; none: start empty");

static int set_backend(const char *value, const struct kernel_param *param)
{
	if (sysfs_streq(value, "ftrace"))
		kprobe = false;
	else if (sysfs_streq(value, "kprobe"))
		kprobe = true;
	else
		return -EINVAL;
	return 0;
}

static int get_backend(char *buffer, const struct kernel_param *param)
{
	return sysfs_emit(buffer, "%s\n", kprobe ? "kprobe" : "ftrace");
}

static const struct kernel_param_ops backend_ops = {
	.set = set_backend,
	.get = get_backend,
};
module_param_cb(backend, &backend_ops, NULL, 0444);
MODULE_PARM_DESC(
	backend,
	"ftrace: hook by ftrace (default); kprobe: by kprobes, which are slower and can be switched off");
