import { container, type Workload, workload } from '../workload.ts';

export const search: readonly Workload[] = [
	workload({
		namespace: 'search',
		name: 'opensearch',
		kind: 'StatefulSet',
		replicas: 3,
		age: 24 * 71,
		service: 9200,
		containers: [
			container({
				name: 'sysctl',
				image: 'docker.io/library/busybox:1.37',
				kind: 'init',
				cpu: { mean: 5 },
				memory: { anonymous: 1 },
				fate: { kind: 'ends', after: 1, exitCode: 0 },
			}),
			container({
				name: 'opensearch',
				image: 'docker.io/opensearchproject/opensearch:3.4.0',
				requests: { cpu: 2000, memory: 6144 },
				limits: { memory: 8192 },
				cpu: {
					mean: 1150,
					wave: { depth: 0.4, period: 1900 },
					jitter: 0.4,
					burst: { height: 1500, length: 40, every: 500 },
				},
				memory: {
					anonymous: 4310,
					breath: 0.01,
					activeFile: 1480,
					inactiveFile: 1950,
					fill: 7200,
					mapped: 260,
					slab: 74,
					processes: [{ name: 'java', threads: 121, share: 1 }],
				},
				readyAfter: 48,
				port: 9200,
			}),
		],
	}),
	workload({
		namespace: 'search',
		name: 'query',
		kind: 'Deployment',
		replicas: 4,
		age: 24 * 9,
		service: 8080,
		// Requests and limits of the pod; its containers set none.
		podRequests: { cpu: 400, memory: 384 },
		podLimits: { cpu: 1500, memory: 768 },
		containers: [
			container({
				name: 'query',
				image: 'registry.example.com/search/query:5.7.3',
				cpu: { mean: 240, wave: { depth: 0.4, period: 1000 }, jitter: 0.4 },
				memory: { anonymous: 230, breath: 0.08, mapped: 22, activeFile: 14, inactiveFile: 12 },
				port: 8080,
			}),
			container({
				name: 'rank-cache',
				image: 'registry.example.com/search/rank-cache:5.7.3',
				cpu: { mean: 35, jitter: 0.5 },
				memory: { anonymous: 60, shared: 96, mapped: 8 },
			}),
		],
	}),
	workload({
		namespace: 'search',
		name: 'indexer',
		kind: 'Deployment',
		replicas: 2,
		age: 24 * 5,
		containers: [
			container({
				name: 'indexer',
				image: 'registry.example.com/search/indexer:5.7.3',
				requests: { cpu: 500, memory: 1024 },
				limits: { cpu: 2000, memory: 1536 },
				cpu: { mean: 310, jitter: 0.4, burst: { height: 1300, length: 60, every: 300 } },
				memory: { anonymous: 720, breath: 0.25, inactiveFile: 380, activeFile: 60, mapped: 30 },
			}),
		],
	}),
	workload({
		namespace: 'search',
		name: 'reindex',
		kind: 'Job',
		age: 3.2,
		restartPolicy: 'Never',
		unschedulable: 'Insufficient memory',
		containers: [
			container({
				name: 'reindex',
				image: 'registry.example.com/search/indexer:5.7.3',
				requests: { cpu: 4000, memory: 262_144 },
				limits: { memory: 262_144 },
				cpu: { mean: 1 },
				memory: { anonymous: 1 },
			}),
		],
	}),
];
