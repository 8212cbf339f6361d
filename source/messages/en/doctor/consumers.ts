/** Texts of others who read the metrics API: the HorizontalPodAutoscaler. */
import { type CauseTexts, type Facts, type Fix, name, word } from './cause-text.ts';

const hpa = (facts: Facts): string =>
	`-n ${name(facts, 'namespace', 'NAMESPACE')} hpa ${name(facts, 'autoscaler', 'NAME')}`;
const theHpa = (facts: Facts): string =>
	`the HPA${word(facts, 'autoscaler') === '' ? '' : ` ${word(facts, 'autoscaler')}`}`;
const ofNamespace = (facts: Facts): string => `-n ${name(facts, 'namespace', 'NAMESPACE')}`;

/** `deployment/web` of `Deployment/web`. */
function target(facts: Facts): string {
	const [kind = '', its = ''] = word(facts, 'target').split('/');
	const known = /^[A-Za-z]+$/.test(kind) && /^[a-z0-9][-a-z0-9.]*$/.test(its);
	return known ? `${kind.toLowerCase()}/${its}` : 'deployment/NAME';
}

const describe = (facts: Facts): Fix => ({
	say: 'See its conditions and events:',
	run: [`kubectl describe ${hpa(facts)}`],
});

const docs = 'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/';
const calculator = 'kubernetes, pkg/controller/podautoscaler/replica_calculator.go';

export const consumersTexts: CauseTexts = {
	'hpa-missing-request': {
		title: (facts) =>
			`${theHpa(facts)} counts in percent of a request that is not there${word(facts, 'container') === '' ? '' : `: container ${word(facts, 'container')}`}`,
		explanation: (facts) =>
			`A utilisation is usage divided by the request, and a container requests no ${word(facts, 'resource', 'cpu')}; one such container is enough, a sidecar too. The metrics pipeline works: kubectl top shows these pods.`,
		fixes: (facts) => [
			describe(facts),
			{
				say: 'Give every container of its pods a request, sidecars among them; with one value for all:',
				run: [
					`kubectl set resources ${ofNamespace(facts)} ${target(facts)} --requests=${word(facts, 'resource', 'cpu') === 'memory' ? 'memory=128Mi' : 'cpu=100m'}`,
				],
			},
			{
				say: 'Or let the HPA aim at an averageValue, or at one container by ContainerResource: neither of the two divides by the requests of all.',
			},
		],
		source: `${calculator}; metrics-server, KNOWN_ISSUES`,
		more: [docs],
	},
	'hpa-selector-overlap': {
		title: (facts) =>
			`${theHpa(facts)} counts pods that are not its target’s${word(facts, 'pod') === '' ? '' : `: ${word(facts, 'pod')}`}`,
		explanation: (facts) =>
			`It takes every pod that the selector of ${word(facts, 'target', 'its target')} selects, whoever owns it, so pods of a Job or of another Deployment with the same labels count as well. Its averages are then of strangers, and a stranger without a request stops it.`,
		fixes: (facts) => [
			{
				say: 'See whom the selector selects:',
				run: [
					`kubectl get ${ofNamespace(facts)} ${target(facts)} -o jsonpath='{.spec.selector.matchLabels}'`,
					`kubectl get pods ${ofNamespace(facts)} --show-labels`,
				],
			},
			{ say: 'Give the other pods labels of their own.' },
		],
		source: 'metrics-server, KNOWN_ISSUES (the HPA goes by labels, not by ownership)',
		more: [docs],
	},
	'hpa-metrics-api-missing': {
		title: (facts) => `${theHpa(facts)} does not get at the metrics API`,
		explanation: (facts) =>
			`It asks the same API as kubectl top, and its last answer was “${word(facts, 'what', 'the server could not find the requested resource')}”. It has the same reasons: what the doctor finds for the cluster is the cause. Where that finds nothing, the API was away for a moment, or the controller asks another API server than you do, and that one does not get at it.`,
		fixes: (facts) => [
			{ say: 'See what is wrong with the metrics API itself:', run: ['whytop doctor', 'kubectl top pods -A'] },
			{
				say: 'Where nothing is, ask each API server for itself, on its own machine:',
				run: ['kubectl --server=https://127.0.0.1:6443 get --raw /apis/metrics.k8s.io/v1beta1'],
			},
			describe(facts),
		],
		source: 'kubernetes, pkg/controller/podautoscaler/metrics/client.go',
		more: [docs],
	},
	'hpa-controller-rbac': {
		title: () => 'the HPA’s controller may not read the metrics API',
		explanation: (facts) =>
			`The API server forbids it to ${word(facts, 'what', 'the account of the controller')}: a role that Kubernetes brings was changed or removed. Every HPA of the cluster is struck by it, and kubectl top is not.`,
		fixes: () => [
			{
				say: 'See its role; the API server restores the rules that it brought at its next start, unless autoupdate is off:',
				run: [
					'kubectl get clusterrole system:controller:horizontal-pod-autoscaler -o yaml',
					'kubectl get clusterrolebinding system:controller:horizontal-pod-autoscaler -o yaml',
				],
			},
		],
		source: 'Kubernetes, default roles of controllers',
		more: ['https://kubernetes.io/docs/reference/access-authn-authz/rbac/#auto-reconciliation'],
	},
	'hpa-no-metrics-returned': {
		title: (facts) => `${theHpa(facts)} gets no numbers of its pods`,
		explanation: (facts) =>
			`The metrics API answers and has nothing of them, or none of them is ready${word(facts, 'pods') === '' ? '' : ` (${word(facts, 'ready')} of ${word(facts, 'pods')} are)`}. It counts CPU of a pod only when that is ready, and in its first five minutes only with care.`,
		fixes: (facts) => [
			{
				say: 'See whether they are ready, and have numbers:',
				run: [`kubectl get pods ${ofNamespace(facts)}`, `kubectl top pods ${ofNamespace(facts)}`],
			},
			{ say: 'Where they are new: wait. Where they never become ready: mend their readiness probe first.' },
		],
		source: `${calculator}; metrics-server#1641`,
		more: [docs],
	},
	'hpa-custom-missing': {
		title: (facts) => `${theHpa(facts)} asks for ${word(facts, 'what', 'custom')} metrics, and nothing serves them`,
		explanation: () =>
			'metrics-server serves CPU and memory, and nothing else. Other metrics come from an adapter of their own, which is absent or does not know this one.',
		fixes: (facts) => [
			{ say: 'See whether an adapter is registered:', run: ['kubectl get apiservices | grep -E "custom|external"'] },
			describe(facts),
			{ say: 'Install or configure prometheus-adapter or KEDA, or aim at CPU or memory.' },
		],
		source: 'kubernetes, pkg/controller/podautoscaler/metrics/client.go',
		more: [docs],
	},
	'hpa-container-missing': {
		title: (facts) =>
			`${theHpa(facts)} looks for a container that has no numbers${word(facts, 'what') === '' ? '' : `: ${word(facts, 'what')}`}`,
		explanation: () =>
			'It aims at one container by name, and the pod’s numbers have none of that name. Either the name is wrong, or that container was left out of the sample.',
		fixes: (facts) => [
			{
				say: 'Compare its name with those that have numbers:',
				run: [`kubectl top pods ${ofNamespace(facts)} --containers`],
			},
			{
				say: 'Correct the name in the HPA; it does not follow when the container is renamed.',
				run: [`kubectl edit ${hpa(facts)}`],
			},
		],
		source: `${calculator}, ContainerResource`,
		more: [docs],
	},
};
