/** Texts of numbers that are missing while the pipeline works. */
import { type CauseTexts, type Facts, firstName, links, safe, things, word } from './cause-text.ts';

/** `-n NAMESPACE NAME` of the first pod. */
function pod(facts: Facts): string {
	const [namespace = '', podName = ''] = (word(facts, 'names').split(/, | and /)[0] ?? '').split('/');
	return `-n ${safe(namespace, 'NAMESPACE')} ${safe(podName, 'POD')}`;
}

const storage = 'metrics-server, pkg/storage/pod.go and pkg/scraper/client/resource/decode.go';

export const partialTexts: CauseTexts = {
	'pod-too-young': {
		title: (facts) =>
			word(facts, 'names') === ''
				? 'a pod is too new to have a sample'
				: `too new to have a sample: ${things(facts, 'pod')}`,
		explanation: (facts) =>
			`A CPU rate needs two samples, so the first number comes up to ${word(facts, 'wait', '60')} s after the youngest container has started; it has run for ${word(facts, 'seconds', 'a few')} s. Nothing is wrong.`,
		fixes: (facts) => [
			{
				say: `Wait: at the latest ${word(facts, 'wait', '60')} s after its start it is there.`,
				run: [`kubectl get pod ${pod(facts)}`],
			},
		],
		source: storage,
		more: [links.faq],
	},
	'node-too-young': {
		title: (facts) =>
			word(facts, 'names') === ''
				? 'a node is too new to have a sample'
				: `too new to have a sample: ${things(facts, 'node')}`,
		explanation: (facts) =>
			`A CPU rate needs two samples, so the first number comes up to ${word(facts, 'wait', '60')} s after the node has joined; it joined ${word(facts, 'seconds', 'a few')} s ago. Nothing is wrong.`,
		fixes: (facts) => [{ say: 'Wait a minute.', run: [`kubectl get node ${firstName(facts, 'NODE')}`] }],
		source: 'metrics-server, pkg/storage/node.go',
		more: [links.faq],
	},
	'container-restarting': {
		title: (facts) =>
			word(facts, 'names') === ''
				? 'a container restarts again and again'
				: `a container restarts, so there is no sample: ${things(facts, 'pod')}`,
		explanation: (facts) =>
			`Each restart throws away the earlier sample, and a rate needs two; one such container takes the whole pod out of the answer. Container ${word(facts, 'container', 'of the pod')} has restarted ${word(facts, 'restarts', 'several')} times${word(facts, 'state') === '' || word(facts, 'state') === 'Running' ? '' : ` and is in ${word(facts, 'state')}`}.`,
		fixes: (facts) => [
			{
				say: 'See why it ends:',
				run: [
					`kubectl describe pod ${pod(facts)}`,
					`kubectl logs ${pod(facts)} -c ${safe(word(facts, 'container'), 'CONTAINER')} --previous`,
				],
			},
		],
		source: storage,
		more: [],
	},
	'one-container-lacks-sample': {
		title: (facts) =>
			word(facts, 'names') === ''
				? 'a whole pod is left out because one of its containers has no sample'
				: `left out whole, because one container has no sample: ${things(facts, 'pod')}`,
		explanation: (facts) =>
			`metrics-server leaves a pod out whole if one of its containers has no CPU or no memory, or a zero in one of the two${word(facts, 'container') === '' ? '' : `; here it is ${word(facts, 'container')}`}. The other containers are measured, and are not shown either.`,
		fixes: (facts) => [
			{ say: 'See which of its containers does nothing or has ended:', run: [`kubectl describe pod ${pod(facts)}`] },
			{
				say: 'A container that has ended its work and stays: end it, or make it an init container. One that runs and reads zero: look at the kubelet and the runtime of its node.',
			},
		],
		source: storage,
		more: ['https://github.com/kubernetes-sigs/metrics-server/issues/976'],
	},
	'idle-container-zero-cpu': {
		title: (facts) =>
			word(facts, 'names') === ''
				? 'a container has used no CPU at all yet'
				: `used no CPU at all yet: ${things(facts, 'pod')}`,
		explanation: () =>
			'The kubelet reports zero CPU time for its containers, and metrics-server takes a zero for a missing sample and leaves the pod out. Containers that only wait, such as pause, are like that.',
		fixes: (facts) => [{ say: 'Nothing has to be mended.', run: [`kubectl get pod ${pod(facts)}`] }],
		source: storage,
		more: [],
	},
	'only-completed-pods': {
		title: (facts) =>
			word(facts, 'names') === ''
				? 'all pods of the selection have ended'
				: `ended, so never sampled: ${things(facts, 'pod')}`,
		explanation: () =>
			'Only running pods are sampled, and these have ended. kubectl says “Metrics not available for pod …, age …” of them, which looks like a fault and is none.',
		fixes: () => [{ say: 'Nothing has to be mended.', run: ['kubectl get pods -n NAMESPACE'] }],
		source: 'kubectl, pkg/cmd/top/top_pod.go (it looks at the age, not at the phase)',
		more: [],
	},
	'pod-pending-or-init': {
		title: (facts) =>
			word(facts, 'names') === '' ? 'the pod does not run yet' : `does not run yet: ${things(facts, 'pod')}`,
		explanation: (facts) =>
			`Only running pods are sampled, and this one is Pending${word(facts, 'status') === '' ? '' : ` (${word(facts, 'status')})`}. The metrics pipeline has no part in it.`,
		fixes: (facts) => [{ say: 'See what it waits for:', run: [`kubectl describe pod ${pod(facts)}`] }],
		source: 'metrics-server watches pods with status.phase=Running',
		more: [],
	},
	'ms-just-started': {
		title: (facts) =>
			`metrics-server has just started${word(facts, 'seconds') === '' ? '' : `, ${word(facts, 'seconds')} s ago`}`,
		explanation: () =>
			'It needs two scrapes of the kubelets before it can give a rate. Until then its lists are empty, or lack some pods, and kubectl says “metrics not available yet”.',
		fixes: () => [{ say: 'Wait a minute, and ask again:', run: ['kubectl top node'] }],
		source: 'metrics-server, pkg/storage',
		more: [links.faq],
	},
};
