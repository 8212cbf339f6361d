/** Evidence for tests: a cluster in which all is well, and what is changed about it. */
import { type Answer, emptyReply } from '../../source/diagnose/evidence/answer.ts';
import type { Sample, SamplesFacts } from '../../source/diagnose/evidence/api.ts';
import type { SurroundingsFacts } from '../../source/diagnose/evidence/credentials.ts';
import type { Evidence } from '../../source/diagnose/evidence/evidence.ts';
import type {
	ApiServiceFacts,
	ContainerFacts,
	DeploymentFacts,
	EndpointFacts,
	ListedPod,
	NodeFacts,
	PodFacts,
	ServiceFacts,
} from '../../source/diagnose/evidence/objects.ts';
import type { ProbeId, ProbeValues } from '../../source/diagnose/evidence/values.ts';

export const now = Date.parse('2026-11-28T12:00:00Z');
const hour = 3_600_000;
export const seconds = (count: number): number => count * 1_000;

type Answers = { [Id in ProbeId]?: Answer<ProbeValues[Id]> };

/** The requests that the probes make, so that what is quoted reads as it will. */
const requests: Partial<Record<ProbeId, string>> = {
	version: 'GET /version',
	discovery: 'GET /apis',
	'metrics-group': 'GET /apis/metrics.k8s.io',
	'metrics-version': 'GET /apis/metrics.k8s.io/v1beta1',
	'metrics-nodes': 'GET /apis/metrics.k8s.io/v1beta1/nodes',
	'metrics-pods': 'GET /apis/metrics.k8s.io/v1beta1/pods',
	nodes: 'GET /api/v1/nodes',
	pods: 'GET /api/v1/pods',
	apiservice: 'GET /apis/apiregistration.k8s.io/v1/apiservices/v1beta1.metrics.k8s.io',
};

export function read<Value>(value: Value): Answer<Value> {
	return { ...emptyReply, request: 'GET /…', outcome: 'answered', status: 200, value };
}

/** The same answer with other facts in it. */
export function changed<Value extends object>(answer: Answer<Value>, change: Partial<Value>): Answer<Value> {
	return { ...answer, value: answer.value && { ...answer.value, ...change } };
}

export function refused(status: number, body: string): Answer<never> {
	const outcome = status === 403 ? 'forbidden' : 'answered';
	return { ...emptyReply, request: 'GET /…', outcome, status, body, error: body, value: null };
}

export const forbidden = (message = 'forbidden'): Answer<never> => refused(403, message);

export const timedOut: Answer<never> = {
	...emptyReply,
	request: 'GET /…',
	outcome: 'timed-out',
	took: 8_000,
	value: null,
};

export function failed(errorId: string, error: string, code = ''): Answer<never> {
	return { ...emptyReply, request: 'GET /…', outcome: 'failed', errorId, error, code, value: null };
}

export function evidenceOf(answers: Answers, more: Partial<Evidence> = {}): Evidence {
	const named = Object.entries(answers).map(([id, answer]) => {
		const request = requests[id as ProbeId];
		return [id, answer.request === 'GET /…' && request !== undefined ? { ...answer, request } : answer] as const;
	});
	return { now, patient: { kind: 'cluster' }, namespace: null, ...more, answers: Object.fromEntries(named) };
}

/** 10.0.0.5 of n1, 10.0.0.6 of n2; to each name its own. */
function addressOf(name: string): string {
	const number = /^n(\d+)$/.exec(name)?.[1];
	const sum = [...name].reduce((all, letter) => all + letter.charCodeAt(0), 0);
	return number === undefined ? `10.0.${1 + (sum >> 8)}.${sum & 255}` : `10.0.0.${4 + Number(number)}`;
}

export function node(name: string, more: Partial<NodeFacts> = {}): NodeFacts {
	return {
		name,
		labels: { 'kubernetes.io/os': 'linux' },
		annotations: {},
		taints: [],
		addresses: [{ type: 'InternalIP', address: addressOf(name) }],
		kubeletPort: 10250,
		ready: 'True',
		readyReason: 'KubeletReady',
		readyMessage: 'kubelet is posting ready status',
		createdAt: now - 30 * 24 * hour,
		allocatableCpu: Number.NaN,
		capacityCpu: Number.NaN,
		kubeletVersion: 'v1.36.3',
		runtime: 'containerd://2.1.4',
		osImage: 'Debian GNU/Linux 12 (bookworm)',
		operatingSystem: 'linux',
		architecture: 'amd64',
		providerId: '',
		...more,
	};
}

export function listedPod(namespace: string, name: string, more: Partial<ListedPod> = {}): ListedPod {
	return {
		namespace,
		name,
		node: 'n1',
		phase: 'Running',
		status: 'Running',
		createdAt: now - 24 * hour,
		owner: `ReplicaSet/${name}`,
		containers: [listedContainer('app')],
		...more,
	};
}

export function listedContainer(name: string, more: Partial<ListedPod['containers'][number]> = {}) {
	return { name, state: 'Running', restarts: 0, startedAt: now - 24 * hour, lastTerminatedAt: Number.NaN, ...more };
}

export function samples(names: readonly string[], namespace: string | null = null): SamplesFacts {
	const sample = (name: string): Sample => ({
		name,
		timestamp: now - seconds(10),
		window: seconds(15),
		cpu: Number.NaN,
		containers: ['app'],
	});
	return { namespace, samples: new Map(names.map((name) => [name, sample(name)])) };
}

export function apiService(more: Partial<ApiServiceFacts> = {}): ApiServiceFacts {
	return {
		name: 'v1beta1.metrics.k8s.io',
		group: 'metrics.k8s.io',
		version: 'v1beta1',
		service: { namespace: 'kube-system', name: 'metrics-server', port: 443 },
		hasAuthority: false,
		skipsVerification: true,
		status: 'True',
		reason: 'Passed',
		message: 'all checks passed',
		since: now - 5 * hour,
		labels: {},
		annotations: {},
		...more,
	};
}

export function service(more: Partial<ServiceFacts> = {}): ServiceFacts {
	return {
		namespace: 'kube-system',
		name: 'metrics-server',
		type: 'ClusterIP',
		clusterIp: '10.96.71.18',
		selector: { 'k8s-app': 'metrics-server' },
		ports: [{ name: 'https', port: 443, targetPort: 'https' }],
		...more,
	};
}

export function endpoint(more: Partial<EndpointFacts> = {}): EndpointFacts {
	return {
		addresses: ['10.244.1.7'],
		ready: true,
		pod: 'metrics-server-1',
		ports: [{ name: 'https', port: 10250 }],
		...more,
	};
}

export function container(more: Partial<ContainerFacts> = {}): ContainerFacts {
	return {
		name: 'metrics-server',
		image: 'registry.k8s.io/metrics-server/metrics-server:v0.9.0',
		command: [],
		args: [
			'--cert-dir=/tmp',
			'--secure-port=10250',
			'--kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname',
			'--kubelet-use-node-status-port',
			'--metric-resolution=15s',
		],
		environment: [],
		ports: [{ name: 'https', port: 10250 }],
		readinessCheck: { path: '/readyz', port: 'https', scheme: 'HTTPS' },
		state: 'running',
		reason: '',
		message: '',
		ready: true,
		restarts: 0,
		startedAt: now - 5 * hour,
		lastReason: '',
		lastExitCode: Number.NaN,
		lastFinishedAt: Number.NaN,
		cpuRequest: true,
		...more,
	};
}

export function workloadPod(more: Partial<PodFacts> = {}): PodFacts {
	return {
		namespace: 'kube-system',
		name: 'metrics-server-1',
		uid: 'uid',
		labels: { 'k8s-app': 'metrics-server' },
		owner: 'ReplicaSet/metrics-server-1',
		node: 'n1',
		phase: 'Running',
		reason: '',
		message: '',
		createdAt: now - 5 * hour,
		startedAt: now - 5 * hour,
		deletedAt: Number.NaN,
		ip: '10.244.1.7',
		hostNetwork: false,
		serviceAccount: 'metrics-server',
		automountsToken: true,
		nodeSelector: {},
		unscheduled: '',
		ready: true,
		containers: [container()],
		initContainers: [],
		...more,
	};
}

export function deployment(more: Partial<DeploymentFacts> = {}): DeploymentFacts {
	return {
		namespace: 'kube-system',
		name: 'metrics-server',
		replicas: 1,
		existing: 1,
		readyReplicas: 1,
		labels: {},
		podLabels: { 'k8s-app': 'metrics-server' },
		failure: '',
		images: ['registry.k8s.io/metrics-server/metrics-server:v0.9.0'],
		...more,
	};
}

export function log(...lines: readonly string[]) {
	const path = '/api/v1/namespaces/kube-system/pods/metrics-server-1/log';
	return read([{ pod: 'kube-system/metrics-server-1', request: `GET ${path}`, lines }]);
}

/** What every question is answered where nothing is wrong. */
export const healthy = {
	kubeconfig: read({
		context: 'main',
		cluster: 'main',
		user: 'jane',
		server: 'https://10.0.0.1:6443',
		namespace: 'default',
		insecure: '' as const,
		origin: '/home/jane/.kube/config',
	}),
	surroundings: read({
		kubeconfigs: [{ path: '/home/jane/.kube/config', exists: true }],
		namedBy: 'default' as const,
		proxies: [],
		inCluster: false,
		kubectlFlags: '',
		behindRancher: [] as SurroundingsFacts['behindRancher'],
	}),
	clock: read({ ahead: 200 }),
	version: read({ gitVersion: 'v1.36.3', minor: 36 }),
	discovery: read({
		groups: ['apiregistration.k8s.io', 'apps', 'metrics.k8s.io'],
		staleGroups: [],
		listed: true,
		freshness: 'Current',
	}),
	'metrics-group': read({ versions: ['v1beta1'] }),
	'metrics-version': read(['nodes', 'pods']),
	'metrics-nodes': read(samples(['n1', 'n2'])),
	'metrics-pods': read(samples(['web/api', 'kube-system/metrics-server-1'])),
	nodes: read([node('n1'), node('n2', { addresses: [{ type: 'InternalIP', address: '10.0.0.6' }] })]),
	pods: read([listedPod('web', 'api'), listedPod('kube-system', 'metrics-server-1')]),
	apiservice: read(apiService()),
	services: read([service()]),
	service: read(service()),
	endpoints: read([endpoint()]),
	'workload-pods': read([workloadPod()]),
	deployments: read([deployment()]),
	events: read([]),
	log: log(),
	readiness: read({ ready: true, failing: [] }),
	policy: read({
		metricsServerRules: [
			'get nodes/metrics',
			'get pods',
			'list pods',
			'watch pods',
			'get nodes',
			'list nodes',
			'watch nodes',
		],
		authDelegators: ['kube-system/metrics-server'],
		metricsServerSubjects: ['kube-system/metrics-server'],
		authReaders: ['kube-system/metrics-server'],
		aggregatedTo: ['view', 'edit', 'admin'],
	}),
	'auth-configmap': read({
		hasClientAuthority: true,
		hasRequestHeaderAuthority: true,
		allowedNames: ['front-proxy-client'],
		sameAuthority: false,
	}),
	'signing-requests': read([]),
} satisfies Answers;

/** The aggregator's answer while its condition is not True. */
export const unavailable = refused(503, 'service unavailable');

/** A cluster whose aggregator does not pass requests on, for the reason that its condition gives. */
export function condition(
	reason: string,
	message: string,
	more: Partial<ApiServiceFacts> = {},
	status = 'False',
): Answers {
	const { 'metrics-nodes': _nodes, 'metrics-pods': _pods, pods: _list, ...rest } = healthy;
	return {
		...rest,
		discovery: read({ ...healthy.discovery.value, freshness: 'Stale' } as ProbeValues['discovery']),
		'metrics-version': unavailable,
		apiservice: read(apiService({ status, reason, message, ...more })),
	};
}

/** A cluster in which nothing is registered. */
export function absent(): Answers {
	const { kubeconfig, version } = healthy;
	return {
		kubeconfig,
		version,
		discovery: read({ groups: ['apiregistration.k8s.io', 'apps'], staleGroups: [], listed: false, freshness: '' }),
		'metrics-group': refused(404, '404 page not found'),
		heapster: read([]),
		deployments: read([]),
	};
}

/** One node without samples, and what metrics-server's log says of it. */
export function scrapeFailing(...lines: readonly string[]): Answers {
	return { ...healthy, 'metrics-nodes': read(samples(['n1'])), log: log(...lines) };
}
