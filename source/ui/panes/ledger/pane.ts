/** The ledger: whole, to walk through, or in short beside the facts of a subject. Pure. */
import { screenText } from '../../../messages/en/ledger-screen.ts';
import { paneText } from '../../../messages/en/panes.ts';
import type { SubjectLedger } from '../../../monitor/messages.ts';
import type { LedgerView, ScreenState } from '../../state.ts';
import { wrap } from '../../text/fit.ts';
import { line, reversed, type Span, span } from '../../text/line.ts';
import type { Theme } from '../../theme.ts';
import { type Block, ledgerBlocks } from './blocks.ts';
import { briefLines } from './brief.ts';

interface Place {
	width: number;
	height: number;
}

/** The cursor's sign, the fold's sign and a blank stand before each line. */
const margin = 3;

function isOf(answer: SubjectLedger | null, subject: ScreenState['subject']): answer is SubjectLedger {
	return answer !== null && answer.subject.kind === subject?.kind && answer.subject.uid === subject.uid;
}

interface Made {
	unfolded: readonly string[];
	now: number;
	width: number;
	blocks: readonly Block[];
}

const made = new WeakMap<SubjectLedger, WeakMap<Theme, Made>>();

/** The blocks are made once for each answer: a key that moves the cursor changes none of them. */
function remembered(
	answer: SubjectLedger,
	unfolded: readonly string[],
	now: number,
	width: number,
	theme: Theme,
): readonly Block[] {
	const byTheme = made.get(answer) ?? new WeakMap<Theme, Made>();
	made.set(answer, byTheme);
	const last = byTheme.get(theme);
	if (last !== undefined && last.unfolded === unfolded && Object.is(last.now, now) && last.width === width) {
		return last.blocks;
	}
	const blocks = ledgerBlocks({ answer, unfolded: new Set(unfolded), now, width: Math.max(1, width), theme });
	byTheme.set(theme, { unfolded, now, width, blocks });
	return blocks;
}

/** While there is no answer, one block that says so. */
function blocksOf(state: ScreenState, view: LedgerView, width: number, theme: Theme): readonly Block[] {
	if (!isOf(state.ledger, view.subject)) {
		return [{ id: 'reading', folds: false, lines: [[span(screenText.reading, 'dim')]] }];
	}
	return remembered(state.ledger, view.unfolded, state.cluster?.serverTime ?? Number.NaN, width - margin, theme);
}

/** Its blocks with their lines, and how many are on screen. */
export function shapeOf(state: ScreenState, { height, width }: Place, theme: Theme) {
	const { explained } = state;
	const blocks = explained === null ? [] : blocksOf(state, explained, width, theme);
	return { blocks: blocks.map(({ folds, id, lines }) => ({ id, folds, lines: lines.length })), height };
}

interface Row {
	spans: readonly Span[];
	sign: string;
	isCursor: boolean;
}

function rowsOf(view: LedgerView, blocks: readonly Block[], { glyphs }: Theme): Row[] {
	return blocks.flatMap(({ folds, id, lines }) =>
		lines.map((spans, index): Row => {
			const sign = view.unfolded.includes(id) ? glyphs.unfolded : glyphs.folded;
			return {
				spans,
				sign: folds && index === 0 ? sign : ' ',
				isCursor: view.cursor.block === id && Math.min(view.cursor.line, lines.length - 1) === index,
			};
		}),
	);
}

function draw({ isCursor, sign, spans }: Row, width: number, theme: Theme): string {
	const all = [span(isCursor ? theme.glyphs.cursor : ' '), span(`${sign} `, 'dim'), ...spans];
	if (!isCursor) {
		return line(all, width, theme);
	}
	// Grey in reverse can hardly be read.
	const clear = all.map(({ text, tone }) => span(text, tone === 'dim' ? 'plain' : tone));
	return reversed(line(clear, width, theme), theme);
}

/** Exactly `height` lines of exactly `width` cells. */
export function ledgerPane(state: ScreenState, { height, width }: Place, theme: Theme): string[] {
	const { explained: view } = state;
	const rows = view === null ? [] : rowsOf(view, blocksOf(state, view, width, theme), theme);
	const top = Math.max(0, Math.min(view?.top ?? 0, rows.length - height));
	return Array.from({ length: height }, (_, index) => {
		const row = rows[top + index];
		return row === undefined ? ' '.repeat(width) : draw(row, width, theme);
	});
}

export function ledgerTitle(state: ScreenState, place: Place, theme: Theme): { left: Span[]; right: Span[] } {
	const { explained: view } = state;
	if (view === null) {
		return { left: [], right: [] };
	}
	const rows = blocksOf(state, view, place.width, theme).reduce((sum, { lines }) => sum + lines.length, 0);
	const unread = isOf(state.ledger, view.subject) ? state.ledger.problems.length : 0;
	const last = Math.min(rows, view.top + place.height);
	return {
		left: [
			span(' '),
			span(screenText.ledger, 'title'),
			span('  '),
			span(view.title, 'strong'),
			...(unread === 0 ? [] : [span('  '), span(screenText.notRead(unread), 'warning')]),
			span(' '),
		],
		right: rows > place.height ? [span(` ${paneText.rows(view.top + 1, last, rows)} `, 'dim')] : [],
	};
}

/** The ledger in short: exactly `height` lines of exactly `width` cells. */
export function briefPane(state: ScreenState, { height, width }: Place, theme: Theme): string[] {
	const lines = isOf(state.ledger, state.subject)
		? briefLines(state.ledger, { width: width - 2, height }, theme)
		: wrap(screenText.reading, Math.max(1, width - 2)).map((text) => [span(text, 'dim')]);
	return Array.from({ length: height }, (_, index) => line([span(' '), ...(lines[index] ?? [])], width, theme));
}

export function briefTitle(state: ScreenState): { left: Span[]; right: Span[] } {
	const unread = isOf(state.ledger, state.subject) ? state.ledger.problems.length : 0;
	return {
		left: [
			span(' '),
			span(screenText.ledger, 'plain'),
			...(unread === 0 ? [] : [span('  '), span(screenText.notRead(unread), 'warning')]),
			span(' '),
		],
		right: [span(` ${screenText.whole} `, 'dim')],
	};
}
