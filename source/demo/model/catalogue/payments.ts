import { container, type Workload, workload } from '../workload.ts';

const registry = 'registry.example.com/payments';

/** The mesh's proxy as a native sidecar: an init container that goes on running. It sets requests, but no limit. */
const meshProxy = container({
	name: 'istio-proxy',
	image: 'docker.io/istio/proxyv2:1.29.1',
	kind: 'sidecar',
	requests: { cpu: 100, memory: 128 },
	cpu: { mean: 18, wave: { depth: 0.4, period: 900 }, jitter: 0.4 },
	memory: {
		anonymous: 52,
		mapped: 14,
		activeFile: 6,
		processes: [
			{ name: 'pilot-agent', threads: 12, share: 0.35 },
			{ name: 'envoy', threads: 10, share: 0.65 },
		],
	},
});

export const payments: readonly Workload[] = [
	workload({
		namespace: 'payments',
		name: 'checkout',
		kind: 'Deployment',
		replicas: 4,
		age: 24 * 6 + 5,
		service: 8080,
		containers: [
			meshProxy,
			container({
				name: 'checkout',
				image: `${registry}/checkout:4.18.2`,
				requests: { cpu: 500, memory: 512 },
				limits: { cpu: 1500, memory: 768 },
				cpu: {
					mean: 340,
					wave: { depth: 0.5, period: 1500 },
					jitter: 0.35,
					burst: { height: 600, length: 20, every: 240 },
				},
				memory: { anonymous: 402, breath: 0.06, inactiveFile: 18, activeFile: 22, mapped: 34, sockets: 2 },
				readyAfter: 9,
				port: 8080,
			}),
		],
	}),
	workload({
		namespace: 'payments',
		name: 'notifier',
		kind: 'Deployment',
		replicas: 2,
		age: 24 * 2 + 1,
		containers: [
			container({
				name: 'notifier',
				image: `${registry}/notifier:1.9.0`,
				requests: { cpu: 100, memory: 256 },
				limits: { cpu: 500, memory: 640 },
				cpu: { mean: 46, jitter: 0.5 },
				// It loses 6 MiB a minute and is killed at its limit every hour and a half.
				memory: { anonymous: 88, leak: 6, inactiveFile: 6, activeFile: 9, mapped: 20 },
				fate: { kind: 'loops', after: 5280, backOff: 11, reason: 'OOMKilled', exitCode: 137 },
				readyAfter: 4,
			}),
		],
	}),
	workload({
		namespace: 'payments',
		name: 'fraud-scoring',
		kind: 'Deployment',
		replicas: 2,
		age: 24 * 11,
		service: 9000,
		containers: [
			container({
				name: 'fraud-scoring',
				image: `${registry}/fraud-scoring:2026.21`,
				command: ['java', '-XX:MaxRAMPercentage=90', '-jar', '/app/scoring.jar'],
				requests: { cpu: 1000, memory: 2048 },
				limits: { cpu: 2000, memory: 2048 },
				cpu: { mean: 620, wave: { depth: 0.3, period: 2100 }, jitter: 0.5, startup: { height: 1200, length: 40 } },
				// A heap sized by the limit: close to it for ever, and no leak.
				memory: {
					anonymous: 1918,
					breath: 0.004,
					ramp: 600,
					mapped: 28,
					activeFile: 12,
					inactiveFile: 22,
					unmapped: 14,
					processes: [{ name: 'java', threads: 74, share: 1 }],
				},
				readyAfter: 35,
				port: 9000,
			}),
		],
	}),
	workload({
		namespace: 'payments',
		name: 'ledger',
		kind: 'StatefulSet',
		replicas: 3,
		age: 24 * 43,
		service: 5432,
		containers: [
			container({
				name: 'postgres',
				image: 'docker.io/library/postgres:18.3',
				requests: { cpu: 1000, memory: 4096 },
				limits: { cpu: 4000, memory: 8192 },
				cpu: {
					mean: 520,
					wave: { depth: 0.4, period: 1700 },
					jitter: 0.4,
					burst: { height: 900, length: 45, every: 600 },
				},
				// Usage stands at the limit, as it should with a database: most of it is page cache.
				memory: {
					anonymous: 410,
					shared: 1060,
					activeFile: 2380,
					inactiveFile: 4010,
					fill: 5400,
					mapped: 24,
					slab: 118,
					processes: [
						{ name: 'postgres', threads: 1, share: 0.1 },
						{ name: 'postgres: checkpointer', threads: 1, share: 0.1, inherits: 0.08 },
						{ name: 'postgres: walwriter', threads: 1, share: 0.1, inherits: 0.08 },
						{ name: 'postgres: app ledger', threads: 1, share: 0.4, inherits: 0.08 },
						{ name: 'postgres: app ledger', threads: 1, share: 0.3, inherits: 0.08 },
					],
				},
				readyAfter: 12,
				port: 5432,
			}),
			// Two containers, and only the first one sets a limit.
			container({
				name: 'exporter',
				image: 'quay.io/prometheuscommunity/postgres-exporter:v0.19.0',
				requests: { cpu: 20, memory: 32 },
				cpu: { mean: 6, jitter: 0.6 },
				memory: { anonymous: 17, mapped: 9 },
				port: 9187,
			}),
		],
	}),
	workload({
		namespace: 'payments',
		name: 'settlement',
		kind: 'CronJob',
		comings: { kind: 'schedule', every: 120, keep: 3 },
		age: 24 * 30,
		restartPolicy: 'OnFailure',
		containers: [
			container({
				name: 'settlement',
				image: `${registry}/settlement:3.2.0`,
				requests: { cpu: 200, memory: 128 },
				limits: { memory: 256 },
				cpu: { mean: 410, jitter: 0.3 },
				memory: { anonymous: 120, ramp: 40, inactiveFile: 30 },
				fate: { kind: 'ends', after: 52, exitCode: 0 },
			}),
		],
	}),
	workload({
		namespace: 'payments',
		name: 'migrate-2026-21',
		kind: 'Job',
		age: 24 * 6 + 5.1,
		restartPolicy: 'Never',
		containers: [
			container({
				name: 'migrate',
				image: `${registry}/checkout:4.18.2`,
				requests: { cpu: 200, memory: 256 },
				cpu: { mean: 300 },
				memory: { anonymous: 190 },
				fate: { kind: 'ends', after: 74, exitCode: 0 },
			}),
		],
	}),
];
