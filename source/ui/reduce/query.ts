/** Which windows of which lists the host is asked for. Derived from the state; keys only ever change the state. */
import type { ListName, ListQuery, Subject, ToHost } from '../../monitor/messages.ts';
import { uidOf } from './cursor.ts';
import type { Layout, ListSession, Session } from './session.ts';
import { listNames, rowUnderCursor, withList } from './session.ts';

/** Pages of rows that a window holds: about one and a half before and behind what is on screen. */
const pages = 4;

/** The window that would suit the list as it is now. */
function wanted(name: ListName, list: ListSession, height: number): ListQuery {
	const count = pages * Math.max(8, height);
	const anchor = list.pinned ? null : list.cursor;
	return {
		list: name,
		sequence: list.sequence,
		scope: list.scope,
		filter: list.filter,
		sort: list.sort,
		anchor,
		offset: list.pinned ? 0 : Math.max(0, list.cursorIndex - Math.floor(count / 2)),
		count,
	};
}

export function isSameScope(a: ListQuery['scope'], b: ListQuery['scope']): boolean {
	return a.node === b.node && a.pod === b.pod && a.namespace === b.namespace;
}

function isSameArrangement(a: ListQuery, b: ListQuery): boolean {
	return a.filter === b.filter && a.sort.column === b.sort.column && a.sort.descending === b.sort.descending;
}

/** The rows of the window, from and to, that the standing query brings or has brought. */
function window(list: ListSession, asked: ListQuery): readonly [from: number, to: number] {
	const { answer } = list;
	const isAnswered = answer !== null && answer.sequence === asked.sequence;
	if (isAnswered && !answer.following) {
		return [answer.offset, answer.offset + answer.rows.length];
	}
	const anchorIndex = isAnswered ? answer.anchorIndex : asked.anchor === null ? -1 : list.askedIndex;
	const from = Math.max(0, anchorIndex < 0 ? asked.offset : anchorIndex - Math.floor(asked.count / 2));
	return [from, from + asked.count];
}

/** What is on screen, with the page before and the page after it, lies within the window of the standing query. */
function suffices(list: ListSession, asked: ListQuery, height: number): boolean {
	const [from, to] = window(list, asked);
	const margin = height;
	const matched = list.answer?.matched ?? Number.POSITIVE_INFINITY;
	const isAboveFine = from === 0 || list.top - margin >= from;
	const isBelowFine = to >= matched || list.top + height + margin <= to;
	return isAboveFine && isBelowFine;
}

/** The answer is there, and the cursor's row is not in it: it moved away, or is gone. */
function hasLostCursor(list: ListSession, asked: ListQuery): boolean {
	const { answer, cursor } = list;
	if (answer === null || cursor === null || answer.sequence !== asked.sequence || list.pinned) {
		return false;
	}
	const row = rowUnderCursor(list);
	return row === undefined || uidOf(row) !== cursor;
}

function isSameWindow(a: ListQuery, b: ListQuery): boolean {
	return a.anchor === b.anchor && a.offset === b.offset && a.count === b.count;
}

/** Whether the host must be asked again at once; when keys have come to rest, `isAtRest`, also for a better window. */
function mustAsk(list: ListSession, next: ListQuery, height: number, isAtRest: boolean): boolean {
	const { asked } = list;
	if (asked === null || !isSameScope(asked.scope, next.scope) || !isSameArrangement(asked, next)) {
		return true;
	}
	if (isSameWindow(asked, next)) {
		return false;
	}
	return (
		next.count > asked.count ||
		!suffices(list, asked, height) ||
		hasLostCursor(list, asked) ||
		(isAtRest && asked.anchor !== next.anchor)
	);
}

function askedAgain(list: ListSession, next: ListQuery): ListSession {
	const { asked } = list;
	const sequence = list.sequence + 1;
	const isScoped = asked !== null && isSameScope(asked.scope, next.scope);
	const isArranged = isScoped && isSameArrangement(asked, next);
	// If a new filter takes the cursor's row away, the first matches are wanted: asked for with it, not after it.
	const offset = isArranged || next.anchor === null ? next.offset : 0;
	return {
		...list,
		sequence,
		asked: { ...next, sequence, offset },
		askedIndex: list.cursorIndex,
		scopedSince: isScoped ? list.scopedSince : sequence,
		arrangedSince: isArranged ? list.arrangedSince : sequence,
	};
}

/** The same node, pod or container. */
export function isSameSubject(a: Subject | null, b: Subject | null): boolean {
	return a?.kind === b?.kind && a?.uid === b?.uid;
}

/** The lists that the host is asked for now. */
function neededLists(state: Session, layout: Layout): ReadonlySet<ListName> {
	const needed = new Set(layout.visibleLists(state));
	needed.add(state.focus);
	if (state.proof !== null) {
		needed.add('diagnostics');
	}
	return needed;
}

/**
 * The state with the queries that it needs, and the messages that ask them. A key that stays within the rows at hand
 * asks nothing; `isAtRest` says that no key has come for a moment, so that the host may learn where the cursor is.
 */
export function asking(state: Session, layout: Layout, isAtRest: boolean): { state: Session; send: ToHost[] } {
	const send: ToHost[] = [];
	const needed = neededLists(state, layout);
	let next = state;
	for (const name of listNames) {
		const list = next.lists[name];
		if (!needed.has(name)) {
			if (list.asked !== null) {
				next = withList(next, name, { asked: null });
				send.push({ type: 'unlist', list: name });
			}
			continue;
		}
		const height = layout.visibleWindow(next, name);
		const query = wanted(name, list, height);
		if (mustAsk(list, query, height, isAtRest)) {
			const asked = askedAgain(list, query);
			next = withList(next, name, asked);
			send.push({ type: 'list', query: asked.asked ?? query });
		}
	}
	const subject = layout.detailVisible(next) ? next.subject : null;
	if (!isSameSubject(subject, next.askedSubject)) {
		next = { ...next, askedSubject: subject };
		send.push({ type: 'detail', subject });
	}
	const asked = askingLedger(next, layout, isAtRest);
	return { state: asked.state, send: [...send, ...asked.send] };
}

/** A ledger costs questions of its own: that of a subject which the cursor only passes by is not asked for. */
function askingLedger(state: Session, layout: Layout, isAtRest: boolean): { state: Session; send: ToHost[] } {
	const beside = layout.ledgerVisible(state) ? state.subject : null;
	const subject = state.explained?.subject ?? beside;
	const waits = state.explained === null && subject !== null && !isAtRest;
	if (waits || isSameSubject(subject, state.askedLedger)) {
		return { state, send: [] };
	}
	return { state: { ...state, askedLedger: subject }, send: [{ type: 'ledger', subject }] };
}

/** The standing queries: what the host has been asked and keeps answering. */
export function queriesOf(state: Session): ListQuery[] {
	return listNames.flatMap((name) => state.lists[name].asked ?? []);
}
