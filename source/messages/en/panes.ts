/** What the panes say around the numbers. */
import type { ListName, SourceState } from '../../model/lists.ts';

export const paneTitles: Readonly<Record<ListName, { title: string; short: string }>> = {
	nodes: { title: 'Nodes', short: 'Nodes' },
	pods: { title: 'Pods', short: 'Pods' },
	containers: { title: 'Containers', short: 'Cont' },
	diagnostics: { title: 'Diagnostics', short: 'Diag' },
};

export const paneText = {
	demo: 'DEMO CLUSTER',
	demoShort: 'DEMO',
	tlsNotVerified: 'TLS NOT VERIFIED',
	tlsNotVerifiedShort: 'TLS!',
	plainHttp: 'NO TLS',
	readOnly: 'read-only',
	live: 'LIVE',
	notLive: 'NOT LIVE',
	starting: 'STARTING',
	frozen: 'FROZEN',
	allNamespaces: 'all',
	connecting: 'connecting…',
	loading: 'loading…',
	loadingSome: (count: number) => `loading… ${count} so far`,
	nothingSelected: 'nothing is selected',
	gone: 'It is gone: deleted, or no longer in what is followed.',
	history: 'History',
	noHistory: 'The history begins with the next sample.',
	noFindings: 'no findings: everything that was asked has answered',
	noRow: (filter: string, total: number, things: string) => `no row matches /${filter} (${total} ${things})`,
	filterError: (filter: string, error: string) => `/${filter}: ${error}`,
	none: (things: string, where: string) => `no ${things}${where}`,
	inNamespace: (namespace: string) => ` in namespace ${namespace}`,
	onNode: (node: string) => ` on node ${node}`,
	inPod: ' in this pod',
	withLabels: (selector: string) => ` with labels ${selector}`,
	withFields: (selector: string) => ` with fields ${selector}`,
	forbidden: (things: string) => `This user may not list ${things}.`,
	failing: (things: string) => `The list of ${things} cannot be read.`,
	onlyNamespace: (namespace: string) => `only namespace ${namespace}`,
	onlyNamespaceShort: (namespace: string) => `only ns ${namespace}`,
	nodesReady: (ready: number, total: number) => `${ready}/${total} nodes`,
	pods: (total: number) => `${total} ${total === 1 ? 'pod' : 'pods'}`,
	requests: (perSecond: string) => `api ${perSecond} req/s`,
	refresh: (duration: string) => `every ${duration}`,
	used: 'used',
	requested: 'requested',
	limited: 'limited',
	ofAllocatable: (amount: string) => `of ${amount} allocatable`,
	ofAllocatableLong: 'of allocatable',
	ofAllocatableShort: 'of alloc',
	unknownShare: '–',
	rows: (first: number, last: number, total: number) => `${first}–${last} of ${total}`,
	namespaceIs: (namespace: string) => `ns:${namespace}`,
	sortedBy: (title: string, glyph: string) => `${title}${glyph}`,
	severities: '✖ ▲ ·',
	help: 'Keys',
	old: (age: string) => `${age} old`,
	ago: (what: string, age: string) => `${what} ${age} ago`,
	seen: 'seen',
	means: 'means',
	act: 'do',
} as const;

/** What lists hold, in the plural. */
export const things: Readonly<Record<ListName, string>> = {
	nodes: 'nodes',
	pods: 'pods',
	containers: 'containers',
	diagnostics: 'findings',
};

/** Of a source that is not simply live. */
export const sourceStates: Readonly<Record<SourceState, string>> = {
	starting: 'starting',
	live: '',
	stale: 'stale',
	failing: 'failing',
	absent: 'absent',
	forbidden: 'forbidden',
};

/** Labels and values of the detail. */
export const detailText = {
	cpu: 'CPU',
	memory: 'memory',
	sample: 'sample',
	status: 'status',
	state: 'state',
	node: 'node',
	owner: 'owner',
	pod: 'pod',
	image: 'image',
	last: 'last end',
	requested: 'requested',
	limited: 'limited',
	capacity: 'capacity',
	pods: 'pods',
	system: 'system',
	kubelet: 'kubelet',
	address: 'address',
	age: 'age',
	kind: 'kind',
	request: 'request',
	limit: 'limit',
	allocatable: 'allocatable',
	noRequest: 'no request',
	noLimit: 'no limit',
	none: 'none',
	above: 'above the chart',
	of: (denominator: string, amount: string) => `of ${denominator} ${amount}`,
	sampled: (age: string, window: string) => `${age} old, over ${window}`,
	ready: (ready: number, total: number) => `${ready}/${total} ready`,
	isReady: 'ready',
	notReady: 'not ready',
	restarts: (count: number) => `${count} ${count === 1 ? 'restart' : 'restarts'}`,
	lastRestart: (age: string) => `last ${age} ago`,
	qos: (value: string) => `QoS ${value}`,
	ip: (value: string) => `IP ${value}`,
	notScheduled: 'not scheduled yet',
	ofPods: (count: string, most: string) => `${count} of ${most}`,
	ago: (age: string) => `${age} ago`,
	startedAgo: (age: string) => `started ${age} ago`,
	alloc: 'alloc',
	ofAllocatable: (narrow: boolean) => (narrow ? 'of alloc' : 'of allocatable'),
	kinds: { sidecar: 'sidecar', init: 'init container', ephemeral: 'ephemeral container' },
} as const;

/** What stands under the keys of the help sheet. */
export const legend: ReadonlyArray<{ section: string; entries: ReadonlyArray<{ key: string; title: string }> }> = [
	{
		section: 'Signs',
		entries: [
			{ key: '∅', title: 'there is no sample; the word beside it says why. Never the same as 0' },
			{ key: '–', title: 'nothing is set, so there is no such number' },
			{ key: '▲ 70', title: 'from 70% of the limit (of allocatable for nodes)' },
			{ key: '✖ 90', title: 'from 90%' },
			{ key: 'grey', title: 'a number that is old; its age stands beside it' },
			{ key: '12s/w15s', title: 'age of the newest sample, and the window of its CPU rate' },
		],
	},
	{
		section: 'Trends',
		entries: [
			{ key: '█', title: 'a full block is the limit, for a node what is allocatable' },
			{ key: '▄', title: 'without a limit the highest value of the trend is drawn at half height, greyed' },
			{ key: 'blank', title: 'no sample at that time' },
			{ key: 'charts', title: 'begin at 0; each column shows the highest sample of its time' },
		],
	},
];

/** Names of the column sections of the help sheet. */
export const columnSections: Readonly<Record<ListName, string>> = {
	nodes: 'Columns of nodes',
	pods: 'Columns of pods',
	containers: 'Columns of containers',
	diagnostics: 'Columns of diagnostics',
};
