/** How full the cluster is: a line of bars, each percentage of what is allocatable. Pure. */
import { paneText } from '../../../messages/en/panes.ts';
import { percent, percentOf } from '../../../model/display.ts';
import type { ClusterStatus } from '../../../monitor/messages.ts';
import { sparkline, sparkScale } from '../../charts/sparkline.ts';
import { line, type Span, span } from '../../text/line.ts';
import type { Theme, Tone } from '../../theme.ts';
import { spelled } from '../list/amounts.ts';
import { severityOfPercent, toneOf } from '../list/severity.ts';

/** A share in percent, in the tone of how near it is to the whole. */
export function percentSpan(used: number, whole: number): Span {
	const value = percentOf(used, whole);
	return span(Number.isFinite(value) ? `${percent(value)}%` : paneText.unknownShare, toneOf(severityOfPercent(value)));
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

/** The line of bars, exactly `width` cells. */
export function barsLine(cluster: ClusterStatus, width: number, theme: Theme): string {
	const half = (width - 4) >> 1;
	const left = line(fullness('CPU', cluster.cpu, spelled('cpu', cluster.cpu.allocatable), half, theme), half, theme);
	const right = line(
		fullness('MEM', cluster.memory, spelled('memory', cluster.memory.allocatable), half, theme),
		half,
		theme,
	);
	return ` ${left}  ${right}${' '.repeat(Math.max(0, width - 2 * half - 3))}`;
}
