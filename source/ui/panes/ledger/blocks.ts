/** The whole ledger as blocks of lines: what can be unfolded is a block, and what stands between them. Pure. */
import { reportWords, truth } from '../../../messages/en/ledger.ts';
import { versionWords } from '../../../messages/en/ledger-rows.ts';
import { screenText } from '../../../messages/en/ledger-screen.ts';
import { shortDuration } from '../../../model/display.ts';
import type { Claim, Ledger } from '../../../model/ledger.ts';
import type { SubjectLedger } from '../../../monitor/messages.ts';
import { wrap } from '../../text/fit.ts';
import { type Span, span } from '../../text/line.ts';
import type { Theme } from '../../theme.ts';
import { sliceCharts } from './charts.ts';
import { barLines, claimLine, claimsOf, claimWay, columnsFor, plainColumns } from './claims.ts';
import { wayColumns, wayLine, wayLines } from './ways.ts';

export interface Block {
	/** Stays the same while its numbers change. */
	id: string;
	/** Whether it can be unfolded. */
	folds: boolean;
	lines: readonly Span[][];
}

export interface BlocksInput {
	answer: SubjectLedger;
	unfolded: ReadonlySet<string>;
	/** The clock that ages are counted by. */
	now: number;
	width: number;
	theme: Theme;
}

function plain(id: string, ...lines: Span[][]): Block {
	return { id, folds: false, lines };
}

/** @param isFirst nothing stands above it that it had to be kept apart from */
function heading(id: string, title: string, note = '', isFirst = false): Block {
	return plain(id, ...(isFirst ? [] : [[]]), [span(title, 'title'), span(note === '' ? '' : `  ${note}`, 'dim')]);
}

/** Where the numbers were read, and how old the newest of each is. */
function sourcesLine({ readings }: Ledger, every: number, now: number): string {
	const newest = new Map<string, number>();
	for (const { at, source } of readings) {
		newest.set(source, Math.max(at, newest.get(source) ?? Number.NEGATIVE_INFINITY));
	}
	const items = Array.from(newest, ([source, at]) =>
		source === 'pod-spec' || source === 'node-status' ? source : `${source} ${shortDuration(now - at)}`,
	);
	return [...items, screenText.every(shortDuration(every))].join(' · ');
}

/** Where lines are few and short, the claims come first, and what they were read from behind them. */
function isNarrow(width: number): boolean {
	return width < 96;
}

function head({ every }: SubjectLedger, ledger: Ledger, now: number, width: number): Block {
	const texts = [versionWords(ledger.versions).join(' · '), sourcesLine(ledger, every, now)];
	const lines = texts.flatMap((text) => (text === '' ? [] : wrap(text, width)));
	const blank = isNarrow(width) ? [[]] : [];
	return plain('head', ...blank, ...lines.map((text) => [span(text, 'dim')]));
}

function claimBlocks(of: Claim['of'], ledger: Ledger, input: BlocksInput): Block[] {
	const { now, theme, unfolded, width } = input;
	const claims = claimsOf(ledger, of);
	if (claims.length === 0) {
		return [];
	}
	const columns = of === 'memory' ? columnsFor(ledger, claims, width) : plainColumns(claims);
	const title = of === 'memory' ? reportWords.memory : reportWords.cpu;
	const top = heading(of, title, screenText.asPrinted, of === 'memory' && isNarrow(width));
	const bar = of === 'memory' ? barLines(ledger, columns, width, theme) : [];
	return [
		{ ...top, lines: [...top.lines, ...bar] },
		...claims.map((claim): Block => {
			const id = `${of}/${claim.tool}`;
			const way = unfolded.has(id) ? claimWay(claim, ledger, width, now) : [];
			return { id, folds: true, lines: [claimLine(claim, ledger, columns, theme), ...way] };
		}),
	];
}

function wayBlocks(of: Claim['of'], ledger: Ledger, { unfolded, width }: BlocksInput): Block[] {
	const bridges = ledger.bridges.filter((bridge) => bridge.of === of);
	if (bridges.length === 0) {
		return [];
	}
	const columns = wayColumns(bridges);
	return [
		heading(`ways/${of}`, screenText.ways[of], screenText.waysNote[of]),
		...bridges.map((bridge): Block => {
			const id = `way/${bridge.of}/${bridge.id}/${bridge.from}/${bridge.to}`;
			const lines = unfolded.has(id) ? wayLines(bridge, width) : [];
			return { id, folds: true, lines: [wayLine(bridge, columns), ...lines] };
		}),
	];
}

function sentences(id: string, title: string, texts: readonly string[], { theme, width }: BlocksInput): Block[] {
	if (texts.length === 0) {
		return [];
	}
	const lines = texts.flatMap((text) =>
		wrap(text, width - 2).map((part, index) => [span(index === 0 ? `${theme.glyphs.dot} ` : '  ', 'dim'), span(part)]),
	);
	return [heading(id, title), ...lines.map((line, index) => plain(`${id}/${index}`, line))];
}

function chartBlocks({ answer, theme, width }: BlocksInput): Block[] {
	const lines = sliceCharts(answer.history, width, theme);
	return lines.length === 0
		? []
		: [heading('history', screenText.history), ...lines.map((line, index) => plain(`history/${index}`, line))];
}

/** From the claims, which most come for, to the history. */
export function ledgerBlocks(input: BlocksInput): Block[] {
	const { answer, now, width } = input;
	const { ledger, problems } = answer;
	const unread = sentences('unread', screenText.unread, problems, input);
	if (ledger === null) {
		return unread;
	}
	const top = [head(answer, ledger, now, width)];
	const claims = [...claimBlocks('memory', ledger, input), ...claimBlocks('cpu', ledger, input)];
	return [
		...(isNarrow(width) ? [...claims, ...top] : [...top, ...claims]),
		...wayBlocks('memory', ledger, input),
		...wayBlocks('cpu', ledger, input),
		...sentences('truths', reportWords.truths, ledger.truths.map(truth), input),
		...unread,
		...chartBlocks(input),
	];
}
