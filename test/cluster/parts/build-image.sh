# Makes the one image that all pods use, the sandbox (pause) too. Sourced by `cluster`.
# shellcheck shell=bash

image_archive=$image_folder/image.tar

# An image is a tar of its files, a configuration that names the tar's checksum, and a manifest.
build_image() {
	local source=$rig_folder/image/load.c tree=$image_folder/tree checksum applet
	if [[ -f $image_archive && $image_archive -nt $source ]]; then
		return
	fi
	command -v cc >/dev/null || fail "a C compiler is needed for the pods' program"
	say "making the pods' image"

	rm -rf "$image_folder"
	mkdir -p "$tree/bin" "$tree/tmp" "$tree/etc"
	# Static: the image holds no C library.
	cc -static -O1 -Wall -Wextra -s -o "$tree/load" "$source" -lm
	cp "$busybox_program" "$tree/bin/busybox"
	for applet in sh cat date dd echo grep head httpd ls ps rm sleep tail top true wc wget; do
		ln -s busybox "$tree/bin/$applet"
	done
	echo 'root:x:0:0:root:/:/bin/sh' >"$tree/etc/passwd"
	echo 'whytop test cluster' >"$tree/etc/index.html"

	tar --sort=name --mtime=@0 --owner=0 --group=0 -C "$tree" -cf "$image_folder/layer.tar" .
	checksum=$(sha256sum "$image_folder/layer.tar")
	cat >"$image_folder/configuration.json" <<-END
		{"architecture": "amd64", "os": "linux",
		 "config": {"Entrypoint": ["/load"], "Cmd": ["pause"], "Env": ["PATH=/bin"]},
		 "rootfs": {"type": "layers", "diff_ids": ["sha256:${checksum%% *}"]}}
	END
	cat >"$image_folder/manifest.json" <<-END
		[{"Config": "configuration.json", "Layers": ["layer.tar"],
		  "RepoTags": ["localhost/pause:1", "localhost/load:1"]}]
	END
	tar -C "$image_folder" -cf "$image_archive" manifest.json configuration.json layer.tar
}
