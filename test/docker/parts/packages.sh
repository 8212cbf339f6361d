# Gets the engine and busybox. Sourced by `engine`.
# shellcheck shell=bash

build_packages() {
	if [[ -x $package_folder/usr/sbin/dockerd && -x $package_folder/bin/busybox ]]; then
		return
	fi
	say "unpacking Debian's docker.io, containerd, runc and busybox"
	unpack_packages "$package_folder" docker.io containerd runc busybox-static
}
