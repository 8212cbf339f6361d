/** What arrives from the host, put where it belongs; while the screen is frozen, put aside. */
import type { Detail, FromHost, Rows, SubjectLedger } from '../../monitor/messages.ts';
import { answered, uidOf } from './cursor.ts';
import { withChoices } from './prompt.ts';
import { isSameSubject } from './query.ts';
import type { Layout, Session } from './session.ts';
import { isFrozen, nothingHeld, withList } from './session.ts';

/** Rows that are on screen stay as they were frozen; others, which the user went on to, come as they are now. */
function withFrozenRows(answer: Rows, shown: Rows | null): Rows {
	const frozen = new Map<string, Rows['rows'][number]>();
	for (const row of shown?.rows ?? []) {
		frozen.set(uidOf(row), row);
	}
	return { ...answer, rows: answer.rows.map((row) => frozen.get(uidOf(row)) ?? row) } as Rows;
}

function receivedRows(state: Session, answer: Rows, layout: Layout): Session {
	const list = state.lists[answer.list];
	const shown = list.answer?.sequence ?? -1;
	if (list.asked === null || answer.sequence < list.scopedSince || answer.sequence < shown) {
		return state;
	}
	const height = layout.visibleWindow(state, answer.list);
	if (!isFrozen(state)) {
		return withList(state, answer.list, answered(list, answer, height));
	}
	// What follows the first rows of an answer completes it.
	const isComplete = list.answer?.following !== true;
	if (answer.sequence === shown && isComplete) {
		return { ...state, held: { ...state.held, rows: { ...state.held.rows, [answer.list]: answer } } };
	}
	return withList(state, answer.list, answered(list, withFrozenRows(answer, list.answer), height));
}

function receivedDetail(state: Session, detail: Detail): Session {
	if (detail.subject.uid !== state.askedSubject?.uid || detail.subject.kind !== state.askedSubject.kind) {
		return state;
	}
	const isRefresh = state.detail?.subject.uid === detail.subject.uid;
	return isFrozen(state) && isRefresh ? { ...state, held: { ...state.held, detail } } : { ...state, detail };
}

function receivedLedger(state: Session, ledger: SubjectLedger): Session {
	if (!isSameSubject(ledger.subject, state.askedLedger)) {
		return state;
	}
	const isRefresh = isSameSubject(ledger.subject, state.ledger?.subject ?? null);
	return isFrozen(state) && isRefresh ? { ...state, held: { ...state.held, ledger } } : { ...state, ledger };
}

/** The state with a message of the host in it. */
export function received(state: Session, message: FromHost, layout: Layout): Session {
	switch (message.type) {
		case 'rows':
			return receivedRows(state, message, layout);
		case 'detail':
			return receivedDetail(state, message);
		case 'cluster':
			return isFrozen(state) && state.cluster !== null
				? { ...state, held: { ...state.held, cluster: message } }
				: { ...state, cluster: message };
		case 'namespaces':
			return withChoices({ ...state, namespaces: message.names });
		case 'ledger':
			return receivedLedger(state, message);
		case 'fatal':
			return state;
	}
}

/** Freezes what is shown, or goes on with the newest of what has arrived meanwhile. */
export function freezeToggled(state: Session, layout: Layout): Session {
	if (!isFrozen(state)) {
		return { ...state, frozenAt: state.cluster?.serverTime ?? 0 };
	}
	const { held } = state;
	let live: Session = { ...state, frozenAt: Number.NaN, held: nothingHeld };
	for (const message of [held.cluster, ...Object.values(held.rows), held.detail, held.ledger]) {
		if (message !== null) {
			live = received(live, message, layout);
		}
	}
	return live;
}
