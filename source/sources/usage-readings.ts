/** One object of the metrics API (`metrics.k8s.io`, JSON) as readings: what `kubectl top` prints of it. */

import { asked } from '../messages/en/kubelet.ts';
import { damage } from '../messages/en/sources.ts';
import type { NodeUsageRecord } from '../model/records.ts';
import { WireError } from './answer.ts';
import { type JsonObject, objectField, wordField } from './json/fields.ts';
import { readNodeUsage, readPodUsage } from './json/usage.ts';
import { readJson } from './kubelet-answer.ts';
import { ReadingList, type SourceAnswer } from './subject-readings.ts';
import { PodUsageParts, type UsageParts } from './usage-parts.ts';

/**
 * The containers, and the pod as kubectl sums it: there is no number for the pod's own cgroup in the metrics API. A pod
 * of which one container lacks a number has no sum.
 *
 * @throws Error with a sentence, if the answer is no PodMetrics or is damaged
 */
export function decodePodUsage(body: Buffer, contentType: string): SourceAnswer {
	return readJson(asked.usage, body, contentType, (value) => {
		const usage = new PodUsageParts();
		usage.clear();
		readPodUsage(objectOf(value, 'PodMetrics'), usage);
		const { namespace, name, timestamp, window } = usage;
		const pod = new ReadingList({ kind: 'pod', namespace, name, uid: '' }, 'metrics-api');
		const lists: ReadingList[] = [pod];
		const total: UsageParts = { cpu: 0, memory: 0, swap: 0 };
		for (const container of usage.containers) {
			const subject = { kind: 'container', namespace, pod: name, container: container.name, id: '' } as const;
			const list = new ReadingList(subject, 'metrics-api');
			addUsage(list, container, `containers[${container.name}].usage`, timestamp, window);
			lists.push(list);
			total.cpu += container.cpu;
			total.memory += container.memory;
			total.swap += container.swap;
		}
		if (usage.containers.length > 0) {
			addUsage(pod, total, 'Σ containers[*].usage', timestamp, window);
		}
		return answerOf('', lists);
	});
}

/**
 * @throws Error with a sentence, if the answer is no NodeMetrics or is damaged
 */
export function decodeNodeUsage(body: Buffer, contentType: string): SourceAnswer {
	return readJson(asked.usage, body, contentType, (value) => {
		const usage: NodeUsageRecord = {
			name: '',
			timestamp: Number.NaN,
			window: Number.NaN,
			cpu: Number.NaN,
			memory: Number.NaN,
			swap: Number.NaN,
		};
		readNodeUsage(objectOf(value, 'NodeMetrics'), usage);
		const list = new ReadingList({ kind: 'node', name: usage.name }, 'metrics-api');
		addUsage(list, usage, 'usage', usage.timestamp, usage.window);
		return answerOf(usage.name, [list]);
	});
}

function objectOf(value: unknown, kind: string): JsonObject {
	const object = objectField({ answer: value }, 'answer');
	const actual = wordField(object, 'kind');
	if (actual !== kind) {
		throw new WireError(damage.kind(actual));
	}
	return object;
}

function addUsage(list: ReadingList, usage: UsageParts, path: string, at: number, window: number): void {
	list.add('cpuRate', usage.cpu, `${path}.cpu`, at, window);
	list.add('workingSet', usage.memory, `${path}.memory`, at);
	list.add('swap', usage.swap, `${path}.swap`, at);
}

function answerOf(nodeName: string, subjects: readonly ReadingList[]): SourceAnswer {
	return { nodeName, subjects, notes: [], cgroup: '', kernel: '' };
}
