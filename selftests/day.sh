#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The built-in policy and what an administrator does all day: nothing of it is
# denied.
# shellcheck source=selftests/lib.sh
. "$(dirname "$0")/lib.sh"

export DEBIAN_FRONTEND=noninteractive

begin() {
	load policy=default
}

# Nothing of what a test does is denied.
undenied() {
	equal 'denied' 0 "$(status denied)"
}

upgrade() {
	local name
	begin
	for name; do
		expect "the archive of $name" test -e "$(echo /var/cache/debs/"${name}"_*.deb)"
		succeed "dpkg -i /var/cache/debs/${name}_*.deb"
	done
	undenied
}

test_passwd_and_login_are_upgraded_and_trusted_again() {
	local before
	before=$(stat -c %i /usr/bin/passwd)
	upgrade passwd login
	[ "$before" != "$(stat -c %i /usr/bin/passwd)" ] || wrong 'passwd is the same file'
	succeed "echo 'root:New-Secret-1' | chpasswd"
	succeed "printf '%s\n' New-Secret-2 New-Secret-2 | passwd root"
	undenied
	attack /etc/shadow 'echo x >>/etc/shadow'
	attack /usr/bin/passwd 'cp /bin/true /usr/bin/passwd'
}

test_libc_is_upgraded_under_running_programs() {
	upgrade libc6
	succeed 'ldconfig && id root && getent passwd root'
	undenied
}

test_sudo_and_the_ssh_server_are_upgraded() {
	upgrade sudo openssh-server
	succeed 'sudo -n true && mkdir -p /run/sshd && sshd -t'
	undenied
	attack /etc/sudoers 'echo x >>/etc/sudoers'
	attack /etc/sudoers 'echo x >x && mv x /etc/sudoers'
}

test_initramfs_is_made_and_removed() {
	local version
	version=$(uname -r)
	begin
	[ -e "/boot/config-$version" ] || echo CONFIG_RD_GZIP=y >"/boot/config-$version"
	# With the modules that are listed, which are none: an emulator is slow.
	printf 'MODULES=list\nCOMPRESS=gzip\n' >/etc/initramfs-tools/conf.d/selftest
	succeed "update-initramfs -c -k $version"
	expect 'the initramfs' test -s "/boot/initrd.img-$version"
	succeed "update-initramfs -d -k $version"
	undenied
}

test_backup_of_the_system_is_made_and_restored_elsewhere() {
	begin
	succeed 'tar -C / --one-file-system -cf etc.tar etc var/log && mkdir restored && tar -C restored -xf etc.tar'
	expect 'the copy is whole' cmp /etc/shadow restored/etc/shadow
	succeed 'rm -r restored etc.tar'
	undenied
}

test_user_makes_a_sandbox_of_his_own() {
	begin
	succeed "setpriv --reuid 1000 --regid 1000 --clear-groups unshare -Urm sh -c '
		mount -t tmpfs none /mnt && echo x >/mnt/file && cat /mnt/file && umount /mnt'"
	succeed "setpriv --reuid 1000 --regid 1000 --clear-groups \
		bwrap --ro-bind / / --tmpfs /tmp --dev /dev --proc /proc --unshare-all sh -c 'echo x >/tmp/file'"
	undenied
}

test_account_lives_its_life() {
	begin
	succeed 'useradd -m carol && echo carol:Secret-1 | chpasswd && usermod -aG games carol'
	succeed 'chage -l carol && passwd -S carol && su carol -c id && groups carol'
	succeed 'passwd -l carol && passwd -u carol && passwd -e carol && pwck -rq; grpck -r'
	succeed 'userdel -r carol'
	undenied
}

test_accounts_and_sudoers_are_edited_and_checked() {
	begin
	# shellcheck disable=SC2016 # a dollar for later
	printf '#!/bin/sh\necho "# edited" >>"$2"\n' >editor
	chmod 755 editor
	succeed "EDITOR='sed -i s/^games:x:/games:x:/' vipw && EDITOR='sed -i s/^games:/games:/' vipw -s && EDITOR='sed -i s/^games:/games:/' vigr"
	succeed 'pwck -s && grpck -s'
	succeed "EDITOR=$PWD/editor visudo || EDITOR=$PWD/editor visudo -f /etc/sudoers"
	succeed "visudo -c && grep -q '# edited' /etc/sudoers"
	undenied
}

test_log_is_rotated_by_force() {
	begin
	rm -f /var/log/wtmp.1
	printf '/var/log/wtmp {\nrotate 2\nmissingok\ncreate 664 root utmp\n}\n' >rotate.conf
	touch /var/log/wtmp
	succeed 'logrotate -f -s state rotate.conf && test -e /var/log/wtmp.1'
	undenied
}

test_configuration_that_no_rule_concerns_is_edited() {
	begin
	succeed 'cp -a /etc/hosts hosts && echo "::1 lab" >>/etc/hosts && sed -i s/lab/lab/ /etc/hosts && cp -a hosts /etc/hosts'
	succeed 'echo "Port 22" >/etc/ssh/sshd_config.d/port.conf && rm /etc/ssh/sshd_config.d/port.conf'
	succeed 'echo "# x" >/etc/cron.d/job; rm -f /etc/cron.d/job; hostname lab; ldconfig'
	succeed 'update-alternatives --install /usr/bin/labedit labedit /bin/ed 1 && update-alternatives --remove labedit /bin/ed'
	undenied
}

test_what_is_only_watched_is_told_and_not_denied() {
	begin
	succeed 'echo "# x" >>/etc/pam.d/other && echo x >/boot/file && rm /boot/file'
	undenied
	expect 'it was watched' test "$(status watched)" -gt 0
}

cleanup() {
	unload
	userdel -r carol 2>/dev/null
	rm -f /etc/initramfs-tools/conf.d/selftest
	dpkg --configure -a >/dev/null 2>&1
}

run_tests "$0"
