/** What every claim, bridge and truth is made from, and what the versions say about it. */
import type { LedgerKind } from '../model/ledger.ts';
import type { Reading, Readings, SourceId, Versions } from '../model/reading.ts';

export interface Context {
	subject: string;
	kind: LedgerKind;
	readings: Readings;
	versions: Versions;
	/** Readings of the same subject a while ago, for rates of counters. */
	previous: Readings | undefined;
}

/** The version of the cgroup hierarchy: as the versions say, else as the files that were read betray; '' if unknown. */
export function cgroupVersion(context: Context): 'v1' | 'v2' | '' {
	if (context.versions.cgroup !== '') {
		return context.versions.cgroup;
	}
	for (const version of ['v1', 'v2'] as const) {
		if (context.readings.all.some((reading) => reading.source === `cgroup-${version}`)) {
			return version;
		}
	}
	return '';
}

/** `[1, 29]` of `v1.29.3-eks-1`; undefined if it is not a version. */
export function majorMinor(version: string): readonly [number, number] | undefined {
	const match = /(\d+)\.(\d+)/.exec(version);
	return match === null ? undefined : [Number(match[1]), Number(match[2])];
}

/** Whether a version is known and older than another. */
export function isOlder(version: string, major: number, minor: number): boolean {
	const known = majorMinor(version);
	return known !== undefined && (known[0] < major || (known[0] === major && known[1] < minor));
}

/** Whether a subject is a whole machine. */
export function isMachine(context: Context): boolean {
	return context.kind === 'node' || context.kind === 'host';
}

/** Whether an engine runs it that no kubelet is known to talk to. */
export function isOfEngine({ kind, readings }: Context): boolean {
	const has = (sources: readonly SourceId[]): boolean => readings.all.some(({ source }) => sources.includes(source));
	const ofCluster: readonly SourceId[] = [
		'pod-spec',
		'metrics-api',
		'kubelet-resource',
		'kubelet-cadvisor',
		'kubelet-summary',
	];
	return kind === 'container' && has(['docker']) && !has(ofCluster);
}

/** Sources of cgroup counters, the most complete and immediate first. */
export const memorySources: readonly SourceId[] = [
	'cgroup-v2',
	'cgroup-v1',
	'docker',
	'cadvisor',
	'kubelet-cadvisor',
	'kubelet-summary',
];

/** What metrics-server could have its numbers from, in the order of its own versions: the newest way first. */
export const kubeletSources: readonly SourceId[] = [
	'kubelet-resource',
	'kubelet-cadvisor',
	'kubelet-summary',
	'cadvisor',
];

/** The CPUs that are online, NaN if nothing tells. Counter batches grow with them. */
export function cpuCount(context: Context): number {
	const online = context.readings.value('onlineCpus');
	return Number.isNaN(online) ? context.readings.value('cpuCapacity') / 1e9 : online;
}

/** The first of the values that is a number. */
export function firstNumber(...values: readonly number[]): number {
	return values.find((value) => !Number.isNaN(value)) ?? Number.NaN;
}

/** Readings that are there. */
export function present(...readings: readonly (Reading | undefined)[]): readonly Reading[] {
	return readings.filter((reading) => reading !== undefined);
}
