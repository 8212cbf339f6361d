import { between, makeUid, mix, unit } from './random.ts';
import { type SystemGroup, systemGroups } from './system-groups.ts';

/** A machine of the simulated cluster. */
export interface NodeModel {
	index: number;
	key: number;
	uid: string;
	name: string;
	role: 'control-plane' | 'worker' | 'virtual';
	/** Nothing new is placed here. */
	cordoned: boolean;
	/** Hours since it joined. */
	age: number;
	address: string;
	cores: number;
	/** MiB. */
	memory: number;
	podCapacity: number;
	zone: string;
	instanceType: string;
	architecture: 'amd64' | 'arm64';
	osImage: string;
	kernel: string;
	runtime: string;
	kubelet: string;
	/** Decides the names and the hierarchy of its cgroup files. */
	cgroupVersion: 1 | 2;
	/** Version of the Docker Engine that runs there beside Kubernetes, '' for none. */
	docker: string;
	/** Kubelet, container runtime and the rest of the system; a virtual node has none. */
	system: readonly SystemGroup[];
}

/** What is kept back from pods: millicores, MiB. */
export const reserved = { cpu: 100, memory: 612 };

const machines = [
	{ cores: 8, memory: 31_860, type: 'm7.2xlarge' },
	{ cores: 16, memory: 63_720, type: 'm7.4xlarge' },
	{ cores: 8, memory: 63_780, type: 'r7.2xlarge' },
	{ cores: 4, memory: 15_910, type: 'm7.xlarge' },
] as const;

/** The version that all parts of the simulated cluster say they are. */
export const kubernetesVersion = 'v1.36.3';

/** 36 of `v1.36.3`. */
export function minorOf(version: string): number {
	return Number(/^v1\.(\d+)/.exec(version)?.[1] ?? Number.NaN);
}

function roleOf(index: number, count: number): NodeModel['role'] {
	const controlPlanes = count >= 100 ? 3 : 1;
	if (count >= 3 && index < controlPlanes) return 'control-plane';
	return count >= 6 && index === count - 1 ? 'virtual' : 'worker';
}

/** What there is of a node that no machine stands behind. */
const virtualMachine = {
	role: 'virtual',
	cordoned: false,
	age: 24 * 16,
	cores: 20,
	memory: 100 * 1024,
	podCapacity: 20,
	zone: 'eu-1a',
	instanceType: 'virtual',
	architecture: 'amd64',
	osImage: '',
	kernel: '',
	runtime: '',
	kubelet: 'v1.19.1-vk-v1.11.0',
	cgroupVersion: 2,
	system: [],
} as const satisfies Partial<NodeModel>;

/** A virtual node in the place of another. */
export function virtualNode(node: NodeModel): NodeModel {
	return { ...node, ...virtualMachine, name: 'virtual-kubelet', docker: '' };
}

function makeNode(
	seed: number,
	index: number,
	count: number,
	role: NodeModel['role'],
	workerNumber: number,
): NodeModel {
	const key = mix(seed, index + 31);
	const machine =
		role === 'control-plane' ? machines[3] : (machines[[0, 1, 0, 2, 0, 1, 3][mix(key, 1) % 7] ?? 0] ?? machines[0]);
	const digits = String(count).length;
	const number = String(workerNumber).padStart(Math.max(2, digits), '0');
	const name =
		role === 'worker' ? `worker-${number}` : role === 'virtual' ? 'virtual-kubelet' : `control-plane-${index + 1}`;
	// One machine was never upgraded to cgroup v2; one is ARM.
	const old = workerNumber % 10 === 7;
	const arm = workerNumber % 10 === 4;
	const debian = unit(key, 8) < 0.5;
	const common = {
		index,
		key,
		uid: makeUid(mix(key, 2)),
		name,
		role,
		address: `10.0.${index >> 8}.${(index & 255) + 1}`,
	};
	// Two machines were something else before they became nodes, one of each cgroup version.
	const docker = role !== 'worker' ? '' : workerNumber === 1 ? '28.5.2' : workerNumber === 7 ? '24.0.9' : '';
	if (role === 'virtual') return { ...common, ...virtualMachine, docker };
	const cgroupVersion = old ? 1 : 2;
	return {
		...common,
		cordoned: role === 'worker' && workerNumber % 200 === 9,
		age: role === 'control-plane' ? 24 * 210 : 24 * between(key, 6, 28, 120),
		cores: machine.cores,
		memory: machine.memory + (mix(key, 7) % 64),
		podCapacity: 110,
		zone: `eu-1${'abc'[index % 3]}`,
		instanceType: machine.type,
		architecture: arm ? 'arm64' : 'amd64',
		osImage: old ? 'Ubuntu 20.04.6 LTS' : debian ? 'Debian GNU/Linux 13 (trixie)' : 'Ubuntu 24.04.3 LTS',
		kernel: old ? '5.4.0-216-generic' : debian ? `6.12.57+deb13-cloud-${arm ? 'arm64' : 'amd64'}` : '6.8.0-87-generic',
		runtime: old ? 'containerd://1.7.29' : 'containerd://2.2.1',
		kubelet: old ? 'v1.35.4' : kubernetesVersion,
		cgroupVersion,
		docker,
		system: systemGroups({ key, cores: machine.cores, cgroupVersion, docker: docker !== '' }),
	};
}

export function makeNodes(seed: number, count: number): NodeModel[] {
	const nodes: NodeModel[] = [];
	let workers = 0;
	for (let index = 0; index < count; index++) {
		const role = roleOf(index, count);
		nodes.push(makeNode(seed, index, count, role, role === 'worker' ? ++workers : 0));
	}
	return nodes;
}

/** What the kernel finds in a machine, KiB: whole pages. */
export function memoryTotal(node: NodeModel): number {
	return node.memory * 1024 + 4 * (node.key % 250);
}

/** When a machine was started, ms since 1970. @param origin of the world */
export function bootTime(node: NodeModel, origin: number): number {
	return origin - node.age * 3_600_000;
}

/** When it became ready, ms since 1970. */
export function readyTime(node: NodeModel, origin: number): number {
	return bootTime(node, origin) + 14_000;
}

/** The kubelet writes its node's status each five minutes, every node at its own time. ms since 1970. */
export function heartbeat(node: NodeModel, time: number): { last: number; next: number } {
	const period = 300_000;
	const phase = Math.floor(unit(node.key, 9) * period);
	const last = Math.floor((time - phase) / period) * period + phase;
	return { last, next: last + period };
}
