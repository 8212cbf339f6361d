/** CPU and memory of `v1.ResourceRequirements` and of resource lists, by the field numbers of generated.proto. */
import type { Resources } from '../../model/records.ts';
import { mapEntry, mapEntryQuantity, readMapEntry } from './metadata.ts';
import type { ProtobufReader } from './reader.ts';

/** `ResourceRequirements`, from the current field. */
export function readResources(reader: ProtobufReader, resources: Resources): void {
	const outer = reader.enter();
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
