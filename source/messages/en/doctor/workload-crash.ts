/** Texts of a metrics-server that ends again and again. */
import { type CauseTexts, type Facts, links, name, safe, word } from './cause-text.ts';
import {
	applyRelease,
	describePod,
	editDeployment,
	itsDeployment,
	namespaceOf,
	seeDeployment,
} from './workload-words.ts';

const quoted = (facts: Facts, otherwise: string): string => word(facts, 'what', otherwise);
const options = 'metrics-server, cmd/metrics-server/app/options';

export const workloadCrashTexts: CauseTexts = {
	'ms-crash-bind-permission': {
		title: (facts) => `metrics-server may not listen on port ${quoted(facts, '443')}`,
		explanation: () =>
			'It runs without root, and ports below 1024 are kept for root. Its own default was 443 up to 0.6, and 0.5.0 shipped with it.',
		fixes: (facts) => [
			seeDeployment(facts),
			editDeployment(facts, 'Let it listen on 10250: --secure-port=10250, and containerPort: 10250 beside it:'),
			applyRelease('Or apply the whole manifest of a current release, in which they fit:'),
		],
		source: 'metrics-server#782, #814, #834; kubespray#7988',
		more: [links.knownIssues],
	},
	'ms-port-conflict-hostnetwork': {
		title: (facts) => `port ${quoted(facts, '10250')} is taken on the node of metrics-server`,
		explanation: () =>
			'With hostNetwork it shares the ports of its node, and there the kubelet has 10250. So it cannot open its own, and ends.',
		fixes: (facts) => [
			seeDeployment(facts),
			editDeployment(
				facts,
				'Take hostNetwork away, or give it a port of its own: --secure-port=4443, and containerPort: 4443 beside it:',
			),
		],
		source: 'k3s#11362, cozystack#3361',
		more: [links.knownIssues],
	},
	'ms-readonly-fs': {
		title: () => 'metrics-server cannot write the certificate that it makes for itself',
		explanation: (facts) =>
			`At its start it makes a certificate and writes it to ${word(facts, 'directory', 'a directory of its image')}, which is read-only. Its manifest gives it an empty directory at /tmp for that, and --cert-dir=/tmp.`,
		fixes: (facts) => [
			seeDeployment(facts),
			editDeployment(facts, 'Add --cert-dir=/tmp, and an emptyDir that is mounted at /tmp:'),
			applyRelease('Or apply the whole manifest, in which both are:'),
		],
		source: `${options}, and the volumes of its manifest`,
		more: [links.metricsServer],
	},
	'ms-unknown-flag': {
		title: (facts) =>
			`metrics-server does not know one of its flags${word(facts, 'what') === '' ? '' : `: ${word(facts, 'what')}`}`,
		explanation: (facts) =>
			`Flags and image are of different releases: a flag was taken away, or came later than ${word(facts, 'image', 'this image')}. It ends at once, without serving anything.`,
		fixes: (facts) => [
			seeDeployment(facts),
			applyRelease('Apply the whole manifest of one release, image and flags together:'),
			editDeployment(facts, 'Or take the flag away:'),
		],
		source: options,
		more: ['https://github.com/kubernetes-sigs/metrics-server/releases'],
	},
	'ms-resolution-too-small': {
		title: (facts) =>
			`metrics-server is told to scrape too often${word(facts, 'what') === '' ? '' : `: every ${word(facts, 'what')}`}`,
		explanation: () =>
			'Since 0.6 it refuses a --metric-resolution below 10 s and ends. Kubelets renew their numbers every 10 to 15 s, so more often brings nothing.',
		fixes: (facts) => [seeDeployment(facts), editDeployment(facts, 'Use --metric-resolution=15s:')],
		source: `${options}/options.go`,
		more: [links.faq],
	},
	'ms-resolution-vs-timeout': {
		title: () => 'metrics-server is told to wait longer for a kubelet than its turn lasts',
		explanation: (facts) =>
			`Since 0.7 it waits up to 10 s for a kubelet, and refuses a --metric-resolution${word(facts, 'what') === '' ? '' : ` (here ${word(facts, 'what')})`} that is not clearly longer. With the default wait that is about 11.2 s at the least.`,
		fixes: (facts) => [
			seeDeployment(facts),
			editDeployment(
				facts,
				'Use --metric-resolution=15s; or, with a shorter one, --kubelet-request-timeout below 0.9 of it:',
			),
		],
		source: `${options}/options.go`,
		more: [links.faq],
	},
	'ms-flag-conflict': {
		title: (facts) =>
			`flags of metrics-server contradict each other${word(facts, 'what') === '' ? '' : `: ${word(facts, 'what')}`}`,
		explanation: () =>
			'It checks its flags at the start, and ends where they cannot all be meant. Nothing is served until one of them goes.',
		fixes: (facts) => [
			seeDeployment(facts),
			editDeployment(
				facts,
				'Keep the safe one of the two: --kubelet-certificate-authority rather than one that skips the check:',
			),
		],
		source: `${options}/kubelet_client.go`,
		more: [links.metricsServer],
	},
	'ms-token-mount-missing': {
		title: () => 'metrics-server has no token for the API server',
		explanation: (facts) =>
			`Its pod or its service account ${word(facts, 'account', 'metrics-server')} says automountServiceAccountToken: false, so no token is mounted. Without one it can ask nothing, and ends.`,
		fixes: (facts) => [
			seeDeployment(facts),
			editDeployment(facts, 'Set automountServiceAccountToken: true in spec.template.spec:'),
			{
				say: 'See the account as well:',
				run: [
					`kubectl get serviceaccount -n ${namespaceOf(facts)} ${name(facts, 'account', 'metrics-server')} -o yaml`,
				],
			},
		],
		source: 'client-go, rest.InClusterConfig',
		more: ['https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/'],
	},
	'ms-version-too-old-for-server': {
		title: () => 'metrics-server is too old for this Kubernetes',
		explanation: (facts) =>
			`${word(facts, 'image', 'Its image')} asks the API server who may read metrics by an interface that it does not have any more since 1.22, and so it answers every request with an error. Its manifest would not fit to a newer image either.`,
		fixes: (facts) => [
			seeDeployment(facts),
			applyRelease('Apply the whole manifest of a release that goes with this Kubernetes:'),
		],
		source: 'metrics-server, README, compatibility matrix',
		more: ['https://github.com/kubernetes-sigs/metrics-server#compatibility-matrix'],
	},
	'ms-command-overrides-entrypoint': {
		title: () => 'the flags of metrics-server stand where its program should',
		explanation: (facts) =>
			`The Deployment has command: with ${quoted(facts, 'a flag')} in it, and command replaces the program of the image. So the node looks for a program by that name and finds none.`,
		fixes: (facts) => [seeDeployment(facts), editDeployment(facts, 'Move the flags from command: to args:')],
		source: 'Kubernetes, command and args of a container',
		more: ['https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/'],
	},
	'ms-oomkilled': {
		title: () => 'metrics-server is killed because its memory limit is too low',
		explanation: (facts) =>
			`It needs memory for every node and pod, and at its limit the kernel ends it${word(facts, 'restarts') === '' ? '' : `; it has restarted ${word(facts, 'restarts')} times`}. About 2 MiB a node is a fair measure: its defaults are enough for a hundred nodes.`,
		fixes: (facts) => [
			describePod(facts),
			{
				say: 'Give it more, by the number of nodes:',
				run: [`kubectl set resources ${itsDeployment(facts)} --requests=cpu=100m,memory=400Mi --limits=memory=400Mi`],
			},
			{ say: 'Where an addon-resizer (nanny) sets them, change its configuration instead.' },
		],
		source: 'metrics-server, README, scaling; kubespray#8010',
		more: ['https://github.com/kubernetes-sigs/metrics-server#scaling'],
	},
	'ms-liveness-killed': {
		title: () => 'the kubelet restarts metrics-server because it is too slow',
		explanation: (facts) =>
			`Its liveness check fails when one round of scraping takes longer than one and a half turns${word(facts, 'timely') === 'no' ? ', and its log says so' : ''}. Usually some kubelets do not answer, or it has too little CPU.`,
		fixes: (facts) => [
			{
				say: 'See which kubelets make it wait:',
				run: [
					`kubectl logs -n ${namespaceOf(facts)} ${safe(word(facts, 'pod'), 'POD')} --previous | grep -i 'failed to scrape'`,
				],
			},
			{ say: 'Mend those nodes, or take them out of the cluster.' },
			applyRelease('Before 0.7 one slow kubelet could hold up all: apply a current release:'),
		],
		source: 'metrics-server#983, #698, #1145; its check metric-collection-timely',
		more: [links.knownIssues],
	},
};
