/** The lines at the top: the cluster, how full it is, and where the numbers come from. Pure. */
import { paneText, sourceStates } from '../../../messages/en/panes.ts';
import { cpu, memory, percent, percentOf, shortDuration } from '../../../model/display.ts';
import type { ClusterStatus, SourceStatus } from '../../../monitor/messages.ts';
import { sparkline, sparkScale } from '../../charts/sparkline.ts';
import type { ScreenState } from '../../state.ts';
import { line, type Span, span } from '../../text/line.ts';
import { type Group, type Item, item, spread } from '../../text/shorten.ts';
import type { Theme, Tone } from '../../theme.ts';
import { severityOfPercent, toneOf } from '../list/severity.ts';

/** What must be said on every screen: that it is a demo, that the connection is not sound. */
function warnings(cluster: ClusterStatus): Item[] {
	const items: Item[] = [];
	if (cluster.insecure !== '') {
		const plain = cluster.insecure === 'plain';
		items.push({
			forms: [
				[span(` ${plain ? paneText.plainHttp : paneText.tlsNotVerified} `, 'alarm')],
				[span(plain ? paneText.plainHttp : paneText.tlsNotVerifiedShort, 'alarm')],
			],
			steps: [70],
		});
	}

	if (cluster.demo) {
		items.push({
			forms: [
				[span(` ${paneText.demo} `, 'banner')],
				[span(paneText.demo, 'banner')],
				[span(paneText.demoShort, 'banner')],
			],
			steps: [60, 80],
		});
	}

	return items;
}

function liveness(state: ScreenState, refresh: number): Item {
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

function percentSpan(used: number, whole: number): Span {
	const value = percentOf(used, whole);
	return span(Number.isFinite(value) ? `${percent(value)}%` : paneText.unknownShare, toneOf(severityOfPercent(value)));
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
	return [...counts(cluster, theme), liveness(state, cluster.refresh)];
}

/** Line 1: who is looked at, as whom, how much there is, and whether it is live. */
function clusterLine(state: ScreenState, cluster: ClusterStatus, lines: number, theme: Theme): readonly [Group, Group] {
	const dot = span(` ${theme.glyphs.dot} `, 'dim');
	const { nodes, pods, version } = cluster;
	const left: Item[] = [
		{ forms: [[span(cluster.context === '' ? cluster.server : cluster.context, 'strong')]], steps: [] },
		item([span(cluster.user)], cluster.user === '' ? -1 : 32),
		item([span(version)], version === '' ? -1 : 19),
		item([span(paneText.readOnly, 'dim')], 10),
	];
	if (nodes.total > 0) {
		left.push(
			item([span(paneText.nodesReady(nodes.ready, nodes.total), nodes.ready < nodes.total ? 'warning' : 'plain')], 42),
		);
	}

	left.push(item([span(paneText.pods(pods.total))], 40));
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

/** ▕████▒▒▒░░░▏ used, requested and the rest of what is allocatable. */
function bar(used: number, requested: number, width: number, theme: Theme, tone: Tone): Span[] {
	const { bar: glyphs } = theme.glyphs;
	const cells = (share: number) => Math.max(0, Math.min(width, Math.round(share * width)));
	const full = Number.isFinite(used) ? cells(used) : 0;
	const until = Math.max(full, Number.isFinite(requested) ? cells(requested) : 0);
	return [
		span(glyphs.left, 'dim'),
		span(glyphs.full.repeat(full), tone),
		span(glyphs.requested.repeat(until - full), 'dim'),
		span(glyphs.empty.repeat(width - until), 'dim'),
		span(glyphs.right, 'dim'),
	];
}

/** One half of line 2 of three: a resource of the whole cluster, each percentage of what is allocatable. */
function fullness(name: string, sums: ClusterStatus['cpu'], amount: string, width: number, theme: Theme): Span[] {
	const part = (value: number, word: string, tone?: Tone): Span[] => {
		const share = percentSpan(value, sums.allocatable);
		return [span(' '), tone === undefined ? share : span(share.text, tone), span(` ${word}`, 'dim')];
	};
	const used = percentOf(sums.used, sums.allocatable);
	const severity = severityOfPercent(used);
	const tone: Tone = severity === 'info' ? 'accent' : severity;
	const words = [
		...part(sums.used, paneText.used),
		span(' '),
		...part(sums.requested, paneText.requested, 'plain'),
		span(' '),
		...part(sums.limited, paneText.limited, 'plain'),
	];
	const denominator = span(` ${paneText.ofAllocatable(amount)}`, 'dim');
	const trend = (cells: number) =>
		span(` ${sparkline(sums.trend, cells, sparkScale(sums.trend, sums.allocatable), theme.glyphs)}`, tone);
	const barWidth = width >= 84 ? 24 : width >= 66 ? 14 : 8;
	const start = [
		span(`${name} `, 'strong'),
		...bar(used / 100, percentOf(sums.requested, sums.allocatable) / 100, barWidth, theme, tone),
	];
	const room = width - barWidth - 6 - words.reduce((sum, { text }) => sum + text.length, 0) - denominator.text.length;
	const trendWidth = Math.min(20, room - 3);
	return [...start, ...words, ...(room >= 0 ? [denominator] : []), ...(trendWidth >= 8 ? [trend(trendWidth)] : [])];
}

/** `48 cores`, `1500m`. */
function cores(nanocores: number): string {
	const whole = nanocores / 1e9;
	return Number.isInteger(whole) ? paneText.cores(String(whole)) : cpu(nanocores);
}

function barsLine(cluster: ClusterStatus, width: number, theme: Theme): string {
	const half = (width - 4) >> 1;
	const left = line(fullness('CPU', cluster.cpu, cores(cluster.cpu.allocatable), half, theme), half, theme);
	const right = line(fullness('MEM', cluster.memory, memory(cluster.memory.allocatable), half, theme), half, theme);
	return ` ${left}  ${right}${' '.repeat(Math.max(0, width - 2 * half - 3))}`;
}

const sourceTones: Readonly<Record<SourceStatus['state'], Tone>> = {
	starting: 'dim',
	live: 'good',
	stale: 'warning',
	failing: 'error',
	absent: 'error',
	forbidden: 'warning',
};

/** `metrics.k8s.io/v1beta1 ✓ 12s/w15s`: name, state, age of the newest sample and its window. */
function sourceItem(source: SourceStatus, now: number, index: number, theme: Theme): Item {
	const { glyphs } = theme;
	const glyph = {
		starting: glyphs.ellipsis,
		live: glyphs.good,
		stale: glyphs.warning,
		failing: glyphs.error,
		absent: glyphs.unset,
		forbidden: glyphs.warning,
	}[source.state];
	const [group = '', version = ''] = source.name.split('/');
	const short = group.split('.')[0] ?? group;
	const age = Number.isFinite(now - source.at) ? shortDuration(now - source.at) : '';
	const window = Number.isFinite(source.window) ? `/w${shortDuration(source.window)}` : '';
	// A watch is live whatever the age of its last event; a sample is as good as its age.
	const when = window !== '' || source.state === 'stale' || source.state === 'failing' ? `${age}${window}` : '';
	const mark = [span(` ${glyph}`, sourceTones[source.state])];
	const word =
		sourceStates[source.state] === '' ? [] : [span(` ${sourceStates[source.state]}`, sourceTones[source.state])];
	const time = when === '' ? [] : [span(` ${when}`, source.state === 'live' ? 'plain' : 'dim')];
	const names = Array.from(new Set([source.name, version === '' ? short : `${short} ${version}`, short]));
	const error = source.error === '' ? [] : [span(` ${source.error}`, 'dim')];
	const tail = [...mark, ...word, ...time];
	const forms: Span[][] = names.map((name) => [span(name), ...tail]);
	const steps = names.slice(1).map((_, step) => 20 + 10 * step + index);
	if (error.length > 0) {
		forms.unshift([span(source.name), ...tail, ...error]);
		steps.unshift(5);
	}

	forms.push([span(names.at(-1) ?? ''), ...mark], []);
	steps.push(44 - index, source.state === 'live' ? 46 - index : 52 - index);
	return { forms, steps };
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

	const { requestsPerSecond } = cluster.cost;
	if (Number.isFinite(requestsPerSecond)) {
		right.push(item([span(paneText.requests(requestsPerSecond.toFixed(1)), 'dim')], 15));
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
