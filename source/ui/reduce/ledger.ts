/** The ledger that fills the screen: opened for a number, walked through line by line, unfolded where one asks. */
import { screenText } from '../../messages/en/ledger-screen.ts';
import type { ContainerRow, NodeRow, PodRow, ProcessRow, Subject } from '../../monitor/messages.ts';
import type { LedgerView, ScreenState } from '../state.ts';
import { type Motion, stepOf, topFor } from './cursor.ts';
import { subjectUnderCursor } from './navigate.ts';
import { type Layout, type LedgerShape, rowUnderCursor, type Session } from './session.ts';

function titleOf({ kind }: Subject, row: NodeRow | PodRow | ContainerRow | ProcessRow): string {
	if ('pid' in row) {
		return `pid ${row.pid} · ${row.command}`;
	}
	if (kind === 'node') {
		return `node ${row.name}`;
	}
	const inNamespace = row as PodRow | ContainerRow;
	return 'pod' in inNamespace
		? `${inNamespace.namespace}/${inNamespace.pod} · ${row.name}`
		: `${inNamespace.namespace}/${row.name}`;
}

/** The state with the ledger of the row under the cursor open, at the number that the list is sorted by. */
export function explained(state: Session): Session {
	const list = state.lists[state.focus];
	const row = rowUnderCursor(list);
	const isProcess = row !== undefined && 'pid' in row;
	const subject = isProcess ? ({ kind: 'process', uid: row.uid } as const) : subjectUnderCursor(state);
	if (subject === undefined || subject === null || row === undefined || !('uid' in row)) {
		return { ...state, notice: screenText.nothingToExplain };
	}
	const aim = list.sort.column.startsWith('cpu') ? 'cpu' : 'memory';
	const view: LedgerView = {
		subject,
		title: titleOf(subject, row),
		aim,
		cursor: { block: aim, line: 0 },
		top: 0,
		unfolded: [],
	};
	return { ...state, explained: view };
}

/** What is explained is a container of a cluster, or a pod: of this machine all is read without starting anything. */
export function hasInside({ cluster, explained: view }: ScreenState): boolean {
	return (view?.subject.kind === 'pod' || view?.subject.kind === 'container') && (cluster?.local ?? null) === null;
}

function total({ blocks }: LedgerShape): number {
	return blocks.reduce((sum, { lines }) => sum + lines, 0);
}

/** Index of a block's first line; −1 if there is no such block. */
function startOf({ blocks }: LedgerShape, is: (id: string) => boolean): number {
	let start = 0;
	for (const { id, lines } of blocks) {
		if (is(id)) {
			return start;
		}
		start += lines;
	}
	return -1;
}

function placeAt({ blocks }: LedgerShape, index: number): LedgerView['cursor'] {
	let left = index;
	for (const { id, lines } of blocks) {
		if (left < lines) {
			return { block: id, line: left };
		}
		left -= lines;
	}
	return { block: '', line: 0 };
}

/** Index of the line under the cursor; of a block that is gone, the first on screen. */
export function ledgerIndex(view: LedgerView, shape: LedgerShape): number {
	const { block, line } = view.cursor;
	const start = startOf(shape, (id) => id === block);
	const lines = shape.blocks.find(({ id }) => id === block)?.lines ?? 1;
	const index = start < 0 ? view.top : start + Math.min(line, lines - 1);
	return Math.max(0, Math.min(index, total(shape) - 1));
}

function withIndex(view: LedgerView, index: number, top: number, shape: LedgerShape): LedgerView {
	const reached = Math.max(0, Math.min(index, total(shape) - 1));
	return {
		...view,
		aim: null,
		cursor: placeAt(shape, reached),
		top: topFor(top, reached, shape.height, total(shape)),
	};
}

/** The state with the open ledger beginning where it should: at the number in question, or where the cursor is seen. */
export function fittedLedger(state: Session, layout: Layout): Session {
	const { explained: view } = state;
	if (view === null) {
		return state;
	}
	const shape = layout.ledgerShape(state);
	const { aim } = view;
	if (aim !== null) {
		const first = startOf(shape, (id) => id.startsWith(`${aim}/`));
		const begin =
			aim === 'memory'
				? 0
				: Math.max(
						0,
						startOf(shape, (id) => id === aim),
					);
		const top = Math.max(0, Math.min(begin, total(shape) - shape.height));
		return { ...state, explained: { ...view, cursor: first < 0 ? view.cursor : placeAt(shape, first), top } };
	}
	const top = topFor(view.top, ledgerIndex(view, shape), shape.height, total(shape));
	return top === view.top ? state : { ...state, explained: { ...view, top } };
}

/** The state after a key that moves through the open ledger. */
export function scrolledLedger(state: Session, motion: Motion, layout: Layout): Session {
	const { explained: view } = state;
	if (view === null) {
		return state;
	}
	const shape = layout.ledgerShape(state);
	const page = Math.max(1, shape.height - 1);
	const half = Math.max(1, Math.floor(shape.height / 2));
	const step = stepOf(motion, page, half);
	// A step takes the cursor along and the screen only where it must; a page takes both.
	const shift = Math.abs(step) === 1 ? 0 : step;
	return {
		...state,
		explained: withIndex(view, ledgerIndex(view, shape) + step, view.top + shift, shape),
	};
}

/** The state with the block under the cursor unfolded or folded; its first line stays under the cursor. */
export function folded(state: Session, how: 'toggle' | 'fold', layout: Layout): Session {
	const { explained: view } = state;
	if (view === null) {
		return state;
	}
	const shape = layout.ledgerShape(state);
	const { block: id } = placeAt(shape, ledgerIndex(view, shape));
	const block = shape.blocks.find((one) => one.id === id);
	const isUnfolded = view.unfolded.includes(id);
	if (block === undefined || !block.folds || (how === 'fold' && !isUnfolded)) {
		return state;
	}
	const unfolded = isUnfolded ? view.unfolded.filter((one) => one !== id) : [...view.unfolded, id];
	return { ...state, explained: { ...view, aim: null, cursor: { block: id, line: 0 }, unfolded } };
}

/** The state with every block unfolded, or folded if any is unfolded. */
export function foldedAll(state: Session, layout: Layout): Session {
	const { explained: view } = state;
	if (view === null) {
		return state;
	}
	const { blocks } = layout.ledgerShape(state);
	const unfolded = view.unfolded.length > 0 ? [] : blocks.filter(({ folds }) => folds).map(({ id }) => id);
	return { ...state, explained: { ...view, aim: null, cursor: { ...view.cursor, line: 0 }, unfolded } };
}
