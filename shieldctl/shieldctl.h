/* SPDX-License-Identifier: GPL-2.0-only */
/* What every command of shieldctl shares. */
#ifndef SHIELDCTL_SHIELDCTL_H
#define SHIELDCTL_SHIELDCTL_H

#include <stdbool.h>

/**
 * enum status - exit status, as shieldctl.8 documents it
 * @STATUS_OK: done; `status`: protected
 * @STATUS_NO: `status`: not protected; otherwise: refused, nothing changed
 * @STATUS_USAGE: the command line is not understood
 * @STATUS_NOT_LOADED: the kernel has no shield to talk to
 * @STATUS_SYSTEM: no permission, unreadable file, no memory
 */
enum status {
	STATUS_OK = 0,
	STATUS_NO = 1,
	STATUS_USAGE = 2,
	STATUS_NOT_LOADED = 3,
	STATUS_SYSTEM = 4,
};

/**
 * struct command - one word after `shieldctl`
 * @name: the word
 * @summary: what it does, for `shieldctl --help`
 * @help: printed by `shieldctl NAME --help`
 * @run: main() of the command; argv[0] is its name. Returns an enum status.
 */
struct command {
	const char *name;
	const char *summary;
	const char *help;
	int (*run)(const struct command *command, int argc, char **argv);
};

extern const struct command command_load;
extern const struct command command_confirm;
extern const struct command command_check;
extern const struct command command_status;
extern const struct command command_list;
extern const struct command command_protect;
extern const struct command command_unprotect;
extern const struct command command_seal;
extern const struct command command_monitor;
extern const struct command command_stats;
extern const struct command command_explain;
extern const struct command command_metrics;
extern const struct command command_report;
extern const struct command command_learn;
extern const struct command command_sign;
extern const struct command command_window;
extern const struct command command_verify;
extern const struct command command_enroll;
extern const struct command command_doctor;
extern const struct command command_boot;
extern const struct command command_enable;
extern const struct command command_disable;

/**
 * command_help() - print a command's help
 * @command: the command
 *
 * Return: STATUS_OK.
 */
int command_help(const struct command *command);

/**
 * command_misused() - say where help is
 * @command: the command
 * @problem: what is wrong with the command line; NULL if getopt said it
 *
 * Return: STATUS_USAGE.
 */
int command_misused(const struct command *command, const char *problem);

/* What command_options() returns if the command is to go on. */
#define COMMAND_GOES_ON (-1)

/**
 * command_options() - the options of a command that has --json and --help
 * @command: the command
 * @argc: of main(), from the command's name on
 * @argv: likewise; getopt's optind is behind the options afterwards
 * @is_json: set if --json was given
 *
 * Return: COMMAND_GOES_ON, or the exit status.
 */
int command_options(const struct command *command, int argc, char **argv,
		    bool *is_json);

/**
 * command_options_alone() - the same for a command that takes no argument
 * @command: the command
 * @argc: as of command_options()
 * @argv: likewise
 * @is_json: set if --json was given
 *
 * Return: COMMAND_GOES_ON, or the exit status.
 */
int command_options_alone(const struct command *command, int argc, char **argv,
			  bool *is_json);

#endif
