import { bootTime, heartbeat, memoryTotal, type NodeModel, readyTime, reserved } from '../model/node.ts';
import { hexadecimal, makeUid, mixText } from '../model/random.ts';
import type { World } from '../model/world.ts';
import { type ApiObject, apiTime, type JsonObject } from './json.ts';
import { cpuQuantity } from './quantity.ts';

const hour = 3_600_000;

export function nodeLabels(node: NodeModel): Readonly<Record<string, string>> {
	const system = {
		'beta.kubernetes.io/arch': node.architecture,
		'beta.kubernetes.io/os': 'linux',
		'kubernetes.io/arch': node.architecture,
		'kubernetes.io/hostname': node.name,
		'kubernetes.io/os': 'linux',
		'node.kubernetes.io/instance-type': node.instanceType,
		'topology.kubernetes.io/region': 'eu-1',
		'topology.kubernetes.io/zone': node.zone,
	};
	if (node.role === 'virtual') return { ...system, 'kubernetes.io/role': 'agent', type: 'virtual-kubelet' };
	if (node.role === 'control-plane') return { ...system, 'node-role.kubernetes.io/control-plane': '' };
	return system;
}

function taints(node: NodeModel, world: World): readonly JsonObject[] {
	if (node.role === 'control-plane') return [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }];
	if (node.role === 'virtual') return [{ key: 'virtual-kubelet.io/provider', value: 'mock', effect: 'NoSchedule' }];
	if (!node.cordoned) return [];
	return [
		{ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule', timeAdded: apiTime(world.origin - 3 * hour) },
	];
}

const conditions = [
	['MemoryPressure', 'False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'],
	['DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'],
	['PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'],
	['Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'],
] as const;

const images = [
	['registry.k8s.io/pause:3.10.1', 320_448],
	['registry.k8s.io/kube-proxy:v1.36.3', 31_472_822],
	['quay.io/cilium/cilium:v1.19.2', 241_083_561],
	['quay.io/prometheus/node-exporter:v1.10.2', 12_480_917],
	['docker.io/timberio/vector:0.52.0-alpine', 63_204_118],
	['docker.io/library/nginx:1.29.4-alpine', 21_853_402],
] as const;

function nodeStatus(node: NodeModel, readyAt: number, beat: number): JsonObject {
	const common = { pods: String(node.podCapacity) };
	const real = node.role !== 'virtual';
	const storage = real ? { 'ephemeral-storage': '98831908Ki' } : {};
	const pages = real ? { 'hugepages-1Gi': '0', 'hugepages-2Mi': '0' } : {};
	const memory = memoryTotal(node);
	const held = real ? reserved : { cpu: 0, memory: 0 };
	return {
		capacity: { cpu: cpuQuantity(node.cores * 1e9), ...storage, ...pages, memory: `${memory}Ki`, ...common },
		allocatable: {
			cpu: cpuQuantity((node.cores * 1000 - held.cpu) * 1e6),
			...(real ? { 'ephemeral-storage': '91083486262' } : {}),
			...pages,
			memory: `${memory - held.memory * 1024}Ki`,
			...common,
		},
		conditions: (real ? conditions : conditions.slice(3)).map(([type, status, reason, message]) => ({
			type,
			status,
			lastHeartbeatTime: apiTime(beat),
			lastTransitionTime: apiTime(readyAt),
			reason,
			message,
		})),
		addresses: [
			{ type: 'InternalIP', address: node.address },
			{ type: 'Hostname', address: node.name },
		],
		daemonEndpoints: { kubeletEndpoint: { Port: 10_250 } },
		nodeInfo: {
			machineID: hexadecimal(node.key, 32),
			systemUUID: makeUid(node.key),
			bootID: makeUid(node.key + 1),
			kernelVersion: node.kernel,
			osImage: node.osImage,
			containerRuntimeVersion: node.runtime,
			kubeletVersion: node.kubelet,
			kubeProxyVersion: '',
			operatingSystem: 'linux',
			architecture: node.architecture,
			// Reported since 1.33 by kubelets whose machine has swap; here it is none.
			...(real && node.cgroupVersion === 2 ? { swap: { capacity: 0 } } : {}),
		},
		...(real
			? {
					images: images.map(([name, sizeBytes]) => ({
						names: [`${name.replace(/:[^:]*$/, '')}@sha256:${hexadecimal(mixText(8, name), 64)}`, name],
						sizeBytes,
					})),
				}
			: {}),
	};
}

/** A node as the API server writes it. @param time ms since 1970 */
export function nodeObject(node: NodeModel, world: World, time: number, resourceVersion: number): ApiObject {
	const createdAt = bootTime(node, world.origin);
	const taintList = taints(node, world);
	return {
		metadata: {
			name: node.name,
			uid: node.uid,
			resourceVersion: String(resourceVersion),
			creationTimestamp: apiTime(createdAt),
			labels: nodeLabels(node),
			annotations: {
				'node.alpha.kubernetes.io/ttl': '0',
				'volumes.kubernetes.io/controller-managed-attach-detach': 'true',
			},
		},
		spec: {
			podCIDR: `10.${64 + (node.index >> 8)}.${node.index & 255}.0/24`,
			podCIDRs: [`10.${64 + (node.index >> 8)}.${node.index & 255}.0/24`],
			...(node.role === 'virtual' ? {} : { providerID: `demo:///${node.zone}/i-${hexadecimal(node.key, 16)}` }),
			...(taintList.length > 0 ? { taints: taintList } : {}),
			...(node.cordoned ? { unschedulable: true } : {}),
		},
		status: nodeStatus(node, readyTime(node, world.origin), Math.max(createdAt, heartbeat(node, time).last)),
	};
}
