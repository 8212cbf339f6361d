/**
 * What the screen and the data host say to each other. Types only: the screen imports nothing else of this folder.
 *
 * The screen says which windows of which lists it looks at; the host answers with those rows, at once and again
 * whenever they changed. A row is small and structured-cloneable.
 */
import type { Finding } from '../model/finding.ts';
import type { Ledger, Slice } from '../model/ledger.ts';
import type { ListName, SourceState } from '../model/lists.ts';
import type { ContainerKind, NodeKind, PodPhase, Resources } from '../model/records.ts';
import type { Usage } from '../model/usage.ts';

export type { ListName, SourceState };

/** Trend of a subject, oldest first, one entry a poll; NaN where there was no sample. */
export type Trend = readonly number[];

export interface PodRow extends Resources {
	uid: string;
	namespace: string;
	name: string;
	/** '' while unscheduled. */
	node: string;
	phase: PodPhase;
	status: string;
	readyContainers: number;
	totalContainers: number;
	restarts: number;
	lastRestartAt: number;
	createdAt: number;
	owner: string;
	qosClass: string;
	ip: string;
	usage: Usage;
	cpuTrend: Trend;
	memoryTrend: Trend;
	/** Allocatable of the pod's node, NaN if unknown: the denominator of %A. */
	cpuAllocatable: number;
	memoryAllocatable: number;
}

export interface ContainerRow extends Resources {
	/** `podUid/container`. */
	uid: string;
	podUid: string;
	namespace: string;
	pod: string;
	name: string;
	node: string;
	kind: ContainerKind;
	image: string;
	state: string;
	ready: boolean;
	restarts: number;
	startedAt: number;
	lastTermination: string;
	lastTerminatedAt: number;
	usage: Usage;
	cpuTrend: Trend;
	memoryTrend: Trend;
}

export interface NodeRow {
	uid: string;
	name: string;
	kind: NodeKind;
	status: string;
	roles: string;
	kubeletVersion: string;
	internalIp: string;
	osImage: string;
	kernelVersion: string;
	containerRuntime: string;
	architecture: string;
	createdAt: number;
	pressure: string;
	cpuAllocatable: number;
	memoryAllocatable: number;
	cpuCapacity: number;
	memoryCapacity: number;
	podAllocatable: number;
	/** Pods on it that are not finished, and the sums of what they request and are limited to. NaN while unknown. */
	pods: number;
	cpuRequested: number;
	memoryRequested: number;
	cpuLimited: number;
	memoryLimited: number;
	usage: Usage;
	cpuTrend: Trend;
	memoryTrend: Trend;
}

export interface Sort {
	/** A column's id, as in `model/columns.ts`. */
	column: string;
	descending: boolean;
}

/** One process of this machine; of a cluster there are none to see. */
export interface ProcessRow {
	/** `pid/4711`: its key as a subject. */
	uid: string;
	pid: number;
	parent: number;
	/** Name of who it acts as, the number where there is none. */
	user: string;
	/** `R`, `S`, `D`, `Z` …, '' if unknown. */
	state: string;
	/** Nanocores since the reading before; NaN until there are two. */
	cpu: number;
	resident: number;
	/** NaN where it may not be read, or has not been yet. */
	proportional: number;
	threads: number;
	/** User and system time, ns. */
	cpuTime: number;
	startedAt: number;
	command: string;
}

/** Narrows a list to what belongs to another subject. All given fields must hold. */
export interface Scope {
	/** Node name. */
	node?: string;
	/** Pod uid. */
	pod?: string;
	/** Container uid, in that pod. */
	container?: string;
	/** Namespace, on top of the followed one. */
	namespace?: string;
}

/** A standing question: which window of which list is on screen. */
export interface ListQuery {
	list: ListName;
	/** Grows with each change that the screen makes, so that an older answer is known as such. */
	sequence: number;
	scope: Scope;
	/** As typed after `/`; '' = all. Grammar: `filter/filter.ts`. */
	filter: string;
	sort: Sort;
	/** Uid of the row that the cursor is on, or null for the top: the window is laid around it. */
	anchor: string | null;
	/** The row that the window starts at when the anchor is gone (or null). */
	offset: number;
	/** Rows wanted around the anchor: half of them before, half of them after. */
	count: number;
}

interface RowsOf<L extends ListName, R> {
	type: 'rows';
	list: L;
	sequence: number;
	/** Rows in the scope before the filter, and after it. */
	total: number;
	matched: number;
	/** More rows may match than were counted yet: the count follows at once. */
	counting: boolean;
	/** Only what the screen shows of the window that was asked for: the whole of it follows at once. */
	following: boolean;
	/** Index of rows[0] in the matched order. */
	offset: number;
	rows: readonly R[];
	/** Index of the anchor in the matched order, −1 if it is gone. */
	anchorIndex: number;
	/** What is wrong with the filter, '' if nothing. */
	filterError: string;
	/** The list is still being loaded for the first time. */
	loading: boolean;
	/** The rows are sorted by samples of which the first are still coming: the order is not that of all. */
	partial: boolean;
}

export type NodeRows = RowsOf<'nodes', NodeRow>;
export type PodRows = RowsOf<'pods', PodRow>;
export type ContainerRows = RowsOf<'containers', ContainerRow>;
export type ProcessRows = RowsOf<'processes', ProcessRow>;
export type FindingRows = RowsOf<'diagnostics', Finding>;
export type Rows = NodeRows | PodRows | ContainerRows | ProcessRows | FindingRows;

export type Subject =
	| { kind: 'node'; uid: string }
	| { kind: 'pod'; uid: string }
	| { kind: 'container'; uid: string; podUid: string }
	/** Of this machine; it has a ledger, and no history. */
	| { kind: 'process'; uid: string };

/** Everything that the detail shows of the one subject under the cursor. */
export interface Detail {
	type: 'detail';
	subject: Subject;
	/** null if the subject is gone. */
	row: PodRow | ContainerRow | NodeRow | null;
	/** Times of the samples (ms), oldest first, and the values at them; NaN = no sample. */
	times: readonly number[];
	cpu: readonly number[];
	memory: readonly number[];
}

/** Slices of usage over time, oldest first, NaN where there was none. */
export interface SliceHistory {
	/** ms, by the server's clock. */
	times: readonly number[];
	slices: readonly { id: Slice['id']; values: readonly number[] }[];
}

/** Every tool's number of the one subject that the screen shows the ledger of, as far as it could be read. */
export interface SubjectLedger {
	type: 'ledger';
	subject: Subject;
	/** Its readings are those of the whole subject. null if nothing could be read. */
	ledger: Ledger | null;
	/** What could not be read, and why: a sentence each. */
	problems: readonly string[];
	/** ms between two readings. */
	every: number;
	history: SliceHistory;
}

/** One entry of the sources line. */
export interface SourceStatus {
	/** `metrics.k8s.io/v1beta1`, `nodes`, `pods`. */
	name: string;
	state: SourceState;
	/** Time of the newest sample or event by the server's clock, NaN if none. */
	at: number;
	/** Window of that sample in ms, NaN if it has none. */
	window: number;
	/** What went wrong, in the server's words, '' if nothing. */
	error: string;
}

/** Why this machine is shown and no cluster. */
export interface LocalMachine {
	/** `--local` or `--root` asked for it; else no kubeconfig was found. */
	asked: boolean;
	/** Where a kubeconfig was looked for. */
	searched: string;
	/** Where the machine's files begin: `/`, or the folder of `--root`. */
	root: string;
}

/** The header: who is looked at, as whom, and how it goes. Sent whenever it changed. */
export interface ClusterStatus {
	type: 'cluster';
	context: string;
	user: string;
	server: string;
	/** `v1.36.3`, '' until known. */
	version: string;
	/** The connection does not verify the server's certificate, or is not encrypted at all; '' if it is sound. */
	insecure: '' | 'unverified' | 'plain';
	/** The embedded demo cluster. */
	demo: boolean;
	/** This machine is shown as a cluster of one; null for a cluster. */
	local: LocalMachine | null;
	/** The namespace that is followed, null for all. */
	namespace: string | null;
	/** The user may see only that namespace: all-namespaces is not to be had. */
	namespaceOnly: boolean;
	labelSelector: string;
	fieldSelector: string;
	/** The server's clock when this was sent, ms: ages are counted from it. */
	serverTime: number;
	nodes: { total: number; ready: number; sampled: number };
	pods: { total: number; running: number; sampled: number };
	/** Sums over the sampled nodes; NaN if unknown. */
	cpu: { used: number; requested: number; limited: number; allocatable: number; trend: Trend };
	memory: { used: number; requested: number; limited: number; allocatable: number; trend: Trend };
	sources: readonly SourceStatus[];
	findings: { error: number; warning: number; info: number };
	/** The doctor is at work on what was found. */
	examining: boolean;
	/** The refresh interval in ms. */
	refresh: number;
	/**
	 * Whole requests per second of the last seconds, 0 for less than one; requests in the last minute per second; bytes
	 * received since the start; and how long decoding the newest answer of the metrics API took, in ms. NaN where there is
	 * none.
	 */
	cost: { requestsNow: number; requestsPerSecond: number; bytesReceived: number; decoding: number };
}

/** Namespaces to choose from, as far as they are known. */
export interface Namespaces {
	type: 'namespaces';
	names: readonly string[];
}

/** The connection cannot be made at all: the host has ended. `message` is for people, several lines. */
export interface Fatal {
	type: 'fatal';
	message: string;
	exitCode: number;
}

export type FromHost = Rows | Detail | SubjectLedger | ClusterStatus | Namespaces | Fatal;

export type ToHost =
	| { type: 'list'; query: ListQuery }
	/** The list is no longer on screen: its queries cost nothing any more. */
	| { type: 'unlist'; list: ListName }
	| { type: 'detail'; subject: Subject | null }
	/** The ledger of this subject is on screen: read it, again and again; null: none is. */
	| { type: 'ledger'; subject: Subject | null }
	/** Start a program in the subject of the ledger, to read it from its inside: sent only for an explicit key. */
	| { type: 'inside' }
	| { type: 'namespace'; namespace: string | null }
	| { type: 'selector'; labelSelector: string }
	/** Ask everything now (ctrl-r). */
	| { type: 'refresh' }
	| { type: 'namespaces' }
	| { type: 'close' };

/** How the screen reaches the host, whether it runs in a worker or in process. */
export interface HostPort {
	send(message: ToHost): void;
	onMessage(listener: (message: FromHost) => void): void;
	close(): Promise<void>;
}
