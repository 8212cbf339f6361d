/** Hand-made states of the screen on a small, fixed cluster. For any test that needs a frame. */
import { findingKey } from '../../../source/model/finding.ts';
import type { ContainerRow, Detail, ListName, NodeRow, PodRow, Rows } from '../../../source/monitor/messages.ts';
import type { ListState, ScreenState } from '../../../source/ui/state.ts';
import {
	api,
	cluster,
	containerRow,
	containers,
	findings,
	nodes,
	now,
	podRow,
	pods,
	processes,
	sampled,
	second,
} from './rows.ts';

export * from './rows.ts';

/** The newest answer to a list: these rows, in a list of that many. */
export function answer<Row>(list: ListName, rows: readonly Row[], fields: Partial<Rows> = {}): Rows {
	return {
		type: 'rows',
		list,
		sequence: 1,
		total: rows.length,
		matched: rows.length,
		offset: 0,
		rows,
		anchorIndex: 0,
		filterError: '',
		loading: false,
		partial: false,
		counting: false,
		following: false,
		...fields,
	} as Rows;
}

export function listState(newest: Rows | null, fields: Partial<ListState> = {}): ListState {
	return {
		scope: {},
		filter: '',
		sort: { column: 'name', descending: false },
		cursor: null,
		cursorIndex: 0,
		top: 0,
		sequence: 1,
		answer: newest,
		...fields,
	};
}

const machineUsage = (cpuMillicores: number, memoryMebibytes: number) =>
	sampled(cpuMillicores, memoryMebibytes, { timestamp: now - second, window: 2 * second });

const group = (namespace: string, name: string, cpu: number, mebibytes: number, fields: Partial<PodRow> = {}) =>
	podRow(name, {
		uid: `cgroup/${namespace}/${name}`,
		namespace,
		node: 'bastion',
		usage: machineUsage(cpu, mebibytes),
		cpuRequest: Number.NaN,
		memoryRequest: Number.NaN,
		cpuLimit: Number.NaN,
		memoryLimit: Number.NaN,
		...fields,
	});

const groups: readonly PodRow[] = [
	group('docker', 'db', 1_730, 1_210, { memoryLimit: 2 * 2 ** 30, cpuLimit: 2e9, owner: 'docker' }),
	group('shop', 'api-7d4f9c-x2kq9', 212, 388, { owner: 'containerd', qosClass: 'Burstable', totalContainers: 2 }),
	group('system', 'containerd.service', 31, 92),
	group('user', 'user-1000.slice', 12, 240, { totalContainers: 3 }),
	group('system', 'ssh.service', 0, 9),
];

/** This machine as a cluster of one, where no kubeconfig was found. */
export function localState(columns: number, rows: number, fields: Partial<ScreenState> = {}): ScreenState {
	const [first] = groups;
	const subject = { kind: 'pod', uid: first?.uid ?? '' } as const;
	const state = screenState(columns, rows);
	const [machine] = nodes;
	return {
		...state,
		cluster: {
			...cluster,
			context: 'bastion',
			user: 'ops',
			server: '',
			version: 'Linux 6.1.0-31-amd64',
			local: { asked: false, searched: '~/.kube/config', root: '/' },
			nodes: { total: 1, ready: 1, sampled: 1 },
			pods: { total: groups.length, running: groups.length, sampled: groups.length },
			cpu: { ...cluster.cpu, used: 2_010e6, requested: Number.NaN, limited: Number.NaN, allocatable: 8e9 },
			memory: {
				...cluster.memory,
				used: 6 * 2 ** 30,
				requested: Number.NaN,
				limited: Number.NaN,
				allocatable: 16 * 2 ** 30,
			},
			sources: [
				{ name: 'cgroup/v2', state: 'live', at: now - second, window: 2 * second, error: '' },
				{ name: 'docker/28.2.2', state: 'live', at: now - 3 * second, window: Number.NaN, error: '' },
			],
			findings: { error: 0, warning: 0, info: 0 },
			refresh: 2 * second,
			cost: { requestsNow: Number.NaN, requestsPerSecond: Number.NaN, bytesReceived: Number.NaN, decoding: Number.NaN },
		},
		lists: {
			...state.lists,
			nodes: listState(
				answer(
					'nodes',
					machine === undefined
						? []
						: [
								{
									...machine,
									uid: 'host',
									name: 'bastion',
									status: 'Ready',
									pods: Number.NaN,
									usage: machineUsage(2_010, 6_144),
								},
							],
				),
				{ cursor: 'host' },
			),
			pods: listState(answer('pods', groups), { cursor: subject.uid, sort: { column: 'cpu', descending: true } }),
			containers: listState(
				answer(
					'containers',
					first === undefined ? [] : [containerRow(first, 'db', { usage: first.usage, image: 'postgres:16' })],
				),
				{ scope: { pod: subject.uid } },
			),
			diagnostics: listState(answer('diagnostics', [])),
		},
		subject,
		detail: first === undefined ? null : history(first, subject),
		...fields,
	};
}

/** Twenty minutes of samples, every 15 s; the memory rises, and two minutes are missing. */
export function history(row: PodRow | ContainerRow | NodeRow, subject: Detail['subject']): Detail {
	const times = Array.from({ length: 58 }, (_, index) => now - 12 * second - (57 - index) * 15 * second);
	const value = (last: number, index: number, shape: 'rising' | 'swaying') =>
		index >= 20 && index < 28
			? Number.NaN
			: shape === 'rising'
				? last * (0.35 + (0.65 * index) / 57)
				: last * (0.6 + 0.4 * Math.sin(index / 4) ** 2);
	const { usage } = row;
	return {
		type: 'detail',
		subject,
		row,
		times,
		cpu: times.map((_, index) => (usage.kind === 'sampled' ? value(usage.cpu, index, 'swaying') : Number.NaN)),
		memory: times.map((_, index) => (usage.kind === 'sampled' ? value(usage.memory, index, 'rising') : Number.NaN)),
	};
}

/** A screen of this size on the fixed cluster, the keys on the pods, sorted by memory of limit. */
export function screenState(columns: number, rows: number, fields: Partial<ScreenState> = {}): ScreenState {
	const subject = { kind: 'pod', uid: api.uid } as const;
	return {
		size: { columns, rows },
		focus: 'pods',
		lists: {
			nodes: listState(answer('nodes', nodes), {
				cursor: nodes[0]?.uid ?? null,
				sort: { column: 'memoryAllocatable%', descending: true },
			}),
			pods: listState(answer('pods', pods, { total: 1842, matched: 1842 }), {
				cursor: api.uid,
				sort: { column: 'memoryLimit%', descending: true },
			}),
			containers: listState(answer('containers', containers), {
				scope: { pod: api.uid },
				cursor: containers[0]?.uid ?? null,
				sort: { column: 'memory', descending: true },
			}),
			processes: listState(answer('processes', processes), { sort: { column: 'cpu', descending: true } }),
			diagnostics: listState(answer('diagnostics', findings), {
				cursor: findings[0] === undefined ? null : findingKey(findings[0]),
				sort: { column: 'severity', descending: true },
			}),
		},
		trail: [],
		passing: null,
		cluster,
		subject,
		detail: history(api, subject),
		explained: null,
		proof: null,
		ledger: null,
		detailOpen: false,
		fullscreen: false,
		wide: false,
		frozenAt: Number.NaN,
		help: { open: false, top: 0 },
		prompt: null,
		namespaces: ['auth', 'batch', 'default'],
		cost: null,
		notice: '',
		...fields,
	};
}

export const hints = [
	{ key: '⏎', title: 'open' },
	{ key: '⎋', title: 'back' },
	{ key: 'tab', title: 'pane' },
	{ key: '/', title: 'filter' },
	{ key: ':', title: 'go' },
	{ key: 'S', title: 'sort' },
	{ key: 'n', title: 'namespace' },
	{ key: 'w', title: 'wide' },
	{ key: 'F', title: 'full' },
	{ key: 'Z', title: 'freeze' },
	{ key: '?', title: 'keys' },
	{ key: 'q', title: 'quit' },
] as const;
