// SPDX-License-Identifier: GPL-2.0-only
#include "programs.h"

static const char shell[] =
	"a shell runs whatever it is told; name the program that does the work";
static const char interpreter[] =
	"an interpreter runs whatever script it is given; name a compiled program";
static const char multicall[] =
	"a multi-call binary is many commands in one file, and all would be trusted";
static const char loader[] =
	"the dynamic loader runs any program as itself; name that program";
static const char launcher[] =
	"it only starts other programs, and trust ends at exec; name the program that it starts";

static const struct {
	const char *stem;
	const char *reason;
} refusals[] = {
	{ "sh", shell },
	{ "ash", shell },
	{ "bash", shell },
	{ "csh", shell },
	{ "dash", shell },
	{ "elvish", shell },
	{ "fish", shell },
	{ "ksh", shell },
	{ "lksh", shell },
	{ "mksh", shell },
	{ "nu", shell },
	{ "posh", shell },
	{ "pwsh", shell },
	{ "rbash", shell },
	{ "sash", shell },
	{ "static-sh", shell },
	{ "tcsh", shell },
	{ "xonsh", shell },
	{ "yash", shell },
	{ "zsh", shell },
	{ "awk", interpreter },
	{ "bun", interpreter },
	{ "deno", interpreter },
	{ "dotnet", interpreter },
	{ "emacs", interpreter },
	{ "erl", interpreter },
	{ "expect", interpreter },
	{ "gawk", interpreter },
	{ "gdb", interpreter },
	{ "guile", interpreter },
	{ "java", interpreter },
	{ "lua", interpreter },
	{ "luajit", interpreter },
	{ "mawk", interpreter },
	{ "mono", interpreter },
	{ "nawk", interpreter },
	{ "node", interpreter },
	{ "nodejs", interpreter },
	{ "original-awk", interpreter },
	{ "perl", interpreter },
	{ "php", interpreter },
	{ "php-cgi", interpreter },
	{ "php-fpm", interpreter },
	{ "pypy", interpreter },
	{ "python", interpreter },
	{ "ruby", interpreter },
	{ "tclsh", interpreter },
	{ "vi", interpreter },
	{ "vim", interpreter },
	{ "wish", interpreter },
	{ "busybox", multicall },
	{ "coreutils", multicall },
	{ "sbase-box", multicall },
	{ "toybox", multicall },
	{ "uutils", multicall },
	{ "ld.so", loader },
	{ "ld64.so", loader },
	{ "chroot", launcher },
	{ "doas", launcher },
	{ "env", launcher },
	{ "nice", launcher },
	{ "nohup", launcher },
	{ "nsenter", launcher },
	{ "pkexec", launcher },
	{ "runuser", launcher },
	{ "setpriv", launcher },
	{ "setsid", launcher },
	{ "stdbuf", launcher },
	{ "sudo", launcher },
	{ "systemd-run", launcher },
	{ "timeout", launcher },
	{ "unshare", launcher },
	{ "xargs", launcher },
};

/*
 * What may follow the name of the same program: a version, a variant behind a
 * dot, a static build. "python3.11", "perl5.36-x86_64-linux-gnu", "vim.tiny"
 * and "bash-static" are caught; "shutdown" and "node_exporter" are not.
 */
static bool is_variant(const char *suffix)
{
	if (!*suffix || *suffix == '.')
		return true;
	if (*suffix >= '0' && *suffix <= '9')
		return true;
	return !strcmp(suffix, "-static");
}

static bool is_loader(const char *basename)
{
	/* ld-linux-x86-64.so.2, ld-musl-aarch64.so.1, ld-2.31.so */
	return !strncmp(basename, "ld-", 3) && strstr(basename, ".so");
}

const char *shield_program_refusal(const char *basename)
{
	size_t i;

	if (is_loader(basename))
		return loader;
	for (i = 0; i < ARRAY_SIZE(refusals); i++) {
		size_t len = strlen(refusals[i].stem);

		if (!strncmp(basename, refusals[i].stem, len) &&
		    is_variant(basename + len))
			return refusals[i].reason;
	}
	return NULL;
}
