/**
 * The last samples of every row of a table, four bytes a row and sample: two slabs (CPU, memory) a poll, a row's value
 * at its slot. Values are kept as logarithms in 16 bits: within 0.025 % of the truth, which no chart can show.
 */

/** Values up to 2^46: 70 terabytes, 70,000 cores. */
const stepsPerDoubling = 65_533 / 46;

/** 0 = no sample, 1 = zero, above: a logarithm. */
export function encodeSample(value: number): number {
	if (!(value >= 0)) {
		return 0;
	}
	return Math.min(65_535, 1 + Math.round(Math.log2(value + 1) * stepsPerDoubling));
}

/** The value of a code, NaN for "no sample". */
export function decodeSample(code: number): number {
	return code === 0 ? Number.NaN : 2 ** ((code - 1) / stepsPerDoubling) - 1;
}

interface Slab {
	time: number;
	/** Over all rows; NaN where there was no sample. */
	sums: { cpu: number; memory: number };
	cpu: Uint16Array;
	memory: Uint16Array;
}

export class History {
	readonly #slabs: Slab[] = [];
	readonly #limit: number;
	/** Polls so far, also those that fell off the ring. */
	#polls = 0;
	/** The poll number from which on a slot belongs to its present row. */
	#born = new Uint32Array(0);
	/** One past the highest slot that ever had a row. */
	#rows = 0;
	/** The slab of the poll that is being read, and that poll's number. */
	#open: Slab | null = null;
	#openPoll = -1;

	/** @param limit How many polls are kept. */
	constructor(limit = 120) {
		this.#limit = limit;
	}

	get length(): number {
		return this.#slabs.length;
	}

	/** What the samples of all kept polls take. */
	get bytes(): number {
		return this.#slabs.reduce((sum, { cpu, memory }) => sum + cpu.byteLength + memory.byteLength, 0);
	}

	/** The slot has a new row: what was sampled in it before belongs to another. */
	born(slot: number): void {
		this.#rows = Math.max(this.#rows, slot + 1);
		if (slot >= this.#born.length) {
			const grown = new Uint32Array(Math.max(64, slot + 1, this.#born.length * 2));
			grown.set(this.#born);
			this.#born = grown;
		}
		this.#born[slot] = this.#polls;
		if (this.#open !== null && slot < this.#open.cpu.length) {
			this.#open.cpu[slot] = 0;
			this.#open.memory[slot] = 0;
		}
	}

	/** Notes what a poll that is being read brought of a row. What another one brought that was never ended is forgotten. */
	record(poll: number, slot: number, cpu: number, memory: number): void {
		this.#rows = Math.max(this.#rows, slot + 1);
		const slab = this.#slabOf(poll, slot + 1);
		slab.cpu[slot] = encodeSample(cpu);
		slab.memory[slot] = encodeSample(memory);
		slab.sums.cpu = plus(slab.sums.cpu, cpu);
		slab.sums.memory = plus(slab.sums.memory, memory);
	}

	/** The poll is read to its end: it becomes a point. @param time When it was, ms by the server's clock. */
	end(poll: number, time: number): void {
		const slab = this.#slabOf(poll, 0);
		slab.time = time;
		// Kept for half an hour: room for rows that never came would be kept as well.
		slab.cpu = fitted(slab.cpu, this.#rows);
		slab.memory = fitted(slab.memory, this.#rows);
		this.#open = null;
		this.#slabs.push(slab);
		this.#polls++;
	}

	/** The last sums over all rows, oldest first; NaN where there was no sample at all. At most `count`. */
	sum(quantity: 'cpu' | 'memory', count: number): number[] {
		return this.#slabs.slice(-count).map((slab) => slab.sums[quantity]);
	}

	#slabOf(poll: number, length: number): Slab {
		if (this.#open === null || this.#openPoll !== poll) {
			this.#openPoll = poll;
			this.#open = this.#emptySlab();
		}
		const slab = this.#open;
		if (slab.cpu.length < length) {
			// The rows of the first poll come one by one; later ones are about as many as before.
			const capacity = Math.max(length, this.#rows, Math.ceil(slab.cpu.length * 1.5));
			slab.cpu = grown(slab.cpu, capacity);
			slab.memory = grown(slab.memory, capacity);
		}
		return slab;
	}

	#emptySlab(): Slab {
		const used = this.#open ?? (this.#slabs.length >= this.#limit ? this.#slabs.shift() : undefined);
		if (used !== undefined) {
			used.cpu.fill(0);
			used.memory.fill(0);
			used.sums = noSums();
			return used;
		}
		const capacity = this.#rows;
		return { time: 0, sums: noSums(), cpu: new Uint16Array(capacity), memory: new Uint16Array(capacity) };
	}

	times(): number[] {
		return this.#slabs.map((slab) => slab.time);
	}

	/** The last samples of one row, oldest first; NaN where there was none. At most `count`, all if it is not given. */
	read(slot: number, quantity: 'cpu' | 'memory', count = this.#slabs.length): number[] {
		const values: number[] = [];
		const firstPoll = this.#polls - this.#slabs.length;
		const born = this.#born[slot] ?? 0;
		for (let index = Math.max(0, this.#slabs.length - count); index < this.#slabs.length; index++) {
			const slab = this.#slabs[index];
			values.push(firstPoll + index < born ? Number.NaN : decodeSample(slab?.[quantity][slot] ?? 0));
		}
		return values;
	}
}

/** The values of so many rows, without much room beyond. */
function fitted(values: Uint16Array, rows: number): Uint16Array {
	return values.length > rows * 1.05 ? values.slice(0, rows) : values;
}

function grown(values: Uint16Array, capacity: number): Uint16Array {
	const larger = new Uint16Array(capacity);
	larger.set(values);
	return larger;
}

function noSums(): Slab['sums'] {
	return { cpu: Number.NaN, memory: Number.NaN };
}

function plus(sum: number, value: number): number {
	return Number.isNaN(value) ? sum : value + (sum || 0);
}
