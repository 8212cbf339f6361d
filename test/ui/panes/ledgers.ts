/** Hand-made ledgers of the fixed cluster's subjects. */
import { makeLedger } from '../../../source/explain/ledger.ts';
import type { LedgerKind } from '../../../source/model/ledger.ts';
import {
	type Reading,
	type ReadingQuantity,
	Readings,
	type SourceId,
	type Versions,
} from '../../../source/model/reading.ts';
import type { Subject, SubjectLedger } from '../../../source/monitor/messages.ts';
import type { LedgerView } from '../../../source/ui/state.ts';
import { api, containers, now, second } from './rows.ts';

const mebi = 2 ** 20;

export const versions: Versions = {
	cgroup: 'v2',
	kubelet: 'v1.34.2',
	runtime: 'containerd://2.1.0',
	docker: '',
	kernel: '6.12.0',
	multiGenerationalLru: false,
};

function from(
	source: SourceId,
	at: number,
	values: Partial<Record<ReadingQuantity, number>>,
	window = Number.NaN,
): Reading[] {
	return Object.entries(values).map(([quantity, value]) => ({
		quantity: quantity as ReadingQuantity,
		value,
		source,
		field: `${source === 'proc' ? 'Σ /proc/PID/status ' : ''}${quantity}`,
		at,
		window,
	}));
}

/** What the cgroup, the processes, the metrics API and the spec say of one container: 73Mi to kubectl, 78 to top. */
export const containerReadings: readonly Reading[] = [
	...from('metrics-api', now - 12 * second, { workingSet: 76_982_272 }),
	...from('metrics-api', now - 12 * second, { cpuRate: 398_000_000 }, 15 * second),
	...from('pod-spec', now - 60 * second, {
		memoryRequest: 64 * mebi,
		memoryLimit: 128 * mebi,
		cpuRequest: 500e6,
		cpuLimit: 1000e6,
	}),
	...from('cgroup-v2', now - second, {
		usage: 102_359_040,
		anon: 62_914_560,
		file: 34_603_008,
		shmem: 4_194_304,
		inactiveAnon: 2_097_152,
		activeAnon: 65_011_712,
		inactiveFile: 25_321_472,
		activeFile: 5_087_232,
		unevictable: 0,
		kernel: 4_194_304,
		socket: 524_288,
		swap: 0,
		peak: 110_000_000,
		oomKills: 0,
		limitHits: 0,
		oomEvents: 0,
		cpuTime: 9e12,
		cpuPeriods: 400,
		throttledPeriods: 48,
		throttledTime: 2_400_000_000,
		pressureMemorySome10: 4.1,
		pressureMemoryFull10: 0.2,
		pressureCpuSome10: 3,
	}),
	...from('proc', now - second, {
		resident: 81_788_928,
		residentAnon: 62_914_560,
		residentFile: 14_680_064,
		residentShmem: 4_194_304,
		proportional: 70_000_000,
		lazyFree: 0,
		virtual: 1_200_000_000,
		processes: 3,
		unreadableProcesses: 0,
		cpuTime: 8.9e12,
	}),
];

/** The CPU counters two seconds before. */
const earlier = new Readings([
	...from('cgroup-v2', now - 3 * second, { cpuTime: 9e12 - 812_000_000 }),
	...from('proc', now - 3 * second, { cpuTime: 8.9e12 - 810_000_000 }),
]);

export function ledgerOf(
	subject: Subject,
	name: string,
	kind: LedgerKind,
	readings: readonly Reading[],
): SubjectLedger {
	const ledger = makeLedger(name, kind, new Readings(readings), versions, earlier);
	const times = Array.from({ length: 100 }, (_, index) => now - (99 - index) * 2 * second);
	return {
		type: 'ledger',
		subject,
		ledger,
		problems: ['You may not ask the kubelet of n03 through the API server (403: nodes/proxy).'],
		every: 2 * second,
		history: {
			times,
			slices: ledger.slices.map(({ id, value }) => ({
				id,
				values: times.map((_, index) => (index >= 40 && index < 50 ? Number.NaN : value * (0.5 + index / 198))),
			})),
		},
	};
}

const app = containers[0];
export const appSubject: Subject = { kind: 'container', uid: app?.uid ?? '', podUid: api.uid };
export const appLedger = ledgerOf(appSubject, `container/payments/${api.name}/app`, 'container', containerReadings);

export const podSubject: Subject = { kind: 'pod', uid: api.uid };
/** A pod of which only the metrics API tells. */
export const podLedger: SubjectLedger = {
	...ledgerOf(podSubject, `pod/payments/${api.name}`, 'pod', containerReadings.slice(0, 6)),
	every: 12 * second,
};

export function ledgerView(subject: Subject, fields: Partial<LedgerView> = {}): LedgerView {
	return {
		subject,
		title: `payments/${api.name}${subject.kind === 'container' ? ' · app' : ''}`,
		aim: null,
		cursor: { block: 'memory/kubectl-top-pod', line: 0 },
		top: 0,
		unfolded: [],
		...fields,
	};
}
