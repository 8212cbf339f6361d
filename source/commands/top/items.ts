/**
 * Items of `-o json`, `-o yaml` and `-o csv`: raw numbers with their units in the names, never rounded. null means "not
 * set" or "not known". Where there is no sample, `noSample` is the id of the cause, and the numbers are null, not 0.
 * Fields may be added in later versions; none changes its meaning within `whytop/v1`.
 */
import type { NoSampleCode } from '../../model/usage.ts';
import type { Container, Node, NodeRequests, Pod } from './read-objects.ts';
import type { Amounts } from './samples.ts';

interface UsageFields {
	cpuNanocores: number | null;
	/** Working set. */
	memoryBytes: number | null;
	/** Most metrics APIs give none. */
	swapBytes: number | null;
	/** End of the interval of the CPU rate, RFC 3339. */
	timestamp: string | null;
	/** Length of that interval. */
	windowSeconds: number | null;
	/** null if there is a sample, or if the cause cannot be told. */
	noSample: NoSampleCode | null;
}

interface AllottedFields {
	cpuRequestNanocores: number | null;
	cpuLimitNanocores: number | null;
	memoryRequestBytes: number | null;
	memoryLimitBytes: number | null;
}

export interface PodUsage extends UsageFields, AllottedFields {
	namespace: string;
	name: string;
	/** null while it is not scheduled, or if the pod could not be read. */
	node: string | null;
	phase: string | null;
	/** kubectl's STATUS. */
	status: string | null;
}

export interface ContainerUsage extends UsageFields, AllottedFields {
	namespace: string;
	pod: string;
	name: string;
	/** `app`, `sidecar`, `init` or `ephemeral`. */
	kind: string | null;
	/** `Running`, or the reason why not. */
	state: string | null;
	node: string | null;
}

export interface NodeUsage extends UsageFields {
	name: string;
	/** `ordinary`, `virtual`, `fargate` or `windows`. */
	kind: string | null;
	/** kubectl's STATUS. */
	status: string | null;
	cpuAllocatableNanocores: number | null;
	memoryAllocatableBytes: number | null;
	cpuCapacityNanocores: number | null;
	memoryCapacityBytes: number | null;
	swapCapacityBytes: number | null;
	/** Pods bound to the node that have not ended, and the sums of what they request. */
	pods: number | null;
	cpuRequestedNanocores: number | null;
	memoryRequestedBytes: number | null;
}

/** Sum of all samples of the list. */
export interface UsageSum {
	cpuNanocores: number | null;
	memoryBytes: number | null;
	swapBytes: number | null;
	/** How many items had a sample. */
	sampled: number;
}

export const number = (value: number | undefined): number | null =>
	value === undefined || Number.isNaN(value) ? null : value;

/** A time in ms as RFC 3339, with milliseconds only if there are any. */
export function rfc3339(time: number): string | null {
	return Number.isNaN(time) ? null : new Date(time).toISOString().replace('.000Z', 'Z');
}

/** A sample, with the time that it belongs to. */
export type Timed = Amounts & { timestamp: number; window: number };

function usageFields(sample: Timed | null, noSample: NoSampleCode | null): UsageFields {
	return {
		cpuNanocores: number(sample?.cpu),
		memoryBytes: number(sample?.memory),
		swapBytes: number(sample?.swap),
		timestamp: sample === null ? null : rfc3339(sample.timestamp),
		windowSeconds: sample === null ? null : number(sample.window / 1000),
		noSample: sample === null ? noSample : null,
	};
}

function allottedFields(allotted: Pod | Container | undefined): AllottedFields {
	return {
		cpuRequestNanocores: number(allotted?.cpuRequest),
		cpuLimitNanocores: number(allotted?.cpuLimit),
		memoryRequestBytes: number(allotted?.memoryRequest),
		memoryLimitBytes: number(allotted?.memoryLimit),
	};
}

export function podUsage(
	{ namespace, name }: { namespace: string; name: string },
	pod: Pod | undefined,
	sample: Timed | null,
	noSample: NoSampleCode | null,
): PodUsage {
	return {
		namespace,
		name,
		node: pod?.node || null,
		phase: pod?.phase ?? null,
		status: pod?.status ?? null,
		...usageFields(sample, noSample),
		...allottedFields(pod),
	};
}

export function containerUsage(
	{ namespace, pod, name }: { namespace: string; pod: string; name: string },
	container: Container | undefined,
	node: string | undefined,
	sample: Timed | null,
	noSample: NoSampleCode | null,
): ContainerUsage {
	return {
		namespace,
		pod,
		name,
		kind: container?.kind ?? null,
		state: container?.state ?? null,
		node: node || null,
		...usageFields(sample, noSample),
		...allottedFields(container),
	};
}

export function nodeUsage(
	name: string,
	node: Node | undefined,
	requests: NodeRequests | null,
	sample: Timed | null,
	noSample: NoSampleCode | null,
): NodeUsage {
	return {
		name,
		kind: node?.kind ?? null,
		status: node?.status ?? null,
		...usageFields(sample, noSample),
		cpuAllocatableNanocores: number(node?.cpuAllocatable),
		memoryAllocatableBytes: number(node?.memoryAllocatable),
		cpuCapacityNanocores: number(node?.cpuCapacity),
		memoryCapacityBytes: number(node?.memoryCapacity),
		swapCapacityBytes: number(node?.swapCapacity),
		pods: requests?.pods ?? null,
		cpuRequestedNanocores: requests?.cpu ?? null,
		memoryRequestedBytes: requests?.memory ?? null,
	};
}
