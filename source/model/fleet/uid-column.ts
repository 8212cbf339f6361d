/** Uids in sixteen bytes a row instead of a string. What is no UUID is kept as it is. */
import { hashText } from './hash-index.ts';

const uuidLength = 36;
const words = 4;
const digitsOfWord = 8;

export class UidColumn {
	/** The four words of each uid; the first is looked for when one is searched. All 0 for none. */
	readonly #words: Uint32Array[] = Array.from({ length: words }, () => new Uint32Array(0));
	/** By slot, those that are no UUID. Their first word is a hash. */
	readonly #others = new Map<number, string>();
	/** The uid that is asked about. */
	readonly #wanted = new Uint32Array(words);

	grow(capacity: number): void {
		for (const [index, values] of this.#words.entries()) {
			const grown = new Uint32Array(capacity);
			grown.set(values);
			this.#words[index] = grown;
		}
	}

	get bytes(): number {
		return this.#words.reduce((sum, values) => sum + values.byteLength, 0);
	}

	clear(slot: number): void {
		this.#others.delete(slot);
		for (const values of this.#words) {
			values[slot] = 0;
		}
	}

	get(slot: number): string {
		const other = this.#others.size === 0 ? undefined : this.#others.get(slot);
		if (other !== undefined) {
			return other;
		}
		if (this.isNone(slot)) {
			return '';
		}
		let digits = '';
		for (const values of this.#words) {
			digits += (values[slot] as number).toString(16).padStart(digitsOfWord, '0');
		}
		return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12, 16)}-${digits.slice(16, 20)}-${digits.slice(20)}`;
	}

	set(slot: number, uid: string): void {
		if (this.#others.size > 0) {
			this.#others.delete(slot);
		}
		if (!this.#read(uid)) {
			this.#others.set(slot, uid);
		}
		for (let index = 0; index < words; index++) {
			(this.#words[index] as Uint32Array)[slot] = this.#wanted[index] as number;
		}
	}

	isNone(slot: number): boolean {
		return this.#words.every((values) => values[slot] === 0);
	}

	is(slot: number, uid: string): boolean {
		const isUuid = this.#read(uid);
		return this.#holdsWanted(slot) && (isUuid ? !this.#others.has(slot) : this.#others.get(slot) === uid);
	}

	/** The slot that has the uid, −1 if none has. */
	find(uid: string): number {
		const isUuid = this.#read(uid);
		const [first] = this.#words as [Uint32Array];
		const wanted = this.#wanted[0] as number;
		if (wanted === 0 && this.#wanted.every((word) => word === 0)) {
			return -1;
		}
		for (let slot = first.indexOf(wanted); slot >= 0; slot = first.indexOf(wanted, slot + 1)) {
			if (this.#holdsWanted(slot) && (isUuid ? !this.#others.has(slot) : this.#others.get(slot) === uid)) {
				return slot;
			}
		}
		return -1;
	}

	#holdsWanted(slot: number): boolean {
		for (let index = 0; index < words; index++) {
			if ((this.#words[index] as Uint32Array)[slot] !== this.#wanted[index]) {
				return false;
			}
		}
		return true;
	}

	/** Puts what stands for a uid into `#wanted`. Returns whether that is all of it. */
	#read(uid: string): boolean {
		this.#wanted.fill(0);
		if (uid === '' || this.#readUuid(uid)) {
			return true;
		}
		this.#wanted.fill(0);
		// Never 0, which stands for none.
		this.#wanted[0] = hashText(uid) | 1;
		return false;
	}

	#readUuid(uid: string): boolean {
		if (uid.length !== uuidLength) {
			return false;
		}
		let digits = 0;
		let word = 0;
		let any = 0;
		for (let index = 0; index < uuidLength; index++) {
			const code = uid.charCodeAt(index);
			if (index === 8 || index === 13 || index === 18 || index === 23) {
				if (code !== 0x2d) {
					return false;
				}
				continue;
			}
			// Capitals would come back as small letters.
			const digit = code >= 0x30 && code <= 0x39 ? code - 0x30 : code >= 0x61 && code <= 0x66 ? code - 0x57 : -1;
			if (digit < 0) {
				return false;
			}
			word = (word << 4) | digit;
			digits++;
			if (digits % digitsOfWord === 0) {
				this.#wanted[digits / digitsOfWord - 1] = word;
				any |= word;
				word = 0;
			}
		}
		return any !== 0;
	}
}
