# Gets the kernel that the guest runs: that of Debian 13 for clouds, whatever Debian this machine runs. Sourced by `run`.
# shellcheck shell=bash

kernel_release=trixie

# Package lists of that release only, in a place of their own: apt's own stay as they are.
kernel_apt() {
	local state=$cache_folder/apt program=$1
	shift
	"$program" -o Dir::Etc::sourcelist="$state/kernel.sources" -o Dir::Etc::sourceparts=/dev/null \
		-o Dir::State::lists="$state/lists" -o Dir::Cache="$state/cache" "$@"
}

build_kernel() {
	local state=$cache_folder/apt archive package keys=/usr/share/keyrings/debian-archive-keyring.gpg
	if [[ -f $kernel_folder/vmlinuz && -f $kernel_folder/virtio_blk.ko ]]; then
		return
	fi
	say "getting the kernel of Debian 13"
	# From where this machine has its own packages.
	archive=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' 'Component: main' | head -n 1)
	[[ -n $archive ]] || {
		apt-get update >/dev/null 2>&1 || true
		archive=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' 'Component: main' | head -n 1)
	}
	[[ -n $archive ]] || fail "this machine has no archive of Debian's packages"
	rm -rf "$state" "$kernel_folder"
	mkdir -p "$state/lists/partial" "$state/cache/archives/partial" "$kernel_folder/unpacked"
	printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: %s\n' "$archive" "$kernel_release" "$keys" \
		>"$state/kernel.sources"
	kernel_apt apt-get -qq update 2>/dev/null || fail "the package lists of Debian 13 could not be had"
	package=$(kernel_apt apt-cache depends linux-image-cloud-amd64 | awk '/Depends: linux-image/ { print $2; exit }')
	(
		cd "$kernel_folder" || exit
		kernel_apt apt-get -qq download "$package" 2>/dev/null || exit
		dpkg -x "$package"*.deb unpacked
		cp unpacked/boot/vmlinuz-* vmlinuz
		# The one module that the guest needs; in Debian 13 it is packed.
		find unpacked -name 'virtio_blk.ko*' -exec cp {} . \;
		[[ ! -f virtio_blk.ko.xz ]] || "$package_folder/bin/busybox" unxz virtio_blk.ko.xz
	) || fail "the kernel of Debian 13 could not be had"
	rm -rf "$kernel_folder/unpacked" "$kernel_folder"/*.deb "$state"
}
