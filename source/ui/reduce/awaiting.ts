/** What the screen still waits for: of the list that the keys go to, and of what stands beside it. Pure. */
import type { Rows } from '../../monitor/messages.ts';
import { isOutOfScope, type Layout, type Session } from './session.ts';

/** All rows that are on screen are at hand. */
function isFilled(state: Session, { visibleWindow }: Layout): boolean {
	const { answer, top } = state.lists[state.focus];
	const end = Math.min(top + visibleWindow(state, state.focus), answer?.matched ?? 0);
	return answer !== null && top >= answer.offset && end <= answer.offset + answer.rows.length;
}

/** Rows that should be on screen have been asked for and have not arrived. */
export function isAwaiting(state: Session, layout: Layout): boolean {
	const list = state.lists[state.focus];
	const { answer, asked } = list;
	if (asked === null || (answer !== null && !answer.following && asked.sequence <= answer.sequence)) {
		return false;
	}
	return (
		answer === null ||
		isOutOfScope(list) ||
		// In another order or by another filter: the rows before would be drawn only to be drawn over.
		list.arrangedSince > answer.sequence ||
		answer.rows[list.cursorIndex - answer.offset] === undefined ||
		!isFilled(state, layout)
	);
}

/** What stands beside the list has been asked for and is not all there yet. */
export function isFollowing({ askedSubject, detail, focus, lists }: Session): boolean {
	const lacksDetail =
		askedSubject !== null && askedSubject.kind !== 'process' && detail?.subject.uid !== askedSubject.uid;
	const lacksRows = Object.entries(lists).some(
		([name, { answer, asked }]) => name !== focus && asked !== null && asked.sequence > (answer?.sequence ?? -1),
	);
	return lacksDetail || lacksRows;
}

/**
 * These rows answer what the user has asked for, and the screen will be another: rows that were asked for only to be at
 * hand for the next keys change nothing on it.
 */
export function isAnswered(state: Session, rows: Rows, layout: Layout): boolean {
	const { answer } = state.lists[rows.list];
	if (answer === null || (answer.counting && !rows.counting)) {
		return true;
	}
	const isNew = rows.sequence > answer.sequence || (answer.following && !rows.following);
	return isNew && (rows.list !== state.focus || isAwaiting(state, layout));
}

/** The list that the keys go to was empty, and these are its first rows. */
export function areFirstRows({ focus, lists }: Session, rows: Rows): boolean {
	return rows.list === focus && rows.rows.length > 0 && lists[focus].answer?.rows.length === 0;
}
