/** `v1.Node` by the field numbers of k8s.io/api/core/v1/generated.proto. */
import type { NodeParts } from '../../model/node-parts.ts';
import { addNodeAddress, addNodeLabel, addNodeTaint, isNodeLabelOfInterest } from '../../model/node-parts.ts';
import { mapEntry, mapEntryQuantity, mapEntryWord, readMapEntry, readTime } from './metadata.ts';
import type { ProtobufReader } from './reader.ts';

/** Reads the message that the reader stands in into cleared parts. */
export function readNode(reader: ProtobufReader, node: NodeParts): void {
	while (reader.next()) {
		switch (reader.field) {
			case 1:
				readMetadata(reader, node);
				break;
			case 2:
				readSpec(reader, node);
				break;
			case 3:
				readStatus(reader, node);
				break;
			default:
				reader.skip();
		}
	}
}

/** `ObjectMeta`. */
function readMetadata(reader: ProtobufReader, node: NodeParts): void {
	const outer = reader.enter();
	while (reader.next()) {
		switch (reader.field) {
			case 1:
				node.name = reader.word();
				break;
			case 5:
				node.uid = reader.text();
				break;
			case 6:
				node.resourceVersion = reader.text();
				break;
			case 8:
				node.createdAt = readTime(reader);
				break;
			case 11:
				readMapEntry(reader);
				if (isNodeLabelOfInterest(mapEntry.key)) {
					addNodeLabel(node, mapEntry.key, mapEntryWord(reader));
				}
				break;
			default:
				reader.skip();
		}
	}
	reader.leave(outer);
}

/** `NodeSpec`. */
function readSpec(reader: ProtobufReader, node: NodeParts): void {
	const outer = reader.enter();
	while (reader.next()) {
		switch (reader.field) {
			case 4:
				node.unschedulable = reader.flag();
				break;
			case 5:
				readTaint(reader, node);
				break;
			default:
				reader.skip();
		}
	}
	reader.leave(outer);
}

function readTaint(reader: ProtobufReader, node: NodeParts): void {
	const outer = reader.enter();
	while (reader.next()) {
		if (reader.field === 1) {
			addNodeTaint(node, reader.word());
		} else {
			reader.skip();
		}
	}
	reader.leave(outer);
}

/** `NodeStatus`. */
function readStatus(reader: ProtobufReader, node: NodeParts): void {
	const outer = reader.enter();
	while (reader.next()) {
		switch (reader.field) {
			case 1:
				readMapEntry(reader);
				if (mapEntry.key === 'cpu') {
					node.cpuCapacity = mapEntryQuantity(reader, 'cpu');
				} else if (mapEntry.key === 'memory') {
					node.memoryCapacity = mapEntryQuantity(reader, 'bytes');
				} else if (mapEntry.key === 'pods') {
					node.podCapacity = mapEntryQuantity(reader, 'bytes');
				}
				break;
			case 2:
				readMapEntry(reader);
				if (mapEntry.key === 'cpu') {
					node.cpuAllocatable = mapEntryQuantity(reader, 'cpu');
				} else if (mapEntry.key === 'memory') {
					node.memoryAllocatable = mapEntryQuantity(reader, 'bytes');
				} else if (mapEntry.key === 'pods') {
					node.podAllocatable = mapEntryQuantity(reader, 'bytes');
				}
				break;
			case 4:
				readCondition(reader, node);
				break;
			case 5:
				readAddress(reader, node);
				break;
			case 7:
				readSystemInfo(reader, node);
				break;
			default:
				reader.skip();
		}
	}
	reader.leave(outer);
}

function readCondition(reader: ProtobufReader, node: NodeParts): void {
	const condition = node.conditions.add();
	const outer = reader.enter();
	while (reader.next()) {
		switch (reader.field) {
			case 1:
				condition.type = reader.word();
				break;
			case 2:
				condition.status = reader.word();
				break;
			default:
				reader.skip();
		}
	}
	reader.leave(outer);
}

function readAddress(reader: ProtobufReader, node: NodeParts): void {
	let type = '';
	let address = '';
	const outer = reader.enter();
	while (reader.next()) {
		switch (reader.field) {
			case 1:
				type = reader.word();
				break;
			case 2:
				address = reader.text();
				break;
			default:
				reader.skip();
		}
	}
	reader.leave(outer);
	addNodeAddress(node, type, address);
}

/** `NodeSystemInfo`. */
function readSystemInfo(reader: ProtobufReader, node: NodeParts): void {
	const outer = reader.enter();
	while (reader.next()) {
		switch (reader.field) {
			case 4:
				node.kernelVersion = reader.word();
				break;
			case 5:
				node.osImage = reader.word();
				break;
			case 6:
				node.containerRuntime = reader.word();
				break;
			case 7:
				node.kubeletVersion = reader.word();
				break;
			case 9:
				node.operatingSystem = reader.word();
				break;
			case 10:
				node.architecture = reader.word();
				break;
			case 11:
				readSwap(reader, node);
				break;
			default:
				reader.skip();
		}
	}
	reader.leave(outer);
}

/** `NodeSwapStatus`. */
function readSwap(reader: ProtobufReader, node: NodeParts): void {
	const outer = reader.enter();
	while (reader.next()) {
		if (reader.field === 1) {
			node.swapCapacity = reader.integer();
		} else {
			reader.skip();
		}
	}
	reader.leave(outer);
}
