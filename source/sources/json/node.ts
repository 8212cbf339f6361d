/** `v1.Node` in JSON. */
import type { NodeParts } from '../../model/node-parts.ts';
import { addNodeAddress, addNodeLabel, addNodeTaint, isNodeLabelOfInterest } from '../../model/node-parts.ts';
import {
	flagField,
	type JsonObject,
	numberField,
	objectField,
	objectsField,
	quantityField,
	textField,
	timeField,
	wordField,
} from './fields.ts';
import type { Shape } from './projection.ts';

const amounts: Shape = { cpu: true, memory: true, pods: true };

/** What {@link readNode} reads. */
export const nodeShape: Shape = {
	metadata: { name: true, uid: true, resourceVersion: true, creationTimestamp: true, labels: true },
	spec: { unschedulable: true, taints: { key: true } },
	status: {
		capacity: amounts,
		allocatable: amounts,
		conditions: { type: true, status: true },
		addresses: { type: true, address: true },
		nodeInfo: {
			kernelVersion: true,
			osImage: true,
			containerRuntimeVersion: true,
			kubeletVersion: true,
			operatingSystem: true,
			architecture: true,
			swap: { capacity: true },
		},
	},
};

/** Reads a node into cleared parts. */
export function readNode(object: JsonObject, node: NodeParts): void {
	const metadata = objectField(object, 'metadata');
	node.name = wordField(metadata, 'name');
	node.uid = textField(metadata, 'uid');
	node.resourceVersion = textField(metadata, 'resourceVersion');
	node.createdAt = timeField(metadata, 'creationTimestamp');
	const labels = objectField(metadata, 'labels');
	for (const key of Object.keys(labels)) {
		if (isNodeLabelOfInterest(key)) {
			addNodeLabel(node, key, wordField(labels, key));
		}
	}
	const spec = objectField(object, 'spec');
	node.unschedulable = flagField(spec, 'unschedulable');
	for (const taint of objectsField(spec, 'taints')) {
		addNodeTaint(node, wordField(taint, 'key'));
	}
	readStatus(objectField(object, 'status'), node);
}

function readStatus(status: JsonObject, node: NodeParts): void {
	const capacity = objectField(status, 'capacity');
	node.cpuCapacity = quantityField(capacity, 'cpu', 'cpu');
	node.memoryCapacity = quantityField(capacity, 'memory', 'bytes');
	node.podCapacity = quantityField(capacity, 'pods', 'bytes');
	const allocatable = objectField(status, 'allocatable');
	node.cpuAllocatable = quantityField(allocatable, 'cpu', 'cpu');
	node.memoryAllocatable = quantityField(allocatable, 'memory', 'bytes');
	node.podAllocatable = quantityField(allocatable, 'pods', 'bytes');
	for (const object of objectsField(status, 'conditions')) {
		const condition = node.conditions.add();
		condition.type = wordField(object, 'type');
		condition.status = wordField(object, 'status');
	}
	for (const address of objectsField(status, 'addresses')) {
		addNodeAddress(node, wordField(address, 'type'), textField(address, 'address'));
	}
	const info = objectField(status, 'nodeInfo');
	node.kernelVersion = wordField(info, 'kernelVersion');
	node.osImage = wordField(info, 'osImage');
	node.containerRuntime = wordField(info, 'containerRuntimeVersion');
	node.kubeletVersion = wordField(info, 'kubeletVersion');
	node.operatingSystem = wordField(info, 'operatingSystem');
	node.architecture = wordField(info, 'architecture');
	node.swapCapacity = numberField(objectField(info, 'swap'), 'capacity', Number.NaN);
}
