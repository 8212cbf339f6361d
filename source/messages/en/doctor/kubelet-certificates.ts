/** Texts of kubelets whose certificates are not accepted, or that have none. */
import { type CauseTexts, type Facts, type Fix, links, lookAtPods, word } from './cause-text.ts';
import { address, scrapeClient, seeLog, theKubelet } from './kubelet-words.ts';
import { serverFlag, signedCertificates } from './settings.ts';

/** Theirs cannot be changed, or are verified for good. */
const verified = ['eks', 'gke', 'aks', 'openshift'];

const insecure = (facts: Facts): readonly Fix[] => {
	const distribution = word(facts, 'distribution');
	const throwAway = ['kind', 'minikube', 'docker-desktop'].includes(distribution);
	return verified.includes(distribution)
		? []
		: [
				serverFlag(
					facts,
					'--kubelet-insecure-tls',
					throwAway
						? 'On a cluster to throw away, as this one looks like, it is usual not to verify.'
						: 'Only on a cluster to throw away, because then nobody verifies the kubelets:',
				),
			];
};

/** There a restart, or a new node, is what brings a new certificate. */
const renewsItself = ['k3s', 'rke2', 'rke', 'eks', 'gke', 'aks', 'microk8s'];

export const kubeletCertificateTexts: CauseTexts = {
	'kubelet-cert-no-ip-san': {
		title: (facts) => `${theKubelet(facts)} has a certificate without its IP address`,
		explanation: (facts) =>
			`metrics-server dials ${address(facts)}, and the kubelet’s certificate, which it signed itself, names only the host. So it is not accepted, and the node and its pods have no samples.`,
		fixes: (facts) => [seeLog, ...signedCertificates(facts), ...insecure(facts)],
		source: 'metrics-server#196, #1025; kubeadm#2028',
		more: [links.kubeletCertificates, links.metricsServer],
	},
	'kubelet-cert-unknown-ca': {
		title: (facts) => `${theKubelet(facts)} has a certificate of an authority that metrics-server does not know`,
		explanation: () =>
			'metrics-server verifies kubelets by the authority of the cluster, which is mounted into its pod. This kubelet’s certificate is signed by itself or by another authority.',
		fixes: (facts) => [
			seeLog,
			...signedCertificates(facts),
			{
				say: 'If the kubelets’ authority is another one on purpose: mount it, and name it with --kubelet-certificate-authority.',
			},
			...insecure(facts),
		],
		source: 'metrics-server#146',
		more: [links.kubeletCertificates, links.metricsServer],
	},
	'kubelet-cert-name': {
		title: (facts) => `${theKubelet(facts)} has a certificate for another name than the one that is dialled`,
		explanation: (facts) =>
			`metrics-server dials ${address(facts)}, and the certificate is for other names or addresses (${word(facts, 'reason', 'its log says which')}). Either the address is not the one that is meant, or the certificate is older than the address.`,
		fixes: () => [
			seeLog,
			{ say: 'See the node’s addresses:', run: ['kubectl get nodes -o wide'] },
			{
				say: 'Let --kubelet-preferred-address-types of metrics-server name the kind of address that the certificates have, or renew the certificate.',
			},
		],
		source: scrapeClient,
		more: [links.kubeletCertificates],
	},
	'kubelet-cert-rotated-pin': {
		title: (facts) =>
			`metrics-server verifies ${theKubelet(facts)} by an authority that has been replaced since it started`,
		explanation: () =>
			'The authority that pods are given today accepts this kubelet’s certificate, and metrics-server, which has read it at its start, does not. The cluster’s authority was rotated in between.',
		fixes: () => [
			{ say: 'See since when it runs:', run: ['kubectl -n kube-system get pods -o wide | grep metrics-server'] },
			{ say: 'Start it again:', run: ['kubectl -n kube-system rollout restart deployment metrics-server'] },
		],
		source: 'the certificate as this machine sees it, and ConfigMap kube-root-ca.crt',
		more: ['https://kubernetes.io/docs/tasks/tls/manual-rotation-of-ca-certificates/'],
	},
	'fargate-scrapes-itself': {
		title: () => 'metrics-server scrapes itself instead of the kubelet: on Fargate both want port 10250',
		explanation: () =>
			'A pod on Fargate has the address of its node, so the port 10250 of metrics-server hides the kubelet’s. What answers there is metrics-server, with its own certificate.',
		fixes: () => [
			lookAtPods,
			{
				say: 'Give metrics-server another port (Helm: containerPort: 10251; else --secure-port=10251 with the containerPort and the probes):',
				run: [
					'helm upgrade metrics-server metrics-server/metrics-server -n kube-system --reuse-values --set containerPort=10251',
				],
			},
		],
		source: 'metrics-server#1271, #1422',
		more: ['https://github.com/kubernetes-sigs/metrics-server/issues/1422'],
	},
	'kubelet-cert-expired': {
		title: (facts) => `${theKubelet(facts)} has a certificate that has expired`,
		explanation: () =>
			'The serving certificate of the kubelet is out of date: its renewal was not approved, or rotation is off. Perhaps a clock is wrong instead; the line in the log names both times.',
		fixes: (facts) => [
			{ say: 'See whether its renewal waits:', run: ['kubectl get csr'] },
			{ say: 'Approve it, after a look at who asks:', run: ['kubectl certificate approve NAME'] },
			...(renewsItself.includes(word(facts, 'distribution')) ? signedCertificates(facts) : []),
		],
		source: scrapeClient,
		more: [links.kubeletCertificates],
	},
	'kubelet-cert-legacy-cn': {
		title: (facts) => `${theKubelet(facts)} has a certificate of the old kind, without subject alternative names`,
		explanation: () =>
			'Since Go 1.15 a name in the common name alone is not accepted. The certificate is older than that, or was made by an old tool.',
		fixes: (facts) => [seeLog, ...signedCertificates(facts)],
		source: scrapeClient,
		more: [links.kubeletCertificates],
	},
	'kubelet-serving-csr-pending': {
		title: (facts) => `${theKubelet(facts)} waits for its serving certificate to be approved`,
		explanation: (facts) =>
			`With serverTLSBootstrap the kubelet has no certificate until somebody approves its request${word(facts, 'request') === '' ? '' : `, which is ${word(facts, 'request')}`}; Kubernetes never does that by itself. “kubectl logs” and “exec” fail at that node for the same reason.`,
		fixes: (facts) => [
			{ say: 'See the requests:', run: ['kubectl get csr'] },
			{
				say: 'Look at who asks for which names, then approve:',
				run: [`kubectl describe csr ${requestName(facts)}`, `kubectl certificate approve ${requestName(facts)}`],
			},
			{ say: 'So that it does not come again: kubelet-csr-approver, or the controller of your cloud.' },
		],
		source: 'kubelet TLS bootstrapping; metrics-server#1480',
		more: [links.kubeletCertificates],
	},
	'kubelet-serving-csr-denied': {
		title: (facts) => `${theKubelet(facts)} was denied its serving certificate`,
		explanation: () =>
			'The kubelet asked for a certificate, and whoever approves such requests said no: a name or an address in it does not fit its rules. Without one it cannot speak TLS.',
		fixes: (facts) => [
			{ say: 'See why:', run: [`kubectl describe csr ${requestName(facts)}`] },
			{ say: 'Let the approver’s rules and the node’s names and addresses fit; the kubelet asks again by itself.' },
		],
		source: 'kubelet TLS bootstrapping',
		more: [links.kubeletCertificates],
	},
};

function requestName(facts: Facts): string {
	const request = word(facts, 'request');
	return /^[a-z0-9][-a-z0-9.]*$/.test(request) ? request : 'NAME';
}
