#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Signed policies: which signature counts, before a seal and after it. The seal
# is set by a signed policy, so this program runs in a VM of its own.
# shellcheck source=selftests/lib.sh
. "$(dirname "$0")/lib.sh"

# write_policy NAME: a policy that denies changes of victim
write_policy() {
	printf 'shield 1\nname %s\nprotect %s/victim deny modify\n' "$1" "$work" >"$1.policy"
}

# sign NAME VERSION [OPTION…]: NAME.signed from NAME.policy by the policy key
sign() {
	local name=$1 version=$2
	shift 2
	[ -e "$name.policy" ] || write_policy "$name"
	expect "signing $name" shieldctl sign --key $keys/policy.key --cert $keys/policy.pem \
		--version "$version" -o "$name.signed" "$@" "$name.policy"
}

pinned() {
	make_keys
	load policy=none
	[ -e victim ] || echo text >victim
	expect 'the certificate is pinned' cp $keys/policy.der $securityfs/certificate
}

# refused REASON FILE: and what was in force is in force still.
refused() {
	local reason=$1 file=$2 before said
	before=$(status generation)
	# More than one file stands there with a blank.
	# shellcheck disable=SC2086
	said=$(shieldctl load $file 2>&1) && wrong "$file must be refused"
	[[ $said == *"$reason"* ]] || wrong "the reason must be: $reason" "$said"
	equal 'generation' "$before" "$(status generation)"
}

told() {
	dmesg | grep -q "$1"
}

accepted() {
	expect "$1 is accepted" shieldctl load "$1"
}

test_policy_signed_by_the_policy_key_is_loaded() {
	pinned
	sign first 7
	accepted first.signed
	equal 'policy' first "$(status policy)"
	equal 'version' 7 "$(status signed-version)"
	equal 'what is read is the policy' "$(cat first.policy)" "$(cat $securityfs/policy)"
	[[ $(cat $securityfs/certificate) == policy:* ]] || wrong 'the key' "$(cat $securityfs/certificate)"
	attack victim 'echo x >>victim'
}

test_openssl_alone_can_sign() {
	pinned
	write_policy plain
	{ printf 'purpose shield-policy\nversion 3\n' && cat plain.policy; } >body
	openssl cms -sign -binary -noattr -nocerts -md sha256 -signer $keys/policy.pem \
		-inkey $keys/policy.key -in body -outform PEM -out armor || wrong 'openssl fails'
	cat body armor >plain.signed
	accepted plain.signed
}

test_kernel_alone_takes_what_shieldctl_signed() {
	pinned
	sign first 7
	expect 'by cat' cp first.signed $securityfs/policy
	equal 'policy' first "$(status policy)"
}

test_signed_policy_needs_a_certificate() {
	make_keys
	load policy=none
	equal 'no key' none "$(cat $securityfs/certificate)"
	sign first 7
	refused 'no policy certificate' first.signed
}

test_tampered_policy_is_refused() {
	pinned
	sign first 7
	sed 's/deny modify/deny attr/' first.signed >tampered.signed
	refused 'does not fit the text' tampered.signed
	sed 's/^version 7/version 8/' first.signed >tampered.signed
	refused 'does not fit the text' tampered.signed
	sed 's/^shield 1/seal\nshield 1/' first.signed >tampered.signed
	refused 'does not fit the text' tampered.signed
	accepted first.signed
}

test_policy_without_its_signature_is_refused() {
	pinned
	sign first 7
	sed '/^-----BEGIN/,$d' first.signed >stripped.signed
	refused 'without its signature' stripped.signed
	sed '/^-----END/d' first.signed >stripped.signed
	refused 'does not end with' stripped.signed
	sed '1,2d' first.signed >stripped.signed
	refused "must begin with 'purpose" stripped.signed
	{ cat first.signed && echo 'watch /etc modify'; } >longer.signed
	refused 'something follows it' longer.signed
}

test_damaged_signature_is_refused() {
	pinned
	sign first 7
	sed 's/^MII/MAA/' first.signed >damaged.signed
	refused 'the signature is damaged' damaged.signed
}

test_another_key_is_refused() {
	pinned
	write_policy first
	shieldctl sign --key $keys/other.key --cert $keys/other.pem -o other.signed first.policy
	refused 'another key than the policy key' other.signed
}

test_key_of_dkms_neither_signs_nor_counts() {
	local said
	pinned
	write_policy first
	shieldctl sign --key $keys/other.key --cert $keys/other.pem -o other.signed first.policy
	mkdir -p /var/lib/dkms
	cp $keys/other.der /var/lib/dkms/mok.pub
	refused 'the key that DKMS signs modules with' other.signed
	said=$(shieldctl sign --key $keys/other.key --cert $keys/other.pem first.policy 2>&1) &&
		wrong 'signing must be refused'
	[[ $said == *"signs this machine's modules"* ]] || wrong 'the reason' "$said"
	rm -r /var/lib/dkms
}

test_another_purpose_is_refused() {
	pinned
	sign first 7 --purpose shield-window
	refused "for the purpose 'shield-window'" first.signed
}

test_older_version_is_refused() {
	pinned
	sign first 7
	sign older 6
	accepted first.signed
	refused 'version 6 is not newer than 7' older.signed
	accepted first.signed
}

test_text_that_is_no_policy_is_refused_when_signed_and_when_loaded() {
	pinned
	printf 'shield 1\nprotect /x deny nothing\n' >wrong.policy
	shieldctl sign --key $keys/policy.key --cert $keys/policy.pem wrong.policy &>said &&
		wrong 'signing must be refused'
	{ printf 'purpose shield-policy\nversion 9\n' && cat wrong.policy; } >body
	openssl cms -sign -binary -noattr -nocerts -md sha256 -signer $keys/policy.pem \
		-inkey $keys/policy.key -in body -outform PEM >armor
	cat armor >>body
	refused "'nothing' is no right" body
	equal 'version' 0 "$(status signed-version)"
}

test_one_manifest_holds_all_drop_ins() {
	pinned
	mkdir first.d second.d
	printf 'shield 1\nname all\nprotect %s/victim deny modify\n' "$work" >first.d/10.policy
	printf 'shield 1\nwatch /etc modify\n' >first.d/20.policy
	printf 'shield 1\nprotect %s/other deny modify\n' "$work" >second.d/20.policy
	export SHIELDCTL_POLICY_PATH=$work/first.d:$work/second.d
	shieldctl sign --key $keys/policy.key --cert $keys/policy.pem --version 7 -o all.signed ||
		wrong 'signing fails'
	unset SHIELDCTL_POLICY_PATH
	accepted all.signed
	equal 'rules' 2 "$(status rules)"
	refused 'load it alone' "all.signed all.signed"
}

test_what_is_not_signed_is_loaded_as_long_as_nothing_is_sealed() {
	pinned
	write_policy plain
	accepted plain.policy
}

# goes_on_during COMMAND: which asks the kernel for a digest that is a module. Root
# lets that take any time.
goes_on_during() {
	local modprobe=/proc/sys/kernel/modprobe before slow
	before=$(cat $modprobe)
	rm -f asked go loaded
	printf '#!/bin/sh\ncd %s || exit\n: >asked\nuntil [ -e go ]; do sleep 0.1; done\n' "$work" >slow
	chmod +x slow
	echo "$work/slow" >$modprobe
	bash -c "$1" &>/dev/null &
	slow=$!
	if await 3000 test -e asked; then
		{ shieldctl load plain.policy >/dev/null && : >loaded; } &
		expect 'another policy is loaded meanwhile' await 8000 test -e loaded
		expect "it is still waited for: $1" kill -0 $slow
	fi
	: >go
	wait
	echo "$before" >$modprobe
	[ -e asked ]
}

test_verifying_and_pinning_keep_nobody_waiting() {
	local digest slow=
	pinned
	write_policy plain
	{ printf 'purpose shield-policy\nversion 9\n' && cat plain.policy; } >body
	for digest in sha512 sha3-256; do
		openssl cms -sign -binary -noattr -nocerts -md $digest -signer $keys/other.pem \
			-inkey $keys/other.key -in body -outform PEM 2>/dev/null | cat body - >$digest.signed
		openssl req -x509 -key $keys/other.key -$digest -days 30 -subj /CN=slow \
			-outform DER -out $digest.der 2>/dev/null
		goes_on_during "cp $digest.signed $securityfs/policy" || continue
		slow=yes
		goes_on_during "cp $digest.der $securityfs/certificate"
	done
	[ $slow ] || skip 'this kernel needs no module for a digest'
}

# As with shield.enforce=0 on the command line of a kernel whose policy seals.
test_permissive_shield_is_not_sealed_by_its_policy_which_is_told() {
	pinned
	load policy=none enforce=0
	expect 'the certificate is pinned' cp $keys/policy.der $securityfs/certificate
	sign boot 10 --seal
	mark_log
	accepted boot.signed
	equal 'sealed' no "$(status sealed)"
	equal 'policy' boot "$(status policy)"
	succeed 'echo x >>victim'
	expect 'it is told' await 3000 eval \
		'log | grep -q "seal: not sealed, as the policy wishes: .*enforce"'
	succeed "echo 1 >$parameters/enforce && echo 0 >$parameters/enforce"
}

test_what_seals_waits_for_no_confirmation() {
	pinned
	sign boot 10 --seal
	refused 'what seals cannot be taken back' '--confirm 60 boot.signed'
	equal 'sealed' no "$(status sealed)"
}

is_in_force_unsealed() {
	mark_log
	accepted "$1"
	equal 'sealed' no "$(status sealed)"
	expect 'it is told' await 3000 eval \
		'log | grep -q "seal: not sealed, as the policy wishes: .*nobody has signed"'
	attack victim 'echo x >>victim'
}

# Others want to load theirs all the time. It is a long one, for which they wait.
test_signed_policy_that_says_so_is_sealed_itself() {
	pinned
	write_policy plain
	write_policy boot
	printf "protect $work/%s deny modify\n" name-{1..1000} >>boot.policy
	sign boot 10 --seal
	kernel_is_signed || is_in_force_unsealed boot.signed
	skip_unless_it_seals
	: >/run/shield-stays
	for _ in {1..4}; do
		while cp plain.policy $securityfs/policy 2>/dev/null; do
			:
		done &
	done
	accepted boot.signed
	wait
	equal 'sealed' yes "$(status sealed)"
	equal 'policy' boot "$(status policy)"
}

sealed() {
	skip_unless_it_seals
	equal 'sealed' yes "$(status sealed)"
}

test_sealed_what_is_not_signed_is_refused() {
	sealed
	write_policy plain
	refused 'only a signed policy' plain.policy
}

test_sealed_wrong_signatures_are_refused() {
	sealed
	sign next 11
	sed 's/deny modify/deny attr/' next.signed >tampered.signed
	refused 'does not fit the text' tampered.signed
	sign window 12 --purpose shield-window
	refused 'for the purpose' window.signed
	sign same 10
	refused 'version 10 is not newer than 10' same.signed
	shieldctl sign --key $keys/other.key --cert $keys/other.pem -o other.signed next.policy
	refused 'another key than the policy key' other.signed
	expect 'refusals are told' await 3000 told 'seal: policy refused'
}

test_sealed_certificate_stays() {
	local before
	sealed
	before=$(cat $securityfs/certificate)
	! cp $keys/other.der $securityfs/certificate 2>/dev/null || wrong 'it was replaced'
	equal 'the key' "$before" "$(cat $securityfs/certificate)"
}

test_sealed_newer_signed_policy_is_loaded() {
	sealed
	sign newer 11
	accepted newer.signed
	equal 'policy' newer "$(status policy)"
	equal 'version' 11 "$(status signed-version)"
	attack victim 'echo x >>victim'
	equal 'hooks of the seal stay' yes "$(status enforcing)"
	! rmmod shield 2>/dev/null || wrong 'it was unloaded'
}

# What was taken back was never the newest, and may be tried again.
test_sealed_policy_that_nobody_confirms_is_taken_back() {
	sealed
	sign trial 12
	expect 'it is loaded' shieldctl load --confirm 3 trial.signed
	expect 'the one before comes back' await 12000 grep -q '^policy: newer$' $securityfs/status
	equal 'version' 11 "$(status signed-version)"
	attack victim 'echo x >>victim'
	expect 'it is loaded again' shieldctl load --confirm 60 trial.signed
	equal 'version' 11 "$(status signed-version)"
	expect 'it is confirmed' shieldctl confirm
	equal 'policy' trial "$(status policy)"
	equal 'version' 12 "$(status signed-version)"
	refused 'version 12 is not newer than 12' trial.signed
	sealed
}

# Windows are for this: what nobody may do on a sealed machine but then.
test_sealed_machine_is_maintained_in_a_window() {
	sealed
	printf 'shield 1\nname windowed\nprogram accounts /usr/sbin/chpasswd window\n%s\n' \
		'protect /etc/shadow deny modify except accounts' >windowed.policy
	sign windowed 13
	accepted windowed.signed
	! bash -c "echo 'root:Secret-7' | chpasswd" &>/dev/null || wrong 'outside of a window'
	shieldctl window status | shieldctl sign --key $keys/policy.key --cert $keys/policy.pem \
		--window --for - --program accounts -o token
	expect 'the window opens' shieldctl window open token
	succeed "echo 'root:Secret-7' | chpasswd"
	expect 'it closes' shieldctl window close
	! bash -c "echo 'root:Secret-7' | chpasswd" &>/dev/null || wrong 'after the window'
	! shieldctl window open token &>/dev/null || wrong 'the token opens another one'
	sealed
}

# edited VERSION: signed, and in force
edited() {
	printf 'shield 1\nname edited\nprogram editors %s/editor\n%s\n' "$work" \
		"protect $work/victim deny modify except editors" >edited.policy
	sign edited "$1"
	accepted edited.signed
}

# What the seal itself needs is hooked under an empty policy, too; so trust must be
# lost at exec then, as ever.
test_sealed_exec_under_an_empty_policy_loses_trust() {
	local pid
	sealed
	cp /bin/bash editor
	mkfifo go on
	edited 14
	succeed './editor -c "echo more >>victim"'
	./editor -c 'read -r _ <go; exec bash -c "read -r _ <on; echo stolen >>victim"' 2>/dev/null &
	pid=$!
	printf 'shield 1\nname nothing\n' >nothing.policy
	sign nothing 15
	accepted nothing.signed
	echo go >go
	expect 'it executes another program' await 5000 grep -qx bash /proc/$pid/comm
	edited 16
	echo on >on
	wait $pid && wrong 'another program has the trust of the one before'
	! grep -q stolen victim || wrong 'it has written'
	sign nothing 17
	accepted nothing.signed
	sealed
}

unload() {
	[ ! -e /sys/module/shield ] || [ -e /run/shield-stays ] || rmmod shield
}

run_tests "$0"
