/** CPU and memory of `v1.ResourceRequirements` and of resource lists, by the field numbers of generated.proto. */
import type { Resources } from '../../model/records.ts';
import { copyResources, noResources } from '../../model/resource-amounts.ts';
import { RecentBytes } from '../recent-bytes.ts';
import { mapEntry, mapEntryQuantity, readMapEntry } from './metadata.ts';
import type { ProtobufReader } from './reader.ts';

/** The copies of a workload ask for the same. */
const recent = new RecentBytes<Resources>(128, 1024);

/** `ResourceRequirements`, from the current field, into cleared resources. */
export function readResources(reader: ProtobufReader, resources: Resources): void {
	const { bytes } = reader;
	const start = reader.stretch();
	const end = reader.position;
	if (start === end) {
		return;
	}
	const known = recent.find(bytes, start, end);
	if (known !== undefined) {
		copyResources(known, resources);
		return;
	}
	reader.position = start;
	readEntries(reader, end, resources);
	recent.keep(bytes, start, end, copyResources(resources, noResources()));
}

/** The message that ends there. */
function readEntries(reader: ProtobufReader, end: number, resources: Resources): void {
	const outer = reader.end;
	reader.end = end;
	while (reader.next()) {
		switch (reader.field) {
			case 1:
				readMapEntry(reader);
				if (mapEntry.key === 'cpu') {
					resources.cpuLimit = mapEntryQuantity(reader, 'cpu');
				} else if (mapEntry.key === 'memory') {
					resources.memoryLimit = mapEntryQuantity(reader, 'bytes');
				}
				break;
			case 2:
				readMapEntry(reader);
				if (mapEntry.key === 'cpu') {
					resources.cpuRequest = mapEntryQuantity(reader, 'cpu');
				} else if (mapEntry.key === 'memory') {
					resources.memoryRequest = mapEntryQuantity(reader, 'bytes');
				}
				break;
			default:
				reader.skip();
		}
	}
	reader.leave(outer);
}

/** An entry of `allocatedResources`, of a container or of the pod. */
export function readAllocated(reader: ProtobufReader, into: { cpuAllocated: number; memoryAllocated: number }): void {
	readMapEntry(reader);
	if (mapEntry.key === 'cpu') {
		into.cpuAllocated = mapEntryQuantity(reader, 'cpu');
	} else if (mapEntry.key === 'memory') {
		into.memoryAllocated = mapEntryQuantity(reader, 'bytes');
	}
}
