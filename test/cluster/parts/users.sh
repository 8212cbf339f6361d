# The kubeconfig files: of the people who look at the cluster, and of its own programs.
# Sourced by `cluster`.
# shellcheck shell=bash

users=(admin viewer namespace-only expired exec-plugin token-file)

# write_kubeconfig FILE NAME CREDENTIAL [NAMESPACE]. Every name in it is the user's own, so that
# several files can be merged by KUBECONFIG=a:b.
write_kubeconfig() {
	local file=$1 name=$2 credential=$3 namespace=${4:-}
	cat >"$file" <<-END
		{"apiVersion": "v1", "kind": "Config", "current-context": "$name",
		 "clusters": [{"name": "whytop-test", "cluster": {
		   "server": "$api_server_url",
		   "certificate-authority-data": "$(base64 -w0 "$key_folder/cluster-authority.crt")"}}],
		 "users": [{"name": "$name", "user": $credential}],
		 "contexts": [{"name": "$name", "context": {
		   "cluster": "whytop-test", "user": "$name"${namespace:+, "namespace": "$namespace"}}}]}
	END
	chmod 600 "$file"
}

certificate_credential() {
	printf '{"client-certificate-data": "%s", "client-key-data": "%s"}' \
		"$(base64 -w0 "$key_folder/$1.crt")" "$(base64 -w0 "$key_folder/$1.key")"
}

token_credential() { printf '{"token": "%s"}' "$1"; }

write_kubeconfigs() {
	mkdir -p "$kubeconfig_folder" "$configuration_folder"
	write_kubeconfig "$configuration_folder/controller-manager.kubeconfig" controller-manager \
		"$(certificate_credential controller-manager)"
	write_kubeconfig "$configuration_folder/kubelet.kubeconfig" kubelet "$(certificate_credential kubelet)"

	write_kubeconfig "$(kubeconfig_of admin)" admin "$(certificate_credential admin)"
	write_kubeconfig "$(kubeconfig_of viewer)" viewer \
		"$(token_credential "$(<"$key_folder/viewer.token")")"
	write_kubeconfig "$(kubeconfig_of namespace-only)" namespace-only \
		"$(token_credential "$(<"$key_folder/namespace-only.token")")" jobs
	# A token that the API server does not know: it answers 401, as to an expired one.
	write_kubeconfig "$(kubeconfig_of expired)" expired "$(token_credential "not-a-token-any-more")"
	write_kubeconfig "$(kubeconfig_of token-file)" token-file \
		"{\"tokenFile\": \"$key_folder/token-file.token\"}"
	write_kubeconfig "$(kubeconfig_of exec-plugin)" exec-plugin \
		"{\"exec\": {\"apiVersion\": \"client.authentication.k8s.io/v1\", \"interactiveMode\": \"Never\",
		  \"command\": \"$rig_folder/parts/print-credential\",
		  \"args\": [\"$key_folder/exec-plugin.token\"]}}"
}

kubeconfig_of() { printf '%s/%s.yaml' "$kubeconfig_folder" "$1"; }

print_kubeconfig() {
	local user=${1:-admin}
	[[ " ${users[*]} " == *" $user "* ]] || fail "no user '$user'; there are: ${users[*]}"
	printf '%s\n' "$(kubeconfig_of "$user")"
}
