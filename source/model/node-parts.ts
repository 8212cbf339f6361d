/** What of a Node object we use, as the API says it: the neutral form between the wire formats and `node-status.ts`. */
import { ReusedList } from './reused-list.ts';

export interface NodeConditionParts {
	type: string;
	status: string;
}

export interface NodeParts {
	uid: string;
	name: string;
	resourceVersion: string;
	createdAt: number;
	/** Roles as the labels give them, in any order, possibly twice. */
	roles: string[];
	/** Label `type`, and label `eks.amazonaws.com/compute-type`. */
	typeLabel: string;
	computeTypeLabel: string;
	unschedulable: boolean;
	/** A taint with key `virtual-kubelet.io/provider`. */
	virtualKubeletTaint: boolean;
	conditions: ReusedList<NodeConditionParts>;
	internalIp: string;
	externalIp: string;
	operatingSystem: string;
	kubeletVersion: string;
	osImage: string;
	kernelVersion: string;
	containerRuntime: string;
	architecture: string;
	cpuCapacity: number;
	memoryCapacity: number;
	podCapacity: number;
	cpuAllocatable: number;
	memoryAllocatable: number;
	podAllocatable: number;
	swapCapacity: number;
}

function emptyFields() {
	return {
		uid: '',
		name: '',
		resourceVersion: '',
		createdAt: Number.NaN,
		typeLabel: '',
		computeTypeLabel: '',
		unschedulable: false,
		virtualKubeletTaint: false,
		internalIp: '',
		externalIp: '',
		operatingSystem: '',
		kubeletVersion: '',
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
	};
}

/** Empty parts, to be filled once for each node after {@link clearNodeParts}. */
export function newNodeParts(): NodeParts {
	return {
		...emptyFields(),
		roles: [],
		conditions: new ReusedList<NodeConditionParts>(
			() => ({ type: '', status: '' }),
			(condition) => {
				condition.type = '';
				condition.status = '';
			},
		),
	};
}

export function clearNodeParts(node: NodeParts): void {
	Object.assign(node, emptyFields());
	node.roles.length = 0;
	node.conditions.clear();
}

const rolePrefix = 'node-role.kubernetes.io/';

/** Whether a label of this key can matter to {@link addNodeLabel}, so that a decoder need not make its value a string. */
export function isNodeLabelOfInterest(key: string): boolean {
	return (
		key.startsWith(rolePrefix) ||
		key === 'kubernetes.io/role' ||
		key === 'type' ||
		key === 'eks.amazonaws.com/compute-type'
	);
}

/** Notes one of the node's labels; which labels name roles is `findNodeRoles` of kubernetes' printers.go. */
export function addNodeLabel(node: NodeParts, key: string, value: string): void {
	if (key.startsWith(rolePrefix)) {
		if (key.length > rolePrefix.length) {
			node.roles.push(key.slice(rolePrefix.length));
		}
	} else if (key === 'kubernetes.io/role') {
		if (value !== '') {
			node.roles.push(value);
		}
	} else if (key === 'type') {
		node.typeLabel = value;
	} else if (key === 'eks.amazonaws.com/compute-type') {
		node.computeTypeLabel = value;
	}
}

/** Notes a taint of the node. */
export function addNodeTaint(node: NodeParts, key: string): void {
	if (key === 'virtual-kubelet.io/provider') {
		node.virtualKubeletTaint = true;
	}
}

/** Notes an address of the node: the first of each type counts, as in `kubectl get nodes -o wide`. */
export function addNodeAddress(node: NodeParts, type: string, address: string): void {
	if (type === 'InternalIP') {
		node.internalIp ||= address;
	} else if (type === 'ExternalIP') {
		node.externalIp ||= address;
	}
}
