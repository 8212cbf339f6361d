/** A small, fixed cluster that looks like a real one, as rows. */
import type { ExaminedFinding } from '../../../source/model/diagnosis.ts';
import type { Finding } from '../../../source/model/finding.ts';
import type { NoSampleCode, Usage } from '../../../source/model/usage.ts';
import type { ClusterStatus, ContainerRow, NodeRow, PodRow, ProcessRow } from '../../../source/monitor/messages.ts';

/** 2026-03-14 09:26:53 UTC, the server's time of all states. */
export const now = Date.UTC(2026, 2, 14, 9, 26, 53);

export const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const milli = 1e6;
const mebi = 2 ** 20;
const gibi = 2 ** 30;

export function sampled(cpuMillicores: number, memoryMebibytes: number, options: Partial<Usage> = {}): Usage {
	return {
		kind: 'sampled',
		cpu: cpuMillicores * milli,
		memory: memoryMebibytes * mebi,
		timestamp: now - 12 * second,
		window: 15 * second,
		stale: false,
		...options,
	} as Usage;
}

export function missing(code: NoSampleCode): Usage {
	return { kind: 'none', code };
}

/** Thirty values that end at `last` and sway a little; rising ones begin at half of it. */
export function trend(last: number, shape: 'steady' | 'rising' | 'swaying' = 'steady'): number[] {
	return Array.from({ length: 30 }, (_, index) => {
		const part = index / 29;
		if (shape === 'steady') {
			return last;
		}

		return shape === 'rising'
			? last * (0.4 + 0.6 * part)
			: last * (1 - 0.25 * Math.abs(Math.sin(index * 0.7)) * (1 - part));
	});
}

export function podRow(name: string, fields: Partial<PodRow> = {}): PodRow {
	const usage = fields.usage ?? sampled(10, 64);
	return {
		uid: `uid-${fields.namespace ?? 'default'}-${name}`,
		namespace: 'default',
		name,
		node: 'n01',
		phase: 'Running',
		status: 'Running',
		readyContainers: 1,
		totalContainers: 1,
		restarts: 0,
		lastRestartAt: Number.NaN,
		createdAt: now - 3 * day - 4 * hour,
		owner: `ReplicaSet/${name.split('-').slice(0, -1).join('-')}`,
		qosClass: 'Burstable',
		ip: '10.244.3.17',
		cpuRequest: 100 * milli,
		cpuLimit: Number.NaN,
		memoryRequest: 128 * mebi,
		memoryLimit: Number.NaN,
		cpuTrend: usage.kind === 'sampled' ? trend(usage.cpu, 'swaying') : [],
		memoryTrend: usage.kind === 'sampled' ? trend(usage.memory) : [],
		cpuAllocatable: 4000 * milli,
		memoryAllocatable: 12.7 * gibi,
		...fields,
		usage,
	};
}

export function containerRow(pod: PodRow, name: string, fields: Partial<ContainerRow> = {}): ContainerRow {
	const usage = fields.usage ?? pod.usage;
	return {
		uid: `${pod.uid}/${name}`,
		podUid: pod.uid,
		namespace: pod.namespace,
		pod: pod.name,
		name,
		node: pod.node,
		kind: 'app',
		image: `registry.example/${name}:1.4.2`,
		state: 'Running',
		ready: true,
		restarts: 0,
		startedAt: now - 3 * day,
		lastTermination: '',
		lastTerminatedAt: Number.NaN,
		cpuRequest: pod.cpuRequest,
		cpuLimit: pod.cpuLimit,
		memoryRequest: pod.memoryRequest,
		memoryLimit: pod.memoryLimit,
		cpuTrend: usage.kind === 'sampled' ? trend(usage.cpu, 'swaying') : [],
		memoryTrend: usage.kind === 'sampled' ? trend(usage.memory, 'rising') : [],
		...fields,
		usage,
	};
}

export function nodeRow(name: string, fields: Partial<NodeRow> = {}): NodeRow {
	const usage = fields.usage ?? sampled(1000, 6000);
	return {
		uid: `uid-${name}`,
		name,
		kind: 'ordinary',
		status: 'Ready',
		roles: 'worker',
		kubeletVersion: 'v1.34.2',
		internalIp: '192.168.12.7',
		osImage: 'Debian GNU/Linux 13 (trixie)',
		kernelVersion: '6.12.43+deb13-amd64',
		containerRuntime: 'containerd://2.1.4',
		architecture: 'amd64',
		createdAt: now - 41 * day,
		pressure: '',
		cpuAllocatable: 4000 * milli,
		memoryAllocatable: 12.7 * gibi,
		cpuCapacity: 4000 * milli,
		memoryCapacity: 15.6 * gibi,
		podAllocatable: 110,
		pods: 60,
		cpuRequested: 2400 * milli,
		memoryRequested: 8 * gibi,
		cpuLimited: 4800 * milli,
		memoryLimited: 16 * gibi,
		cpuTrend: usage.kind === 'sampled' ? trend(usage.cpu, 'swaying') : [],
		memoryTrend: usage.kind === 'sampled' ? trend(usage.memory) : [],
		...fields,
		usage,
	};
}

/** The pod that the cursor is on. */
export const api = podRow('api-7c9d6f5b8-x2k1z', {
	namespace: 'payments',
	node: 'n03',
	totalContainers: 2,
	readyContainers: 2,
	restarts: 3,
	lastRestartAt: now - 3 * minute,
	cpuRequest: 500 * milli,
	cpuLimit: 1000 * milli,
	memoryRequest: 1024 * mebi,
	memoryLimit: 2048 * mebi,
	usage: sampled(412, 1913),
	memoryTrend: trend(1913 * mebi, 'rising'),
});

export const pods: readonly PodRow[] = [
	api,
	podRow('api-7c9d6f5b8-p8vzq', {
		namespace: 'payments',
		node: 'n07',
		totalContainers: 2,
		readyContainers: 2,
		cpuRequest: 500 * milli,
		cpuLimit: 1000 * milli,
		memoryRequest: 1024 * mebi,
		memoryLimit: 2048 * mebi,
		usage: sampled(377, 1522),
		memoryTrend: trend(1522 * mebi, 'rising'),
	}),
	podRow('es-data-2', {
		namespace: 'search',
		node: 'n11',
		owner: 'StatefulSet/es-data',
		cpuRequest: 4000 * milli,
		cpuLimit: 4000 * milli,
		memoryRequest: 12 * gibi,
		memoryLimit: 13 * gibi,
		usage: sampled(2310, 11_400),
	}),
	podRow('kafka-0', {
		namespace: 'ingest',
		node: 'n02',
		owner: 'StatefulSet/kafka',
		cpuRequest: 1000 * milli,
		cpuLimit: 2000 * milli,
		memoryRequest: 6 * gibi,
		memoryLimit: 8 * gibi,
		usage: sampled(950, 5939),
	}),
	podRow('coredns-668d6bf9bc-mzvs6', {
		namespace: 'kube-system',
		memoryRequest: 70 * mebi,
		memoryLimit: 170 * mebi,
		usage: sampled(4, 57),
	}),
	podRow('etl-29692520-dwdkc', {
		namespace: 'batch',
		node: 'n05',
		owner: 'Job/etl-29692520',
		memoryLimit: 1024 * mebi,
		usage: missing('one-container-lacks-sample'),
	}),
	podRow('front-6c9b75cd4-mjmxt', { namespace: 'web', node: 'n09', usage: sampled(11, 64) }),
	podRow('front-6c9b75cd4-g8xqj', {
		namespace: 'web',
		node: 'n04',
		usage: sampled(9, 61),
		memoryTrend: [...trend(61 * mebi).slice(0, 22), Number.NaN, Number.NaN, ...trend(61 * mebi).slice(0, 6)],
	}),
	podRow('front-6c9b75cd4-nn2lp', {
		namespace: 'web',
		node: 'n06',
		status: 'CrashLoopBackOff',
		readyContainers: 0,
		restarts: 17,
		lastRestartAt: now - 70 * second,
		usage: missing('container-restarting'),
	}),
	podRow('prometheus-0', {
		namespace: 'obs',
		node: 'n06',
		owner: 'StatefulSet/prometheus',
		cpuRequest: 1000 * milli,
		memoryRequest: 8 * gibi,
		usage: sampled(780, 9318),
	}),
	podRow('loki-1', {
		namespace: 'obs',
		node: 'n08',
		cpuRequest: 500 * milli,
		cpuLimit: 1000 * milli,
		memoryRequest: 2 * gibi,
		memoryLimit: 4 * gibi,
		usage: sampled(120, 1228, { timestamp: now - 4 * minute, stale: true }),
	}),
	podRow('backup-29692519-8fk2w', {
		namespace: 'batch',
		node: 'n02',
		phase: 'Succeeded',
		status: 'Completed',
		readyContainers: 0,
		usage: missing('pod-finished'),
	}),
	podRow('render-5d8c9b7f6-w4tqx', {
		namespace: 'batch',
		node: '',
		ip: '',
		phase: 'Pending',
		status: 'Pending',
		readyContainers: 0,
		createdAt: now - 42 * second,
		usage: missing('pod-pending-or-init'),
	}),
	podRow('dex-5f6b9c8d7-kk2zr', {
		namespace: 'auth',
		node: 'n10',
		cpuRequest: 100 * milli,
		cpuLimit: 200 * milli,
		memoryRequest: 200 * mebi,
		memoryLimit: 400 * mebi,
		usage: sampled(0, 88),
	}),
	podRow('dex-5f6b9c8d7-old00', { namespace: 'auth', node: 'n10', status: 'Terminating', usage: sampled(1, 71) }),
	podRow('fresh-79f4d-2xk9c', {
		namespace: 'web',
		node: 'n12',
		createdAt: now - 20 * second,
		usage: missing('pod-too-young'),
	}),
	...Array.from({ length: 44 }, (_, index) =>
		podRow(`worker-6d4cf56db6-${(index * 7919 + 46_656 * 11).toString(36).slice(-5)}`, {
			namespace: 'jobs',
			node: `n${String((index % 12) + 1).padStart(2, '0')}`,
			cpuRequest: 250 * milli,
			cpuLimit: 500 * milli,
			memoryRequest: 256 * mebi,
			memoryLimit: 512 * mebi,
			usage: sampled(20 + index * 3, 200 - index * 2),
		}),
	),
];

export const nodes: readonly NodeRow[] = [
	nodeRow('n03', { usage: sampled(2440, 12_220), pods: 87, memoryRequested: 12.4 * gibi, pressure: 'MemoryPressure' }),
	nodeRow('n07', { usage: sampled(2200, 10_530), pods: 102, memoryRequested: 11.4 * gibi }),
	nodeRow('n11', { usage: sampled(2880, 11_440), pods: 61, memoryRequested: 10.8 * gibi }),
	nodeRow('n02', { usage: sampled(1600, 9490), pods: 95 }),
	nodeRow('n06', { usage: sampled(1520, 9100), pods: 88 }),
	nodeRow('n05', { usage: missing('node-row-unknown'), pods: 90 }),
	nodeRow('n09', { usage: sampled(1240, 8320), pods: 85 }),
	nodeRow('n04', { usage: sampled(1120, 7930), pods: 83, status: 'Ready,SchedulingDisabled' }),
	nodeRow('n08', { usage: sampled(1000, 7150), pods: 79 }),
	nodeRow('n01', { usage: sampled(880, 6240), pods: 66, roles: 'control-plane' }),
	nodeRow('n10', { usage: missing('node-row-unknown'), pods: 60, status: 'NotReady' }),
	nodeRow('n12', { usage: sampled(720, 5070), pods: 58 }),
];

export const containers: readonly ContainerRow[] = [
	containerRow(api, 'app', {
		usage: sampled(398, 1880),
		cpuRequest: 400 * milli,
		memoryRequest: 896 * mebi,
		memoryLimit: 1920 * mebi,
		restarts: 3,
		lastTermination: 'OOMKilled',
		lastTerminatedAt: now - 3 * minute,
	}),
	containerRow(api, 'istio-proxy', {
		kind: 'sidecar',
		usage: sampled(14, 33),
		cpuRequest: 100 * milli,
		cpuLimit: Number.NaN,
		memoryRequest: 128 * mebi,
		memoryLimit: 128 * mebi,
	}),
	containerRow(api, 'migrate', {
		kind: 'init',
		state: 'Completed',
		ready: false,
		startedAt: Number.NaN,
		usage: missing('container-not-running'),
	}),
];

const process = (pid: number, change: Partial<ProcessRow>): ProcessRow => ({
	uid: `pid/${pid}`,
	pid,
	parent: 1,
	user: 'postgres',
	state: 'S',
	cpu: 3 * milli,
	resident: 48 * 2 ** 20,
	proportional: 21 * 2 ** 20,
	threads: 1,
	cpuTime: 754_560 * 1e6,
	startedAt: now - 90 * minute,
	command: 'postgres: checkpointer',
	...change,
});

export const processes: readonly ProcessRow[] = [
	process(4711, { cpu: 1_730 * milli, state: 'R', command: '/usr/lib/postgresql/16/bin/postgres -D /data' }),
	process(4720, { user: '999', proportional: Number.NaN }),
	process(31_337, { state: 'D', cpu: Number.NaN, threads: 12, command: 'postgres: walwriter' }),
];

/** What the doctor has found on a cluster whose metrics-server has no ready pod, for a user who may not read its log. */
export const examined: ExaminedFinding = {
	id: 'apiservice-missing-endpoints',
	severity: 'error',
	subject: 'cluster',
	subjects: ['cluster'],
	facts: { namespace: 'kube-system', service: 'metrics-server', port: 'https' },
	since: now - 2 * minute,
	certainty: 'proved',
	because: [
		{
			request: 'GET /apis/apiregistration.k8s.io/v1/apiservices/v1beta1.metrics.k8s.io',
			status: 200,
			quote:
				'Available=False, MissingEndpoints: endpointslices for service/metrics-server in "kube-system" have no addresses with port name "https"',
		},
	],
	rulesOut: ['apiservice-endpoints-not-found', 'apiservice-port-mismatch'],
	candidates: [],
	wouldDecide: [],
	consequences: ['apiservice-stale-after-uninstall'],
	unchecked: [{ probe: 'log', why: 'forbidden', needs: 'get pods/log in kube-system' }],
	insteadOf: ['apiservice-unavailable'],
};

export const findings: readonly Finding[] = [
	{
		id: 'node-without-samples',
		severity: 'error',
		subject: 'nodes',
		facts: { code: 'node-row-unknown', count: 2, names: 'n05, n10' },
		since: now - 11 * minute,
	},
	{
		id: 'pods-without-samples',
		severity: 'warning',
		subject: 'pod/batch/etl-29692520-dwdkc',
		facts: { code: 'one-container-lacks-sample', count: 1, names: 'batch/etl-29692520-dwdkc' },
		since: now - 6 * minute,
	},
	{
		id: 'clock-skew',
		severity: 'warning',
		subject: 'cluster',
		facts: { seconds: -75 },
		since: now - 40 * minute,
	},
	{
		id: 'tls-not-verified',
		severity: 'warning',
		subject: 'cluster',
		facts: { server: 'https://10.0.0.5:6443' },
		since: now - 40 * minute,
	},
	{
		id: 'pods-without-samples',
		severity: 'info',
		subject: 'pods',
		facts: { code: 'pod-too-young', count: 2, names: 'web/fresh-79f4d-2xk9c, web/fresh-79f4d-vv81m' },
		since: now - 40 * minute,
	},
];

export const cluster: ClusterStatus = {
	type: 'cluster',
	context: 'prod-eu1',
	user: 'ops-ro',
	server: 'https://10.0.0.5:6443',
	version: 'v1.34.2',
	insecure: '',
	demo: false,
	local: null,
	namespace: null,
	namespaceOnly: false,
	labelSelector: '',
	fieldSelector: '',
	serverTime: now,
	nodes: { total: 12, ready: 11, sampled: 10 },
	pods: { total: 1842, running: 1790, sampled: 1771 },
	cpu: {
		used: 15_600 * milli,
		requested: 30_000 * milli,
		limited: 54_000 * milli,
		allocatable: 48_000 * milli,
		trend: trend(15_600 * milli, 'swaying'),
	},
	memory: {
		used: 110 * gibi,
		requested: 123 * gibi,
		limited: 210 * gibi,
		allocatable: 152.4 * gibi,
		trend: trend(110 * gibi, 'rising'),
	},
	sources: [
		{ name: 'metrics.k8s.io/v1beta1', state: 'live', at: now - 12 * second, window: 15 * second, error: '' },
		{ name: 'nodes', state: 'live', at: now - 40 * second, window: Number.NaN, error: '' },
		{ name: 'pods', state: 'live', at: now - 1 * second, window: Number.NaN, error: '' },
	],
	findings: { error: 1, warning: 3, info: 1 },
	examining: false,
	refresh: 15 * second,
	cost: { requestsNow: 0, requestsPerSecond: 0.4, bytesReceived: 12_300_000, decoding: 3.4 },
};
