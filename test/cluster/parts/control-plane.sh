# etcd, the API server and the controller manager. Sourced by `cluster`.
# shellcheck shell=bash

# kubectl as the cluster's administrator.
kubectl() { "$program_folder/kubectl" --kubeconfig="$(kubeconfig_of admin)" "$@"; }

start_etcd() {
	launch etcd "$etcd_program" --data-dir="$state_folder/etcd" \
		--listen-client-urls="http://127.0.0.1:$etcd_port" \
		--advertise-client-urls="http://127.0.0.1:$etcd_port" \
		--listen-peer-urls="http://127.0.0.1:$etcd_peer_port" \
		--initial-advertise-peer-urls="http://127.0.0.1:$etcd_peer_port" \
		--initial-cluster="default=http://127.0.0.1:$etcd_peer_port" \
		--unsafe-no-fsync
	wait_until 20 "etcd" curl -fsS "http://127.0.0.1:$etcd_port/health"
}

start_kube-apiserver() {
	# A loopback address may not stand in Endpoints: without --endpoint-reconciler-type=none
	# the API server would try for ever to put its own there.
	launch kube-apiserver "$program_folder/kube-apiserver" \
		--etcd-servers="http://127.0.0.1:$etcd_port" \
		--bind-address=127.0.0.1 --advertise-address=127.0.0.1 --secure-port="$api_server_port" \
		--endpoint-reconciler-type=none \
		--service-cluster-ip-range="$service_range" \
		--tls-cert-file="$key_folder/api-server.crt" \
		--tls-private-key-file="$key_folder/api-server.key" \
		--client-ca-file="$key_folder/cluster-authority.crt" \
		--token-auth-file="$key_folder/tokens.csv" \
		--authorization-mode=Node,RBAC \
		--service-account-issuer=https://kubernetes.default.svc \
		--service-account-key-file="$key_folder/service-accounts.key" \
		--service-account-signing-key-file="$key_folder/service-accounts.key" \
		--requestheader-client-ca-file="$key_folder/front-proxy-authority.crt" \
		--requestheader-allowed-names=front-proxy-client \
		--requestheader-username-headers=X-Remote-User \
		--requestheader-group-headers=X-Remote-Group \
		--requestheader-extra-headers-prefix=X-Remote-Extra- \
		--proxy-client-cert-file="$key_folder/front-proxy.crt" \
		--proxy-client-key-file="$key_folder/front-proxy.key" \
		--kubelet-client-certificate="$key_folder/api-server-to-kubelet.crt" \
		--kubelet-client-key="$key_folder/api-server-to-kubelet.key" \
		--kubelet-certificate-authority="$key_folder/cluster-authority.crt" \
		--kubelet-preferred-address-types=ExternalIP,InternalIP
	wait_until 60 "the API server" kubectl get --raw /readyz
}

# Gives each namespace its ServiceAccount, notices a dead node, runs Deployments and Jobs.
start_kube-controller-manager() {
	launch kube-controller-manager "$program_folder/kube-controller-manager" \
		--kubeconfig="$configuration_folder/controller-manager.kubeconfig" \
		--bind-address=127.0.0.1 \
		--root-ca-file="$key_folder/cluster-authority.crt" \
		--service-account-private-key-file="$key_folder/service-accounts.key" \
		--use-service-account-credentials=true --leader-elect=false --allocate-node-cidrs=false \
		--controllers='*,-nodeipam,-cloud-node-lifecycle-controller'
}
