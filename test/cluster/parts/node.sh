# The node: containerd and the kubelet. Sourced by `cluster`.
# shellcheck shell=bash

ctr() { "$ctr_program" --address="$containerd_socket" --namespace=k8s.io "$@"; }

write_containerd_configuration() {
	mkdir -p "$configuration_folder/network"
	# The pods use the node's network, so no plugin is ever called; containerd only wants to find
	# a network before the node is called ready.
	echo '{"cniVersion": "0.3.1", "name": "none", "type": "loopback"}' \
		>"$configuration_folder/network/none.conf"
	# restrict_oom_score_adj: pods start even where root may not lower oom_score_adj
	# (no CAP_SYS_RESOURCE).
	cat >"$configuration_folder/containerd.toml" <<-END
		version = 2
		root = "$state_folder/containerd"
		state = "$containerd_state_folder/state"
		[grpc]
		  address = "$containerd_socket"
		[plugins."io.containerd.internal.v1.opt"]
		  path = "$state_folder/containerd/opt"
		[plugins."io.containerd.grpc.v1.cri"]
		  sandbox_image = "localhost/pause:1"
		  disable_apparmor = true
		  restrict_oom_score_adj = true
		  stream_server_address = "127.0.0.1"
		  [plugins."io.containerd.grpc.v1.cri".cni]
		    conf_dir = "$configuration_folder/network"
		  [plugins."io.containerd.grpc.v1.cri".containerd]
		    default_runtime_name = "runc"
		    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
		      runtime_type = "io.containerd.runc.v2"
		      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
		        BinaryName = "$runc_program"
		        Root = "$containerd_state_folder/runc"
		        SystemdCgroup = false
	END
}

start_containerd() {
	write_containerd_configuration
	launch containerd env PATH="$package_folder/usr/bin:$package_folder/usr/sbin:$PATH" \
		"$containerd_program" --config="$configuration_folder/containerd.toml"
	wait_until 20 "containerd" ctr version
	wait_until 20 "the pods' image" ctr images import "$image_archive"
}

write_kubelet_configuration() {
	# failCgroupV1: a kubelet refuses to start on cgroup v1 unless it is told to go on.
	# maxContainerRestartPeriod: the pod that is killed for its memory is killed every other minute,
	# however long the cluster runs.
	cat >"$configuration_folder/kubelet.yaml" <<-END
		apiVersion: kubelet.config.k8s.io/v1beta1
		kind: KubeletConfiguration
		failCgroupV1: false
		cgroupDriver: cgroupfs
		failSwapOn: false
		address: 127.0.0.1
		readOnlyPort: 0
		healthzBindAddress: 127.0.0.1
		authentication:
		  anonymous: {enabled: false}
		  webhook: {enabled: true, cacheTTL: 5s}
		  x509: {clientCAFile: $key_folder/cluster-authority.crt}
		authorization:
		  mode: Webhook
		  webhook: {cacheAuthorizedTTL: 5s, cacheUnauthorizedTTL: 5s}
		tlsCertFile: $key_folder/kubelet-serving.crt
		tlsPrivateKeyFile: $key_folder/kubelet-serving.key
		resolvConf: ""
		containerRuntimeEndpoint: unix://$containerd_socket
		evictionHard:
		  memory.available: 100Mi
		  nodefs.available: 1%
		  nodefs.inodesFree: 1%
		  imagefs.available: 1%
		crashLoopBackOff: {maxContainerRestartPeriod: 60s}
		imageGCHighThresholdPercent: 100
		podLogsDir: $state_folder/pod-logs
		volumePluginDir: $state_folder/volume-plugins
	END
}

kubelet_is_healthy() { curl -fsS http://127.0.0.1:10248/healthz; }

start_kubelet() {
	write_kubelet_configuration
	local moment
	# containerd answers before its part for the kubelet is ready, and a kubelet that comes too
	# early ends: it is started again.
	for _ in {1..5}; do
		# --containerd is deprecated, but without it the measurements of a containerd whose socket
		# is elsewhere than usual carry no names of pods.
		launch kubelet env PATH="$package_folder/usr/bin:$package_folder/usr/sbin:$PATH" \
			"$program_folder/kubelet" --config="$configuration_folder/kubelet.yaml" \
			--kubeconfig="$configuration_folder/kubelet.kubeconfig" \
			--root-dir="$state_folder/kubelet" --cert-dir="$state_folder/kubelet/pki" \
			--hostname-override="$node_name" --cloud-provider=external --containerd="$containerd_socket"
		for ((moment = 0; moment < 100; moment++)); do
			is_running kubelet || break
			! kubelet_is_healthy >/dev/null 2>&1 || return 0
			sleep 0.2
		done
		end_process kubelet
	done
	fail "the kubelet does not start: see $log_folder/kubelet.log"
}

node_is_ready() {
	[[ $(kubectl get node "$node_name" -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status}') == True ]]
}

# What a cloud provider would do: a kubelet does not take a loopback address for its node by itself.
register_node() {
	wait_until 60 "the node's registration" kubectl get node "$node_name"
	kubectl patch node "$node_name" --subresource=status --type=merge --patch \
		'{"status": {"addresses": [{"type": "InternalIP", "address": "127.0.0.1"},
		                           {"type": "Hostname", "address": "'"$node_name"'"}]}}' >/dev/null
	kubectl taint node "$node_name" node.cloudprovider.kubernetes.io/uninitialized- >/dev/null 2>&1 || true
	wait_until 60 "the node to be ready" node_is_ready
}
