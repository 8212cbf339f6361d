import type { Column, Numbers } from './columns.ts';

/** Numbers of which many rows have the same, as they have requests and limits: each is kept once. A fresh slot is NaN. */
export class SharedNumberColumn implements Column, Numbers {
	#ids: Uint16Array | Uint32Array = new Uint16Array(0);
	#numbers: number[] = [Number.NaN];
	#idOf = new Map<number, number>();
	/** With so many different numbers, those that no row has any more are forgotten. */
	#most = 0x1_0000;

	grow(capacity: number): void {
		const grown = this.#most > 0x1_0000 ? new Uint32Array(capacity) : new Uint16Array(capacity);
		grown.set(this.#ids);
		this.#ids = grown;
	}

	get bytes(): number {
		return this.#ids.byteLength;
	}

	clear(slot: number): void {
		this.#ids[slot] = 0;
	}

	get(slot: number): number {
		return this.#numbers[this.#ids[slot] ?? 0] as number;
	}

	read(slots: Uint32Array, numbers: Float64Array): void {
		for (let index = 0; index < slots.length; index++) {
			numbers[index] = this.get(slots[index] as number);
		}
	}

	set(slot: number, value: number): void {
		if (Number.isNaN(value)) {
			this.#ids[slot] = 0;
			return;
		}
		let id = this.#idOf.get(value);
		if (id === undefined) {
			if (this.#numbers.length === this.#most) {
				this.#ids[slot] = 0;
				this.#forgetUnused();
			}
			id = this.#numbers.length;
			this.#numbers.push(value);
			this.#idOf.set(value, id);
		}
		this.#ids[slot] = id;
	}

	#forgetUnused(): void {
		const before = this.#numbers;
		const idOf = new Map<number, number>();
		const numbers = [Number.NaN];
		const ids = new Uint32Array(this.#ids.length);
		for (const [slot, old] of this.#ids.entries()) {
			if (old === 0) {
				continue;
			}
			const value = before[old] as number;
			let id = idOf.get(value);
			if (id === undefined) {
				id = numbers.length;
				idOf.set(value, id);
				numbers.push(value);
			}
			ids[slot] = id;
		}
		this.#numbers = numbers;
		this.#idOf = idOf;
		if (numbers.length * 2 > this.#most) {
			this.#most *= 2;
		}
		this.#ids = this.#most > 0x1_0000 ? ids : Uint16Array.from(ids);
	}
}
