# Makes the guest's file system and runs the guest. Sourced by `run`.
# shellcheck shell=bash

build_guest() {
	local file
	if is_newer_than_workloads "$initrd_file" && [[ $initrd_file -nt $rig_folder/guest/init && $initrd_file -nt $rig_folder/guest/job ]]; then
		return
	fi
	rm -rf "$tree_folder"
	mkdir -p "$tree_folder"/{bin,dev,proc,sys,tmp,disk,memory}
	cp "$package_folder/bin/busybox" "$tree_folder/bin/busybox"
	compile_workloads "$tree_folder/bin"
	cp "$kernel_folder/virtio_blk.ko" "$rig_folder/guest/init" "$rig_folder/guest/job" "$tree_folder/"
	chmod +x "$tree_folder/init" "$tree_folder/job"
	(cd "$tree_folder" && find . | "$package_folder/bin/busybox" cpio -o -H newc 2>/dev/null | gzip -1) >"$initrd_file.new"
	mv "$initrd_file.new" "$initrd_file"
}

# boot NAME PARAMETER…: runs the guest's job and unpacks what it brought out to $run_folder/NAME. Emulated in software:
# a kernel that is emulated by another's KVM is slower, or does not start at all.
boot() {
	local name=$1 out=$run_folder/$1 attempt
	shift
	for attempt in 1 2 3; do
		rm -rf "$out" "$out.tar"
		mkdir -p "$out"
		truncate -s 0 "$out.disk" && truncate -s 512M "$out.disk"
		LD_LIBRARY_PATH=$(library_path "$package_folder") timeout --kill-after=10 300 \
			"$package_folder/usr/bin/qemu-system-x86_64" -L "$package_folder/usr/share/qemu" -L "$package_folder/usr/share/seabios" \
			-accel tcg,thread=multi -cpu max -smp 2 -m 1024 -display none -no-reboot -nic none \
			-serial "file:$out.console" \
			-drive "file=$out.disk,if=virtio,format=raw,cache=unsafe" \
			-device virtio-serial-pci -chardev "file,id=out,path=$out.tar" -device virtserialport,chardev=out,name=out \
			-kernel "$kernel_folder/vmlinuz" -initrd "$initrd_file" -append "console=ttyS0 quiet panic=-1 $*" \
			</dev/null >"$out.log" 2>&1 || true
		rm -f "$out.disk"
		# A guest that died leaves an empty archive, and qemu no word of it.
		if tar -xf "$out.tar" -C "$out" 2>/dev/null && [[ -f $out/status ]]; then
			if [[ $(<"$out/status") != 0 ]]; then
				tail -n 5 "$out/log" >&2
				fail "the guest's job failed"
			fi
			rm -f "$out.tar"
			return
		fi
		say "the guest brought nothing out (attempt $attempt)"
	done
	tail -n 5 "$out.log" "$out.console" >&2
	fail "the guest does not run here"
}
