# Unpacks the Debian packages of etcd, containerd, runc and busybox: nothing is installed or
# started by their scripts. Sourced by `cluster`.
# shellcheck shell=bash

build_packages() {
	if [[ -x $etcd_program && -x $containerd_program && -x $runc_program && -x $busybox_program ]]; then
		return
	fi
	command -v apt-get dpkg >/dev/null || fail "the packages of the cluster come from Debian: apt-get is needed"
	say "unpacking Debian's etcd, containerd, runc and busybox"

	local names=(etcd-server containerd runc busybox-static)
	local download=$cache_folder/download package
	rm -rf "$download" "$package_folder"
	mkdir -p "$download" "$package_folder"
	(
		cd "$download" || exit
		# A machine that never fetched the package lists knows no package.
		apt-get download "${names[@]}" >/dev/null 2>&1 || {
			apt-get update >/dev/null
			apt-get download "${names[@]}" >/dev/null
		}
		for package in *.deb; do
			dpkg -x "$package" "$package_folder"
		done
	)
	rm -rf "$download"
}
