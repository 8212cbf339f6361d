# Makes the one image of all workloads: busybox and two small programs. Sourced by `engine`.
# shellcheck shell=bash

image_archive=$image_folder/image.tar

build_image() {
	local programs=("$rig_folder/../cluster/image/load.c" "$rig_folder/image/processes.c")
	local tree=$image_folder/tree program applet name
	if [[ -f $image_archive && $image_archive -nt ${programs[0]} && $image_archive -nt ${programs[1]} ]]; then
		return
	fi
	command -v cc >/dev/null || fail "a C compiler is needed for the workloads' programs"
	say "making the workloads' image"

	rm -rf "$image_folder"
	mkdir -p "$tree/bin" "$tree/tmp" "$tree/etc"
	for program in "${programs[@]}"; do
		name=${program##*/}
		# Static: the image holds no C library.
		cc -static -O1 -Wall -Wextra -s -o "$tree/bin/${name%.c}" "$program" -lm
	done
	cp "$package_folder/bin/busybox" "$tree/bin/busybox"
	for applet in sh cat dd echo ls ps sleep top; do
		ln -s busybox "$tree/bin/$applet"
	done
	echo 'root:x:0:0:root:/:/bin/sh' >"$tree/etc/passwd"
	tar --sort=name --mtime=@0 --owner=0 --group=0 -C "$tree" -cf "$image_archive" .
}
