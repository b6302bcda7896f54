# SPDX-License-Identifier: GPL-2.0-only
#
# make deb        Debian packages, in build/deb
# make apt-repo   the same as a repository that apt can install from by name

.PHONY: deb apt-repo

deb:
	@packaging/deb

apt-repo: deb
	@packaging/apt-repo build/apt build/deb/*.deb
