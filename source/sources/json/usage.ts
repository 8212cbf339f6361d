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

function readUsage(object: JsonObject, usage: UsageParts): void {
	usage.cpu = quantityField(object, 'cpu', 'cpu');
	usage.memory = quantityField(object, 'memory', 'bytes');
	usage.swap = quantityField(object, 'swap', 'bytes');
}
