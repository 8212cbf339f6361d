/** Texts of a metrics-server that runs and is not ready, and of what is worth knowing of its Deployment. */
import { type CauseTexts, type Facts, type Fix, links, name, safe, word } from './cause-text.ts';
import { applyRelease, editDeployment, itsDeployment, itsPod, namespaceOf, seeDeployment } from './workload-words.ts';

const seeLog = (facts: Facts): Fix => ({
	say: 'See what it says of each kubelet:',
	run: [`kubectl logs -n ${namespaceOf(facts)} ${safe(word(facts, 'pod'), 'POD')} --tail=100`],
});

const seeAccount: Fix = {
	say: 'See to whom its rights are bound:',
	run: ['kubectl get clusterrolebinding system:metrics-server -o yaml'],
};

const wrongly: Readonly<Record<string, string>> = {
	path: 'for a path that it does not have',
	port: 'at another port than it serves',
	scheme: 'without TLS',
};

export const workloadRunningTexts: CauseTexts = {
	'ms-not-ready-just-started': {
		title: (facts) =>
			`metrics-server has just started and is not ready yet${word(facts, 'seconds') === '' ? '' : ` (${word(facts, 'seconds')} s)`}`,
		explanation: (facts) =>
			`It is ready once it has scraped kubelets twice, at the latest ${word(facts, 'wait', '60')} s after its start. Nothing is wrong so far.`,
		fixes: (facts) => [{ say: 'Wait a minute, and look again:', run: [`kubectl get ${itsPod(facts)}`] }],
		source: 'metrics-server, its check metric-storage-ready; initialDelaySeconds in its manifest',
		more: [links.faq],
	},
	'ms-not-ready-no-metrics': {
		title: () => 'metrics-server runs and is not ready, because it has no samples of any kubelet',
		explanation: () =>
			'Its readiness check fails until it has two scrapes of a kubelet, and the API server passes nothing on to a pod that is not ready. So the reason is between it and the kubelets, and its log names it.',
		fixes: (facts) => [seeLog(facts)],
		source: 'metrics-server, its check metric-storage-ready',
		more: [links.knownIssues],
	},
	'ms-readiness-probe-wrong': {
		title: (facts) =>
			`the readiness check of metrics-server asks ${wrongly[word(facts, 'mistake')] ?? 'for what it does not serve'}`,
		explanation: (facts) =>
			`The kubelet asks by ${word(facts, 'scheme', 'its own scheme')} at port ${word(facts, 'port', 'of its own')} for ${word(facts, 'path', 'a path of its own')}${word(facts, 'serves') === '' ? '' : `; metrics-server serves HTTPS at ${word(facts, 'serves')}, with /readyz since 0.4 and /healthz before`}. So the pod never counts as ready, and the API server passes nothing on to it, however well it works.`,
		fixes: (facts) => [
			seeDeployment(facts),
			editDeployment(facts, 'Let readinessProbe ask by HTTPS for /readyz, at the port of --secure-port:'),
			applyRelease('Or apply the whole manifest of one release, whose image and checks fit together:'),
		],
		source: 'Kubernetes, probes of a container; manifests of metrics-server',
		more: ['https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/'],
	},
	'ms-informers-never-sync': {
		title: (facts) => `metrics-server may not list ${word(facts, 'resource', 'nodes or pods')}`,
		explanation: () =>
			'It waits for its lists of nodes and pods before it opens its port, so without the right to them it runs and looks dead. The ClusterRole system:metrics-server or its binding is missing or incomplete.',
		fixes: (facts) => [
			seeAccount,
			{
				say: 'See what its account may do:',
				run: [
					`kubectl auth can-i list nodes --as=system:serviceaccount:${namespaceOf(facts)}:${name(facts, 'account', 'metrics-server')}`,
				],
			},
			applyRelease('Apply the whole manifest, with its roles and bindings:'),
		],
		source: 'metrics-server, pkg/server/server.go (it serves after its caches are filled)',
		more: [links.rbac],
	},
	'ms-clusterrolebinding-wrong-ns': {
		title: (facts) =>
			`the rights of metrics-server are bound to another account${word(facts, 'bound') === '' ? '' : ` (${word(facts, 'bound')})`}`,
		explanation: (facts) =>
			`It runs as ${word(facts, 'account', 'its account')} in namespace ${namespaceOf(facts)}, and its ClusterRoleBinding names another one. That is what a copy of the manifest in another namespace leaves, if the subjects are not changed with it.`,
		fixes: (facts) => [
			seeAccount,
			{
				say: 'Bind them to the account that it runs as:',
				run: [
					`kubectl create clusterrolebinding metrics-server-${namespaceOf(facts)} --clusterrole=system:metrics-server --serviceaccount=${namespaceOf(facts)}:${name(facts, 'account', 'metrics-server')}`,
				],
			},
		],
		source: 'the subjects of the ClusterRoleBinding, and serviceAccountName',
		more: [links.rbac],
	},
	'ms-port-mismatch': {
		title: (facts) =>
			word(facts, 'serves') === ''
				? 'metrics-server serves on another port than its Service leads to'
				: `metrics-server serves on port ${word(facts, 'serves')}, and its Service leads to ${word(facts, 'leads')}`,
		explanation: () =>
			'--secure-port, the containerPort and the targetPort of the Service must be the same one. After an upgrade from 0.6 to 0.7 an own patch with 4443 often stays in one of the three.',
		fixes: (facts) => [
			seeDeployment(facts),
			editDeployment(facts, 'Let containerPort and --secure-port name the same port (10250 since 0.7):'),
			{ say: 'See the Service:', run: [`kubectl get service -n ${namespaceOf(facts)} metrics-server -o yaml`] },
		],
		source: 'the flags and ports of the pod, and the targetPort of the Service',
		more: [links.metricsServer],
	},
	'ms-clock-skew': {
		title: (facts) =>
			`a clock is wrong${word(facts, 'node') === '' ? '' : ` on ${word(facts, 'node')}`}${word(facts, 'seconds') === '' ? '' : `, by ${word(facts, 'seconds')} s`}`,
		explanation: () =>
			'The node’s time and the API server’s differ, so certificates look expired or not yet valid, and rates are taken over wrong spans. kubectl top then shows nothing, or old numbers.',
		fixes: (facts) => [
			{ say: 'See on the node whether its clock is kept:', run: ['timedatectl status'] },
			{ say: `Set up NTP (chrony) on ${name(facts, 'node', 'the node')}, and restart metrics-server afterwards.` },
		],
		source: 'the timestamps of the samples, and the time in the line of the log',
		more: ['https://kubernetes.io/docs/setup/best-practices/certificates/'],
	},
	'ms-duplicate-deployments': {
		title: (facts) =>
			`there is more than one metrics-server${word(facts, 'deployments') === '' ? '' : `: ${word(facts, 'deployments')}`}`,
		explanation: () =>
			'Often the cluster brings its own, and somebody installed another. They compete for one APIService and one set of names, so an upgrade of one breaks the other.',
		fixes: () => [
			{ say: 'See both, and who owns them:', run: ['kubectl get deployments -A --show-labels | grep metrics-server'] },
			{ say: 'Remove the one that you installed; the cluster puts its own back anyway.' },
		],
		source: 'the Deployments with metrics-server’s image; metrics-server#783',
		more: [links.metricsServer],
	},
	'ms-addon-manager-reverts': {
		title: (facts) =>
			`what is changed at metrics-server by hand is put back${word(facts, 'manager') === '' ? '' : ` (${word(facts, 'manager')})`}`,
		explanation: () =>
			'A manager of the cluster keeps this Deployment as it wants it, so an edit is gone after minutes. Changes must be made where that manager reads them.',
		fixes: (facts) => [
			{ say: 'See its labels:', run: [`kubectl get ${itsDeployment(facts)} --show-labels`] },
			...howToChange(word(facts, 'manager')),
		],
		source: 'the labels of the Deployment',
		more: [],
	},
};

function howToChange(manager: string): readonly Fix[] {
	switch (manager) {
		case 'k3s':
			return [{ say: 'k3s: start it with --disable metrics-server and install your own, or add a HelmChartConfig.' }];
		case 'eks':
			return [
				{
					say: 'EKS: through the add-on’s configuration:',
					run: ['aws eks describe-addon-configuration --addon-name metrics-server --addon-version VERSION'],
				},
			];
		default:
			return [{ say: 'Through the configuration of the add-on, as its provider describes it.' }];
	}
}
