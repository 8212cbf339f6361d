/** A data host in memory: answers queries over made-up pods, at once or when told to. */
import type {
	ClusterStatus,
	ContainerRow,
	FromHost,
	HostPort,
	ListQuery,
	NodeRow,
	PodRow,
	Rows,
	ToHost,
} from '../../source/monitor/messages.ts';

const resources = { cpuRequest: 1e8, cpuLimit: 5e8, memoryRequest: 1e8, memoryLimit: 2e8 };
const usage = { kind: 'sampled', cpu: 1e8, memory: 1e8, timestamp: 0, window: 15_000, stale: false } as const;

export function podRow(index: number, namespace = 'default'): PodRow {
	return {
		...resources,
		uid: `pod-${index}`,
		namespace,
		name: `web-${String(index).padStart(4, '0')}`,
		node: 'n01',
		phase: 'Running',
		status: 'Running',
		readyContainers: 1,
		totalContainers: 1,
		restarts: 0,
		lastRestartAt: Number.NaN,
		createdAt: 0,
		owner: 'ReplicaSet/web',
		qosClass: 'Burstable',
		ip: '10.0.0.1',
		usage: { ...usage, cpu: index * 1e6 },
		cpuTrend: [],
		memoryTrend: [],
		cpuAllocatable: 4e9,
		memoryAllocatable: 8e9,
	};
}

export function nodeRow(index: number): NodeRow {
	return {
		uid: `node-${index}`,
		name: `n${String(index).padStart(2, '0')}`,
		kind: 'ordinary',
		status: 'Ready',
		roles: '',
		kubeletVersion: 'v1.36.0',
		internalIp: '10.0.0.1',
		osImage: 'Linux',
		kernelVersion: '6',
		containerRuntime: 'containerd://2',
		architecture: 'amd64',
		createdAt: 0,
		pressure: '',
		cpuAllocatable: 4e9,
		memoryAllocatable: 8e9,
		cpuCapacity: 4e9,
		memoryCapacity: 9e9,
		podAllocatable: 110,
		pods: 10,
		cpuRequested: 1e9,
		memoryRequested: 1e9,
		cpuLimited: 1e9,
		memoryLimited: 1e9,
		usage,
		cpuTrend: [],
		memoryTrend: [],
	};
}

export function containerRow(podUid: string, name: string): ContainerRow {
	return {
		...resources,
		uid: `${podUid}/${name}`,
		podUid,
		namespace: 'default',
		pod: podUid,
		name,
		node: 'n01',
		kind: 'app',
		image: 'nginx',
		state: 'Running',
		ready: true,
		restarts: 0,
		startedAt: 0,
		lastTermination: '',
		lastTerminatedAt: Number.NaN,
		usage,
		cpuTrend: [],
		memoryTrend: [],
	};
}

export function clusterStatus(change: Partial<ClusterStatus> = {}): ClusterStatus {
	const sums = { used: 1e9, requested: 1e9, limited: 1e9, allocatable: 4e9, trend: [] };
	return {
		type: 'cluster',
		context: 'test',
		user: 'somebody',
		server: 'https://localhost',
		version: 'v1.36.0',
		insecure: '',
		demo: false,
		local: null,
		namespace: null,
		namespaceOnly: false,
		labelSelector: '',
		fieldSelector: '',
		serverTime: 1_800_000_000_000,
		nodes: { total: 3, ready: 3, sampled: 3 },
		pods: { total: 100, running: 100, sampled: 100 },
		cpu: sums,
		memory: sums,
		sources: [],
		findings: { error: 0, warning: 0, info: 0 },
		examining: false,
		refresh: 15_000,
		cost: { requestsNow: 0, requestsPerSecond: 0, bytesReceived: 0, decoding: 0 },
		...change,
	};
}

/** The rows of a list, before any query: in natural order. */
export interface Fleet {
	nodes: NodeRow[];
	pods: PodRow[];
	containers: ContainerRow[];
}

export function fleetOf(pods: number): Fleet {
	return {
		nodes: [1, 2, 3].map(nodeRow),
		pods: Array.from({ length: pods }, (_, index) => podRow(index)),
		containers: Array.from({ length: pods }, (_, index) =>
			['app', 'proxy'].map((name) => containerRow(`pod-${index}`, name)),
		).flat(),
	};
}

function matching(fleet: Fleet, { list, scope, filter }: ListQuery): { all: Row[]; matched: Row[] } {
	const all: Row[] =
		list === 'nodes'
			? fleet.nodes
			: list === 'pods'
				? fleet.pods.filter(({ node }) => scope.node === undefined || node === scope.node)
				: list === 'containers'
					? fleet.containers.filter(({ podUid }) => scope.pod === undefined || podUid === scope.pod)
					: [];
	return { all, matched: all.filter(({ name }) => name.includes(filter)) };
}

type Row = PodRow | NodeRow | ContainerRow;

/** The answer that the real host would give. Rows keep the fleet's order whatever the sort, so tests can change it. */
export function answerOf(fleet: Fleet, query: ListQuery): Rows {
	const { all, matched } = matching(fleet, query);
	const anchorIndex = query.anchor === null ? -1 : matched.findIndex(({ uid }) => uid === query.anchor);
	const from = anchorIndex >= 0 ? anchorIndex - Math.floor(query.count / 2) : query.offset;
	const offset = Math.max(0, Math.min(from, matched.length - query.count));
	return {
		type: 'rows',
		list: query.list,
		sequence: query.sequence,
		total: all.length,
		matched: matched.length,
		offset,
		rows: matched.slice(offset, offset + query.count),
		anchorIndex,
		filterError: '',
		loading: false,
		partial: false,
		counting: false,
		following: false,
	} as Rows;
}

export class FakeHost implements HostPort {
	readonly sent: ToHost[] = [];
	fleet: Fleet;
	/** Questions wait until `answer()` is called. */
	isSlow = false;
	isClosed = false;
	#listener: (message: FromHost) => void = () => {};
	readonly #standing = new Map<string, ListQuery>();

	constructor(pods = 100) {
		this.fleet = fleetOf(pods);
	}

	send(message: ToHost): void {
		this.sent.push(message);
		if (message.type === 'list') {
			this.#standing.set(message.query.list, message.query);
			if (!this.isSlow) {
				queueMicrotask(() => this.say(answerOf(this.fleet, message.query)));
			}
		} else if (message.type === 'unlist') {
			this.#standing.delete(message.list);
		}
	}

	onMessage(listener: (message: FromHost) => void): void {
		this.#listener = listener;
	}

	/** Sends the screen a message. */
	say(message: FromHost): void {
		if (!this.isClosed) {
			this.#listener(message);
		}
	}

	/** Answers all standing queries from the fleet as it is now. */
	answer(): void {
		for (const query of this.#standing.values()) {
			this.say(answerOf(this.fleet, query));
		}
	}

	async close(): Promise<void> {
		this.isClosed = true;
	}
}
