/** Records for tests: whatever a test does not name is ordinary. */
import type { ContainerRecord, NodeRecord, PodRecord } from '../../../source/model/records.ts';

export function containerRecord(name: string, more: Partial<ContainerRecord> = {}): ContainerRecord {
	return {
		name,
		kind: 'app',
		image: 'registry.example/app:1',
		state: 'Running',
		ready: true,
		restarts: 0,
		startedAt: 0,
		lastTermination: '',
		lastTerminatedAt: Number.NaN,
		cpuRequest: Number.NaN,
		cpuLimit: Number.NaN,
		memoryRequest: Number.NaN,
		memoryLimit: Number.NaN,
		...more,
	};
}

export function podRecord(namespace: string, name: string, more: Partial<PodRecord> = {}): PodRecord {
	return {
		uid: `uid-of-${namespace}-${name}`,
		namespace,
		name,
		resourceVersion: '1',
		createdAt: 0,
		node: 'n1',
		phase: 'Running',
		status: 'Running',
		readyContainers: 1,
		totalContainers: 1,
		restarts: 0,
		lastRestartAt: Number.NaN,
		owner: '',
		qosClass: 'BestEffort',
		ip: '10.0.0.1',
		cpuRequest: Number.NaN,
		cpuLimit: Number.NaN,
		memoryRequest: Number.NaN,
		memoryLimit: Number.NaN,
		containers: [containerRecord('app')],
		...more,
	};
}

export function nodeRecord(name: string, more: Partial<NodeRecord> = {}): NodeRecord {
	return {
		uid: `uid-of-${name}`,
		name,
		resourceVersion: '1',
		createdAt: 0,
		kind: 'ordinary',
		status: 'Ready',
		roles: '<none>',
		kubeletVersion: 'v1.36.3',
		internalIp: '10.0.0.2',
		externalIp: '',
		osImage: 'Debian GNU/Linux 12',
		kernelVersion: '6.18.0',
		containerRuntime: 'containerd://2.1.0',
		architecture: 'amd64',
		cpuCapacity: 4e9,
		memoryCapacity: 16 * 2 ** 30,
		podCapacity: 110,
		cpuAllocatable: 4e9,
		memoryAllocatable: 15 * 2 ** 30,
		podAllocatable: 110,
		swapCapacity: Number.NaN,
		pressure: '',
		...more,
	};
}
