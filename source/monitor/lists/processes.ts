import type { ProcessColumn } from '../../model/columns.ts';
import type { ProcessRow } from '../messages.ts';
import type { UsageContext } from '../usage.ts';
import type { SortKey } from './sort-key.ts';
import type { ListTable } from './table.ts';

/** The list of processes: a slot is an index into the newest reading of those that are watched. */
export class ProcessList implements ListTable<ProcessRow, ProcessColumn> {
	readonly hasLabels = false;
	readonly #rows: () => readonly ProcessRow[];
	readonly #context: () => UsageContext;

	constructor(rows: () => readonly ProcessRow[], context: () => UsageContext) {
		this.#rows = rows;
		this.#context = context;
	}

	/** By pid, as they were started. */
	slots(): Uint32Array {
		const rows = this.#rows();
		return Uint32Array.from(rows, (_, index) => index).sort((a, b) => (rows[a]?.pid ?? 0) - (rows[b]?.pid ?? 0));
	}

	text(slot: number): string {
		const { command, pid, user } = this.row(slot);
		return `${pid} ${user} ${command}`;
	}

	uid(slot: number): string {
		return this.row(slot).uid;
	}

	keys(): Record<ProcessColumn, SortKey> {
		const numbers = (value: (row: ProcessRow) => number): SortKey => ({ numbers: (slot) => value(this.row(slot)) });
		const words = (word: (row: ProcessRow) => string): SortKey => ({ words: (slot) => word(this.row(slot)) });
		const { serverTime } = this.#context();
		return {
			pid: numbers(({ pid }) => pid),
			user: words(({ user }) => user),
			state: words(({ state }) => state),
			cpu: numbers(({ cpu }) => cpu),
			memory: numbers(({ resident }) => resident),
			proportional: numbers(({ proportional }) => proportional),
			threads: numbers(({ threads }) => threads),
			time: numbers(({ cpuTime }) => cpuTime),
			age: numbers(({ startedAt }) => serverTime - startedAt),
			name: words(({ command }) => command),
		};
	}

	row(slot: number): ProcessRow {
		const row = this.#rows()[slot];
		if (row === undefined) {
			throw new RangeError(`there is no process ${slot}`);
		}
		return row;
	}
}
