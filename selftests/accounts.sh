#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The built-in policy and the account files: root cannot tamper with them, the
# distribution's own tools keep working, and what they write stays protected.
# shellcheck source=selftests/lib.sh
. "$(dirname "$0")/lib.sh"

readonly account_files=(/etc/passwd /etc/shadow /etc/group /etc/gshadow)

# What root would do to a file F.
# shellcheck disable=SC2016 # expanded by fill
readonly attacks=(
	'echo x >>$F'
	': >$F'
	'rm -f $F'
	'mv $F gone'
	'echo x >evil && mv -f evil $F'
	'ln $F link && echo x >>link'
	'cp /etc/hostname $F'
	'chmod 666 $F'
	'chown 1:1 $F'
	'touch -d yesterday $F'
	"sed -i 's/root/toor/' \$F"
	'truncate -s 0 $F'
	'dd if=/etc/hostname of=$F conv=notrunc'
	'perl -e '\''open(F, "+<", $ARGV[0]) or die "$!\n"; print F "x"'\'' $F'
	'chattr +i $F'
	'setfattr -n user.evil -v x $F'
	'setfacl -m u:1:rw $F'
	'setcap cap_net_raw=ep $F'
	'mount --bind /etc/hostname $F'
)

fill() {
	printf '%s' "${1//\$F/$2}"
}

restore() {
	local file=$1
	umount "$file" 2>/dev/null
	chattr -i "$file" 2>/dev/null
	rm -f "$file" gone link evil
	cp -a "saved$file" "$file"
}

save() {
	local file
	mkdir -p saved/etc
	for file; do
		[ -e "saved$file" ] || cp -a "$file" "saved$file"
	done
}

test_without_shield_every_attack_succeeds() {
	local file=/etc/shadow command before
	unload
	save $file
	for command in "${attacks[@]}"; do
		command=$(fill "$command" $file)
		before=$(look $file)
		succeed "$command"
		[ "$before" != "$(look $file)" ] || wrong "this changed nothing: $command"
		restore $file
	done
}

test_every_attack_on_shadow_is_denied() {
	local command
	guard
	for command in "${attacks[@]}"; do
		attack /etc/shadow "$(fill "$command" /etc/shadow)"
		rm -f evil
	done
}

test_directory_of_the_account_files_does_not_come_to_be_immutable() {
	local flag
	unload
	for flag in i a; do
		succeed "chattr +$flag /etc"
		! mv /etc/hostname /etc/elsewhere 2>/dev/null || wrong "+$flag must do harm"
		succeed "chattr -$flag /etc"
	done
	guard
	for flag in i a; do
		attack /etc "chattr +$flag /etc"
	done
	succeed 'cp -a /etc/hostname /etc/elsewhere && rm /etc/elsewhere'
}

test_every_account_file_is_protected() {
	local file
	guard
	for file in "${account_files[@]}" /etc/subuid /etc/subgid; do
		attack "$file" "echo x >>$file"
		attack "$file" "echo x >evil && mv -f evil $file"
		attack "$file" "rm -f $file"
	done
	[ ! -e /etc/sudoers ] || attack /etc/sudoers 'echo x >>/etc/sudoers'
}

test_names_that_do_not_exist_yet_are_protected() {
	local file
	guard
	for file in /etc/nshadow /etc/npasswd /etc/passwd+ /etc/shadow+ /etc/ld.so.preload; do
		[ ! -e "$file" ] || continue
		attack "$file" ": >$file"
		attack "$file" "ln -s /etc/hostname $file"
	done
	attack /etc/shield 'mkdir /etc/shield'
}

# changes FILES COMMAND: the command works, each of the files is another than
# before, and still protected.
changes() {
	local files=$1 command=$2 file before
	declare -A before
	for file in $files; do
		before[$file]=$(look "$file")
	done
	succeed "$command"
	for file in $files; do
		[ "${before[$file]}" != "$(look "$file")" ] ||
			wrong "$file is unchanged after: $command"
		attack "$file" "echo x >>$file"
	done
}

# at_prompts COMMAND ANSWER…: at a terminal, each answer when it is asked for.
at_prompts() {
	local said answer
	rm -f keys screen
	mkfifo keys screen
	script -qefc "$1" /dev/null <keys >screen &
	exec 3>keys 4<screen
	shift
	for answer; do
		IFS= read -r -t 60 -d : said <&4 || break
		echo "$said"
		echo "$answer" >&3
	done
	cat <&4
	wait $!
}

test_chpasswd_and_passwd_change_a_password() {
	guard
	changes /etc/shadow "echo 'root:First-Secret-1' | chpasswd"
	changes /etc/shadow "printf '%s\n' Second-Secret-2 Second-Secret-2 | passwd root"
	changes /etc/shadow "$(declare -f at_prompts); at_prompts 'passwd root' Third-Secret-3 Third-Secret-3"
	changes /etc/shadow 'passwd -l root'
	attack /etc/shadow 'rm -f /etc/shadow'
}

test_accounts_are_made_changed_and_removed() {
	guard
	changes "${account_files[*]}" 'useradd -m -s /bin/sh alice'
	changes '/etc/passwd' 'usermod -c "Alice Liddell" alice'
	changes '/etc/passwd' 'chfn -r 12 alice'
	changes '/etc/passwd' 'chsh -s /bin/bash alice'
	changes '/etc/shadow' 'chage -M 90 alice'
	changes '/etc/group /etc/gshadow' 'groupadd wonderland'
	changes '/etc/group /etc/gshadow' 'gpasswd -a alice wonderland'
	changes '/etc/group' 'groupmod -n looking-glass wonderland'
	changes '/etc/shadow' "echo 'alice:Secret-4' | chpasswd -c SHA512"
	changes '/etc/gshadow' "echo 'looking-glass:Secret-5' | chgpasswd"
	changes "${account_files[*]}" 'userdel -r alice'
	changes '/etc/group /etc/gshadow' 'groupdel looking-glass'
	changes '/etc/passwd /etc/shadow' \
		"echo 'rabbit:Secret-6:4711:100:White Rabbit:/nonexistent:/bin/false' | newusers"
	changes '/etc/passwd /etc/shadow' 'userdel rabbit'
}

test_adduser_and_deluser_work() {
	guard
	changes '/etc/passwd /etc/shadow' \
		'adduser --quiet --disabled-password --gecos "Mad Hatter" hatter'
	changes '/etc/group /etc/gshadow' 'addgroup --quiet teaparty'
	changes '/etc/group' 'adduser --quiet hatter teaparty'
	changes '/etc/passwd /etc/shadow' 'deluser --quiet hatter'
	changes '/etc/group' 'delgroup --quiet teaparty'
}

test_vipw_and_vigr_edit_with_any_editor() {
	guard
	changes /etc/passwd "EDITOR='sed -i s/root:x:0:0:root:/root:x:0:0:Root:/' vipw"
	changes /etc/shadow "EDITOR='sed -i s/^daemon:[^:]*:/daemon:!x:/' vipw -s"
	changes /etc/group "EDITOR='sed -i s/^games:x:60:.*/games:x:60:root/' vigr"
	# The backup that it leaves is the file of before, and protected, too.
	attack /etc/passwd- 'echo x >>/etc/passwd-'
	attack /etc/passwd 'sed -i s/Root/root/ /etc/passwd'
}

test_checks_and_conversions_work() {
	guard
	succeed 'pwck -r || [ $? = 2 ]'
	succeed 'grpck -r'
	changes /etc/passwd 'pwck -s'
	changes '/etc/passwd' 'pwunconv'
	succeed 'pwconv && grpck -s && grpunconv && grpconv'
	attack /etc/shadow 'echo x >>/etc/shadow'
	attack /etc/gshadow 'echo x >>/etc/gshadow'
	succeed 'update-passwd --dry-run || :'
}

test_sysusers_makes_a_system_account() {
	guard
	echo 'u caterpillar - "Smokes"' >caterpillar.conf
	changes '/etc/passwd /etc/shadow /etc/group' "systemd-sysusers $work/caterpillar.conf"
}

test_visudo_edits_sudoers() {
	guard
	changes /etc/sudoers "printf '#!/bin/sh\necho \"# comment\" >>\$2\n' >editor; chmod 755 editor
		EDITOR=$work/editor visudo || EDITOR=$work/editor visudo -f /etc/sudoers"
}

test_programs_of_the_policy_cannot_be_replaced() {
	local program
	guard
	for program in /usr/bin/passwd /usr/sbin/useradd /usr/sbin/vipw /usr/bin/dpkg; do
		attack $program "cp /bin/true $program"
		attack $program "cp /bin/true evil && mv -f evil $program"
		attack $program "rm -f $program"
		attack $program "mount --bind /bin/true $program"
		attack $program "ln $program link"
	done
}

test_copies_and_the_tools_of_others_are_not_trusted() {
	guard
	cp /usr/sbin/chpasswd chpasswd
	attack /etc/shadow "echo root:x | $work/chpasswd || echo 'Permission denied'; false"
	attack /etc/shadow "EDITOR='sh -c \"echo x >>/etc/shadow\"' vipw"
	attack /etc/shadow "sudo sh -c 'echo x >>/etc/shadow'"
}

cleanup() {
	local file
	unload
	for file in "$work"/saved/etc/*; do
		[ ! -e "$file" ] || cp -a "$file" /etc/
	done
	rm -f /etc/{passwd,group,shadow,gshadow}.lock /etc/.pwd.lock
}

unload
run_tests "$0"
