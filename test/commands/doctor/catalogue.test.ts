import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { catalogueLines, causeLines } from '../../../source/commands/doctor/catalogue.ts';
import { meaningsOf } from '../../../source/commands/doctor/pasted.ts';
import { toldCauses } from '../../../source/diagnose/told.ts';

/** Every known cause of a failing kubectl top, by the id that people search for. One that goes is missed here. */
const catalogue = `
	aggregation-layer-not-configured anonymous-identity api-dns api-front-503 api-group-absent api-refused api-reset
	api-throttled api-timeout api-tls-expired api-tls-name-mismatch api-tls-unknown-ca apiregistration-v1beta1-removed
	apiserver-no-aggregator apiserver-no-clusterip-route apiserver-proxy-env apiservice-cabundle-missing
	apiservice-cabundle-wrong apiservice-cert-expired apiservice-cert-name apiservice-endpoints-not-found
	apiservice-ha-disagreement apiservice-helm-ownership apiservice-invalid-spec apiservice-local-bogus
	apiservice-missing-endpoints apiservice-port-mismatch apiservice-prometheus-adapter apiservice-service-access-error
	apiservice-stale-after-uninstall apiservice-stuck-condition apiservice-wrong-backend apiservice-wrong-namespace
	apiservice-wrong-version auth-provider-removed backend-dial-failed backend-hang backend-plain-http
	cgroup-driver-mismatch cgroupv2-old-runtime client-cert-expired clock-skew-client cni-not-on-control-plane
	container-rate-skipped container-restarting cpu-over-100-percent credentials-wrong-cluster cri-stats-gate
	dashboard-scraper dualstack-family-mismatch duplicate-node-name duplicate-pod-point eks-aws-auth-username
	exec-plugin-api-version exec-plugin-failed exec-plugin-not-found fargate-scrapes-itself frontproxy-ca-mismatch
	frontproxy-cn-not-allowed frontproxy-same-ca-as-client ha-replica-skew heapster-missing-old-kubectl heapster-only
	hostnetwork-pods hpa-container-missing hpa-controller-rbac hpa-custom-missing hpa-metrics-api-missing
	hpa-missing-request hpa-no-metrics-returned hpa-selector-overlap http-on-https https-on-http
	idle-container-zero-cpu impersonation-forbidden k9s-na konnectivity-down kubeconfig-absent kubeconfig-ca-garbage
	kubeconfig-cluster-missing kubeconfig-context-missing kubeconfig-file-ref-missing kubeconfig-flag-conflict
	kubeconfig-no-current-context kubeconfig-path-missing kubeconfig-unparsable kubeconfig-user-missing kubectl-too-old
	kubelet-401 kubelet-401-token-review-fails kubelet-403-anonymous kubelet-403-metrics kubelet-403-stats
	kubelet-404-resource kubelet-500-stats kubelet-addr-hostname-dns kubelet-authz-webhook-error kubelet-cert-expired
	kubelet-cert-legacy-cn kubelet-cert-name kubelet-cert-no-ip-san kubelet-cert-rotated-pin kubelet-cert-unknown-ca
	kubelet-conn-refused-10250 kubelet-housekeeping-long kubelet-http-on-https kubelet-no-route
	kubelet-old-metric-names kubelet-parse-error kubelet-port-10255 kubelet-scrape-error kubelet-serving-csr-denied
	kubelet-serving-csr-pending kubelet-slow kubelet-timeout large-cluster-timeout lens-prometheus local-proxy-denied
	local-proxy-refused memory-differs-from-free metric-timestamp-stale metrics-vanish-after-failed-scrape
	ms-addon-manager-reverts ms-admission-webhook ms-cannot-reach-apiserver ms-cannot-read-auth-configmap ms-clock-skew
	ms-clusterrolebinding-wrong-ns ms-command-overrides-entrypoint ms-crash-bind-permission ms-dns-broken
	ms-duplicate-deployments ms-flag-conflict ms-hostport-conflict ms-image-airgap ms-image-arch
	ms-image-gcr-google-containers ms-image-k8s-gcr-io ms-image-pull ms-informers-never-sync ms-just-started
	ms-liveness-killed ms-missing-auth-delegator ms-no-pods-created ms-node-not-ready ms-not-ready-just-started
	ms-not-ready-no-metrics ms-oomkilled ms-pod-not-listening ms-pod-proxy-env ms-podsecurity
	ms-port-conflict-hostnetwork ms-port-mismatch ms-psp ms-quota-priorityclass ms-readonly-fs ms-replicas-zero
	ms-resolution-too-small ms-resolution-vs-timeout ms-serviceaccount-missing ms-token-mount-missing ms-unknown-flag
	ms-unschedulable-antiaffinity ms-unschedulable-resources ms-unschedulable-selector ms-unschedulable-taints
	ms-version-too-new-for-server ms-version-too-old-for-server mtu-blackhole network-blocked-apiserver-to-ms
	networkpolicy-blocks-ms no-pods-match node-address-wrong-nic node-cpu-zero node-extra-row node-no-address
	node-not-ready node-row-unknown node-selector-excludes node-too-young one-container-lacks-sample
	only-completed-pods other-apiservice-broken out-of-order-points pod-pending-or-init pod-too-young
	podmetrics-notfound pods-missing-cri-stats rancher-ace-bypass rancher-agent-disconnected
	rancher-cluster-unavailable rancher-cluster-unknown rancher-impersonation-failed rancher-no-path rancher-no-session
	rancher-token-invalid rancher-token-scope rbac-aggregated-reader-missing rbac-core-nodes rbac-discovery-removed
	rbac-metrics-nodes rbac-metrics-pods-cluster rbac-metrics-pods-ns resource-metrics-path-annotation
	runtime-docker-old runtime-docker-root-dir runtime-endpoint-wrong scheduler-descheduler selector-unsupported-field
	server-is-web-page server-path-prefix service-mesh-injected service-port-name-mismatch service-selector-mismatch
	stale-sample static-mirror-pods tls-mitm token-expired-or-revoked usage-decreased virtual-kubelet
	vpa-no-recommendation webhook-authorizer-slow windows-stats-missing
`
	.trim()
	.split(/\s+/);

describe('the catalogue', () => {
	test('explains every known cause', () => {
		for (const id of catalogue) {
			const lines = causeLines(id, 100);
			assert.ok(lines[0]?.startsWith(`${id}: `), id);
			assert.ok(lines.includes('What to do:'), id);
		}
	});

	test('lists each of them once', () => {
		const listed = catalogueLines(100).flatMap((line) => /^ {2}([a-z0-9-]+) {2}/.exec(line)?.[1] ?? []);
		assert.deepEqual(
			catalogue.filter((id) => listed.filter((one) => one === id).length !== 1),
			[],
		);
	});

	test('says of what it cannot judge that it is told by its text only, and why', () => {
		const lines = causeLines('lens-prometheus', 100).join('\n');
		assert.match(lines, /It is told by its text only: it stands in the log or on the screen of another program/);
		assert.doesNotMatch(lines, /What decides:/);
	});

	test('leads from the text of each of those to it', () => {
		for (const { id, symptoms } of toldCauses) {
			for (const { sample } of symptoms) {
				const found = meaningsOf(sample).meanings.map((meaning) => meaning.id);
				assert.ok(found.includes(id), `${id}: ${sample} → ${found.join(', ')}`);
			}
		}
	});
});
