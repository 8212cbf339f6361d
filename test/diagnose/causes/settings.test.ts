import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { distributionIds } from '../../../source/diagnose/distribution.ts';
import { causeTexts } from '../../../source/messages/en/doctor.ts';

/** Everything that is said and typed of a cause, on such a cluster. */
function told(id: string, distribution: string): string {
	const facts = { distribution, count: 1, names: 'n2' };
	const fixes = causeTexts[id]?.fixes(facts) ?? [];
	return fixes.flatMap(({ run = [], say }) => [say, ...run]).join('\n');
}

/** What is right there and nowhere else, by the notes on distributions. */
const right: readonly (readonly [cause: string, distribution: string, words: RegExp])[] = [
	[
		'kubelet-cert-no-ip-san',
		'kubeadm',
		/kubelet-config[\s\S]*serverTLSBootstrap|serverTLSBootstrap[\s\S]*kubeadm upgrade node/,
	],
	['kubelet-cert-no-ip-san', 'kind', /kubeadmConfigPatches[\s\S]*--kubelet-insecure-tls/],
	['kubelet-cert-no-ip-san', 'minikube', /minikube start --extra-config=kubelet[\s\S]*--kubelet-insecure-tls/],
	['kubelet-cert-unknown-ca', 'talos', /rotate-server-certificates: true/],
	['kubelet-cert-unknown-ca', 'openshift', /oc adm certificate approve/],
	['kubelet-cert-unknown-ca', 'rke', /generate_serving_certificate: true/],
	['kubelet-cert-expired', 'k3s', /systemctl restart k3s/],
	['kubelet-401', 'kops', /authenticationTokenWebhook: true[\s\S]*anonymousAuth: false/],
	['kubelet-401', 'eks', /NodeConfig/],
	['kubelet-403-anonymous', 'microk8s', /args\/kubelet/],
	['kubelet-timeout', 'eks', /security group must allow it from itself/],
	['kubelet-timeout', 'gke', /firewall rule/],
	['kubelet-port-10255', 'gke', /on purpose/],
	['kubelet-addr-hostname-dns', 'eks', /update-addon/],
	['kubelet-addr-hostname-dns', 'rke2', /HelmChartConfig/],
	['kubelet-addr-hostname-dns', 'aks', /put back/],
	['kubelet-slow', 'docker-desktop', /Settings, Resources/],
	['node-address-wrong-nic', 'k3s', /flannel-iface/],
	['apiserver-no-clusterip-route', 'k3s', /kube-apiserver-arg/],
	['apiserver-no-clusterip-route', 'gke', /support/],
	['aggregation-layer-not-configured', 'kubeadm', /manifests\/kube-apiserver\.yaml/],
	['apiserver-proxy-env', 'k3s', /k3s\.service\.env/],
	['konnectivity-down', 'aks', /Azure/],
	['konnectivity-down', 'k0s', /externalAddress/],
	['network-blocked-apiserver-to-ms', 'eks', /describe-cluster/],
	['network-blocked-apiserver-to-ms', 'aks', /tunnel/],
];

describe('what mends a kubelet, or the way to metrics-server, is said by whose Kubernetes it is:', () => {
	for (const [cause, distribution, words] of right) {
		test(`${cause} on ${distribution}`, () => {
			assert.match(told(cause, distribution), words);
			assert.doesNotMatch(told(cause, ''), words, 'and only there');
		});
	}

	test('nobody is told to leave kubelets unverified where somebody else takes care of them', () => {
		for (const distribution of ['eks', 'gke', 'aks', 'openshift']) {
			for (const id of ['kubelet-cert-no-ip-san', 'kubelet-cert-unknown-ca']) {
				assert.doesNotMatch(told(id, distribution), /insecure/, `${id} on ${distribution}`);
			}
		}
	});

	test('no edit is advised that a managed add-on would take back', () => {
		const edits = /kubectl -n kube-system patch deployment metrics-server/;
		for (const distribution of distributionIds.filter((id) => ['eks', 'gke', 'aks', 'openshift'].includes(id))) {
			for (const id of Object.keys(causeTexts).filter((one) => one.startsWith('kubelet-'))) {
				assert.doesNotMatch(told(id, distribution), edits, `${id} on ${distribution}`);
			}
		}
	});
});
