/** The cursor of a list and the part of the list that is on screen. Keys move them at once, whatever has arrived. */
import { findingKey } from '../../model/finding.ts';
import type { Rows } from '../../monitor/messages.ts';
import type { ListSession } from './session.ts';

type Row = Rows['rows'][number];

export type Motion = 'up' | 'down' | 'top' | 'bottom' | 'pageUp' | 'pageDown' | 'halfPageUp' | 'halfPageDown';

/** How many lines a motion goes on, negative upwards; ±Infinity to an end. */
export function stepOf(motion: Motion, page: number, half: number): number {
	const steps: Record<Motion, number> = {
		up: -1,
		down: 1,
		top: Number.NEGATIVE_INFINITY,
		bottom: Number.POSITIVE_INFINITY,
		pageUp: -page,
		pageDown: page,
		halfPageUp: -half,
		halfPageDown: half,
	};
	return steps[motion];
}

function clamp(value: number, least: number, most: number): number {
	return Math.max(least, Math.min(value, most));
}

/** Rows kept visible above and below the cursor, so that one sees what comes. */
function context(height: number): number {
	return height >= 8 ? 2 : height >= 4 ? 1 : 0;
}

/** The first row on screen so that the cursor is, with its context, as near to `top` as possible. */
export function topFor(top: number, index: number, height: number, matched: number): number {
	if (height <= 0) {
		return top;
	}
	const around = context(height);
	const least = index + around - height + 1;
	const most = index - around;
	return clamp(clamp(top, least, Math.max(least, most)), 0, Math.max(0, matched - height));
}

/** Rows in the list as far as known. Before the first answer the cursor may run ahead as far as it likes. */
function known(list: ListSession): number {
	return list.answer === null ? Number.POSITIVE_INFINITY : list.answer.matched;
}

/** What a row is known by. A finding is one cause of one subject. */
export function uidOf(row: Row): string {
	return 'uid' in row ? row.uid : findingKey(row);
}

function uidAt(answer: Rows | null, index: number): string | null {
	const row = answer?.rows[index - answer.offset];
	return row === undefined ? null : uidOf(row);
}

function indexOf(answer: Rows, uid: string): number {
	const rows: readonly Row[] = answer.rows;
	const index = rows.findIndex((row) => uidOf(row) === uid);
	return index < 0 ? -1 : answer.offset + index;
}

/** The list with its cursor on the row at `index`; `top` is where the screen would like to begin. */
function at(list: ListSession, index: number, top: number, height: number): ListSession {
	const matched = known(list);
	const reached = clamp(index, 0, Math.max(0, matched - 1));
	return {
		...list,
		cursorIndex: reached,
		cursor: uidAt(list.answer, reached),
		pinned: reached === 0,
		top: topFor(top, reached, height, matched),
	};
}

/** The list with its cursor one row further; where that leads out of what is on screen, it goes on by `stride` rows. */
function stepped(list: ListSession, by: 1 | -1, height: number, stride: number): ListSession {
	const { top } = list;
	const next = at(list, list.cursorIndex + by, top, height);
	const isFurther = next.top !== top && Math.sign(next.top - top) === by;
	return isFurther ? at(list, list.cursorIndex + by, top + by * stride, height) : next;
}

/**
 * The list after a key that moves the cursor; `height` rows of it are on screen, which go on by `stride` rows when a
 * step of the cursor leads out of them.
 */
export function moved(list: ListSession, motion: Motion, height: number, stride = 1): ListSession {
	const { cursorIndex: index, top } = list;
	const page = Math.max(1, height - 1);
	const half = Math.max(1, Math.floor(height / 2));
	switch (motion) {
		case 'up':
			return stepped(list, -1, height, stride);
		case 'down':
			return stepped(list, 1, height, stride);
		case 'top':
			return at(list, 0, 0, height);
		case 'bottom':
			return list.answer === null ? list : at(list, list.answer.matched - 1, top, height);
		case 'pageUp':
			return at(list, index - page, top - page, height);
		case 'pageDown':
			return at(list, index + page, top + page, height);
		case 'halfPageUp':
			return at(list, index - half, top - half, height);
		case 'halfPageDown':
			return at(list, index + half, top + half, height);
	}
}

/** Where the cursor of a list belongs, now that `answer` has come. */
function placed(
	list: ListSession,
	answer: Rows,
	height: number,
): Pick<ListSession, 'cursor' | 'cursorIndex' | 'pinned'> {
	const { cursor, cursorIndex, pinned, asked } = list;
	const onRow = (index: number, isPinned = pinned) => {
		const reached = clamp(index, 0, Math.max(0, answer.matched - 1));
		return { cursor: uidAt(answer, reached), cursorIndex: reached, pinned: isPinned };
	};
	const index = cursor === null ? -1 : indexOf(answer, cursor);
	if (pinned) {
		// On a first page that nobody has moved in, rows may change places under the eye, but the page stays.
		return onRow(index >= 0 && index < height ? index : 0);
	}
	if (cursor === null) {
		return onRow(cursorIndex);
	}
	if (index >= 0) {
		return { cursor, cursorIndex: index, pinned };
	}
	if (asked?.sequence !== answer.sequence || asked.anchor !== cursor) {
		// It is somewhere else in the list; the answer to the next query will say where.
		return { cursor, cursorIndex: clamp(cursorIndex, 0, Math.max(0, answer.matched - 1)), pinned };
	}
	// Its row is gone. If a new filter took it away, the first match is what was looked for.
	const isNewlyFiltered = (list.answer?.sequence ?? -1) < list.arrangedSince && answer.sequence >= list.arrangedSince;
	return isNewlyFiltered ? onRow(0, true) : onRow(cursorIndex);
}

/**
 * The list with an answer of the host in it. The cursor stays on its subject; when that is gone, where it was. The
 * screen begins at the first row if it did before, and moves along with the cursor's row if not.
 */
export function answered(list: ListSession, answer: Rows, height: number): ListSession {
	const place = placed(list, answer, height);
	const isOnFirstPage = list.top === 0 && place.cursorIndex < height;
	const shift = isOnFirstPage ? 0 : place.cursorIndex - list.cursorIndex;
	return { ...list, ...place, answer, top: topFor(list.top + shift, place.cursorIndex, height, answer.matched) };
}

/** The list on a screen of another size. */
export function refitted(list: ListSession, height: number): ListSession {
	const top = topFor(list.top, list.cursorIndex, height, known(list));
	return top === list.top ? list : { ...list, top };
}
