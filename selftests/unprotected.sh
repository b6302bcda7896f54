#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Files that no rule concerns behave as if there were no shield.
# shellcheck source=selftests/lib.sh
. "$(dirname "$0")/lib.sh"

readonly files=3000

make_tree() {
	mkdir -p tree/{a,b,c}/{d,e}
	(
		cd tree || exit
		seq -f '%g text' $files | split -l 1 -a 4 -d - a/d/file.
		ln -s a/d link
		ln a/d/file.0000 hardlink
		mkfifo fifo
		mknod null c 1 3
		chmod 4755 a/d/file.0001
		setfattr -n user.a -v b a/d/file.0002
	)
}

names_and_contents() {
	(
		cd "$1" || exit
		find . -printf '%p %y %m %U:%G %n %l\n' | sort
		tar --sort=name --mtime=@0 -cf - . | sha256sum
	)
}

# What a program that knows files well sees; the numbers of files aside.
behaviour() {
	rm -rf place
	mkdir place
	cd place || return
	for command in \
		'echo x >a; cat a' 'echo x >>a; wc -c a' 'mv a b; ls' 'ln b c; stat -c %h b' \
		'mv b c; ls' 'rm missing' 'rmdir c' 'mkdir c' 'mkdir d; mv d c' 'mv c d; ls d' \
		'rmdir d' 'ln -s nowhere s; cat s; ls' 'chmod 0 d/c; cat d/c; stat -c %a d/c' \
		'setpriv --reuid 65534 --clear-groups cat d/c' 'touch -d @0 d; stat -c %Y d' \
		'truncate -s 5 d/c; stat -c %s d/c' 'ln d e' 'cd d; rm -r ../d; ls' 'exec ./s' \
		'chattr +i s; chattr +a .; rm s; chattr -a .; ls' 'echo x >/dev/full' 'echo x >.' \
		'cp /bin/true t; ./t; echo $?; echo x >t; ./t' 'mknod n p; mv n m; ls' \
		'unshare -m mount --bind . /mnt; ls /mnt'; do
		echo "$ $command"
		bash -c "$command" behaviour 2>&1
		echo "= $?"
	done
	cd ..
}

test_every_call_answers_as_without_shield() {
	local without
	unload
	without=$(behaviour)
	load policy=default
	equal 'answers' "$without" "$(behaviour)"
	equal 'denied' 0 "$(status denied)"
}

test_thousands_of_files_are_packed_unpacked_and_removed() {
	local before
	unload
	make_tree
	before=$(names_and_contents tree)
	load policy=default
	succeed 'tar -cf tree.tar tree && mkdir copy && tar -C copy -xf tree.tar'
	equal 'the copy' "$before" "$(names_and_contents copy/tree)"
	equal 'the original' "$before" "$(names_and_contents tree)"
	succeed 'rm -rf tree copy'
	[ ! -e tree ] || wrong 'something is left'
	equal 'denied' 0 "$(status denied)"
	equal 'watched' 0 "$(status watched)"
}

test_other_files_of_etc_are_edited() {
	load policy=default
	succeed 'echo x >/etc/shield-test && mv /etc/shield-test /etc/shield-test2 && rm /etc/shield-test2'
	succeed 'cp -a /etc/hostname hostname && sed -i s/lab/lab/ /etc/hostname && cp -a hostname /etc/hostname'
	succeed 'mkdir /etc/shieldless && ln /etc/hostname /etc/shieldless/link && rm -r /etc/shieldless'
	equal 'denied' 0 "$(status denied)"
}

run_tests "$0"
