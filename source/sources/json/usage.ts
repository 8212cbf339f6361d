/** `PodMetrics` and `NodeMetrics` in JSON. */
import type { NodeUsageRecord } from '../../model/records.ts';
import type { PodUsageParts, UsageParts } from '../usage-parts.ts';
import {
	durationField,
	type JsonObject,
	objectField,
	objectsField,
	quantityField,
	textField,
	timeField,
	wordField,
} from './fields.ts';
import type { Shape } from './projection.ts';

const usage: Shape = { cpu: true, memory: true, swap: true };

/** What {@link readPodUsage} reads. */
export const podUsageShape: Shape = {
	metadata: { name: true, namespace: true },
	timestamp: true,
	window: true,
	containers: { name: true, usage },
};

/** What {@link readNodeUsage} reads. */
export const nodeUsageShape: Shape = { metadata: { name: true }, timestamp: true, window: true, usage };

/** Reads an item into a cleared record. */
export function readPodUsage(object: JsonObject, pod: PodUsageParts): void {
	const metadata = objectField(object, 'metadata');
	pod.name = textField(metadata, 'name');
	pod.namespace = wordField(metadata, 'namespace');
	pod.timestamp = timeField(object, 'timestamp');
	pod.window = durationField(object, 'window');
	for (const item of objectsField(object, 'containers')) {
		const container = pod.addContainer();
		container.name = wordField(item, 'name');
		readUsage(objectField(item, 'usage'), container);
	}
}

/** Reads an item into a cleared record. */
export function readNodeUsage(object: JsonObject, node: NodeUsageRecord): void {
	node.name = textField(objectField(object, 'metadata'), 'name');
	node.timestamp = timeField(object, 'timestamp');
	node.window = durationField(object, 'window');
	readUsage(objectField(object, 'usage'), node);
}

function readUsage(object: JsonObject, into: UsageParts): void {
	into.cpu = quantityField(object, 'cpu', 'cpu');
	into.memory = quantityField(object, 'memory', 'bytes');
	into.swap = quantityField(object, 'swap', 'bytes');
}
