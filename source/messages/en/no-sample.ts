/** Why a subject has no sample: a short word for a cell (at most 9 letters) and a sentence for the detail. */
import type { NoSampleCode } from '../../model/usage.ts';

export interface NoSampleMessage {
	short: string;
	sentence: string;
}

export const noSample: Readonly<Record<NoSampleCode, NoSampleMessage>> = {
	'api-group-absent': {
		short: 'no API',
		sentence: 'The API server has no group metrics.k8s.io: nothing is registered to serve samples.',
	},
	'apiservice-unavailable': {
		short: 'API down',
		sentence: 'metrics.k8s.io is registered, but the API server gets no answer from what stands behind it.',
	},
	'metrics-forbidden': { short: 'forbidden', sentence: 'This user may not read these samples in metrics.k8s.io.' },
	'metrics-empty': {
		short: 'empty',
		sentence: 'The metrics API answers, but its list is empty: it has no sample of anything yet.',
	},
	'not-asked-yet': { short: 'waiting', sentence: 'No answer of the metrics API has arrived since this is known.' },
	'read-once': {
		short: 'new',
		sentence:
			'A CPU rate needs two readings of the counter, and there has been one, or its files cannot be read. The next comes within seconds.',
	},
	'metrics-unreachable': {
		short: 'no answer',
		sentence: 'The last requests to the metrics API failed; the sources line says how.',
	},
	'pod-too-young': {
		short: 'too young',
		sentence: 'The pod is new. A CPU rate needs two samples, so the first number comes after about a minute.',
	},
	'node-too-young': {
		short: 'too young',
		sentence: 'The node is new. A CPU rate needs two samples, so the first number comes after about a minute.',
	},
	'pod-pending-or-init': {
		short: 'pending',
		sentence: 'The pod is not running yet. Only running pods are sampled.',
	},
	'pod-finished': { short: 'finished', sentence: 'The pod has ended. Only running pods are sampled.' },
	'container-restarting': {
		short: 'restarts',
		sentence: 'A container restarted lately. Each restart throws its first sample away, and a rate needs two.',
	},
	'node-without-samples': {
		short: 'node lost',
		sentence: 'The node that this runs on has no sample either: look at the node first.',
	},
	'one-container-lacks-sample': {
		short: 'withheld',
		sentence:
			'The pod runs and is old enough, but the answer leaves it out. Usually one of its containers has no sample; the whole pod is left out then.',
	},
	'container-without-sample': {
		short: 'no sample',
		sentence: 'The pod has a sample, but this container is not in it.',
	},
	'container-not-running': {
		short: 'not run',
		sentence: 'The container does not run now, so there is nothing to sample.',
	},
	'node-row-unknown': {
		short: 'no sample',
		sentence: 'The metrics API has no sample of this node, while it has others; kubectl top prints <unknown>.',
	},
	'node-virtual': {
		short: 'virtual',
		sentence: 'A virtual node: there is no machine behind it, and its provider gives no samples.',
	},
	'node-fargate': {
		short: 'Fargate',
		sentence: 'A Fargate node: it exists for one pod, and often cannot be sampled.',
	},
	'node-windows': {
		short: 'Windows',
		sentence: 'A Windows node: some kubelets there report no usage or zero, and then it is left out.',
	},
};
