import { container, type Workload, workload } from '../workload.ts';

export const platform: readonly Workload[] = [
	workload({
		namespace: 'platform',
		name: 'ingress-nginx-controller',
		kind: 'Deployment',
		replicas: 3,
		age: 24 * 52,
		service: 443,
		containers: [
			container({
				name: 'controller',
				image: 'registry.k8s.io/ingress-nginx/controller:v1.15.0',
				requests: { cpu: 100, memory: 90 },
				cpu: { mean: 140, wave: { depth: 0.5, period: 1300 }, jitter: 0.3 },
				memory: { anonymous: 132, breath: 0.05, mapped: 30, sockets: 3 },
				readyAfter: 10,
				port: 443,
			}),
		],
	}),
	workload({
		namespace: 'platform',
		name: 'cert-manager',
		kind: 'Deployment',
		age: 24 * 52,
		containers: [
			container({
				name: 'cert-manager-controller',
				image: 'quay.io/jetstack/cert-manager-controller:v1.20.0',
				bare: true,
				cpu: { mean: 2, jitter: 0.7 },
				memory: { anonymous: 31, mapped: 18 },
			}),
		],
	}),
	workload({
		namespace: 'platform',
		name: 'external-dns',
		kind: 'Deployment',
		age: 24 * 52,
		containers: [
			container({
				name: 'external-dns',
				image: 'registry.k8s.io/external-dns/external-dns:v0.20.0',
				bare: true,
				requests: { memory: 50 },
				limits: { memory: 50 },
				cpu: { mean: 3, jitter: 0.7 },
				memory: { anonymous: 24, mapped: 20 },
			}),
		],
	}),
	workload({
		namespace: 'platform',
		name: 'argocd-repo-server',
		kind: 'Deployment',
		replicas: 2,
		age: 24 * 17,
		containers: [
			container({
				name: 'argocd-repo-server',
				image: 'quay.io/argoproj/argocd:v3.4.1',
				requests: { cpu: 100, memory: 256 },
				limits: { memory: 1024 },
				cpu: { mean: 30, jitter: 0.4, burst: { height: 900, length: 12, every: 180 } },
				memory: { anonymous: 84, inactiveFile: 410, activeFile: 36, slab: 30, mapped: 34 },
			}),
		],
	}),
	workload({
		namespace: 'platform',
		name: 'backup-agent',
		kind: 'Deployment',
		age: 1.4,
		containers: [
			container({
				name: 'backup-agent',
				image: 'registry.example.com/platform/backup-agent:v12',
				requests: { cpu: 50, memory: 64 },
				cpu: { mean: 1 },
				memory: { anonymous: 1 },
				fate: {
					kind: 'no-image',
					message: 'failed to resolve reference "registry.example.com/platform/backup-agent:v12": not found',
				},
			}),
		],
	}),
	workload({
		namespace: 'platform',
		name: 'burst-runner',
		kind: 'Deployment',
		replicas: 3,
		age: 31,
		// Pods on a virtual node run elsewhere: no kubelet measures them.
		nodes: 'virtual',
		containers: [
			container({
				name: 'runner',
				image: 'registry.example.com/platform/runner:2.330.0',
				requests: { cpu: 1000, memory: 2048 },
				limits: { cpu: 2000, memory: 4096 },
				cpu: { mean: 700, jitter: 0.3 },
				memory: { anonymous: 900 },
			}),
		],
	}),
];

/** A pod that somebody left behind: nobody owns it, it asks for nothing. */
export const leftovers: readonly Workload[] = [
	workload({
		namespace: 'default',
		name: 'debug-shell',
		kind: 'Pod',
		age: 24 * 14,
		containers: [
			container({
				name: 'shell',
				image: 'docker.io/library/debian:13',
				command: ['sleep', 'infinity'],
				cpu: { mean: 0.02 },
				memory: { anonymous: 1, mapped: 1, inactiveFile: 12 },
			}),
		],
	}),
];
