/** From pane to pane: Enter goes deeper, Esc comes back to where one was. */
import { nothingHere, processesOfThisMachine } from '../../messages/en/screen.ts';
import type { Finding } from '../../model/finding.ts';
import type { ContainerRow, ListName, NodeRow, PodRow, Scope, Subject } from '../../monitor/messages.ts';
import { filtered } from './prompt.ts';
import { isSameScope, isSameSubject } from './query.ts';
import {
	forEachList,
	isOutOfScope,
	type ListSession,
	listNames,
	type Place,
	rowUnderCursor,
	type Session,
	withList,
} from './session.ts';

function placeOf(state: Session): Omit<Place, 'entered'> {
	return {
		focus: state.focus,
		scopes: forEachList((list) => state.lists[list].scope),
		cursors: forEachList((list) => state.lists[list].cursor),
		filters: forEachList((list) => state.lists[list].filter),
		indices: forEachList((list) => state.lists[list].cursorIndex),
		tops: forEachList((list) => state.lists[list].top),
		pins: forEachList((list) => state.lists[list].pinned),
		containersOfAll: state.containersOfAll,
	};
}

/** The list as it begins: at the top, with no rows of another scope in it. */
const atTheTop: Partial<ListSession> = { cursor: null, cursorIndex: 0, top: 0, pinned: true, answer: null };

/** The state with a list narrowed to a scope. */
function scoped(state: Session, list: ListName, scope: Scope): Session {
	return isSameScope(state.lists[list].scope, scope) ? state : withList(state, list, { scope, ...atTheTop });
}

/** The state with the keys going to a list. */
export function focused(state: Session, focus: ListName): Session {
	return { ...state, focus };
}

/** The state with the keys going to another list, of that scope, from where Esc comes back. */
function entered(state: Session, list: ListName, scope: Scope, filter = ''): Session {
	const place: Place = { ...placeOf(state), entered: { list, filter } };
	const there = scoped({ ...state, trail: [...state.trail, place], focus: list, detailOpen: false }, list, scope);
	const now = there.lists[list];
	return now.filter === filter ? there : withList(there, list, { filter, ...atTheTop, answer: now.answer });
}

/** Goes to what a finding is about: its subject reads `node/n05`, `pod/web/api-1`, `namespace/web`. */
function openFinding(state: Session, finding: Finding): Session {
	const [kind, ...path] = finding.subject.split('/');
	const name = path.at(-1);
	if (name === undefined || (kind !== 'node' && kind !== 'pod')) {
		return { ...state, notice: nothingHere };
	}
	const list = kind === 'node' ? 'nodes' : 'pods';
	return entered(state, list, {}, name);
}

/** A pod's containers; of this machine, a group that is its only member's name over again has its processes below. */
function openedPod(state: Session, { totalContainers, uid }: PodRow): Session {
	if (isLocal(state) && totalContainers === 1) {
		return entered(state, 'processes', { pod: uid });
	}
	return { ...entered(state, 'containers', { pod: uid }), containersOfAll: false };
}

/** A container's processes, where they can be seen; else all that is known of it. */
function openedContainer(state: Session, { podUid, uid }: ContainerRow): Session {
	return isLocal(state) ? entered(state, 'processes', { pod: podUid, container: uid }) : { ...state, detailOpen: true };
}

function isLocal({ cluster }: Session): boolean {
	return cluster !== null && cluster.local !== null;
}

/** All processes of this machine. */
export function allProcesses(state: Session): Session {
	if (!isLocal(state)) {
		return { ...state, notice: processesOfThisMachine };
	}
	const isThere = state.focus === 'processes' && isSameScope(state.lists.processes.scope, {});
	return isThere ? state : entered(state, 'processes', {});
}

/**
 * Enter: node → its pods → the pod's containers → the container in detail, or its processes; a finding → what it is
 * about.
 */
export function openedRow(state: Session): Session {
	const row = rowUnderCursor(state.lists[state.focus]);
	if (row === undefined) {
		return { ...state, notice: nothingHere };
	}
	switch (state.focus) {
		case 'nodes':
			return entered(state, 'pods', { node: (row as NodeRow).name });
		case 'pods':
			return openedPod(state, row as PodRow);
		case 'containers':
			return openedContainer(state, row as ContainerRow);
		case 'processes':
			return { ...state, notice: nothingHere };
		case 'diagnostics':
			return openFinding(state, row as Finding);
	}
}

/** Whether the row that Enter means has arrived, or is known not to exist. */
export function canOpen(list: ListSession): boolean {
	const isEmpty = list.answer !== null && !isOutOfScope(list) && list.answer.matched === 0 && !list.answer.loading;
	return isEmpty || rowUnderCursor(list) !== undefined;
}

function returned(state: Session, place: Place): Session {
	let back: Session = {
		...state,
		focus: place.focus,
		containersOfAll: place.containersOfAll,
		trail: state.trail.slice(0, -1),
	};
	for (const list of listNames) {
		const scope = place.scopes[list];
		const filter = place.filters[list];
		const now = state.lists[list];
		if (!isSameScope(now.scope, scope) || now.filter !== filter) {
			const answer = isSameScope(now.scope, scope) ? now.answer : null;
			const cursor = place.cursors[list];
			const position = { cursor, cursorIndex: place.indices[list], top: place.tops[list], pinned: place.pins[list] };
			back = withList(back, list, { scope, filter, answer, ...position });
		}
	}
	return back;
}

/** Esc: closes what is open, else clears the filter, else goes back to where Enter came from. null: nothing of that. */
export function wentBack(state: Session, keepsFilter: boolean): Session | null {
	if (state.detailOpen) {
		return { ...state, detailOpen: false };
	}
	if (state.fullscreen) {
		return { ...state, fullscreen: false };
	}
	const place = state.trail.at(-1);
	// A filter that Enter brought along goes with it; one that was typed since goes first.
	const brought = place?.entered.list === state.focus ? place.entered.filter : '';
	const { filter } = state.lists[state.focus];
	if (!keepsFilter && filter !== '' && filter !== brought) {
		return filtered(state, brought);
	}
	return place === undefined ? null : returned(state, place);
}

/** Containers of all pods, until one goes back. */
export function allContainers(state: Session): Session {
	return state.containersOfAll && state.focus === 'containers'
		? state
		: { ...entered(state, 'containers', {}), containersOfAll: true };
}

/** What the cursor is on; null: on nothing; undefined: its row has not arrived, or is no subject. */
export function subjectUnderCursor(state: Session): Subject | null | undefined {
	const list = state.lists[state.focus];
	const row = rowUnderCursor(list);
	if (row === undefined) {
		return list.answer?.matched === 0 && !isOutOfScope(list) ? null : undefined;
	}
	if (!('uid' in row) || 'pid' in row) {
		return undefined;
	}
	if (state.focus === 'nodes') {
		return { kind: 'node', uid: row.uid };
	}
	return 'podUid' in row ? { kind: 'container', uid: row.uid, podUid: row.podUid } : { kind: 'pod', uid: row.uid };
}

/** Scope of the containers: those of the pod that the cursor of the pods is on. undefined: not known yet. */
function containerScope(state: Session): Scope | undefined {
	const { cursor, answer } = state.lists.pods;
	if (state.containersOfAll) {
		return {};
	}
	if (cursor !== null) {
		return { pod: cursor };
	}
	return answer?.matched === 0 ? { pod: '' } : undefined;
}

/**
 * The state with the detail and the containers following the cursor, once keys do not run through the list any more:
 * rows that the cursor only passes by are not worth asking about, nor the bytes to draw them. Their old content stays
 * until the new arrives.
 */
export function followed(state: Session, before: Session): Session {
	if (state.passing !== null) {
		return state;
	}
	const subject = subjectUnderCursor(state);
	let next = subject === undefined || isSameSubject(subject, state.subject) ? state : { ...state, subject };
	const isEntered = state.focus === 'containers' && before.focus === 'containers';
	const scope = isEntered ? undefined : containerScope(state);
	const { containers } = next.lists;
	if (scope !== undefined && !isSameScope(containers.scope, scope)) {
		const { answer } = containers;
		next = withList(next, 'containers', { scope, ...atTheTop, answer });
	}
	return next;
}
