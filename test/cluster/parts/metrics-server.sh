# metrics-server, as a process beside the cluster that owns its Service's address.
# Sourced by `cluster`.
# shellcheck shell=bash

start_metrics-server() {
	local kubeconfig=$configuration_folder/metrics-server.kubeconfig token
	sed "s/AUTHORITY/$(base64 -w0 "$key_folder/cluster-authority.crt")/" \
		"$rig_folder/manifests/metrics-server.yaml" | kubectl apply -f - >/dev/null
	# As in a pod, its rights are those of its ServiceAccount.
	token=$(kubectl create token metrics-server --namespace=kube-system --duration=720h)
	write_kubeconfig "$kubeconfig" metrics-server "$(token_credential "$token")"
	launch metrics-server "$program_folder/metrics-server" \
		--kubeconfig="$kubeconfig" --authentication-kubeconfig="$kubeconfig" \
		--authorization-kubeconfig="$kubeconfig" \
		--bind-address="$metrics_server_address" --secure-port=443 \
		--tls-cert-file="$key_folder/metrics-server.crt" \
		--tls-private-key-file="$key_folder/metrics-server.key" \
		--kubelet-certificate-authority="$key_folder/cluster-authority.crt" \
		--kubelet-preferred-address-types=InternalIP --kubelet-use-node-status-port \
		--metric-resolution=15s
}
