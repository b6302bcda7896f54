# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2154 # the lab's scripts set what is shared
#
# A machine with UEFI and Secure Boot, as files: what its firmware remembers,
# and the disk that it boots from.

# shellcheck source=scripts/shell/archive.sh
. "$top/scripts/shell/archive.sh"

readonly mok_owner=605dab50-e046-4300-abb6-3dd810dd8b23

# Debian 12 has no virt-fw-vars; that of 13 runs here, unpacked.
firmware_need() {
	local dir=$cache/virt-firmware
	need ovmf shim-signed grub-efi-amd64-signed mtools dosfstools \
		python3-cryptography python3-importlib-resources python3-pefile
	[ ! -e "$dir/usr" ] || return 0
	mkdir -p "$dir.new"
	step 'package lists of trixie' suite_update trixie
	(cd "$dir.new" && step 'downloading virt-firmware' \
		suite_apt trixie apt-get download python3-virt-firmware)
	dpkg-deb -x "$dir.new"/python3-virt-firmware_*.deb "$dir.new"
	rm -rf "$dir"
	mv "$dir.new" "$dir"
}

# variables_make FILE on|off [CERTIFICATE]: Microsoft's keys, as machines are
# sold, or none; and what somebody enrolled with MokManager.
variables_make() {
	local file=$1 from=/usr/share/OVMF/OVMF_VARS_4M.ms.fd options=()
	[ "$2" = on ] || from=/usr/share/OVMF/OVMF_VARS_4M.fd
	[ -z "${3-}" ] || options=(--add-mok "$mok_owner" "$3")
	cp "$from" "$file"
	[ ${#options[@]} = 0 ] || step 'variables of the firmware' env \
		PYTHONPATH="$cache/virt-firmware/usr/lib/python3/dist-packages" \
		/usr/bin/python3 "$cache/virt-firmware/usr/bin/virt-fw-vars" \
		--input "$from" --output "$file" "${options[@]}"
}

# esp_make KERNEL [ARGUMENTS [tampered]]: $work/esp.img.
esp_make() {
	local image=$work/esp.img vmlinuz=$work/vmlinuz
	kernel_get "$1"
	cp "$kernel_dir/vmlinuz" "$vmlinuz"
	# A letter of a message inside, which breaks nothing but the signature. Grub says
	# so, and goes on to the last line.
	[ "${3-}" != tampered ] || flip "$vmlinuz" 2000000
	cat >"$work/grub.cfg" <<-EOF
		set timeout=0
		linux /vmlinuz console=ttyS0 panic=-1 panic_on_warn=1 no_timer_check ${2-}
		initrd /initramfs
		boot
		halt
	EOF
	rm -f "$image"
	truncate -s 64M "$image"
	mkfs.vfat -F 32 "$image" >/dev/null
	mmd -i "$image" ::EFI ::EFI/BOOT ::EFI/debian
	mcopy -i "$image" /usr/lib/shim/shimx64.efi.signed ::EFI/BOOT/BOOTX64.EFI
	mcopy -i "$image" /usr/lib/shim/mmx64.efi.signed ::EFI/BOOT/mmx64.efi
	mcopy -i "$image" /usr/lib/grub/x86_64-efi-signed/grubx64.efi.signed ::EFI/BOOT/grubx64.efi
	mcopy -i "$image" "$work/grub.cfg" ::EFI/debian/grub.cfg
	mcopy -i "$image" "$vmlinuz" ::vmlinuz
	mcopy -i "$image" "$kernel_dir/initramfs" ::initramfs
}
