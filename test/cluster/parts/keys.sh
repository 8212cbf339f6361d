# Keys and certificates of one run of the cluster. Sourced by `cluster`.
# shellcheck shell=bash

make_authority() {
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 \
		-keyout "$key_folder/$1.key" -out "$key_folder/$1.crt" -subj "/CN=$1" 2>/dev/null
}

# make_certificate AUTHORITY NAME SUBJECT [ADDRESSES]: for a client; with ADDRESSES, for a server.
make_certificate() {
	local authority=$1 name=$2 subject=$3 extensions="extendedKeyUsage=clientAuth"
	if (($# > 3)); then
		extensions="extendedKeyUsage=serverAuth"$'\n'"subjectAltName=$4"
	fi
	openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
		-keyout "$key_folder/$name.key" -out "$key_folder/$name.request" -subj "$subject" 2>/dev/null
	openssl x509 -req -in "$key_folder/$name.request" -days 30 -CA "$key_folder/$authority.crt" \
		-CAkey "$key_folder/$authority.key" -CAcreateserial -extfile <(printf '%s\n' "$extensions") \
		-out "$key_folder/$name.crt" 2>/dev/null
	rm "$key_folder/$name.request"
}

make_keys() {
	if [[ -f $key_folder/complete ]]; then
		return
	fi
	mkdir -p "$key_folder"
	chmod 700 "$key_folder"

	make_authority cluster-authority
	make_authority front-proxy-authority
	openssl genrsa -out "$key_folder/service-accounts.key" 2048 2>/dev/null

	make_certificate cluster-authority api-server /CN=kube-apiserver \
		IP:127.0.0.1,IP:127.100.0.1,DNS:localhost,DNS:kubernetes,DNS:kubernetes.default.svc
	make_certificate cluster-authority kubelet-serving "/CN=$node_name" "IP:127.0.0.1,DNS:$node_name"
	make_certificate cluster-authority metrics-server /CN=metrics-server \
		DNS:metrics-server.kube-system.svc

	make_certificate cluster-authority admin /O=system:masters/CN=admin
	make_certificate cluster-authority api-server-to-kubelet /O=system:masters/CN=kube-apiserver
	make_certificate cluster-authority controller-manager /CN=system:kube-controller-manager
	make_certificate cluster-authority kubelet "/O=system:nodes/CN=system:node:$node_name"
	make_certificate front-proxy-authority front-proxy /CN=front-proxy-client

	local user
	for user in viewer namespace-only exec-plugin token-file; do
		openssl rand -hex 24 >"$key_folder/$user.token"
	done
	# The users that the API server knows by token: token,name,uid,"groups".
	cat >"$key_folder/tokens.csv" <<-END
		$(<"$key_folder/viewer.token"),viewer,viewer,"whytop:viewers"
		$(<"$key_folder/namespace-only.token"),namespace-only,namespace-only
		$(<"$key_folder/exec-plugin.token"),exec-plugin,exec-plugin,"whytop:administrators"
		$(<"$key_folder/token-file.token"),token-file,token-file,"whytop:administrators"
	END
	touch "$key_folder/complete"
}
