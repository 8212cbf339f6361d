# Makes the one image of all workloads: busybox and two small programs. Sourced by `engine`.
# shellcheck shell=bash

image_archive=$image_folder/image.tar

build_image() {
	local tree=$image_folder/tree applet
	if is_newer_than_workloads "$image_archive"; then
		return
	fi
	say "making the workloads' image"

	rm -rf "$image_folder"
	mkdir -p "$tree/bin" "$tree/tmp" "$tree/etc"
	compile_workloads "$tree/bin"
	cp "$package_folder/bin/busybox" "$tree/bin/busybox"
	for applet in sh cat dd echo ls ps sleep top; do
		ln -s busybox "$tree/bin/$applet"
	done
	echo 'root:x:0:0:root:/:/bin/sh' >"$tree/etc/passwd"
	tar --sort=name --mtime=@0 --owner=0 --group=0 -C "$tree" -cf "$image_archive" .
}
