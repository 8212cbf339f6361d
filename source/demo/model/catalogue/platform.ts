import { container, type Workload, workload } from '../workload.ts';

const nodeCritical = { name: 'system-node-critical', value: 2_000_001_000 };
const clusterCritical = { name: 'system-cluster-critical', value: 2_000_000_000 };

function controlPlane(name: string, cpu: number, mean: number, anonymous: number, cache: number): Workload {
	return workload({
		namespace: 'kube-system',
		name,
		kind: 'Node',
		age: 24 * 210,
		nodes: 'control-plane',
		hostNetwork: true,
		priorityClass: nodeCritical,
		containers: [
			container({
				name,
				image: name === 'etcd' ? 'registry.k8s.io/etcd:3.6.8-0' : `registry.k8s.io/${name}:v1.36.3`,
				requests: { cpu },
				cpu: { mean, wave: { depth: 0.2, period: 900 }, jitter: 0.3 },
				memory: { anonymous, activeFile: cache, inactiveFile: cache, mapped: 48, slab: 6 },
				readyAfter: 8,
			}),
		],
	});
}

export const kubeSystem: readonly Workload[] = [
	workload({
		namespace: 'kube-system',
		name: 'metrics-server',
		kind: 'Deployment',
		age: 24 * 31,
		priorityClass: clusterCritical,
		service: 443,
		labels: { 'k8s-app': 'metrics-server' },
		containers: [
			container({
				name: 'metrics-server',
				image: 'registry.k8s.io/metrics-server/metrics-server:v0.9.0',
				requests: { cpu: 100, memory: 200 },
				cpu: { mean: 9, jitter: 0.3 },
				memory: { anonymous: 28, mapped: 22, inactiveFile: 8 },
				readyAfter: 20,
				port: 10_250,
			}),
		],
	}),
	controlPlane('kube-apiserver', 250, 190, 612, 22),
	controlPlane('etcd', 100, 64, 88, 96),
	controlPlane('kube-controller-manager', 200, 27, 74, 6),
	controlPlane('kube-scheduler', 100, 8, 26, 4),
	workload({
		namespace: 'kube-system',
		name: 'coredns',
		kind: 'Deployment',
		replicas: 2,
		age: 24 * 31,
		priorityClass: clusterCritical,
		service: 53,
		labels: { 'k8s-app': 'kube-dns' },
		containers: [
			container({
				name: 'coredns',
				image: 'registry.k8s.io/coredns/coredns:v1.14.1',
				requests: { cpu: 100, memory: 70 },
				limits: { memory: 170 },
				cpu: { mean: 11, wave: { depth: 0.4, period: 1000 }, jitter: 0.4 },
				memory: { anonymous: 19, mapped: 15 },
				port: 53,
			}),
		],
	}),
	workload({
		namespace: 'kube-system',
		name: 'kube-proxy',
		kind: 'DaemonSet',
		age: 24 * 31,
		nodes: 'all-real',
		hostNetwork: true,
		priorityClass: nodeCritical,
		containers: [
			container({
				name: 'kube-proxy',
				image: 'registry.k8s.io/kube-proxy:v1.36.3',
				cpu: { mean: 3, jitter: 0.7 },
				memory: { anonymous: 16, mapped: 24 },
			}),
		],
	}),
	workload({
		namespace: 'kube-system',
		name: 'cilium',
		kind: 'DaemonSet',
		age: 24 * 31,
		nodes: 'all-real',
		hostNetwork: true,
		priorityClass: nodeCritical,
		containers: [
			container({
				name: 'mount-bpf-fs',
				image: 'quay.io/cilium/cilium:v1.19.2',
				kind: 'init',
				cpu: { mean: 5 },
				memory: { anonymous: 2 },
				fate: { kind: 'ends', after: 1, exitCode: 0 },
			}),
			container({
				name: 'cilium-agent',
				image: 'quay.io/cilium/cilium:v1.19.2',
				requests: { cpu: 100, memory: 256 },
				cpu: { mean: 52, jitter: 0.4 },
				// Tables of the kernel belong to it: slab that no process shows.
				memory: { anonymous: 118, mapped: 62, slab: 96, activeFile: 8 },
				readyAfter: 7,
			}),
		],
	}),
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

export const observability: readonly Workload[] = [
	workload({
		namespace: 'obs',
		name: 'prometheus',
		kind: 'StatefulSet',
		replicas: 2,
		age: 24 * 25,
		service: 9090,
		containers: [
			container({
				name: 'prometheus',
				image: 'quay.io/prometheus/prometheus:v3.9.1',
				requests: { cpu: 500, memory: 3072 },
				limits: { memory: 4096 },
				cpu: { mean: 330, jitter: 0.4, burst: { height: 800, length: 30, every: 420 } },
				memory: { anonymous: 2230, breath: 0.06, activeFile: 340, inactiveFile: 610, mapped: 420, fill: 3600 },
				readyAfter: 25,
				port: 9090,
			}),
			container({
				name: 'config-reloader',
				image: 'quay.io/prometheus-operator/prometheus-config-reloader:v0.88.0',
				requests: { cpu: 10, memory: 50 },
				limits: { cpu: 10, memory: 50 },
				cpu: { mean: 1, jitter: 0.5 },
				memory: { anonymous: 14, mapped: 9 },
			}),
		],
	}),
	workload({
		namespace: 'obs',
		name: 'node-exporter',
		kind: 'DaemonSet',
		age: 24 * 31,
		nodes: 'all-real',
		hostNetwork: true,
		containers: [
			container({
				name: 'node-exporter',
				image: 'quay.io/prometheus/node-exporter:v1.10.2',
				requests: { cpu: 10, memory: 24 },
				limits: { memory: 64 },
				cpu: { mean: 4, jitter: 0.6 },
				memory: { anonymous: 13, mapped: 10 },
				port: 9100,
			}),
		],
	}),
	workload({
		namespace: 'obs',
		name: 'log-collector',
		kind: 'DaemonSet',
		age: 24 * 12,
		nodes: 'workers',
		containers: [
			container({
				name: 'vector',
				image: 'docker.io/timberio/vector:0.52.0-alpine',
				requests: { cpu: 50, memory: 128 },
				limits: { cpu: 300, memory: 256 },
				cpu: { mean: 42, wave: { depth: 0.4, period: 800 }, jitter: 0.5 },
				memory: { anonymous: 61, inactiveFile: 74, activeFile: 20, mapped: 38 },
			}),
		],
	}),
	workload({
		namespace: 'obs',
		name: 'loki',
		kind: 'StatefulSet',
		replicas: 2,
		age: 24 * 25,
		service: 3100,
		containers: [
			// Its buffer is an emptyDir of medium Memory: shared memory, never given back under pressure.
			container({
				name: 'loki',
				image: 'docker.io/grafana/loki:3.7.0',
				requests: { cpu: 200, memory: 1024 },
				limits: { memory: 2048 },
				cpu: { mean: 160, jitter: 0.4 },
				memory: { anonymous: 420, breath: 0.08, shared: 640, mapped: 48, inactiveFile: 210, activeFile: 40 },
				readyAfter: 15,
				port: 3100,
			}),
		],
	}),
	workload({
		namespace: 'obs',
		name: 'grafana',
		kind: 'Deployment',
		age: 24 * 25,
		service: 3000,
		containers: [
			container({
				name: 'grafana',
				image: 'docker.io/grafana/grafana:12.4.1',
				requests: { cpu: 100, memory: 128 },
				limits: { memory: 384 },
				cpu: { mean: 12, jitter: 0.5, burst: { height: 180, length: 20, every: 200 } },
				memory: { anonymous: 96, mapped: 72, inactiveFile: 20 },
				port: 3000,
			}),
		],
	}),
	workload({
		namespace: 'obs',
		name: 'alertmanager',
		kind: 'StatefulSet',
		replicas: 2,
		age: 24 * 25,
		service: 9093,
		containers: [
			container({
				name: 'alertmanager',
				image: 'quay.io/prometheus/alertmanager:v0.31.1',
				requests: { cpu: 20, memory: 64 },
				limits: { cpu: 200, memory: 128 },
				cpu: { mean: 4, jitter: 0.5 },
				memory: { anonymous: 27, mapped: 17 },
				port: 9093,
			}),
		],
	}),
	workload({
		namespace: 'obs',
		name: 'kube-state-metrics',
		kind: 'Deployment',
		age: 24 * 25,
		containers: [
			container({
				name: 'kube-state-metrics',
				image: 'registry.k8s.io/kube-state-metrics/kube-state-metrics:v2.20.0',
				requests: { cpu: 10, memory: 64 },
				limits: { memory: 128 },
				cpu: { mean: 5, jitter: 0.5 },
				memory: { anonymous: 38, mapped: 16 },
				port: 8080,
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
