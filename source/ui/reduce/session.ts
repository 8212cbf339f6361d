/** What the screen keeps beside what it shows: how to go on from here. The panes see only the `ScreenState` in it. */
import type { FromHost, ListName, ListQuery, Rows, Subject, ToHost } from '../../monitor/messages.ts';
import type { ListState, OwnCost, ScreenState, Size, Step } from '../state.ts';

export interface ListSession extends ListState {
	/** The cursor was never moved off the top: it stays on the first page rather than follow its row away from it. */
	pinned: boolean;
	/** The standing query; null: none, or taken back. */
	asked: ListQuery | null;
	/** `cursorIndex` when it was asked: where the window lies that the answer will bring. */
	askedIndex: number;
	/** Answers to older queries than this one belong to another scope. */
	scopedSince: number;
	/** Answers from this query on obey the filter and the sort as they are now. */
	arrangedSince: number;
}

/** Where Esc goes back to, with all that is needed to be there again. */
export interface Place extends Step {
	filters: Record<ListName, string>;
	indices: Record<ListName, number>;
	tops: Record<ListName, number>;
	pins: Record<ListName, boolean>;
	containersOfAll: boolean;
	/** The list that Enter went to, and the filter that it put on it. */
	entered: { list: ListName; filter: string };
}

/** What arrives while the screen is frozen. */
export interface Held {
	rows: Partial<Record<ListName, Rows>>;
	cluster: Extract<FromHost, { type: 'cluster' }> | null;
	detail: Extract<FromHost, { type: 'detail' }> | null;
	ledger: Extract<FromHost, { type: 'ledger' }> | null;
}

export interface Session extends ScreenState {
	lists: Record<ListName, ListSession>;
	trail: readonly Place[];
	/** The containers of all pods are listed, not those of the pod under the cursor. */
	containersOfAll: boolean;
	/** The subject that the host was asked about. */
	askedSubject: Subject | null;
	/** The subject whose ledger the host was asked for. */
	askedLedger: Subject | null;
	held: Held;
	/** Where the cursor was when the filter prompt was opened: Esc brings it back. */
	beforeFilter: Partial<ListSession>;
	/** Enter or x whose row has not arrived yet, and the keys typed after it: they wait, in order. null: nothing waits. */
	typedAhead: readonly string[] | null;
}

/** The blocks of a ledger with the number of their lines. */
export interface LedgerShape {
	blocks: readonly { id: string; folds: boolean; lines: number }[];
	height: number;
}

/** What a screen of this size shows; the panes know. */
export interface Layout {
	/** How many rows of that list fit on screen now (0: it is hidden). */
	visibleWindow(state: ScreenState, list: ListName): number;
	visibleLists(state: ScreenState): ListName[];
	detailVisible(state: ScreenState): boolean;
	/** Other panes stand beside that list: a terminal cannot scroll it alone, so each row that moves is written. */
	sharesLines(state: ScreenState, list: ListName): boolean;
	/** The furthest that the help sheet can be scrolled. */
	helpEnd(state: ScreenState): number;
	/** The furthest that the open proof can be scrolled. */
	proofEnd(state: ScreenState): number;
	/** The subject under the cursor has room for its ledger beside its facts. */
	ledgerVisible(state: ScreenState): boolean;
	/** The open ledger from its first line to its last, and how many of them are on screen. */
	ledgerShape(state: ScreenState): LedgerShape;
}

/** What comes of an action: the new state, what the host must be told, and whether the program goes on. */
export interface Reduction {
	state: Session;
	send: readonly ToHost[];
	leave: 'quit' | 'suspend' | null;
	/** Goes to the clipboard of whoever sits at the terminal. */
	copy?: string;
}

/** Before anything has been measured. */
export const unmeasured: OwnCost = {
	frames: Number.NaN,
	bytes: Number.NaN,
	eventLoopDelay: Number.NaN,
	residentMemory: Number.NaN,
};

export const listNames: readonly ListName[] = ['nodes', 'pods', 'containers', 'diagnostics', 'processes'];

export const nothingHeld: Held = { rows: {}, cluster: null, detail: null, ledger: null };

/** The same for each list. */
export function forEachList<T>(make: (list: ListName) => T): Record<ListName, T> {
	return {
		nodes: make('nodes'),
		pods: make('pods'),
		containers: make('containers'),
		processes: make('processes'),
		diagnostics: make('diagnostics'),
	};
}

const firstSort: Record<ListName, ListState['sort']> = {
	nodes: { column: 'name', descending: false },
	pods: { column: 'cpu', descending: true },
	containers: { column: 'cpu', descending: true },
	processes: { column: 'cpu', descending: true },
	diagnostics: { column: 'severity', descending: true },
};

function firstList(list: ListName): ListSession {
	return {
		scope: {},
		filter: '',
		sort: firstSort[list],
		cursor: null,
		cursorIndex: 0,
		top: 0,
		sequence: 0,
		answer: null,
		pinned: true,
		asked: null,
		askedIndex: 0,
		scopedSince: 0,
		arrangedSince: 0,
	};
}

/** The screen before anything is known. */
export function initialSession(size: Size): Session {
	return {
		size,
		focus: 'pods',
		lists: forEachList(firstList),
		trail: [],
		passing: null,
		cluster: null,
		subject: null,
		detail: null,
		explained: null,
		proof: null,
		ledger: null,
		detailOpen: false,
		fullscreen: false,
		wide: false,
		frozenAt: Number.NaN,
		help: { open: false, top: 0 },
		prompt: null,
		namespaces: [],
		cost: null,
		notice: '',
		containersOfAll: false,
		askedSubject: null,
		askedLedger: null,
		held: nothingHeld,
		beforeFilter: {},
		typedAhead: null,
	};
}

export function isFrozen(state: ScreenState): boolean {
	return !Number.isNaN(state.frozenAt);
}

/** The state with some fields of one list changed. */
export function withList(state: Session, list: ListName, change: Partial<ListSession>): Session {
	return { ...state, lists: { ...state.lists, [list]: { ...state.lists[list], ...change } } };
}

/** The answer at hand belongs to another scope: its rows are none that a key could mean. */
export function isOutOfScope(list: ListSession): boolean {
	return list.answer !== null && list.answer.sequence < list.scopedSince;
}

/** The row under a list's cursor, if it has arrived. */
export function rowUnderCursor(list: ListSession): Rows['rows'][number] | undefined {
	return isOutOfScope(list) ? undefined : list.answer?.rows[list.cursorIndex - list.answer.offset];
}
