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
	cpu: Uint16Array;
	memory: Uint16Array;
}

export interface SampleSource {
	/** One past the highest slot. */
	end: number;
	/** NaN where this poll brought no sample. */
	cpu(slot: number): number;
	memory(slot: number): number;
}

export class History {
	readonly #slabs: Slab[] = [];
	readonly #limit: number;
	/** Polls so far, also those that fell off the ring. */
	#polls = 0;
	/** The poll number from which on a slot belongs to its present row. */
	#born = new Uint32Array(0);

	/** @param limit How many polls are kept. */
	constructor(limit = 120) {
		this.#limit = limit;
	}

	get length(): number {
		return this.#slabs.length;
	}

	/** The slot has a new row: what was sampled in it before belongs to another. */
	born(slot: number): void {
		if (slot >= this.#born.length) {
			const grown = new Uint32Array(Math.max(64, slot + 1, this.#born.length * 2));
			grown.set(this.#born);
			this.#born = grown;
		}
		this.#born[slot] = this.#polls;
	}

	/** Adds one poll. @param time When it was, ms by the server's clock. */
	add(time: number, source: SampleSource): void {
		const recycled = this.#slabs.length >= this.#limit ? this.#slabs.shift() : undefined;
		const slab =
			recycled !== undefined && recycled.cpu.length >= source.end
				? recycled
				: { time, cpu: new Uint16Array(source.end), memory: new Uint16Array(source.end) };
		slab.time = time;
		for (let slot = 0; slot < slab.cpu.length; slot++) {
			const within = slot < source.end;
			slab.cpu[slot] = within ? encodeSample(source.cpu(slot)) : 0;
			slab.memory[slot] = within ? encodeSample(source.memory(slot)) : 0;
		}
		this.#slabs.push(slab);
		this.#polls++;
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
