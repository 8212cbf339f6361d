/** The lines at the top: the cluster, how full it is, and where the numbers come from. Pure. */
import { paneText } from '../../../messages/en/panes.ts';
import { shortDuration } from '../../../model/display.ts';
import type { ClusterStatus, LocalMachine } from '../../../monitor/messages.ts';
import type { ScreenState } from '../../state.ts';
import { line, type Span, span } from '../../text/line.ts';
import { type Group, type Item, item, spread } from '../../text/shorten.ts';
import type { Theme } from '../../theme.ts';
import { barsLine, percentSpan } from './fullness.ts';
import { sourceItem } from './sources.ts';

/** What must be said on every screen: that it is a demo, that the connection is not sound. */
function warnings(cluster: ClusterStatus): Item[] {
	const items: Item[] = [];
	if (cluster.insecure !== '') {
		const plain = cluster.insecure === 'plain';
		items.push({
			forms: [
				[span(` ${plain ? paneText.plainHttp : paneText.tlsNotVerified} `, 'alarm')],
				[span(plain ? paneText.plainHttp : paneText.tlsNotVerified, 'alarm')],
				[span(plain ? paneText.plainHttp : paneText.tlsNotVerifiedShort, 'alarm')],
			],
			steps: [11, 70],
		});
	}

	if (cluster.demo) {
		items.push({
			forms: [
				[span(` ${paneText.demo} `, 'banner')],
				[span(paneText.demo, 'banner')],
				[span(paneText.demoShort, 'banner')],
			],
			steps: [11, 80],
		});
	}

	if (cluster.local !== null) {
		items.push(localItem(cluster.local));
	}

	return items;
}

/** That it is this machine, why, and how to get a cluster instead. */
function localItem({ asked, root, searched }: LocalMachine): Item {
	if (root !== '/') {
		const text = paneText.localRoot(root);
		return {
			forms: [[span(` ${text} `, 'banner')], [span(text, 'banner')], [span(paneText.local, 'banner')]],
			steps: [11, 60],
		};
	}

	const texts = asked ? [paneText.localAsked] : [paneText.localLong(searched), paneText.localMiddle];
	const forms: Span[][] = texts.map((text) => [span(` ${text} `, 'banner')]);
	forms.push([span(` ${paneText.local} `, 'banner')], [span(paneText.local, 'banner')]);
	return { forms, steps: [14, 24, 60].slice(3 - forms.length + 1) };
}

/** Whether the pods on screen are the cluster's of now. */
function liveness(state: ScreenState, { refresh, sources }: ClusterStatus): Item {
	const followed = sources.find(({ name }) => name === 'pods')?.state ?? 'live';
	if (Number.isNaN(state.frozenAt) && (followed === 'failing' || followed === 'forbidden')) {
		return { forms: [[span(paneText.notLive, 'alarm')]], steps: [] };
	}

	if (Number.isNaN(state.frozenAt) && followed === 'starting') {
		return { forms: [[span(paneText.starting, 'dim')], []], steps: [48] };
	}

	if (Number.isNaN(state.frozenAt)) {
		return {
			forms: [
				[span(paneText.live, 'good'), span(` ${paneText.refresh(shortDuration(refresh))}`, 'dim')],
				[span(paneText.live, 'good')],
				[],
			],
			steps: [22, 48],
		};
	}

	const time = new Date(state.frozenAt);
	const clock = [time.getHours(), time.getMinutes(), time.getSeconds()]
		.map((part) => String(part).padStart(2, '0'))
		.join(':');
	return {
		forms: [[span(`${paneText.frozen} ${clock}`, 'alarm')], [span(paneText.frozen, 'alarm')]],
		steps: [55],
	};
}

function counts({ findings }: ClusterStatus, theme: Theme): Item[] {
	const items: Item[] = [];
	if (findings.error > 0) {
		items.push(item([span(`${theme.glyphs.error}${findings.error}`, 'error')], 62));
	}

	if (findings.warning > 0) {
		items.push(item([span(`${theme.glyphs.warning}${findings.warning}`, 'warning')], 61));
	}

	return items;
}

/** `CPU 41%  MEM 72% of allocatable`, for screens that have no line for the bars. */
function shares({ cpu: cores, memory: bytes }: ClusterStatus): Item {
	const both = [
		span('CPU '),
		percentSpan(cores.used, cores.allocatable),
		span('  MEM '),
		percentSpan(bytes.used, bytes.allocatable),
	];
	return {
		forms: [
			[...both, span(` ${paneText.ofAllocatableLong}`, 'dim')],
			[...both, span(` ${paneText.ofAllocatableShort}`, 'dim')],
			both,
			[],
		],
		steps: [12, 41, 45],
	};
}

/** Screens narrower than this say how it goes on the line of the sources. */
const crowded = 100;

function status(state: ScreenState, cluster: ClusterStatus, theme: Theme): Item[] {
	return [...counts(cluster, theme), liveness(state, cluster)];
}

/** Line 1: who is looked at, as whom, how much there is, and whether it is live. */
function clusterLine(state: ScreenState, cluster: ClusterStatus, lines: number, theme: Theme): readonly [Group, Group] {
	const dot = span(` ${theme.glyphs.dot} `, 'dim');
	const { nodes, pods, version } = cluster;
	const left: Item[] = [
		{ forms: [[span(cluster.context === '' ? cluster.server : cluster.context, 'strong')]], steps: [] },
		...(cluster.user === '' ? [] : [item([span(cluster.user)], 32)]),
		...(version === '' ? [] : [item([span(version)], 19)]),
		item([span(paneText.readOnly, 'dim')], 10),
	];
	if (nodes.total > 0 && cluster.local === null) {
		left.push(
			item([span(paneText.nodesReady(nodes.ready, nodes.total), nodes.ready < nodes.total ? 'warning' : 'plain')], 42),
		);
	}

	left.push(item([span(cluster.local === null ? paneText.pods(pods.total) : paneText.groups(pods.total))], 40));
	if (lines < 3) {
		left.push(shares(cluster));
	}

	const right = [
		...(lines < 2 ? warnings(cluster) : []),
		...(lines === 2 && state.size.columns < crowded ? [] : status(state, cluster, theme)),
	];
	return [
		{ items: left, separator: dot },
		{ items: right, separator: span('  ') },
	];
}

/** The last line of the header: sources, what is followed, what it costs, and what must be said. */
function sourcesLine(state: ScreenState, cluster: ClusterStatus, lines: number, theme: Theme): readonly [Group, Group] {
	const left = cluster.sources.map((source, index) => sourceItem(source, cluster.serverTime, index, theme));
	const right: Item[] = [];
	if (cluster.namespaceOnly && cluster.namespace !== null) {
		right.push({
			forms: [
				[span(paneText.onlyNamespace(cluster.namespace), 'warning')],
				[span(paneText.onlyNamespaceShort(cluster.namespace), 'warning')],
				[],
			],
			steps: [29, 51],
		});
	}

	if (cluster.local !== null) {
		right.push(item([span(paneText.memoryIs, 'dim')], 13));
	}

	const { requestsNow } = cluster.cost;
	if (Number.isFinite(requestsNow)) {
		right.push(item([span(paneText.requests(requestsNow), 'dim')], 15));
	}

	right.push(...warnings(cluster));
	if (lines === 2 && state.size.columns < crowded) {
		right.push(...status(state, cluster, theme));
	}

	return [
		{ items: left, separator: span(` ${theme.glyphs.vertical} `, 'dim') },
		{ items: right, separator: span('  ') },
	];
}

/** `lines` lines of exactly `width` cells. */
export function header(state: ScreenState, lines: number, theme: Theme): string[] {
	const { cluster } = state;
	const width = state.size.columns;
	if (lines <= 0) {
		return [];
	}

	if (cluster === null) {
		const empty = Array.from({ length: lines - 1 }, () => ' '.repeat(width));
		return [line([span(` ${paneText.connecting}`, 'dim')], width, theme), ...empty];
	}

	const framed = (groups: readonly [Group, Group]) =>
		line([span(' '), ...spread(groups[0], groups[1], width - 2), span(' ')], width, theme);
	const result = [framed(clusterLine(state, cluster, lines, theme))];
	if (lines >= 3) {
		result.push(barsLine(cluster, width, theme));
	}

	if (lines >= 2) {
		result.push(framed(sourcesLine(state, cluster, lines, theme)));
	}

	return result;
}
