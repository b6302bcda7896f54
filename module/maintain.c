// SPDX-License-Identifier: GPL-2.0-only
/*
 * Maintenance windows.
 *
 * What binds a token to this machine and to this boot is a random number that
 * the module makes when it is loaded: nobody can choose it, and nobody can
 * bring back an old one. The machine-id is a file; it is compared so that a
 * mistake is told as what it is.
 */
#include "maintain.h"

#include <linux/err.h>
#include <linux/fcntl.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/preempt.h>
#include <linux/random.h>
#include <linux/rcupdate.h>
#include <linux/string.h>
#include <linux/workqueue.h>

#include "event/event.h"
#include "hook/guard.h"
#include "policy/active.h"
#include "policy/signature.h"
#include "policy/token.h"
#include "subject/upkeep.h"

#define MACHINE_ID "/etc/machine-id"
#define ID_LENGTH 32

/*
 * Timers stand still while the machine sleeps. Trust ends in time all the same;
 * that the window is closed is told at most so much later.
 */
#define LOOK_S 10

static void look(struct work_struct *work);
static DECLARE_DELAYED_WORK(looker, look);

static char boot[ID_LENGTH + 1];

/* Protects: all below by shield_policy_mutex */
static u64 used;
static char programs[128];

/*
 * With its number for a line, for the rate limit: refusals, which anybody may
 * cause without end, must not keep back that a window was opened or closed.
 */
static void tell(u64 serial, const char *what)
{
	const struct shield_happening happening = {
		.kind = SHIELD_WINDOW,
		.hook = "window",
		.rule = "",
		.line = serial,
		.note = what,
	};

	preempt_disable();
	shield_event_happened(&happening);
	preempt_enable();
}

/*
 * Who opened a file in the window must not go on writing it, as after another
 * policy. What cannot be taken away, a shared mapping, is told.
 */
static void look_for_holders(void)
{
	/* No hook judges by the window any more. */
	synchronize_rcu();
	shield_guard_begin();
	shield_guard_look_surely();
}

static void close_window(const char *reason)
{
	char what[96];

	lockdep_assert_held(&shield_policy_mutex);
	if (!shield_upkeep_close())
		return;
	look_for_holders();
	scnprintf(what, sizeof(what), "closed, %s, %s", shield_upkeep_note(),
		  reason);
	tell(used, what);
}

static void look_later(void)
{
	u32 left = min_t(u32, shield_upkeep_left(), LOOK_S);

	schedule_delayed_work(&looker, left * HZ);
}

static void look(struct work_struct *work)
{
	mutex_lock(&shield_policy_mutex);
	if (shield_upkeep_left())
		look_later();
	else
		close_window("its time is over");
	mutex_unlock(&shield_policy_mutex);
}

void shield_maintain_init(void)
{
	u64 number[2];

	get_random_bytes(number, sizeof(number));
	scnprintf(boot, sizeof(boot), "%016llx%016llx", number[0], number[1]);
}

void shield_maintain_exit(void)
{
	mutex_lock(&shield_policy_mutex);
	close_window("shield is unloaded");
	mutex_unlock(&shield_policy_mutex);
	cancel_delayed_work_sync(&looker);
}

/*
 * Never under shield_policy_mutex: root may have put anything there, a FIFO or
 * a file of a file system that does not answer. O_NONBLOCK waits for no writer.
 */
static void read_machine(char *id)
{
	struct file *file = filp_open(MACHINE_ID, O_RDONLY | O_NONBLOCK, 0);
	char content[ID_LENGTH + 1] = "";
	loff_t pos = 0;

	if (!IS_ERR(file)) {
		if (S_ISREG(file_inode(file)->i_mode))
			kernel_read(file, content, ID_LENGTH, &pos);
		fput(file);
	}
	content[strcspn(content, "\n")] = '\0';
	strscpy(id, strlen(content) == ID_LENGTH ? content : "unknown",
		ID_LENGTH + 1);
}

static bool is(const struct shield_span *span, const char *text)
{
	return span->len == strlen(text) && !memcmp(span->at, text, span->len);
}

static int check_place(const struct shield_token *token, const char *machine,
		       char *why)
{
	if (!is(&token->machine, machine)) {
		scnprintf(
			why, SHIELD_MAINTAIN_TEXT,
			"it is for another machine: '%.*s', and this one is '%s'",
			(int)min_t(size_t, token->machine.len, ID_LENGTH),
			token->machine.at, machine);
		return -ESTALE;
	}
	if (is(&token->boot, boot))
		return 0;
	strscpy(why,
		"it is for an earlier boot: shield has been loaded anew since it was signed",
		SHIELD_MAINTAIN_TEXT);
	return -ESTALE;
}

static int check_serial(u64 serial, char *why)
{
	if (serial > used)
		return 0;
	scnprintf(
		why, SHIELD_MAINTAIN_TEXT,
		serial == used ?
			"its serial %llu was used: a token opens one window" :
			"its serial %llu is not above that of the last window",
		serial);
	return -ESTALE;
}

static bool names(const struct shield_policy *policy,
		  const struct shield_span *what, u32 number)
{
	const struct shield_rule *rule = &policy->rules[number];
	u64 groups;
	u32 i;

	if (rule->program == SHIELD_NO_PROGRAM)
		return false;
	groups = policy->groups_of[rule->program] & policy->windowed;
	if (*what->at == '/')
		return groups && is(what, rule->path);
	for (i = 0; i < policy->nr_groups; i++)
		if (groups & BIT_ULL(i) && is(what, policy->groups[i].name))
			return true;
	return false;
}

static int find_programs(const struct shield_token *token, unsigned long *found,
			 char *why)
{
	const struct shield_policy *policy = shield_policy_locked();
	struct shield_span left = token->programs, what;
	bool is_known;
	u32 i;

	while (shield_token_next(&left, &what)) {
		is_known = false;
		for (i = 0; policy && i < policy->nr_rules; i++) {
			if (!names(policy, &what, i))
				continue;
			__set_bit(policy->rules[i].program, found);
			is_known = true;
		}
		if (is_known)
			continue;
		scnprintf(
			why, SHIELD_MAINTAIN_TEXT,
			"the policy in force has no program or program group '%.*s' with 'window'",
			(int)min_t(size_t, what.len, 100), what.at);
		return -EOPNOTSUPP;
	}
	return 0;
}

static void remember_names(const struct shield_token *token)
{
	struct shield_span left = token->programs, what;
	size_t len = 0;

	while (shield_token_next(&left, &what))
		len += scnprintf(programs + len, sizeof(programs) - len,
				 "%s%.*s", len ? " " : "", (int)what.len,
				 what.at);
}

static int check_signed(const struct shield_envelope *envelope, u64 *by,
			char *why)
{
	const char *reason = "it is not signed: a window is opened by a token";
	int error = -EKEYREJECTED;

	if (envelope->is_signed)
		error = shield_signature_verify(envelope, by, &reason);
	if (error) {
		strscpy(why, reason, SHIELD_MAINTAIN_TEXT);
		return error;
	}
	if (shield_envelope_is_for(envelope, SHIELD_PURPOSE_WINDOW))
		return 0;
	scnprintf(
		why, SHIELD_MAINTAIN_TEXT,
		"it is signed for the purpose '%.*s', and not for '" SHIELD_PURPOSE_WINDOW
		"'",
		(int)min_t(size_t, envelope->purpose.len, 40),
		envelope->purpose.at);
	return -EKEYREJECTED;
}

static int check(const struct shield_envelope *envelope, u64 by,
		 const char *machine, struct shield_token *token,
		 unsigned long *found, char *why)
{
	struct shield_error error = {};
	const char *reason;
	int result = shield_signature_counts(by, &reason);

	if (result) {
		strscpy(why, reason, SHIELD_MAINTAIN_TEXT);
		return result;
	}
	result = shield_token_read(&envelope->policy, token, &error);
	if (result) {
		strscpy(why, error.message, SHIELD_MAINTAIN_TEXT);
		return result;
	}
	result = check_place(token, machine, why) ?:
			 check_serial(envelope->version, why);
	if (result)
		return result;
	if (shield_upkeep_left()) {
		strscpy(why, "another window is open: close it first",
			SHIELD_MAINTAIN_TEXT);
		return -EBUSY;
	}
	return find_programs(token, found, why);
}

static void open_window(const struct shield_envelope *envelope,
			const struct shield_token *token,
			const unsigned long *found)
{
	char what[96];

	/* One whose end nobody has told yet. */
	close_window("its time is over");
	used = envelope->version;
	remember_names(token);
	shield_upkeep_open(found, token->seconds, used);
	scnprintf(what, sizeof(what), "opened, %s, for %u s: %s",
		  shield_upkeep_note(), token->seconds, programs);
	tell(used, what);
	cancel_delayed_work(&looker);
	look_later();
}

static int open(const struct shield_envelope *envelope, char *why)
{
	DECLARE_BITMAP(found, SHIELD_MAX_PROGRAMS) = {};
	char machine[ID_LENGTH + 1];
	struct shield_token token;
	u64 by;
	/* Not under the mutex, as with a policy. */
	int result = check_signed(envelope, &by, why);

	if (result)
		return result;
	read_machine(machine);
	mutex_lock(&shield_policy_mutex);
	result = check(envelope, by, machine, &token, found, why);
	if (!result)
		open_window(envelope, &token, found);
	mutex_unlock(&shield_policy_mutex);
	return result;
}

int shield_maintain_open(const char *token, size_t len, char *why)
{
	struct shield_envelope envelope;
	struct shield_error error = {};
	char what[96];
	int result = shield_envelope_open(token, len, &envelope, &error);

	if (result)
		strscpy(why, error.message, SHIELD_MAINTAIN_TEXT);
	else
		result = open(&envelope, why);
	if (!result)
		return 0;
	scnprintf(what, sizeof(what), "refused: %s", why);
	tell(0, what);
	return result;
}

int shield_maintain_close(void)
{
	int error;

	mutex_lock(&shield_policy_mutex);
	error = shield_upkeep_left() ? 0 : -ENOENT;
	close_window(error ? "its time is over" : "by hand");
	mutex_unlock(&shield_policy_mutex);
	return error;
}

void shield_maintain_show(char *text)
{
	char machine[ID_LENGTH + 1];
	size_t len;
	u32 left;

	read_machine(machine);
	mutex_lock(&shield_policy_mutex);
	left = shield_upkeep_left();
	len = scnprintf(text, SHIELD_MAINTAIN_TEXT,
			"state: %s\nmachine: %s\nboot: %s\nserial: %llu\n",
			left ? "open" : "closed", machine, boot, used);
	if (left)
		scnprintf(text + len, SHIELD_MAINTAIN_TEXT - len,
			  "left: %u\nprograms: %s\n", left, programs);
	mutex_unlock(&shield_policy_mutex);
}
