import type { ApiServiceState } from '../formats/cluster.ts';
import type { ApiObject } from '../formats/json.ts';
import type { StoredObject } from '../formats/policy.ts';
import type { CadvisorSample } from '../model/cadvisor.ts';
import type { SampleFilter } from '../model/metrics-server.ts';
import { kubernetesVersion, type NodeModel } from '../model/node.ts';
import type { Workload } from '../model/workload.ts';
import type { World } from '../model/world.ts';
import { ordinaryReach, type Reach } from '../reach.ts';
import type { UserName } from './users.ts';

/** An answer, byte for byte. */
export interface RawAnswer {
	status: number;
	type: string;
	body: string;
	headers?: Readonly<Record<string, string>>;
}

/** How the metrics API is there, or is not. */
export interface MetricsApi {
	/** Its APIService is there. */
	registered: boolean;
	/** The versions of it, other than those that the demo was asked for. */
	versions?: readonly string[];
	/** Of its APIService. */
	state: ApiServiceState;
	/** Discovery marks it as stale. */
	stale: boolean;
	/**
	 * What the aggregator answers: samples; or this, or nothing ever; or what metrics-server answers when it may not ask
	 * whether somebody may see metrics, which is samples for administrators.
	 */
	answer: 'samples' | 'hangs' | 'no-delegation' | RawAnswer;
}

/** Releases of metrics-server whose words are known. */
export type Release = '0.2.1' | '0.3.6' | '0.5.2' | '0.6.4' | '0.9.0';

/** One container's log. */
export interface Log {
	/** Of the run before. */
	previous: boolean;
	/** Without their ends. */
	lines: readonly string[];
}

/** Everything that faults can change about the cluster and the way to it. All times in ms. */
export interface Behaviour {
	reach: Reach;
	/** Who the kubeconfig's own context is. */
	user: UserName;
	/** Version that the API server says it is. */
	kubernetes: string;
	metricsApi: MetricsApi;
	/** The metrics API answers with empty lists. */
	metricsEmpty: boolean;
	/** Its samples stay those of so long before the start, ms; NaN if they go on. */
	metricsStopped: number;
	/** Makes a filter for the samples, once the world is known. */
	samples: ((world: World) => SampleFilter)[];
	workloads: Workload[];
	/** There are at least so many nodes. */
	leastNodes: number;
	/** What becomes of a node of the world. */
	adaptNode: ((node: NodeModel, nodes: readonly NodeModel[]) => NodeModel)[];
	/** These nodes are not in the API server any more, and metrics-server has not heard of it. */
	remembered: (node: NodeModel) => boolean;
	/** What becomes of a workload of the catalogue. */
	adapt: ((workload: Workload) => Workload)[];
	/** What becomes of a stored object, by the plural of its kind; null: it is not there. */
	edits: ((resource: string, object: ApiObject, world: World) => ApiObject | null)[];
	/** Objects that are there besides. */
	extra: ((world: World) => readonly StoredObject[])[];
	/** Release of metrics-server, which decides its words. */
	release: Release;
	/** What metrics-server wrote, besides what it writes when all is well. @param now ms since 1970 */
	logs: ((world: World, now: number) => Log)[];
	/** What metrics-server answers to a check of its readiness, through the proxy of its Service or of its pod. */
	readiness: RawAnswer | undefined;
	/** What a kubelet answers through the proxy of its node; undefined: as ever. */
	kubelets: ((node: NodeModel, world: World, path: string) => RawAnswer | undefined)[];
	/** What becomes of a kubelet's readings before it tells them. */
	readings: ((node: NodeModel, world: World, samples: readonly CadvisorSample[]) => readonly CadvisorSample[])[];
	/** Feature gates of a kubelet that are not as they are by default. */
	featureGates: (node: NodeModel, world: World) => Readonly<Record<string, boolean>>;
	/** How long a kubelet takes to answer. */
	kubeletDelay: ((node: NodeModel, world: World) => number)[];
	/** What answers in the place of the API server, by the path; undefined: the API server. */
	front: ((path: string) => RawAnswer | undefined) | undefined;
	/** Groups of other aggregated APIs, with their version, behind which nothing answers. */
	silentGroups: { group: string; version: string }[];
	/** API groups that the server does not have. */
	withoutGroups: string[];
	/** Each answer comes so late. */
	delay: number;
	/** The server is gone for so long once in each period; 0 for never. */
	outage: { period: number; length: number };
	/** A watch ends with 410 after so long, and lists expire as fast; 0 for never. */
	watchLife: number;
	/** Every so manieth request is turned away with 429; 0 for none. */
	throttled: number;
	/** All credentials are refused. */
	refused: boolean;
	/** Whatever is asked for in protobuf comes in JSON. */
	jsonOnly: boolean;
}

const passed: ApiServiceState = { available: 'True', reason: 'Passed', message: 'all checks passed' };

export function ordinaryBehaviour(): Behaviour {
	return {
		reach: ordinaryReach(),
		user: 'admin',
		kubernetes: kubernetesVersion,
		metricsApi: { registered: true, state: passed, stale: false, answer: 'samples' },
		metricsEmpty: false,
		metricsStopped: Number.NaN,
		samples: [],
		workloads: [],
		leastNodes: 0,
		adaptNode: [],
		remembered: () => false,
		adapt: [],
		edits: [],
		extra: [],
		release: '0.9.0',
		logs: [],
		readiness: undefined,
		kubelets: [],
		readings: [],
		featureGates: () => ({}),
		kubeletDelay: [],
		front: undefined,
		silentGroups: [],
		withoutGroups: [],
		delay: 0,
		outage: { period: 0, length: 0 },
		watchLife: 0,
		throttled: 0,
		refused: false,
		jsonOnly: false,
	};
}

/** One filter out of several: any of them may leave something out. */
export function joinFilters(filters: readonly SampleFilter[]): SampleFilter {
	return {
		node: (node, cycle) => filters.some((filter) => filter.node?.(node, cycle)),
		zero: (pod, container) => filters.some((filter) => filter.zero?.(pod, container)),
		skip: (pod, container) => filters.some((filter) => filter.skip?.(pod, container)),
		young: (pod) => filters.some((filter) => filter.young?.(pod)),
		alone: (node) => filters.some((filter) => filter.alone?.(node)),
		ahead: (node) => filters.reduce((sum, filter) => sum + (filter.ahead?.(node) ?? 0), 0),
	};
}
