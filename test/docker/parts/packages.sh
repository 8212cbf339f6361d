# Unpacks Debian's packages of the engine and of busybox: nothing is installed, nothing started by their scripts.
# shellcheck shell=bash

build_packages() {
	if [[ -x $package_folder/usr/sbin/dockerd && -x $package_folder/bin/busybox ]]; then
		return
	fi
	command -v apt-get dpkg >/dev/null || fail "the engine comes from Debian's packages: apt-get is needed"
	say "unpacking Debian's docker.io, containerd, runc and busybox"

	local names=(docker.io containerd runc busybox-static) download=$cache_folder/download package
	rm -rf "$download" "$package_folder"
	mkdir -p "$download" "$package_folder"
	(
		cd "$download" || exit
		# A machine that never fetched the package lists knows no package.
		apt-get download "${names[@]}" >/dev/null 2>&1 || {
			apt-get update >/dev/null
			apt-get download "${names[@]}" >/dev/null 2>&1
		}
		for package in *.deb; do
			dpkg -x "$package" "$package_folder"
		done
	) || fail "Debian's packages could not be had"
	rm -rf "$download"
}
