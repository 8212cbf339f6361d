/** The one place where the screen's state changes. Pure: state and action in; new state, messages for the host out. */
import { notThereYet } from '../messages/en/screen.ts';
import type { FromHost } from '../monitor/messages.ts';
import { type Command, commandOf, contextOf } from './keymap.ts';
import { act } from './reduce/act.ts';
import { type Motion, refitted } from './reduce/cursor.ts';
import { fittedLedger } from './reduce/ledger.ts';
import { canOpen, followed } from './reduce/navigate.ts';
import { typed } from './reduce/prompt.ts';
import { asking } from './reduce/query.ts';
import { received } from './reduce/receive.ts';
import { isOutOfScope, type Layout, listNames, type Reduction, type Session, withList } from './reduce/session.ts';
import type { OwnCost, Size } from './state.ts';

export { queriesOf } from './reduce/query.ts';
export type { Layout, Reduction, Session } from './reduce/session.ts';
export { initialSession } from './reduce/session.ts';

export type Action =
	/** A key, by its name in `keymap.ts`. */
	| { type: 'key'; key: string }
	| { type: 'paste'; text: string }
	| { type: 'host'; message: FromHost }
	| { type: 'resize'; size: Size }
	/** What whytop costs; shown if nothing of it was. */
	| { type: 'cost'; cost: OwnCost }
	/** No key has come for a moment. */
	| { type: 'rest' }
	/** What the last keys asked for could have come long ago. */
	| { type: 'overdue' };

function isCharacter(key: string): boolean {
	return [...key].length === 1;
}

/** Keys that run through a list. With the detail over the screen there is nothing else to see, so that it follows. */
const motions: ReadonlySet<Command | undefined> = new Set<Motion>([
	'up',
	'down',
	'top',
	'bottom',
	'pageUp',
	'pageDown',
	'halfPageUp',
	'halfPageDown',
]);

/** What stands beside a list is about the row under the cursor again. */
function atRest(state: Session): Session {
	return state.passing === null ? state : followed({ ...state, passing: null }, state);
}

function pressed(before: Session, key: string, layout: Layout): Reduction {
	const context = contextOf(before);
	const command = commandOf(context, key);
	const passes = context === 'list' && motions.has(command);
	const state = passes ? { ...before, passing: before.passing ?? before.lists[before.focus].cursor } : atRest(before);
	const fresh = state.notice === '' ? state : { ...state, notice: '' };
	if (command !== undefined) {
		return act(fresh, command, layout);
	}
	return { state: context === 'prompt' && isCharacter(key) ? typed(fresh, key) : fresh, send: [], leave: null };
}

/** A key while Enter waits for its row: it waits too, but for the keys that give up waiting. */
function queued(state: Session, waiting: readonly string[], key: string, layout: Layout): Reduction {
	switch (key) {
		case 'esc':
			return { state: { ...state, typedAhead: null }, send: [], leave: null };
		case 'ctrl-c':
		case 'ctrl-z':
			return pressed(state, key, layout);
		default:
			return { state: { ...state, typedAhead: [...waiting, key] }, send: [], leave: null };
	}
}

/** What was asked long enough ago and has not come: old content must not pass for it any longer. */
function withoutOverdue(state: Session): Session {
	let next = state;
	for (const name of listNames) {
		if (isOutOfScope(next.lists[name])) {
			next = withList(next, name, { answer: null });
		}
	}
	const { detail, subject } = next;
	return detail !== null && detail.subject.uid !== subject?.uid ? { ...next, detail: null } : next;
}

/** Each list begins where its cursor can be seen, however much room it has now. */
function fitted(state: Session, layout: Layout): Session {
	let next = state;
	for (const name of listNames) {
		const list = refitted(next.lists[name], layout.visibleWindow(next, name));
		next = list === next.lists[name] ? next : withList(next, name, list);
	}
	return fittedLedger(next, layout);
}

function changed(state: Session, action: Action, layout: Layout): Reduction {
	switch (action.type) {
		case 'key':
			return state.typedAhead === null
				? pressed(state, action.key, layout)
				: queued(state, state.typedAhead, action.key, layout);
		case 'paste':
			return { state: typed(state, action.text), send: [], leave: null };
		case 'host':
			return { state: received(state, action.message, layout), send: [], leave: null };
		case 'resize':
			return { state: { ...state, size: action.size }, send: [], leave: null };
		case 'cost':
			return { state: { ...state, cost: action.cost }, send: [], leave: null };
		case 'rest':
			return { state: atRest(state), send: [], leave: null };
		case 'overdue':
			return { state: withoutOverdue(state), send: [], leave: null };
	}
}

function step(state: Session, action: Action, layout: Layout): Reduction {
	const { state: next, send, ...rest } = changed(state, action, layout);
	const asked = asking(fitted(followed(next, state), layout), layout, action.type === 'rest');
	return { ...rest, state: asked.state, send: [...send, ...asked.send] };
}

/** The keys that waited for a row, one after the other; any of them may begin to wait again. */
function replayed(from: Reduction, keys: readonly string[], layout: Layout): Reduction {
	let result = from;
	for (const key of keys) {
		const { send, leave, ...rest } = step(result.state, { type: 'key', key }, layout);
		result = { ...result, ...rest, send: [...result.send, ...send], leave: result.leave ?? leave };
	}
	return result;
}

/** The state after an action. The screen's size and panes decide what is visible, which is why `layout` is needed. */
export function reduce(state: Session, action: Action, layout: Layout): Reduction {
	let result = step(state, action, layout);
	while (result.state.typedAhead !== null && canOpen(result.state.lists[result.state.focus])) {
		const { typedAhead } = result.state;
		result = replayed({ ...result, state: { ...result.state, typedAhead: null } }, typedAhead, layout);
	}
	const waiting = result.state.typedAhead;
	if (waiting !== null && action.type === 'overdue') {
		// Its row does not come; the keys after Enter must not be lost with it.
		const given = { ...result, state: { ...result.state, typedAhead: null, notice: notThereYet } };
		return replayed(given, waiting.slice(1), layout);
	}
	return result;
}
