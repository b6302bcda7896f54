# SPDX-License-Identifier: GPL-2.0-only
#
# make deb        Debian packages, in build/deb
# make apt-repo   the same as a repository that apt can install from by name
# make rpm        RPM packages, in build/rpm
# make arch       packages of Arch Linux, in build/arch
# make release    source, packages, notes and checksums, in build/dist

.PHONY: deb apt-repo rpm arch release

deb:
	@packaging/deb

apt-repo: deb
	@packaging/apt-repo build/apt build/deb/*.deb

rpm:
	@packaging/rpm/build

arch:
	@packaging/arch/build

release:
	@packaging/release
