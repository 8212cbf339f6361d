/**
 * STATUS and ROLES of `kubectl get nodes` (`printNode` in kubernetes/pkg/printers/internalversion/printers.go, read at
 * 1.36.3), what kind of node it is, and which of its conditions are not as they should be.
 */
import type { NodeParts } from './node-parts.ts';
import type { NodeKind, NodeRecord } from './records.ts';

/** kubectl's STATUS column: `Ready`, `NotReady`, `Unknown` without that condition, `…,SchedulingDisabled`. */
export function nodeStatus(node: NodeParts): string {
	let ready = 'Unknown';
	for (let index = 0; index < node.conditions.length; index++) {
		const condition = node.conditions.at(index);
		if (condition.type === 'Ready') {
			ready = condition.status === 'True' ? 'Ready' : 'NotReady';
		}
	}
	return node.unschedulable ? `${ready},SchedulingDisabled` : ready;
}

/** kubectl's ROLES column: sorted, each once, `<none>` if there is none. */
export function nodeRoles(node: NodeParts): string {
	switch (node.roles.length) {
		case 0:
			return '<none>';
		case 1:
			return node.roles[0] as string;
		default:
			return [...new Set(node.roles)].sort().join(',');
	}
}

/** Why the node is one that may never have samples. */
export function nodeKind(node: NodeParts): NodeKind {
	if (node.computeTypeLabel === 'fargate') {
		return 'fargate';
	}
	if (node.virtualKubeletTaint || node.typeLabel === 'virtual-kubelet') {
		return 'virtual';
	}
	return node.operatingSystem.toLowerCase() === 'windows' ? 'windows' : 'ordinary';
}

/** Conditions that other programs add are named either way: these should be True, all others False. */
const wanted = /(?:Ready|Healthy|Available)$/;

/**
 * Conditions that are not as they should be, joined by commas: `MemoryPressure`, `DiskPressure`, and those that a node
 * problem detector adds. One that should be True and is False gets `Not` before it, as in kubectl's STATUS. `Ready`
 * itself is left to STATUS, and so is Unknown, which all have when the kubelet is silent.
 */
export function nodePressure(node: NodeParts): string {
	let pressure = '';
	for (let index = 0; index < node.conditions.length; index++) {
		const { type, status } = node.conditions.at(index);
		if (type === 'Ready' || status === 'Unknown') {
			continue;
		}
		const shouldHold = wanted.test(type);
		if (shouldHold !== (status === 'True')) {
			const name = shouldHold ? `Not${type}` : type;
			pressure = pressure === '' ? name : `${pressure},${name}`;
		}
	}
	return pressure;
}

export function newNodeRecord(): NodeRecord {
	return {
		uid: '',
		name: '',
		resourceVersion: '',
		createdAt: Number.NaN,
		kind: 'ordinary',
		status: '',
		roles: '',
		kubeletVersion: '',
		internalIp: '',
		externalIp: '',
		osImage: '',
		kernelVersion: '',
		containerRuntime: '',
		architecture: '',
		cpuCapacity: Number.NaN,
		memoryCapacity: Number.NaN,
		podCapacity: Number.NaN,
		cpuAllocatable: Number.NaN,
		memoryAllocatable: Number.NaN,
		podAllocatable: Number.NaN,
		swapCapacity: Number.NaN,
		pressure: '',
	};
}

/** Fills the record with what the API says of a node. */
export function projectNode(node: NodeParts, record: NodeRecord): void {
	record.uid = node.uid;
	record.name = node.name;
	record.resourceVersion = node.resourceVersion;
	record.createdAt = node.createdAt;
	record.kind = nodeKind(node);
	record.status = nodeStatus(node);
	record.roles = nodeRoles(node);
	record.kubeletVersion = node.kubeletVersion;
	record.internalIp = node.internalIp;
	record.externalIp = node.externalIp;
	record.osImage = node.osImage;
	record.kernelVersion = node.kernelVersion;
	record.containerRuntime = node.containerRuntime;
	record.architecture = node.architecture;
	record.cpuCapacity = node.cpuCapacity;
	record.memoryCapacity = node.memoryCapacity;
	record.podCapacity = node.podCapacity;
	record.cpuAllocatable = node.cpuAllocatable;
	record.memoryAllocatable = node.memoryAllocatable;
	record.podAllocatable = node.podAllocatable;
	record.swapCapacity = node.swapCapacity;
	record.pressure = nodePressure(node);
}
