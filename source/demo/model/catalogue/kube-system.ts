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
				bare: true,
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
		serviceAccount: 'metrics-server',
		containers: [
			container({
				name: 'metrics-server',
				image: 'registry.k8s.io/metrics-server/metrics-server:v0.9.0',
				bare: true,
				requests: { cpu: 100, memory: 200 },
				cpu: { mean: 9, jitter: 0.3 },
				memory: { anonymous: 28, mapped: 22, inactiveFile: 8 },
				readyAfter: 20,
				args: [
					'--cert-dir=/tmp',
					'--secure-port=10250',
					'--kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname',
					'--kubelet-use-node-status-port',
					'--metric-resolution=15s',
				],
				port: 10_250,
				portName: 'https',
				probes: [
					{ kind: 'liveness', path: '/livez', port: 'https', scheme: 'HTTPS', delay: 0 },
					{ kind: 'readiness', path: '/readyz', port: 'https', scheme: 'HTTPS', delay: 20 },
				],
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
				bare: true,
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
];
