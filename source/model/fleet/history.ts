/**
 * The last samples of every row of a table, three bytes a row and sample: one slab a poll, a row's CPU and memory at its
 * slot. Values are kept as logarithms in 12 bits: within 0.4 % of the truth, a tenth of a line in the tallest chart. What
 * is written as a number is never taken from here.
 */

/** Values up to 2^46: 70 terabytes, 70,000 cores. */
const stepsPerDoubling = 4093 / 46;
const highestCode = 4095;

/** 0 = no sample, 1 = zero, above: a logarithm. */
export function encodeSample(value: number): number {
	if (!(value >= 0)) {
		return 0;
	}
	return Math.min(highestCode, 1 + Math.round(Math.log2(value + 1) * stepsPerDoubling));
}

/** The value of a code, NaN for "no sample". */
export function decodeSample(code: number): number {
	return code === 0 ? Number.NaN : 2 ** ((code - 1) / stepsPerDoubling) - 1;
}

const bytesPerRow = 3;

/** Both codes of a row, each in a byte and a half. */
function writeCodes(bytes: Uint8Array, slot: number, cpu: number, memory: number): void {
	const at = slot * bytesPerRow;
	bytes[at] = cpu & 0xff;
	bytes[at + 1] = (cpu >> 8) | ((memory & 0xf) << 4);
	bytes[at + 2] = memory >> 4;
}

/** 0, no sample, for a row that the slab has no room for. */
function readCode(bytes: Uint8Array, slot: number, quantity: 'cpu' | 'memory'): number {
	const at = slot * bytesPerRow;
	if (at >= bytes.length) {
		return 0;
	}
	const shared = bytes[at + 1] as number;
	return quantity === 'cpu'
		? (bytes[at] as number) | ((shared & 0xf) << 8)
		: (shared >> 4) | ((bytes[at + 2] as number) << 4);
}

interface Slab {
	time: number;
	/** Over all rows; NaN where there was no sample. */
	sums: { cpu: number; memory: number };
	/** {@link bytesPerRow} a row. */
	codes: Uint8Array;
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
		return this.#slabs.reduce((sum, { codes }) => sum + codes.length, 0);
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
		if (this.#open !== null && slot * bytesPerRow < this.#open.codes.length) {
			writeCodes(this.#open.codes, slot, 0, 0);
		}
	}

	/** Notes what a poll that is being read brought of a row. What another one brought that was never ended is forgotten. */
	record(poll: number, slot: number, cpu: number, memory: number): void {
		this.#rows = Math.max(this.#rows, slot + 1);
		const slab = this.#slabOf(poll, slot + 1);
		writeCodes(slab.codes, slot, encodeSample(cpu), encodeSample(memory));
		slab.sums.cpu = plus(slab.sums.cpu, cpu);
		slab.sums.memory = plus(slab.sums.memory, memory);
	}

	/** The poll is read to its end: it becomes a point. @param time When it was, ms by the server's clock. */
	end(poll: number, time: number): void {
		const slab = this.#slabOf(poll, 0);
		slab.time = time;
		// Kept for half an hour: room for rows that never came would be kept as well.
		slab.codes = fitted(slab.codes, this.#rows * bytesPerRow);
		this.#open = null;
		this.#slabs.push(slab);
		this.#polls++;
	}

	/** The last sums over all rows, oldest first; NaN where there was no sample at all. At most `count`. */
	sum(quantity: 'cpu' | 'memory', count: number): number[] {
		return this.#slabs.slice(-count).map((slab) => slab.sums[quantity]);
	}

	#slabOf(poll: number, rows: number): Slab {
		if (this.#open === null || this.#openPoll !== poll) {
			this.#openPoll = poll;
			this.#open = this.#emptySlab();
		}
		const slab = this.#open;
		if (slab.codes.length < rows * bytesPerRow) {
			// The rows of the first poll come one by one; later ones are about as many as before.
			const room = Math.max(rows, this.#rows, Math.ceil((slab.codes.length / bytesPerRow) * 1.5));
			slab.codes = grown(slab.codes, room * bytesPerRow);
		}
		return slab;
	}

	#emptySlab(): Slab {
		const used = this.#open ?? (this.#slabs.length >= this.#limit ? this.#slabs.shift() : undefined);
		if (used !== undefined) {
			used.codes.fill(0);
			used.sums = noSums();
			return used;
		}
		return { time: 0, sums: noSums(), codes: new Uint8Array(this.#rows * bytesPerRow) };
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
			values.push(
				firstPoll + index < born ? Number.NaN : decodeSample(slab ? readCode(slab.codes, slot, quantity) : 0),
			);
		}
		return values;
	}
}

/** The first so many bytes, without much room beyond. */
function fitted(bytes: Uint8Array, length: number): Uint8Array {
	return bytes.length > length * 1.05 ? bytes.slice(0, length) : bytes;
}

function grown(bytes: Uint8Array, length: number): Uint8Array {
	const larger = new Uint8Array(length);
	larger.set(bytes);
	return larger;
}

function noSums(): Slab['sums'] {
	return { cpu: Number.NaN, memory: Number.NaN };
}

function plus(sum: number, value: number): number {
	return Number.isNaN(value) ? sum : value + (sum || 0);
}
