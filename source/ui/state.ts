/** All that the screen knows: plain data, changed only by `reduce` (`reducer.ts`), drawn only by pure functions of it. */
import type { Finding } from '../model/finding.ts';
import type { NoSampleCode } from '../model/usage.ts';
import type {
	ClusterStatus,
	Detail,
	ListName,
	Rows,
	Scope,
	Sort,
	Subject,
	SubjectLedger,
} from '../monitor/messages.ts';

export interface Size {
	columns: number;
	rows: number;
}

/** One list pane: what it asks of the host, where its cursor is, and the newest answer. */
export interface ListState {
	scope: Scope;
	filter: string;
	sort: Sort;
	/** Uid of the row under the cursor; it stays there while rows move. null until the first answer. */
	cursor: string | null;
	/** Index of that row in the matched order, as far as known. */
	cursorIndex: number;
	/** Index of the first row on screen. */
	top: number;
	/** Number of the newest query; answers to older ones are still drawn if nothing else is there. */
	sequence: number;
	answer: Rows | null;
}

export type PromptKind = 'filter' | 'command' | 'namespace' | 'sort';

/** The one line that takes text. */
export interface Prompt {
	kind: PromptKind;
	text: string;
	/** Cursor position in characters. */
	position: number;
	/** What can be completed to or chosen from, best first, and which of them is selected. */
	choices: readonly string[];
	selected: number;
	/** The filter as it was before, for Esc. */
	before: string;
}

/** Where Esc goes back to. */
export interface Step {
	focus: ListName;
	scopes: Record<ListName, Scope>;
	cursors: Record<ListName, string | null>;
}

/** The ledger that fills the screen. */
export interface LedgerView {
	subject: Subject;
	/** `web/api-1 · app`, `node n03`. */
	title: string;
	/** The number that it was opened for, where it begins until a key moves in it; null since then. */
	aim: 'memory' | 'cpu' | null;
	/** The line under the cursor: a block, and which of its lines. */
	cursor: { block: string; line: number };
	/** Index of the first line on screen. */
	top: number;
	/** Ids of the blocks that are unfolded. */
	unfolded: readonly string[];
}

/** A number that is not there. */
export interface MissingSample {
	code: NoSampleCode;
	/** `node/n03`, `pod/web/api-1`: what findings are about. */
	subject: string;
	/** The node that it is on, or is. */
	node: string;
	/** As the screen calls it. */
	title: string;
}

/** The proof that fills the screen: of a finding, or of whatever explains a missing sample. */
export interface ProofView {
	finding: Finding | null;
	missing: MissingSample | null;
	/** Index of the first line on screen. */
	top: number;
}

/** What the screen itself has cost. NaN: not known. */
export interface OwnCost {
	/** Frames and bytes written to the terminal since the start. */
	frames: number;
	bytes: number;
	/** The 99th percentile of how late the event loop of the screen came, in the last second: ms. */
	eventLoopDelay: number;
	/** Of the whole process, the data host in it: bytes. */
	residentMemory: number;
}

export interface ScreenState {
	size: Size;
	/** The pane that the keys go to. */
	focus: ListName;
	lists: Record<ListName, ListState>;
	trail: readonly Step[];
	/**
	 * While keys run through the focused list: uid of the row that they left. What stands beside the list stays with that
	 * row until they come to rest. null: they rest.
	 */
	passing: string | null;
	cluster: ClusterStatus | null;
	/** What the detail shows (follows the cursor) and the host's newest answer for it. */
	subject: Subject | null;
	detail: Detail | null;
	/** null while none is open. */
	explained: LedgerView | null;
	/** The host's newest ledger, of `explained` or of what the detail is about. */
	ledger: SubjectLedger | null;
	/** null while none is open. */
	proof: ProofView | null;
	/** The detail fills the screen (Enter on a container, `d`). */
	detailOpen: boolean;
	/** The focused pane fills the screen. */
	fullscreen: boolean;
	wide: boolean;
	/** Data that arrives is not shown until unfrozen; `frozenAt` is the server's time of what is shown, NaN if live. */
	frozenAt: number;
	help: { open: boolean; top: number };
	prompt: Prompt | null;
	namespaces: readonly string[];
	/** What whytop costs, in the line over the keys; null: hidden. */
	cost: OwnCost | null;
	/** A short word about the last key (`e edits in k9s; whytop only reads`), '' if none. */
	notice: string;
}
