import { container, type Workload, workload } from '../workload.ts';

const registry = 'registry.example.com/batch';

export const batch: readonly Workload[] = [
	workload({
		namespace: 'batch',
		name: 'thumbnails',
		kind: 'CronJob',
		comings: { kind: 'schedule', every: 180, keep: 3 },
		restartPolicy: 'Never',
		containers: [
			container({
				name: 'fetch',
				image: 'docker.io/library/busybox:1.37',
				kind: 'init',
				requests: { cpu: 20, memory: 16 },
				cpu: { mean: 40 },
				memory: { anonymous: 2, inactiveFile: 60 },
				fate: { kind: 'ends', after: 6, exitCode: 0 },
			}),
			container({
				name: 'thumbnails',
				image: `${registry}/thumbnails:7`,
				requests: { cpu: 500, memory: 256 },
				limits: { cpu: 1000, memory: 512 },
				cpu: { mean: 930, jitter: 0.05 },
				memory: { anonymous: 280, ramp: 30, inactiveFile: 120 },
				fate: { kind: 'ends', after: 68, exitCode: 0 },
			}),
		],
	}),
	workload({
		namespace: 'batch',
		name: 'train-embeddings',
		kind: 'Job',
		age: 9.4,
		restartPolicy: 'Never',
		containers: [
			container({
				name: 'train',
				image: `${registry}/train:2026-06-11`,
				requests: { cpu: 2000, memory: 4096 },
				cpu: { mean: 3350, jitter: 0.12 },
				memory: {
					anonymous: 5230,
					breath: 0.04,
					shared: 512,
					inactiveFile: 1400,
					activeFile: 220,
					mapped: 310,
					processes: [
						{ name: 'python train.py', threads: 22, share: 0.4 },
						{ name: 'python loader', threads: 4, share: 0.2, inherits: 0.18 },
						{ name: 'python loader', threads: 4, share: 0.2, inherits: 0.18 },
						{ name: 'python loader', threads: 4, share: 0.2, inherits: 0.18 },
					],
				},
			}),
		],
	}),
	workload({
		namespace: 'batch',
		name: 'nightly-report',
		kind: 'Job',
		replicas: 2,
		age: 12.5,
		restartPolicy: 'Never',
		containers: [
			container({
				name: 'report',
				image: `${registry}/report:114`,
				requests: { cpu: 500, memory: 512 },
				limits: { memory: 1024 },
				cpu: { mean: 700 },
				memory: { anonymous: 600 },
				fate: { kind: 'ends', after: 1412, exitCode: 0 },
			}),
		],
	}),
	workload({
		namespace: 'batch',
		name: 'import-catalogue',
		kind: 'Job',
		age: 2.1,
		restartPolicy: 'Never',
		containers: [
			container({
				name: 'import',
				image: `${registry}/import:31`,
				requests: { cpu: 200, memory: 256 },
				limits: { memory: 512 },
				cpu: { mean: 400 },
				memory: { anonymous: 200 },
				fate: { kind: 'ends', after: 211, exitCode: 2 },
			}),
		],
	}),
	workload({
		namespace: 'batch',
		name: 'scratch',
		kind: 'Pod',
		age: 26,
		restartPolicy: 'Never',
		evicted:
			'The node was low on resource: ephemeral-storage. Threshold quantity: 10120387530, available: 8421516Ki. Container scratch was using 41388Mi, request is 0, has larger consumption of ephemeral-storage. ',
		containers: [
			container({
				name: 'scratch',
				image: 'docker.io/library/debian:13',
				cpu: { mean: 10 },
				memory: { anonymous: 20 },
			}),
		],
	}),
];
