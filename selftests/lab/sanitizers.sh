# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # lib.sh and kernels.sh set what is shared
#
# Kernels that are built here, from Debian's source, because they have on what
# finds mistakes. Included by kernels.sh; their rows of kernels.table have as
# release the package of the source and the name of a .config beside this file.
#
# The source tree stays in the cache, under NAME/, because it is what the module
# is built against, and because a changed configuration then costs only what it
# touches.

# sanitizers_config NAME: the fragments of its configuration.
sanitizers_config() {
	cat "$lab_dir/built.config" "$lab_dir/$1.config"
}

sanitizers_version() {
	suite_apt "$suite" apt-cache policy "$wanted" 2>/dev/null |
		sed -n 's/^ *Candidate: \([^(]*\)$/\1/p'
}

sanitizers_fetch() {
	local tree=$1 version=$2 new=$1.new
	rm -rf "$new"
	mkdir -p "$new"
	cd "$new" || return
	suite_apt "$suite" apt-get download "$wanted=$version"
	dpkg-deb --fsys-tarfile ./*.deb |
		tar -xO "./usr/src/$wanted.tar.xz" | tar -xJ --strip-components=1
	rm -f ./*.deb
	mv "$new" "$tree"
}

# What the kernel's own dependencies dropped, or switched on against our wish:
# KASAN, for one, disappears without a word.
sanitizers_dropped() {
	local tree=$1 config=$2 line
	while IFS= read -r line; do
		case $line in
		CONFIG_*) grep -qxF "$line" "$tree/.config" || echo "$line" ;;
		'# CONFIG_'*' is not set')
			line=${line#\# }
			! grep -q "^${line%% *}=" "$tree/.config" || echo "# $line"
			;;
		esac
	done <"$config"
}

sanitizers_configure() {
	local name=$1 tree=$2 config=$2.config dropped
	sanitizers_config "$name" >"$config"
	make -s -C "$tree" CC="$compiler" tinyconfig
	(cd "$tree" && scripts/kconfig/merge_config.sh -m -O . .config "$config")
	make -s -C "$tree" CC="$compiler" olddefconfig
	dropped=$(sanitizers_dropped "$tree" "$config")
	[ -z "$dropped" ] || {
		echo "this kernel's configuration does not keep:"
		echo "$dropped"
		echo "correct $lab_dir/$name.config or built.config beside it"
		return 1
	}
}

sanitizers_compile() {
	make -C "$1" -j "$(nproc)" CC="$compiler" bzImage modules
}

# sanitizers_progress NAME TREE: a step that says how far it is. The number of
# objects is that of Linux 6.12 with sanitizers.config.
sanitizers_progress() {
	local name=$1 tree=$2 log pid told=$SECONDS
	log=$(mktemp "$build/step.XXXXXX")
	say "kernel $name: compiling (15 to 50 minutes on two CPUs, once) …"
	sanitizers_compile "$tree" >"$log" 2>&1 </dev/null &
	pid=$!
	while kill -0 "$pid" 2>/dev/null; do
		sleep 1
		[ $((SECONDS - told)) -ge 30 ] || continue
		told=$SECONDS
		say "kernel $name: $(grep -c '^  CC ' "$log") of about 2300 files compiled"
	done
	if ! wait "$pid"; then
		tail -n 25 "$log" >&2
		die "the kernel $name did not compile; the whole log is $log"
	fi
	rm -f "$log"
}

# It has no modules of its own, but depmod wants the lists of what is built in.
sanitizers_stage() {
	local tree=$1 dir=$2 release modules
	release=$(make -s -C "$tree" kernelrelease)
	modules=$dir/modules/lib/modules/$release
	printf '%s\n' "$release" >"$dir/release"
	cp "$tree/arch/x86/boot/bzImage" "$dir/vmlinuz"
	ln -s "$tree" "$dir/headers"
	mkdir -p "$modules"
	cp "$tree"/modules.{order,builtin,builtin.modinfo} "$modules/"
	: >"$modules/modules.devname"
	depmod -b "$dir/modules" "$release"
	truncate -s 16M "$dir/modules.ext4"
	mke2fs -q -F -t ext4 -L modules -E root_owner=0:0 \
		-d "$dir/modules/lib/modules" "$dir/modules.ext4"
}

sanitizers_build() {
	local name=$1 version=$2 dir=$kernel_dir.new tree
	[ ! -e "$kernel_dir/$key" ] || return 0
	need bc bison busybox-static cpio dpkg-dev e2fsprogs flex kmod \
		libelf-dev libssl-dev make openssl xz-utils "$compiler"
	tree=$cache/$name/${wanted}_${version//[!0-9A-Za-z.+-]/-}
	mkdir -p "$cache/$name"
	[ -e "$tree" ] || step "source of Linux $version" sanitizers_fetch "$tree" "$version"
	step 'its configuration' sanitizers_configure "$name" "$tree"
	sanitizers_progress "$name" "$tree"
	rm -rf "$dir"
	mkdir -p "$dir"
	step 'what a VM needs of it' sanitizers_stage "$tree" "$dir"
	step 'initramfs' initramfs_image "$dir"
	touch "$dir/$key"
	rm -rf "$kernel_dir"
	mv "$dir" "$kernel_dir"
}

# sanitizers_get: sets kernel_dir and kernel_release, building the kernel if
# there is none of this version and configuration.
sanitizers_get() {
	local name=${wanted#*/} version key
	wanted=${wanted%%/*}
	version=$(sanitizers_version)
	if [ -z "$version" ]; then
		step "package lists of $suite" suite_update "$suite"
		version=$(sanitizers_version)
	fi
	[ -n "$version" ] || die "$suite has no package $wanted; correct selftests/lab/kernels.table"
	key=key-$(digest "$version $compiler" "$(sanitizers_config "$name")" \
		"$lab_dir/sanitizers.sh" "$lab_dir/guest/initramfs-init")
	kernel_dir=$cache/kernels/$name
	[ -e "$kernel_dir/$key" ] || with_lock "kernel-$name" sanitizers_build "$name" "$version"
	kernel_release=$(cat "$kernel_dir/release")
}
