/**
 * `PodMetrics` and `NodeMetrics` by the field numbers of k8s.io/metrics/pkg/apis/metrics/v1beta1/generated.proto,
 * which `metrics.k8s.io/v1` keeps.
 */
import type { NodeUsageRecord } from '../../model/records.ts';
import type { PodUsageParts, UsageParts } from '../usage-parts.ts';
import { mapEntry, mapEntryQuantity, readDuration, readMapEntry, readTime } from './metadata.ts';
import type { ProtobufReader } from './reader.ts';

/** Reads the message that the reader stands in into a cleared record. */
export function readPodUsage(reader: ProtobufReader, pod: PodUsageParts): void {
	while (reader.next()) {
		switch (reader.field) {
			case 1:
				readMetadata(reader, pod);
				break;
			case 2:
				pod.timestamp = readTime(reader);
				break;
			case 3:
				pod.window = readDuration(reader);
				break;
			case 4:
				readContainer(reader, pod);
				break;
			default:
				reader.skip();
		}
	}
}

/** Reads the message that the reader stands in into a cleared record. */
export function readNodeUsage(reader: ProtobufReader, node: NodeUsageRecord): void {
	while (reader.next()) {
		switch (reader.field) {
			case 1:
				readMetadata(reader, node);
				break;
			case 2:
				node.timestamp = readTime(reader);
				break;
			case 3:
				node.window = readDuration(reader);
				break;
			case 4:
				readUsage(reader, node);
				break;
			default:
				reader.skip();
		}
	}
}

/** `ObjectMeta`: its name and, of a pod, its namespace. */
function readMetadata(reader: ProtobufReader, object: { name: string; namespace?: string }): void {
	const outer = reader.enter();
	while (reader.next()) {
		switch (reader.field) {
			case 1:
				object.name = reader.text();
				break;
			case 3:
				// Go writes the empty namespace of a node too.
				if (object.namespace === undefined) {
					reader.skip();
				} else {
					object.namespace = reader.word();
				}
				break;
			default:
				reader.skip();
		}
	}
	reader.leave(outer);
}

/** `ContainerMetrics`. */
function readContainer(reader: ProtobufReader, pod: PodUsageParts): void {
	const container = pod.addContainer();
	const outer = reader.enter();
	while (reader.next()) {
		switch (reader.field) {
			case 1:
				container.name = reader.word();
				break;
			case 2:
				readUsage(reader, container);
				break;
			default:
				reader.skip();
		}
	}
	reader.leave(outer);
}

/** An entry of `usage`. */
function readUsage(reader: ProtobufReader, usage: UsageParts): void {
	readMapEntry(reader);
	switch (mapEntry.key) {
		case 'cpu':
			usage.cpu = mapEntryQuantity(reader, 'cpu');
			break;
		case 'memory':
			usage.memory = mapEntryQuantity(reader, 'bytes');
			break;
		case 'swap':
			usage.swap = mapEntryQuantity(reader, 'bytes');
			break;
		default:
	}
}
