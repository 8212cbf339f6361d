/** Growable columns of a table: a row is a slot number, and a slot may be used again after its row is gone. */
import { Dictionary } from './dictionary.ts';

export interface Column {
	grow(capacity: number): void;
	/** Makes a slot as it was when it was fresh. */
	clear(slot: number): void;
	/** What it takes, apart from words that rows share. */
	readonly bytes: number;
}

/** A column that rows can be sorted by. */
export interface Numbers {
	get(slot: number): number;
	/** The numbers of these slots, in their order: many at once, a loop of the column's own. */
	read(slots: Uint32Array, numbers: Float64Array): void;
}

/** Numbers; a fresh slot is NaN. */
export class NumberColumn implements Column, Numbers {
	values = new Float64Array(0);

	grow(capacity: number): void {
		const grown = new Float64Array(capacity).fill(Number.NaN);
		grown.set(this.values);
		this.values = grown;
	}

	get bytes(): number {
		return this.values.byteLength;
	}

	clear(slot: number): void {
		this.values[slot] = Number.NaN;
	}

	get(slot: number): number {
		return this.values[slot] ?? Number.NaN;
	}

	read(slots: Uint32Array, numbers: Float64Array): void {
		for (let index = 0; index < slots.length; index++) {
			numbers[index] = this.values[slots[index] as number] as number;
		}
	}

	set(slot: number, value: number): void {
		this.values[slot] = value;
	}
}

/** Whole numbers from 0 to 2³²−1; a fresh slot is 0. */
export class CountColumn implements Column, Numbers {
	values = new Uint32Array(0);

	grow(capacity: number): void {
		const grown = new Uint32Array(capacity);
		grown.set(this.values);
		this.values = grown;
	}

	get bytes(): number {
		return this.values.byteLength;
	}

	clear(slot: number): void {
		this.values[slot] = 0;
	}

	get(slot: number): number {
		return this.values[slot] ?? 0;
	}

	read(slots: Uint32Array, numbers: Float64Array | Uint32Array): void {
		for (let index = 0; index < slots.length; index++) {
			numbers[index] = this.values[slots[index] as number] as number;
		}
	}

	set(slot: number, value: number): void {
		this.values[slot] = value;
	}
}

/** Moments in ms since 1970, of which whole seconds are kept; a fresh slot is NaN, and so is what lies before 1970. */
export class MomentColumn implements Column, Numbers {
	/** Seconds + 1; 0 = none. */
	#values = new Uint32Array(0);

	grow(capacity: number): void {
		const grown = new Uint32Array(capacity);
		grown.set(this.#values);
		this.#values = grown;
	}

	get bytes(): number {
		return this.#values.byteLength;
	}

	clear(slot: number): void {
		this.#values[slot] = 0;
	}

	get(slot: number): number {
		const value = this.#values[slot] ?? 0;
		return value === 0 ? Number.NaN : (value - 1) * 1000;
	}

	read(slots: Uint32Array, numbers: Float64Array): void {
		for (let index = 0; index < slots.length; index++) {
			numbers[index] = this.get(slots[index] as number);
		}
	}

	set(slot: number, moment: number): void {
		const value = Math.floor(moment / 1000) + 1;
		this.#values[slot] = value >= 1 && value <= 0xffff_ffff ? value : 0;
	}
}

/** So many words are kept whether a row has them or not. */
const fewWords = 8192;

/** Words that many rows share, kept once in a dictionary. */
export class WordColumn implements Column {
	ids = new Uint32Array(0);
	readonly dictionary: Dictionary;
	/** With so many words, those that no row has any more are forgotten. */
	#most: number;
	/** What was set last: rows that come one after another often have the same. */
	#last = 0;

	/** @param forgets words come and go for ever, as the names of jobs do, and no other column shares the dictionary */
	constructor(dictionary: Dictionary = new Dictionary(), forgets = false) {
		this.dictionary = dictionary;
		this.#most = forgets ? fewWords : Number.POSITIVE_INFINITY;
	}

	grow(capacity: number): void {
		const grown = new Uint32Array(capacity);
		grown.set(this.ids);
		this.ids = grown;
	}

	get bytes(): number {
		return this.ids.byteLength;
	}

	clear(slot: number): void {
		this.ids[slot] = 0;
	}

	get(slot: number): string {
		return this.dictionary.word(this.ids[slot] ?? 0);
	}

	id(slot: number): number {
		return this.ids[slot] ?? 0;
	}

	setId(slot: number, id: number): void {
		this.ids[slot] = id;
	}

	set(slot: number, word: string): void {
		if (this.dictionary.words[this.#last] === word) {
			this.ids[slot] = this.#last;
			return;
		}
		this.#last = this.dictionary.id(word);
		this.ids[slot] = this.#last;
		if (this.dictionary.words.length > this.#most) {
			this.#forgetUnused();
		}
	}

	#forgetUnused(): void {
		const used = new Uint8Array(this.dictionary.words.length);
		// By index: an iterator leaves an object behind for each of a hundred thousand rows.
		for (let slot = 0; slot < this.ids.length; slot++) {
			used[this.ids[slot] as number] = 1;
		}
		const moved = this.dictionary.keepOnly(used);
		for (let slot = 0; slot < this.ids.length; slot++) {
			this.ids[slot] = moved[this.ids[slot] as number] as number;
		}
		this.#last = 0;
		this.#most = Math.max(fewWords, this.dictionary.words.length * 2);
	}
}

/** Texts that are all different: names, uids, addresses. */
export class TextColumn implements Column {
	readonly values: string[] = [];

	grow(capacity: number): void {
		while (this.values.length < capacity) {
			this.values.push('');
		}
	}

	get bytes(): number {
		// What a string of these lengths takes, with its place in the list.
		return this.values.reduce((sum, text) => sum + text.length + 24, 0);
	}

	clear(slot: number): void {
		this.values[slot] = '';
	}

	get(slot: number): string {
		return this.values[slot] ?? '';
	}

	set(slot: number, text: string): void {
		this.values[slot] = text;
	}
}

/** One of a fixed set of words, a byte each. */
export class ChoiceColumn<Choice extends string> implements Column {
	values = new Uint8Array(0);
	readonly choices: readonly Choice[];

	constructor(choices: readonly Choice[]) {
		this.choices = choices;
	}

	grow(capacity: number): void {
		const grown = new Uint8Array(capacity);
		grown.set(this.values);
		this.values = grown;
	}

	get bytes(): number {
		return this.values.byteLength;
	}

	clear(slot: number): void {
		this.values[slot] = 0;
	}

	get(slot: number): Choice {
		const choice = this.choices[this.values[slot] ?? 0];
		if (choice === undefined) {
			throw new RangeError(`slot ${slot} holds no choice`);
		}
		return choice;
	}

	set(slot: number, choice: Choice): void {
		this.values[slot] = Math.max(0, this.choices.indexOf(choice));
	}
}

/** From here on a table grows in smaller steps: what is not used is not cheap any more. */
const manyRows = 20_000;

/** Which slots are in use. Grows all columns of its table together; a slot that is taken is fresh in all of them. */
export class Slots {
	/** 1 where a row lives. */
	live = new Uint8Array(0);
	/** One past the highest slot ever used: loops run to here. */
	end = 0;
	count = 0;
	/** Grows whenever a slot is taken or given back, so that orders made of slots know that they are out of date. */
	version = 0;
	/** The version at which each slot was taken: tells a row from an earlier one in the same slot. */
	#taken = new Uint32Array(0);
	readonly #free: number[] = [];
	#columns: readonly Column[] = [];

	/** The table's columns, once, right after they were made. */
	grows(columns: readonly Column[]): void {
		this.#columns = columns;
	}

	/** Makes room for so many rows at once: saves the copies of growing step by step when the number is known. */
	reserve(capacity: number): void {
		if (capacity > this.live.length) {
			this.#grow(capacity);
		}
	}

	/** The slot's row came after this version. */
	isNewer(slot: number, version: number): boolean {
		return (this.#taken[slot] ?? 0) > version;
	}

	take(): number {
		this.version++;
		this.count++;
		const slot = this.#free.pop() ?? this.end++;
		if (slot >= this.live.length) {
			this.#grow(Math.max(64, Math.ceil(this.live.length * (this.live.length < manyRows ? 2 : 1.25))));
		}
		this.live[slot] = 1;
		this.#taken[slot] = this.version;
		return slot;
	}

	release(slot: number): void {
		if (this.live[slot] !== 1) {
			throw new RangeError(`slot ${slot} is not in use`);
		}
		this.version++;
		this.count--;
		this.live[slot] = 0;
		for (const column of this.#columns) {
			column.clear(slot);
		}
		this.#free.push(slot);
	}

	/** What the table takes, apart from words that rows share. */
	get bytes(): number {
		const columns = this.#columns.reduce((sum, column) => sum + column.bytes, 0);
		return columns + this.live.byteLength + this.#taken.byteLength;
	}

	isLive(slot: number): boolean {
		return this.live[slot] === 1;
	}

	/** Every slot in use; the one that was given last may be released meanwhile. */
	*all(): Generator<number> {
		for (let slot = 0; slot < this.end; slot++) {
			if (this.live[slot] === 1) {
				yield slot;
			}
		}
	}

	#grow(capacity: number): void {
		const grown = new Uint8Array(capacity);
		grown.set(this.live);
		this.live = grown;
		const taken = new Uint32Array(capacity);
		taken.set(this.#taken);
		this.#taken = taken;
		for (const column of this.#columns) {
			column.grow(capacity);
		}
	}
}
