// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libkmod.h>

#include "boots.h"
#include "doctor.h"
#include "early.h"
#include "host.h"

/* Words on the command line that change what a boot brings. */
static const struct {
	const char *word;
	const char *effect;
} boot_words[] = {
	{ "shield.enforce=0", "denials are only logged" },
	{ "shield.policy=none", "no policy is loaded" },
	{ "systemd.mask=shield.service", "nothing loads shield" },
	{ "modprobe.blacklist=shield", "nothing loads shield" },
	{ "module_blacklist=shield", "the kernel refuses shield" },
};

static void look_at_command_line(struct findings *findings)
{
	size_t i;

	for (i = 0; i < sizeof(boot_words) / sizeof(*boot_words); i++) {
		if (!host_boot_word(boot_words[i].word))
			continue;
		finding_add(findings, LEVEL_WRONG, "command-line",
			    "the kernel's command line says %s: %s",
			    boot_words[i].word, boot_words[i].effect);
		finding_next(
			findings,
			"boot without it; if it is in /etc/default/grub, remove it there and run update-grub");
	}
}

static bool is_blacklisted(struct kmod_ctx *context)
{
	struct kmod_config_iter *list = kmod_config_get_blacklists(context);
	bool found = false;

	while (list && !found && kmod_config_iter_next(list))
		found = !strcmp(kmod_config_iter_get_key(list), "shield");
	kmod_config_iter_free_iter(list);
	return found;
}

static void look_at_configuration(struct findings *findings)
{
	char *only = getenv("SHIELDCTL_ROOT") ? host_path("/etc/modprobe.d") :
						NULL;
	const char *const paths[] = { only, NULL };
	struct kmod_ctx *context = kmod_new(NULL, only ? paths : NULL);

	free(only);
	if (!context) {
		finding_add(findings, LEVEL_UNKNOWN, "blacklist",
			    "modprobe's configuration cannot be read");
		return;
	}
	if (is_blacklisted(context)) {
		finding_add(findings, LEVEL_WRONG, "blacklist",
			    "a blacklist keeps shield from being loaded");
		finding_next(
			findings,
			"find it with: grep -r shield /etc/modprobe.d /usr/lib/modprobe.d");
	}
	kmod_unref(context);
}

static void look_at_boots(struct findings *findings)
{
	unsigned int late = boots_unfinished(BOOTS_LATE);
	unsigned int early = boots_unfinished(BOOTS_EARLY);
	unsigned int unfinished = late > early ? late : early;

	if (!unfinished)
		return;
	finding_add(
		findings, unfinished < BOOTS_MOST ? LEVEL_NOTE : LEVEL_WRONG,
		"boots",
		"boots in a row that did not complete, this one included: %u; after %u, denials are only told",
		unfinished, BOOTS_MOST);
	finding_next(
		findings,
		"systemctl status boot-complete.target shield-complete.service");
}

/* Of a boot before it was enabled nothing can be expected. */
static void look_at_early(struct findings *findings)
{
	const char *failure = early_failure();

	if (!early_is_on())
		return;
	if (early_was_done())
		finding_add(
			findings, LEVEL_OK, "initramfs",
			"loaded from before the root file system was in use");
	else if (failure) {
		finding_add(findings, LEVEL_WRONG, "initramfs",
			    "before the root file system was in use, %s",
			    failure);
		finding_next(
			findings,
			"journalctl -b -u shield.service and dmesg | grep shield; then reboot");
	} else if (boots_is_counted(BOOTS_EARLY))
		finding_add(
			findings, LEVEL_NOTE, "initramfs",
			"to be loaded before the root file system is in use, from the next boot on");
	else {
		finding_add(
			findings, LEVEL_WRONG, "initramfs",
			"not loaded before the root file system was in use, as was wished");
		finding_next(
			findings,
			"shieldctl enable --initramfs, and reboot; if it stays so, dmesg | grep shield");
	}
}

void doctor_boot(struct findings *findings)
{
	look_at_boots(findings);
	look_at_early(findings);
	look_at_command_line(findings);
	look_at_configuration(findings);
	doctor_policy(findings);
}

/* The unit's properties, one "Key=value" a line. */
static bool ask_systemd(char *answer, size_t size)
{
	FILE *pipe;
	size_t len;

	if (!host_has("/run/systemd/system"))
		return false;
	pipe = popen(
		"systemctl show shield.service -p LoadState,UnitFileState,ActiveState,Result 2>/dev/null",
		"re");
	if (!pipe)
		return false;
	len = fread(answer, 1, size - 1, pipe);
	answer[len] = '\0';
	return !pclose(pipe) && len;
}

static bool says(const char *answer, const char *line)
{
	const char *found = strstr(answer, line);

	return found && found[strlen(line)] == '\n';
}

void doctor_unit(struct findings *findings)
{
	char answer[512];

	if (!ask_systemd(answer, sizeof(answer))) {
		finding_add(
			findings, LEVEL_UNKNOWN, "unit",
			"whether shield is loaded at boot is unknown: systemd does not answer");
		return;
	}
	if (says(answer, "LoadState=masked")) {
		finding_add(findings, LEVEL_WRONG, "unit",
			    "shield.service is masked");
		finding_next(findings, "systemctl unmask shield.service");
		return;
	}
	if (says(answer, "LoadState=not-found")) {
		finding_add(findings, LEVEL_WRONG, "unit",
			    "shield.service is not installed");
		finding_next(findings, "apt install shieldctl");
		return;
	}
	if (says(answer, "UnitFileState=enabled"))
		finding_add(findings, LEVEL_OK, "unit",
			    "shield.service is enabled: loaded at every boot");
	else {
		finding_add(
			findings, LEVEL_WRONG, "unit",
			"shield.service is not enabled: not loaded at boot");
		finding_next(findings, "shieldctl enable");
	}
	if (says(answer, "ActiveState=failed")) {
		finding_add(findings, LEVEL_WRONG, "unit",
			    "shield.service failed");
		finding_next(
			findings,
			"journalctl -b -u shield.service; then systemctl restart shield.service");
	}
}
