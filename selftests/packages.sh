#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The built-in policy and dpkg: packages are installed, upgraded and removed,
# those that bring protected files and trusted programs, too.
# shellcheck source=selftests/lib.sh
. "$(dirname "$0")/lib.sh"

# build NAME VERSION: a package of what is in NAME/.
build() {
	mkdir -p "$1/DEBIAN"
	cat >"$1/DEBIAN/control" <<-CONTROL
		Package: $1
		Version: $2
		Architecture: all
		Maintainer: nobody <nobody@localhost>
		Description: made by a test of shield
	CONTROL
	dpkg-deb --root-owner-group -b "$1" "$1-$2.deb" >/dev/null || wrong "dpkg-deb $1"
}

test_package_is_installed_upgraded_and_removed() {
	load policy=default
	mkdir -p shieldtest/usr/share/shieldtest shieldtest/etc
	echo one >shieldtest/usr/share/shieldtest/file
	echo conf >shieldtest/etc/shieldtest.conf
	mkdir -p shieldtest/DEBIAN
	echo /etc/shieldtest.conf >shieldtest/DEBIAN/conffiles
	printf '#!/bin/sh\nset -e\nuseradd -r shieldtest 2>/dev/null || id shieldtest\n' \
		>shieldtest/DEBIAN/postinst
	chmod 755 shieldtest/DEBIAN/postinst
	build shieldtest 1
	succeed 'dpkg --unpack shieldtest-1.deb && dpkg --configure shieldtest'
	equal 'file' one "$(cat /usr/share/shieldtest/file)"
	expect 'its script made an account' id shieldtest
	echo two >shieldtest/usr/share/shieldtest/file
	build shieldtest 2
	succeed 'dpkg -i shieldtest-2.deb'
	equal 'file' two "$(cat /usr/share/shieldtest/file)"
	succeed 'dpkg -P shieldtest && userdel shieldtest'
	[ ! -e /etc/shieldtest.conf ] || wrong 'the configuration file is left'
	equal 'denied' 0 "$(status denied)"
}

test_package_replaces_a_trusted_program_which_is_trusted_again() {
	local program=/usr/sbin/chpasswd before
	cp -a $program saved
	mkdir -p shieldtest/usr/sbin
	cp $program shieldtest$program
	printf x >>shieldtest$program
	build shieldtest 1
	load policy=default
	before=$(stat -c %i $program)
	succeed 'dpkg --force-overwrite -i shieldtest-1.deb'
	[ "$before" != "$(stat -c %i $program)" ] || wrong "$program is the same file"
	expect 'it is the one of the package' cmp -s $program shieldtest$program
	succeed "echo 'root:Secret-7' | chpasswd"
	attack $program "cp saved $program"
	attack $program "rm -f $program"
	attack /etc/shadow 'echo x >>/etc/shadow'
}

test_programs_that_dpkg_starts_are_not_trusted() {
	load policy=default
	mkdir -p evil/DEBIAN
	printf '#!/bin/sh\necho x >>/etc/shadow\n' >evil/DEBIAN/preinst
	chmod 755 evil/DEBIAN/preinst
	build evil 1
	attack /etc/shadow "dpkg -i $work/evil-1.deb"
	attack /etc/shadow "dpkg --pre-invoke='echo x >>/etc/shadow' -i $work/evil-1.deb"
	attack /usr/bin/passwd "dpkg --pre-invoke='cp /bin/true /usr/bin/passwd' -i $work/evil-1.deb"
}

test_distributions_own_database_works() {
	load policy=default
	succeed 'dpkg --audit && dpkg -V passwd'
	succeed 'dpkg-divert --add --rename --divert /etc/issue.diverted /etc/issue'
	succeed 'dpkg-divert --rename --remove /etc/issue'
	equal 'denied' 0 "$(status denied)"
}

cleanup() {
	unload
	[ ! -e "$work/saved" ] || cp -a "$work/saved" /usr/sbin/chpasswd
	dpkg --force-all -P shieldtest evil >/dev/null 2>&1
	[ ! -e "$work/saved" ] || cp -a "$work/saved" /usr/sbin/chpasswd
}

run_tests "$0"
