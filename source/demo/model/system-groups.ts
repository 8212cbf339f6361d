/** What runs on a machine besides pods: systemd's services, the kubelet, the container runtime, and what is the kernel's own. */
import { engineContainers } from './catalogue/engine.ts';
import type { MemoryProfile } from './memory.ts';
import { runtimeId } from './names.ts';
import type { ProcessorProfile } from './processor.ts';
import { between, mix } from './random.ts';
import type { ContainerTemplate } from './workload.ts';

export interface SystemGroup {
	/**
	 * What it is to the kubelet: its own group, that of its runtime, one of the others that it watches as one, or nothing.
	 * `root` is what is charged to no cgroup but the root.
	 */
	role: 'kubelet' | 'runtime' | 'misc' | 'unwatched' | 'root' | 'engine-container';
	/** Of its cgroup, below the root. */
	path: string;
	key: number;
	cpu: ProcessorProfile;
	memory: MemoryProfile;
	/** Of an engine's container only. */
	container?: { template: ContainerTemplate; id: string };
}

interface Machine {
	key: number;
	cores: number;
	cgroupVersion: 1 | 2;
	/** Whether a Docker Engine runs there beside the kubelet's runtime. */
	docker: boolean;
}

interface Share {
	role: SystemGroup['role'];
	path: (version: 1 | 2) => string;
	/** Of the system's processor time and anonymous memory, its page cache, its slab: MiB. */
	processor: number;
	anonymous: number;
	active: number;
	inactive: number;
	slab: number;
	mapped: number;
	processes: MemoryProfile['processes'];
}

/** With cgroup v2 the kubelet was given slices as they are recommended; the old machine is as its packages made it. */
const runtimeSlice = (unit: string) => (version: 1 | 2) =>
	version === 2 ? `/runtime.slice/${unit}` : `/system.slice/${unit}`;
const systemSlice = (unit: string) => () => `/system.slice/${unit}`;

const one = (name: string, threads: number): MemoryProfile['processes'] => [{ name, threads, share: 1 }];

const shares: readonly Share[] = [
	{
		role: 'kubelet',
		path: runtimeSlice('kubelet.service'),
		processor: 0.34,
		anonymous: 0.24,
		active: 0.08,
		inactive: 0.04,
		slab: 7,
		mapped: 46,
		processes: one('kubelet', 24),
	},
	{
		role: 'runtime',
		path: runtimeSlice('containerd.service'),
		processor: 0.3,
		anonymous: 0.36,
		active: 0.14,
		inactive: 0.38,
		slab: 24,
		mapped: 32,
		processes: [
			{ name: 'containerd', threads: 31, share: 0.5 },
			{ name: 'containerd-shim-runc-v2', threads: 12, share: 0.26 },
			{ name: 'containerd-shim-runc-v2', threads: 12, share: 0.24 },
		],
	},
	{
		role: 'misc',
		path: systemSlice('systemd-journald.service'),
		processor: 0.05,
		anonymous: 0.05,
		active: 0.2,
		inactive: 0.12,
		slab: 3,
		mapped: 9,
		processes: one('systemd-journald', 1),
	},
	{
		role: 'misc',
		path: systemSlice('ssh.service'),
		processor: 0.01,
		anonymous: 0.02,
		active: 0.01,
		inactive: 0.01,
		slab: 1,
		mapped: 5,
		processes: one('sshd', 1),
	},
	{
		role: 'misc',
		path: systemSlice('node-problem-detector.service'),
		processor: 0.12,
		anonymous: 0.14,
		active: 0.05,
		inactive: 0.02,
		slab: 2,
		mapped: 16,
		processes: one('node-problem-detector', 11),
	},
	{
		role: 'unwatched',
		path: () => '/init.scope',
		processor: 0.03,
		anonymous: 0.04,
		active: 0.02,
		inactive: 0.03,
		slab: 4,
		mapped: 8,
		processes: one('systemd', 1),
	},
	{
		role: 'unwatched',
		path: () => '/user.slice',
		processor: 0.03,
		anonymous: 0.06,
		active: 0.04,
		inactive: 0.06,
		slab: 2,
		mapped: 7,
		processes: one('bash', 1),
	},
	{
		role: 'root',
		path: () => '/',
		processor: 0.12,
		anonymous: 0,
		active: 0.46,
		inactive: 0.34,
		slab: 168,
		mapped: 0,
		processes: [],
	},
];

const engine: Share = {
	role: 'misc',
	path: systemSlice('docker.service'),
	processor: 0.08,
	anonymous: 0.16,
	active: 0.06,
	inactive: 0.05,
	slab: 5,
	mapped: 38,
	processes: one('dockerd', 22),
};

/** As its default cgroup driver has it: systemd's on v2, the files' on v1. */
function enginePath(id: string, version: 1 | 2): string {
	return version === 2 ? `/system.slice/docker-${id}.scope` : `/docker/${id}`;
}

/** All groups of a machine. The root's own comes last. */
export function systemGroups(machine: Machine): SystemGroup[] {
	const { key, cores, cgroupVersion, docker } = machine;
	const mean = 90 + 14 * cores;
	const anonymous = between(key, 3, 260, 420);
	const active = between(key, 4, 300, 700);
	const inactive = between(key, 5, 600, 2400);
	const groups = (docker ? [engine, ...shares] : shares).map((share, index): SystemGroup => {
		const path = share.path(cgroupVersion);
		return {
			role: share.role,
			path,
			key: mix(key, 400 + index),
			cpu: { mean: mean * share.processor, jitter: 0.4 },
			memory: {
				anonymous: anonymous * share.anonymous,
				activeFile: active * share.active,
				inactiveFile: inactive * share.inactive,
				slab: share.slab,
				mapped: share.mapped,
				...(share.processes === undefined ? {} : { processes: share.processes }),
			},
		};
	});
	if (!docker) return groups;
	const containers = engineContainers.map((template, index): SystemGroup => {
		const own = mix(key, 900 + index);
		const id = runtimeId(own, template.name, 0);
		return {
			role: 'engine-container',
			path: enginePath(id, cgroupVersion),
			key: own,
			cpu: template.cpu,
			memory: template.memory,
			container: { template, id },
		};
	});
	return [...containers, ...groups];
}
