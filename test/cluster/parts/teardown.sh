# Ends and removes all that a run of the cluster left: pods, mounts, cgroups, state.
# Sourced by `cluster`.
# shellcheck shell=bash

# The kubelet's folders for pods: below each hierarchy with cgroup v1, in the root with v2.
pod_cgroups() {
	local folder
	for folder in /sys/fs/cgroup/kubepods /sys/fs/cgroup/*/kubepods; do
		[[ ! -d $folder ]] || printf '%s\n' "$folder"
	done
}

pod_processes() {
	local folders
	mapfile -t folders < <(pod_cgroups)
	((${#folders[@]})) || return 0
	find "${folders[@]}" -name cgroup.procs -exec cat {} + 2>/dev/null | sort -un
}

# containerd's shims outlive it. They are known by their program, which is the rig's own.
shim_processes() {
	local entry program
	for entry in /proc/[0-9]*; do
		program=$(readlink "$entry/exe" 2>/dev/null) || continue
		[[ $program != "$package_folder/usr/bin/containerd-shim"* ]] || printf '%s\n' "${entry#/proc/}"
	done
}

# end_all LISTING-COMMAND: kills what it lists until it lists nothing.
end_all() {
	local pid
	for _ in {1..100}; do
		[[ -n $("$1") ]] || return 0
		for pid in $("$1"); do
			kill -KILL "$pid" 2>/dev/null || true
		done
		sleep 0.1
	done
	fail "these processes do not end ($1): $("$1" | tr '\n' ' ')"
}

unmount_all() {
	local folder
	# The last mounted first: one mount may lie in another.
	awk '{print $5}' /proc/self/mountinfo | tac | while read -r folder; do
		if [[ $folder == "$state_folder"/* || $folder == "$containerd_state_folder"/* ]]; then
			umount "$folder" 2>/dev/null || umount --lazy "$folder"
		fi
	done
}

remove_cgroups() {
	local folder
	for folder in $(pod_cgroups); do
		find "$folder" -depth -type d -exec rmdir {} + 2>/dev/null || true
	done
	[[ -z $(pod_cgroups) ]] || say "left in place: $(pod_cgroups | tr '\n' ' ')"
}

# What the programs write to places of their own choice, that no setting changes. The folders may be
# another's too: they go only when nothing is left in them.
remove_strays() {
	local address link
	# The sockets of containerd's shims.
	for address in "$containerd_state_folder"/state/io.containerd.runtime.v2.task/k8s.io/*/address; do
		[[ ! -f $address ]] || rm -f "$(sed 's|^unix://||' "$address")"
	done
	# The kubelet's links to the logs of containers, and its socket for drivers of devices.
	for link in /var/log/containers/*; do
		[[ $(readlink "$link") != "$state_folder"/* ]] || rm "$link"
	done
	rm -f /var/lib/kubelet/device-plugins/kubelet.sock
	rmdir /run/containerd/s /run/containerd /var/log/containers /var/lib/kubelet/device-plugins \
		/var/lib/kubelet 2>/dev/null || true
}

remove_all() {
	# The kubelet first, or it would start its pods again.
	local component
	for component in kubelet metrics-server kube-controller-manager; do
		end_process "$component"
	done
	end_all pod_processes
	# The last of a pod's processes gone, its shim has nothing to do; it waits for containerd.
	end_process containerd
	end_all shim_processes
	end_process kube-apiserver
	end_process etcd
	unmount_all
	remove_cgroups
	remove_strays
	rm -rf "$state_folder" "$containerd_state_folder"
}
