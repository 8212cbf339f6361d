# The pods that put load on the node. Sourced by `cluster`.
# shellcheck shell=bash

every_service_account_is_there() {
	local namespace
	for namespace in default jobs web kube-system; do
		kubectl get serviceaccount default --namespace="$namespace"
	done
}

start_workloads() {
	kubectl apply -f "$rig_folder/manifests/users.yaml" >/dev/null
	# Without the namespace's ServiceAccount a pod is refused; the controller manager makes them.
	wait_until 30 "the namespaces' ServiceAccounts" every_service_account_is_there
	# A pod can hardly be changed: where its file was, --force makes it anew.
	kubectl apply --force --timeout=30s -f "$rig_folder/workloads" >/dev/null
}

metrics_are_there() {
	kubectl top node "$node_name" && kubectl top pod --namespace=default anonymous
}
