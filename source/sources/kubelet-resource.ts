/**
 * The kubelet's `GET /metrics/resource` (pkg/kubelet/metrics/collectors/resource_metrics.go), which metrics-server
 * scrapes: of the node, each pod's cgroup and each container the CPU time and the working set, each sample with the
 * time at which cAdvisor took it. Series of pods since 1.20, swap since 1.28.
 */
import { asked } from '../messages/en/kubelet.ts';
import type { ReadingQuantity } from '../model/reading.ts';
import { type Subject, subjectKey } from '../model/subject.ts';
import { readPrometheus } from './kubelet-answer.ts';
import { type Labels, samples } from './prometheus-text/parse.ts';
import { labelWord, nanoseconds } from './prometheus-text/values.ts';
import { ReadingList, type SourceAnswer } from './subject-readings.ts';

type Scope = 'node' | 'pod' | 'container';

const quantities: Readonly<Record<string, ReadingQuantity>> = {
	cpu_usage_seconds_total: 'cpuTime',
	memory_working_set_bytes: 'workingSet',
	swap_usage_bytes: 'swap',
};
const scopes: readonly Scope[] = ['node', 'pod', 'container'];
const startTime = 'container_start_time_seconds';
/** Until 1.28, and since. */
const scrapeErrors: ReadonlySet<string> = new Set(['scrape_error', 'resource_scrape_error']);

const series = new Map<string, readonly [scope: Scope, quantity: ReadingQuantity]>();
for (const scope of scopes) {
	for (const [name, quantity] of Object.entries(quantities)) {
		series.set(`${scope}_${name}`, [scope, quantity]);
	}
}
const wanted: ReadonlySet<string> = new Set([...series.keys(), startTime, ...scrapeErrors]);

/**
 * @param receivedAt when the answer came, by the server's clock: the time of samples that carry none
 * @throws Error with a sentence, if the answer is none of a kubelet or is damaged
 */
export function decodeKubeletResource(body: Buffer, contentType: string, receivedAt: number): SourceAnswer {
	return readPrometheus(asked.resource, body, contentType, (text) => {
		const lists = new Map<string, ReadingList>();
		let failed = false;
		for (const { name, labels, value, timestamp } of samples(text, wanted)) {
			const known = series.get(name);
			if (known !== undefined) {
				const [scope, quantity] = known;
				const amount = quantity === 'cpuTime' ? nanoseconds(value) : value;
				listOf(lists, scope, labels).add(quantity, amount, name, Number.isNaN(timestamp) ? receivedAt : timestamp);
			} else if (name === startTime) {
				listOf(lists, 'container', labels).startedAt = value * 1000;
			} else {
				failed ||= value !== 0;
			}
		}
		return {
			nodeName: '',
			subjects: [...lists.values()].filter(({ readings }) => readings.length > 0),
			notes: failed ? ['scrape-error'] : [],
			cgroup: '',
			kernel: '',
		};
	});
}

function listOf(lists: Map<string, ReadingList>, scope: Scope, labels: Labels): ReadingList {
	const subject = subjectOf(scope, labels);
	const key = subjectKey(subject);
	let list = lists.get(key);
	if (list === undefined) {
		list = new ReadingList(subject, 'kubelet-resource');
		lists.set(key, list);
	}
	return list;
}

function subjectOf(scope: Scope, labels: Labels): Subject {
	if (scope === 'node') {
		return { kind: 'node', name: '' };
	}
	const namespace = labelWord(labels, 'namespace');
	const pod = labelWord(labels, 'pod');
	return scope === 'pod'
		? { kind: 'pod', namespace, name: pod, uid: '' }
		: { kind: 'container', namespace, pod, container: labelWord(labels, 'container'), id: '' };
}
