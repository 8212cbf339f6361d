/** Groups as the fleet's pods and containers, and the machine as its node. Pure. */
import type { Machine } from '../../host/machine.ts';
import type { ContainerRecord, NodeRecord, PodRecord } from '../../model/records.ts';
import type { Limits } from './counters.ts';
import type { NamedGroup, NamedMember } from './names.ts';

/** What is known of a cgroup besides its counters. */
export interface CgroupFacts {
	/** When its oldest process was started, ms since 1970; NaN if unknown. */
	startedAt: number;
	limits: Limits;
}

const nothing: CgroupFacts = { startedAt: Number.NaN, limits: { cpu: Number.NaN, memory: Number.NaN } };

/** Uid of a group's row: the key of its cgroup as a subject. */
export function groupUid(path: string): string {
	return `cgroup${path}`;
}

/** What the engine says of its containers, in the words of the pods' column. */
const states: Readonly<Record<string, string>> = { paused: 'Paused', restarting: 'Restarting' };

export function podRecord(
	group: NamedGroup,
	node: string,
	factsOf: (path: string) => CgroupFacts | undefined,
): PodRecord {
	const containers = group.members.map((member) => containerRecord(member, factsOf(member.path) ?? nothing));
	const { limits } = factsOf(group.path) ?? nothing;
	const [first] = group.members;
	const state = first?.known?.state ?? '';
	return {
		uid: groupUid(group.path),
		namespace: group.family,
		name: group.name,
		resourceVersion: '',
		createdAt: first?.known?.created ?? oldest(containers.map(({ startedAt }) => startedAt)),
		node,
		phase: 'Running',
		status: group.members.length === 1 ? (states[state] ?? 'Running') : 'Running',
		readyContainers: containers.length,
		totalContainers: containers.length,
		restarts: containers.reduce((sum, { restarts }) => sum + restarts, 0),
		lastRestartAt: Number.NaN,
		owner: first?.runtime ?? '',
		qosClass: qosClasses[group.qos],
		ip: '',
		cpuRequest: Number.NaN,
		memoryRequest: Number.NaN,
		cpuLimit: limits.cpu,
		memoryLimit: limits.memory,
		containers,
	};
}

const qosClasses = { guaranteed: 'Guaranteed', burstable: 'Burstable', besteffort: 'BestEffort', '': '' } as const;

function containerRecord(member: NamedMember, { limits, startedAt }: CgroupFacts): ContainerRecord {
	return {
		name: member.name,
		kind: 'app',
		image: member.known?.image ?? '',
		state: 'Running',
		ready: true,
		restarts: member.known?.restarts ?? 0,
		startedAt: member.known?.started ?? startedAt,
		lastTermination: '',
		lastTerminatedAt: Number.NaN,
		// cpu.shares and cpu.weight are made of requests, and do not tell them.
		cpuRequest: Number.NaN,
		memoryRequest: Number.NaN,
		cpuLimit: limits.cpu,
		memoryLimit: limits.memory,
	};
}

function oldest(times: readonly number[]): number {
	return times.reduce((first, time) => (time < first || Number.isNaN(first) ? time : first), Number.NaN);
}

export function nodeRecord(
	machine: Machine,
	size: { cpus: number; memTotal: number; bootedAt: number },
	runtime: string,
): NodeRecord {
	const cpu = size.cpus * 1e9;
	return {
		uid: 'host',
		name: machine.name,
		resourceVersion: '',
		createdAt: size.bootedAt,
		kind: 'ordinary',
		status: 'Ready',
		roles: '<none>',
		kubeletVersion: '',
		internalIp: '',
		externalIp: '',
		osImage: machine.system,
		kernelVersion: machine.kernel,
		containerRuntime: runtime,
		architecture: machine.architecture,
		cpuCapacity: cpu,
		memoryCapacity: size.memTotal,
		podCapacity: Number.NaN,
		cpuAllocatable: cpu,
		memoryAllocatable: size.memTotal,
		podAllocatable: Number.NaN,
		swapCapacity: Number.NaN,
		pressure: '',
	};
}
