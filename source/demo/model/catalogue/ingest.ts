import { container, type Workload, workload } from '../workload.ts';

const registry = 'registry.example.com/ingest';

export const ingest: readonly Workload[] = [
	workload({
		namespace: 'ingest',
		name: 'kafka',
		kind: 'StatefulSet',
		replicas: 3,
		age: 24 * 112,
		service: 9092,
		containers: [
			container({
				name: 'kafka',
				image: 'docker.io/apache/kafka:4.2.0',
				requests: { cpu: 1000, memory: 3072 },
				limits: { cpu: 4000, memory: 6144 },
				cpu: { mean: 560, wave: { depth: 0.4, period: 1400 }, jitter: 0.4 },
				// The log that consumers read again and again is active cache: it counts as working set.
				memory: {
					anonymous: 1340,
					activeFile: 3390,
					inactiveFile: 860,
					fill: 4000,
					mapped: 40,
					slab: 66,
					sockets: 9,
					processes: [{ name: 'java', threads: 98, share: 1 }],
				},
				readyAfter: 20,
				port: 9092,
			}),
		],
	}),
	workload({
		namespace: 'ingest',
		name: 'consumer',
		kind: 'Deployment',
		replicas: 6,
		age: 24 * 2 + 20,
		containers: [
			container({
				name: 'consumer',
				image: `${registry}/consumer:0.33.1`,
				requests: { cpu: 300, memory: 192 },
				limits: { cpu: 1000, memory: 384 },
				cpu: { mean: 150, jitter: 0.5, burst: { height: 700, length: 25, every: 120 } },
				memory: { anonymous: 122, breath: 0.2, mapped: 16, sockets: 2 },
			}),
		],
	}),
	workload({
		namespace: 'ingest',
		name: 'parser',
		kind: 'Deployment',
		age: 7.6,
		containers: [
			// Each file that it opens is larger than its limit.
			container({
				name: 'parser',
				image: `${registry}/parser:2.1.0`,
				requests: { cpu: 200, memory: 128 },
				limits: { cpu: 500, memory: 256 },
				cpu: { mean: 310, jitter: 0.2 },
				memory: { anonymous: 246, ramp: 88, mapped: 5, inactiveFile: 2 },
				fate: { kind: 'loops', after: 90, backOff: 300, reason: 'OOMKilled', exitCode: 137 },
			}),
		],
	}),
	workload({
		namespace: 'ingest',
		name: 'sandbox-gateway',
		kind: 'Deployment',
		replicas: 2,
		age: 24 * 13,
		runtimeClass: { name: 'gvisor', overhead: { cpu: 100, memory: 64 } },
		service: 8443,
		containers: [
			container({
				name: 'gateway',
				image: `${registry}/gateway:1.4.0`,
				requests: { cpu: 200, memory: 128 },
				limits: { cpu: 500, memory: 256 },
				cpu: { mean: 120, jitter: 0.4, wave: { depth: 0.3, period: 700 } },
				memory: { anonymous: 96, mapped: 12, shared: 20 },
				port: 8443,
			}),
		],
	}),
	workload({
		namespace: 'ingest',
		name: 'schema-registry',
		kind: 'Deployment',
		age: 0.7,
		containers: [
			container({
				name: 'wait-for-kafka-acl',
				image: 'docker.io/library/busybox:1.37',
				kind: 'init',
				command: ['sh', '-c', 'until nslookup kafka-acl; do sleep 2; done'],
				requests: { cpu: 10, memory: 16 },
				cpu: { mean: 4, jitter: 0.3 },
				memory: { anonymous: 1, mapped: 1 },
			}),
			container({
				name: 'schema-registry',
				image: `${registry}/schema-registry:8.1.1`,
				requests: { cpu: 200, memory: 512 },
				limits: { memory: 768 },
				cpu: { mean: 60 },
				memory: { anonymous: 400 },
			}),
		],
	}),
];
