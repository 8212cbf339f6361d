/** Plays keys and answers against the reducer alone. */
import type { Detail, ListQuery, Rows, ToHost } from '../../../source/monitor/messages.ts';
import { uidOf } from '../../../source/ui/reduce/cursor.ts';
import {
	type Action,
	initialSession,
	type Layout,
	type Reduction,
	reduce,
	type Session,
} from '../../../source/ui/reducer.ts';
import { answerOf, clusterStatus, type Fleet, fleetOf } from '../fake-host.ts';

/** Ten rows of each list that is visible. */
export const layout: Layout = {
	visibleWindow: () => 10,
	visibleLists: (state) => [state.focus],
	detailVisible: () => true,
	sharesLines: () => false,
	helpEnd: () => 5,
	ledgerVisible: () => false,
	ledgerShape: () => ({ blocks: [], height: 10 }),
	proofEnd: () => 5,
};

/** Pods and their containers side by side. */
export const wideLayout: Layout = { ...layout, visibleLists: () => ['nodes', 'pods', 'containers', 'diagnostics'] };

export class Player {
	state: Session = initialSession({ columns: 80, rows: 24 });
	readonly sent: ToHost[] = [];
	leave: Reduction['leave'] = null;
	fleet: Fleet;
	readonly #layout: Layout;

	constructor(pods = 100, given: Layout = layout) {
		this.fleet = fleetOf(pods);
		this.#layout = given;
		this.do({ type: 'resize', size: { columns: 80, rows: 24 } });
		this.do({ type: 'host', message: clusterStatus() });
		this.answer();
	}

	do(action: Action): void {
		const { state, send, leave } = reduce(this.state, action, this.#layout);
		this.state = state;
		this.sent.push(...send);
		this.leave = leave;
	}

	press(...keys: string[]): void {
		for (const key of keys) {
			this.do({ type: 'key', key });
		}
	}

	type(text: string): void {
		this.press(...text);
	}

	/** Answers the standing queries of all lists, as the host does when rows changed or a query is new. */
	answer(): void {
		for (const query of this.queries) {
			this.do({ type: 'host', message: answerOf(this.fleet, query) });
		}
	}

	get queries(): ListQuery[] {
		return Object.values(this.state.lists).flatMap(({ asked }) => asked ?? []);
	}

	get asked(): ListQuery {
		const { asked } = this.list;
		if (asked === null) {
			throw new Error('nothing is asked');
		}
		return asked;
	}

	get list() {
		return this.state.lists[this.state.focus];
	}

	/** Uids of the rows on screen. */
	get visible(): (string | undefined)[] {
		const { answer, top } = this.list;
		const rows: Rows['rows'] = answer?.rows ?? [];
		return Array.from({ length: 10 }, (_, line) => {
			const row = rows[top + line - (answer?.offset ?? 0)];
			return row === undefined ? undefined : uidOf(row);
		});
	}

	/** How many messages were sent since this was asked last. */
	sentSince(): ToHost[] {
		return this.sent.splice(0);
	}

	detail(): void {
		const { askedSubject: subject } = this.state;
		if (subject !== null) {
			const detail: Detail = { type: 'detail', subject, row: null, times: [], cpu: [], memory: [] };
			this.do({ type: 'host', message: detail });
		}
	}

	rows(answer: Partial<Rows>): void {
		this.do({ type: 'host', message: { ...answerOf(this.fleet, this.asked), ...answer } as Rows });
	}
}
