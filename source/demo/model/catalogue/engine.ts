import { type ContainerTemplate, container } from '../workload.ts';

/**
 * What a Docker Engine runs on some of the machines, beside Kubernetes and unknown to it: the kubelet neither starts nor
 * lists these, but their memory and their processor time are the node's.
 */
export const engineContainers: readonly ContainerTemplate[] = [
	// Files that were written or read once, and nothing else: usage is many times the working set.
	container({
		name: 'registry-mirror',
		image: 'registry:3.0.0',
		cpu: { mean: 14, jitter: 0.5 },
		memory: { anonymous: 22, mapped: 14, activeFile: 18, inactiveFile: 620, slab: 9, sockets: 1 },
		port: 5000,
	}),
	// Held to its limit by page cache alone.
	container({
		name: 'buildkit',
		image: 'moby/buildkit:v0.26.2',
		limits: { cpu: 2000, memory: 512 },
		cpu: { mean: 40, jitter: 0.4, burst: { height: 1500, length: 30, every: 300 } },
		memory: { anonymous: 118, mapped: 26, activeFile: 210, inactiveFile: 390, slab: 14 },
	}),
	// Forked without touching much, and shared memory: the processes together seem to have more than there is.
	container({
		name: 'inventory-agent',
		image: 'registry.example.com/platform/inventory-agent:5.1',
		limits: { memory: 256 },
		cpu: { mean: 9, jitter: 0.6 },
		memory: {
			anonymous: 60,
			shared: 24,
			mapped: 8,
			processes: [
				{ name: 'inventory-agent', threads: 3, share: 0.82 },
				{ name: 'inventory-agent: collect', threads: 1, share: 0.06, inherits: 0.78 },
				{ name: 'inventory-agent: collect', threads: 1, share: 0.06, inherits: 0.78 },
				{ name: 'inventory-agent: report', threads: 1, share: 0.06, inherits: 0.7 },
			],
		},
	}),
];
