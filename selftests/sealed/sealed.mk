# SPDX-License-Identifier: GPL-2.0-only
#
# make check-day    a day of a sealed machine: boot, logins, cron, logs, an upgrade
#                   in a window, shutdown; some minutes for each kernel
#
#	make check-day KERNEL=7.3

.PHONY: check-day
check-day:
	@selftests/sealed/day $(or $(KERNEL),6.1 6.12)
