# SPDX-License-Identifier: GPL-2.0-only
#
# What dkms.conf asks make for, with something that has the form of a module.

module:
	echo 'int answer(void) { return 42; }' | gcc -g -x c -c -o shield.ko -

clean:
	rm -f shield.ko

.PHONY: module clean
