/** `v1.Pod` by the field numbers of k8s.io/api/core/v1/generated.proto. */
import type { ContainerSpecParts, PodParts } from '../../model/pod-parts.ts';
import { mapEntry, mapEntryQuantity, readControllingOwner, readMapEntry, readTime } from './metadata.ts';
import { readPodStatus } from './pod-status.ts';
import type { ProtobufReader } from './reader.ts';
import { readResources } from './resources.ts';

/** Reads the message that the reader stands in into cleared parts. */
export function readPod(reader: ProtobufReader, pod: PodParts): void {
	while (reader.next()) {
		switch (reader.field) {
			case 1:
				readMetadata(reader, pod);
				break;
			case 2:
				readSpec(reader, pod);
				break;
			case 3:
				readPodStatus(reader, pod);
				break;
			default:
				reader.skip();
		}
	}
}

/** `ObjectMeta`. */
function readMetadata(reader: ProtobufReader, pod: PodParts): void {
	const outer = reader.enter();
	while (reader.next()) {
		switch (reader.field) {
			case 1:
				pod.name = reader.text();
				break;
			case 3:
				pod.namespace = reader.word();
				break;
			case 5:
				pod.uid = reader.text();
				break;
			case 6:
				pod.resourceVersion = reader.text();
				break;
			case 8:
				pod.createdAt = readTime(reader);
				break;
			case 9:
				pod.deleted = !Number.isNaN(readTime(reader));
				break;
			case 13: {
				const owner = readControllingOwner(reader);
				pod.owner ||= owner;
				break;
			}
			default:
				reader.skip();
		}
	}
	reader.leave(outer);
}

/** `PodSpec`. */
function readSpec(reader: ProtobufReader, pod: PodParts): void {
	const outer = reader.enter();
	while (reader.next()) {
		switch (reader.field) {
			case 2:
				readContainer(reader, pod.containers.add(), false);
				break;
			case 10:
				pod.node = reader.word();
				break;
			case 20:
				readContainer(reader, pod.initContainers.add(), true);
				break;
			case 32:
				readMapEntry(reader);
				if (mapEntry.key === 'cpu') {
					pod.cpuOverhead = mapEntryQuantity(reader, 'cpu');
				} else if (mapEntry.key === 'memory') {
					pod.memoryOverhead = mapEntryQuantity(reader, 'bytes');
				}
				break;
			case 34:
				readEphemeralContainer(reader, pod.ephemeralContainers.add());
				break;
			case 40:
				readResources(reader, pod.resources);
				break;
			default:
				reader.skip();
		}
	}
	reader.leave(outer);
}

/**
 * `Container`, and `EphemeralContainerCommon`, which has the same field numbers.
 *
 * @param mayRestart its own restart policy matters: that of an init container makes it a sidecar
 */
function readContainer(reader: ProtobufReader, container: ContainerSpecParts, mayRestart: boolean): void {
	const outer = reader.enter();
	while (reader.next()) {
		switch (reader.field) {
			case 1:
				container.name = reader.word();
				break;
			case 2:
				container.image = reader.word();
				break;
			case 8:
				readResources(reader, container.resources);
				if (!mayRestart && container.image !== '') {
					// Fields come in their order, and of those behind nothing is needed.
					reader.leave(outer);
					return;
				}
				break;
			case 24:
				container.restartsAlways = reader.word() === 'Always';
				break;
			default:
				reader.skip();
		}
	}
	reader.leave(outer);
}

function readEphemeralContainer(reader: ProtobufReader, container: ContainerSpecParts): void {
	const outer = reader.enter();
	while (reader.next()) {
		if (reader.field === 1) {
			readContainer(reader, container, false);
		} else {
			reader.skip();
		}
	}
	reader.leave(outer);
}
