/**
 * The screen's state and when it is drawn: a key at once, an answer to a key at once, all other data a few times a
 * second and part after part, and nothing at all when nothing visible changed.
 */
import type { FromHost, HostPort, ToHost } from '../monitor/messages.ts';
import { promptLine } from './components/prompt-line.ts';
import { Drawing } from './drawing.ts';
import { areFirstRows, isAnswered, isAwaiting, isFollowing } from './reduce/awaiting.ts';
import { unmeasured } from './reduce/session.ts';
import { type Action, initialSession, type Layout, type Reduction, reduce, type Session } from './reducer.ts';
import type { ScreenState, Size } from './state.ts';
import type { Meter } from './terminal/meter.ts';
import type { Frame } from './terminal/painter.ts';
import type { Theme } from './theme.ts';

/** The pure functions that draw the state. */
export interface Panes extends Layout {
	/** Each string is exactly as wide as the screen; all together are its lines but the last. */
	composeScreen(
		state: ScreenState,
		theme: Theme,
	): {
		header: readonly string[];
		body: readonly string[];
		footer: readonly string[];
	};
	/** What makes each part of it by itself, of the state that is there by then: composing it has little left to do. */
	prepareParts(state: () => ScreenState, theme: Theme): readonly (() => void)[];
}

/** What is on screen: row strings, each as wide as the screen, and the cursor, if something is being typed. */
export interface View extends Frame {
	size: Size;
}

/** Milliseconds. */
export interface Pace {
	/** Between two paints that only bring new data. */
	data: number;
	/** The same while the screen is filling: for so long after the start, every part is shown as it comes. */
	filling: number;
	whileFilling: number;
	/** How long data is gathered before it is painted, as it comes in several messages. */
	gather: number;
	/** The same of what stands beside the list and was asked with it, and of the first rows of an empty list. */
	beside: number;
	/** How long a key that needs rows which are not at hand may wait for them, so that no half-empty screen flashes. */
	grace: number;
	/** Without a key for so long, keys have come to rest: what stands beside the list follows the cursor. */
	rest: number;
	/** Between two looks at what whytop costs. */
	cost: number;
	/** So much later, what was asked and has not come is given up: its place is cleared. */
	overdue: number;
}

const usualPace: Pace = {
	data: 250,
	filling: 2000,
	whileFilling: 40,
	gather: 10,
	beside: 3,
	grace: 30,
	rest: 100,
	cost: 1000,
	overdue: 100,
};

export interface StoreOptions {
	host: Pick<HostPort, 'send'>;
	panes: Panes;
	theme: Theme;
	size: Size;
	/** What whytop costs is measured by it while it is shown, `isCostShown` from the start. */
	meter?: Pick<Meter, 'start' | 'stop' | 'read'>;
	isCostShown?: boolean;
	onLeave: (how: 'quit' | 'suspend') => void;
	/** Something is to be copied. */
	onCopy?: (text: string) => void;
	/** Something threw while the state was changed or drawn. */
	onCrash: (error: unknown) => void;
	pace?: Partial<Pace>;
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
	return a.length === b.length && a.every((line, index) => line === b[index]);
}

function isSameSize(a: Size, b: Size): boolean {
	return a.columns === b.columns && a.rows === b.rows;
}

/** Without the questions about a list that a later one takes the place of: a word typed at once is one question. */
function newest(messages: readonly ToHost[]): ToHost[] {
	const asked = (message: ToHost) => (message.type === 'list' ? message.query.list : null);
	return messages.filter((message, index) => {
		const list = asked(message);
		return list === null || !messages.slice(index + 1).some((later) => asked(later) === list);
	});
}

export class ScreenStore {
	readonly #options: StoreOptions;
	readonly #pace: Pace;
	readonly #listeners = new Set<() => void>();
	#state: Session;
	#view: View;
	readonly #drawing: Drawing;
	#restTimer: NodeJS.Timeout | undefined;
	/** While what whytop costs is shown. */
	#costTimer: NodeJS.Timeout | undefined;
	/** The list's newest query when the keys came to rest; null once something was drawn after that. */
	#restedAt: number | null = null;
	/** What keys that were typed together ask, until the last of them is done. */
	#held: ToHost[] | null = null;
	#isEnded = false;
	readonly #startedAt = performance.now();

	constructor(options: StoreOptions) {
		this.#options = options;
		this.#pace = { ...usualPace, ...options.pace };
		this.#state = initialSession(options.size);
		this.#view = { size: options.size, lines: [], cursor: null };
		this.#drawing = new Drawing({
			parts: () => options.panes.prepareParts(() => this.#state, options.theme),
			compose: () => this.#compose(),
			show: () => this.#show(),
			onBegin: () => {
				this.#restedAt = null;
			},
			onCrash: options.onCrash,
			gather: this.#pace.gather,
		});
	}

	/** Asks the first queries and draws the first frame. */
	start(): void {
		this.#reduce({ type: 'resize', size: this.#options.size });
		if (this.#options.isCostShown === true) {
			this.#reduce({ type: 'cost', cost: unmeasured });
		}
		this.#drawing.now();
	}

	get state(): Session {
		return this.#state;
	}

	readonly view = (): View => this.#view;

	/** For `useSyncExternalStore`. */
	readonly subscribe = (listener: () => void): (() => void) => {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	};

	/** Keys typed together, in order: on screen when this returns, or as soon as the rows that they need are there. */
	press(keys: readonly string[]): void {
		this.#dispatch(keys.map((key) => ({ type: 'key', key })));
		clearTimeout(this.#restTimer);
		if (!this.#isEnded) {
			this.#restTimer = setTimeout(() => this.#rest(), this.#pace.rest);
		}
	}

	paste(text: string): void {
		this.#dispatch([{ type: 'paste', text }]);
	}

	resize(size: Size): void {
		this.#dispatch([{ type: 'resize', size }]);
	}

	/** A message of the host's. */
	receive(message: FromHost): void {
		const before = this.#state;
		// Keys that waited for these rows may lead out.
		const leave = this.#reduce({ type: 'host', message })?.leave ?? null;
		if (this.#state !== before) {
			this.#drawing.within(this.#delay(message, before));
		}
		if (leave !== null) {
			this.#options.onLeave(leave);
		}
	}

	/** Ends all timers: nothing is drawn or sent any more. */
	end(): void {
		this.#isEnded = true;
		this.#drawing.end();
		clearTimeout(this.#restTimer);
		this.#stopMeasuring();
		this.#listeners.clear();
	}

	#dispatch(actions: readonly Action[]): void {
		let leave: Reduction['leave'] = null;
		this.#held = [];
		for (const action of actions) {
			leave = this.#reduce(action)?.leave ?? null;
			if (leave !== null) {
				break;
			}
		}
		const held = this.#held;
		this.#held = null;
		for (const message of newest(held)) {
			this.#options.host.send(message);
		}
		if (isAwaiting(this.#state, this.#options.panes)) {
			this.#drawing.within(this.#pace.grace);
		} else {
			this.#drawing.now();
		}
		if (leave !== null) {
			this.#options.onLeave(leave);
		}
	}

	#rest(): void {
		const before = this.#state;
		this.#reduce({ type: 'rest' });
		if (this.#state !== before) {
			// What was asked only now is drawn with the answer.
			this.#restedAt = before.lists[before.focus].sequence;
			this.#drawing.within(this.#pace.grace);
		}
		this.#restTimer = setTimeout(() => this.#giveUp(), this.#pace.overdue);
	}

	#giveUp(): void {
		const before = this.#state;
		const leave = this.#reduce({ type: 'overdue' })?.leave ?? null;
		if (this.#state !== before) {
			this.#drawing.now();
		}
		if (this.#state.typedAhead !== null) {
			// The next of the keys that waited waits again.
			this.#restTimer = setTimeout(() => this.#giveUp(), this.#pace.overdue);
		}
		if (leave !== null) {
			this.#options.onLeave(leave);
		}
	}

	#delay(message: FromHost, before: Session): number {
		if (this.#isAwaited(message, before)) {
			return this.#answerDelay(message);
		}
		// Nobody has asked for more than a list, and everybody waits for it.
		const areFirst = message.type === 'rows' && areFirstRows(before, message);
		return areFirst ? this.#pace.beside : this.#dataDelay();
	}

	/** The message answers what the user has just asked for. */
	#isAwaited(message: FromHost, before: Session): boolean {
		switch (message.type) {
			case 'rows':
				return isAnswered(before, message, this.#options.panes);
			case 'detail':
				return before.detail?.subject.uid !== message.subject.uid;
			case 'ledger':
				return before.ledger?.subject.uid !== message.subject.uid;
			case 'namespaces':
				return before.prompt !== null;
			default:
				return before.cluster === null;
		}
	}

	/** What was asked for only when the keys had come to rest is drawn together: each part by itself would be drawn over. */
	#answerDelay(message: FromHost): number {
		const isOfList = message.type === 'rows' && message.list === this.#state.focus;
		if (this.#restedAt !== null && !(isOfList && message.sequence <= this.#restedAt)) {
			return isFollowing(this.#state) ? this.#pace.grace : 0;
		}
		const isBeside = !isOfList && (message.type === 'rows' || message.type === 'detail');
		return isBeside ? this.#pace.beside : 0;
	}

	#dataDelay(): number {
		const now = performance.now();
		const { data, filling, gather, whileFilling } = this.#pace;
		const between = now - this.#startedAt < filling ? Math.min(data, whileFilling) : data;
		return Math.max(gather, this.#drawing.beganAt + between - now);
	}

	#reduce(action: Action): Reduction | undefined {
		if (this.#isEnded) {
			return undefined;
		}
		try {
			const result = reduce(this.#state, action, this.#options.panes);
			this.#state = result.state;
			this.#measure();
			for (const message of result.send) {
				this.#send(message);
			}
			if (result.copy !== undefined) {
				this.#options.onCopy?.(result.copy);
			}
			return result;
		} catch (error) {
			this.#options.onCrash(error);
			return undefined;
		}
	}

	/** Measures while that is shown, and only then. */
	#measure(): void {
		const { meter } = this.#options;
		if (this.#state.cost === null) {
			this.#stopMeasuring();
		} else if (this.#costTimer === undefined && meter !== undefined) {
			meter.start();
			this.#costTimer = setInterval(() => {
				this.#reduce({ type: 'cost', cost: meter.read() });
				this.#drawing.now();
			}, this.#pace.cost);
		}
	}

	#stopMeasuring(): void {
		if (this.#costTimer !== undefined) {
			clearInterval(this.#costTimer);
			this.#costTimer = undefined;
			this.#options.meter?.stop();
		}
	}

	#send(message: ToHost): void {
		if (this.#held === null) {
			this.#options.host.send(message);
		} else {
			this.#held.push(message);
		}
	}

	#show(): void {
		for (const listener of this.#listeners) {
			listener();
		}
	}

	#compose(): void {
		const { size, prompt } = this.#state;
		const { theme, panes } = this.#options;
		const { header, body, footer } = panes.composeScreen(this.#state, theme);
		const lines = [...header, ...body, ...footer];
		let cursor: View['cursor'] = null;
		if (prompt !== null) {
			const y = header.length + body.length;
			const { text, column } = promptLine(prompt, size.columns, theme);
			lines[y] = text;
			cursor = { x: column, y };
		}
		const before = this.#view;
		this.#view = {
			size: isSameSize(size, before.size) ? before.size : size,
			lines: isSame(lines, before.lines) ? before.lines : lines,
			cursor: cursor?.x === before.cursor?.x && cursor?.y === before.cursor?.y ? before.cursor : cursor,
		};
	}
}
