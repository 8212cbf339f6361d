import { container, type Workload, workload } from '../workload.ts';

const registry = 'registry.example.com/web';

export const web: readonly Workload[] = [
	workload({
		namespace: 'web',
		name: 'storefront',
		kind: 'Deployment',
		replicas: 8,
		comings: { kind: 'elastic', count: 2, every: 420, length: 250 },
		age: 24 * 4 + 7,
		service: 8080,
		containers: [
			// No requests, no limits: best effort.
			container({
				name: 'nginx',
				image: 'docker.io/library/nginx:1.29.4-alpine',
				cpu: { mean: 85, wave: { depth: 0.6, period: 1300 }, jitter: 0.3 },
				memory: {
					anonymous: 24,
					activeFile: 31,
					inactiveFile: 46,
					mapped: 8,
					sockets: 1,
					processes: [
						{ name: 'nginx: master process', threads: 1, share: 0.2 },
						{ name: 'nginx: worker process', threads: 1, share: 0.4, inherits: 0.15 },
						{ name: 'nginx: worker process', threads: 1, share: 0.4, inherits: 0.15 },
					],
				},
				port: 8080,
			}),
		],
	}),
	workload({
		namespace: 'web',
		name: 'storefront-canary',
		kind: 'Deployment',
		age: 5.3,
		containers: [
			container({
				name: 'nginx',
				image: `${registry}/storefront:9.0.0-rc.1`,
				requests: { cpu: 50, memory: 64 },
				limits: { memory: 128 },
				cpu: { mean: 60 },
				memory: { anonymous: 22 },
				fate: { kind: 'loops', after: 4, backOff: 300, reason: 'Error', exitCode: 1 },
			}),
		],
	}),
	workload({
		namespace: 'web',
		name: 'api',
		kind: 'Deployment',
		replicas: 6,
		age: 24 * 3 + 2,
		service: 3000,
		containers: [
			container({
				name: 'api',
				image: `${registry}/api:26.5.1`,
				command: ['node', 'server.js'],
				requests: { cpu: 400, memory: 384 },
				limits: { cpu: 1000, memory: 512 },
				cpu: {
					mean: 260,
					wave: { depth: 0.45, period: 1100 },
					jitter: 0.4,
					burst: { height: 420, length: 15, every: 150 },
				},
				memory: { anonymous: 246, breath: 0.12, mapped: 42, activeFile: 12, inactiveFile: 9, sockets: 1 },
				readyAfter: 6,
				port: 3000,
			}),
		],
	}),
	workload({
		namespace: 'web',
		name: 'recommendations',
		kind: 'Deployment',
		replicas: 4,
		comings: { kind: 'rollout', every: 360, step: 25 },
		age: 24 * 60,
		service: 8000,
		containers: [
			container({
				name: 'recommendations',
				image: `${registry}/recommendations:nightly`,
				requests: { cpu: 200, memory: 256 },
				limits: { cpu: 800, memory: 512 },
				cpu: { mean: 130, jitter: 0.5, startup: { height: 500, length: 15 } },
				memory: { anonymous: 214, ramp: 60, breath: 0.05, mapped: 30 },
				readyAfter: 11,
				port: 8000,
			}),
		],
	}),
	workload({
		namespace: 'web',
		name: 'image-resizer',
		kind: 'Deployment',
		replicas: 3,
		age: 24 * 8,
		containers: [
			// It would use more than its limit lets it: throttled most of the time.
			container({
				name: 'resizer',
				image: `${registry}/image-resizer:1.44.0`,
				requests: { cpu: 250, memory: 256 },
				limits: { cpu: 500, memory: 1024 },
				cpu: { mean: 480, jitter: 0.04 },
				memory: { anonymous: 330, breath: 0.3, inactiveFile: 160, activeFile: 22, mapped: 25 },
			}),
		],
	}),
	workload({
		namespace: 'web',
		name: 'session-cache',
		kind: 'StatefulSet',
		replicas: 3,
		age: 24 * 90,
		service: 6379,
		containers: [
			container({
				name: 'redis',
				image: 'docker.io/library/redis:8.4.0',
				requests: { cpu: 200, memory: 1024 },
				limits: { cpu: 1000, memory: 1024 },
				cpu: { mean: 110, wave: { depth: 0.3, period: 800 }, jitter: 0.4 },
				memory: { anonymous: 702, breath: 0.03, mapped: 6, inactiveFile: 40, sockets: 3, unmapped: 30 },
				port: 6379,
			}),
		],
	}),
];
