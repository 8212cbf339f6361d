/** Addresses of pods: those of IPv4 in four bytes a row, all others as they are written. */

export class AddressColumn {
	/** 0 for none, and for those that are in `#others`. */
	#values = new Uint32Array(0);
	readonly #others = new Map<number, string>();

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
		this.#others.delete(slot);
	}

	get(slot: number): string {
		const value = this.#values[slot] ?? 0;
		return value === 0 ? (this.#others.get(slot) ?? '') : written(value);
	}

	set(slot: number, address: string): void {
		if (this.#others.size > 0) {
			this.#others.delete(slot);
		}
		const value = numberOf(address);
		this.#values[slot] = value;
		if (value === 0 && address !== '') {
			this.#others.set(slot, address);
		}
	}
}

/** 0 where it is no address of IPv4, or written in another way than it would come back. */
function numberOf(address: string): number {
	let value = 0;
	let part = 0;
	let digits = 0;
	let dots = 0;
	for (let index = 0; index < address.length; index++) {
		const code = address.charCodeAt(index);
		if (code === 0x2e) {
			if (digits === 0 || ++dots > 3) {
				return 0;
			}
			value = value * 256 + part;
			part = 0;
			digits = 0;
			continue;
		}
		const hasLeadingZero = digits > 0 && part === 0;
		part = part * 10 + code - 0x30;
		digits++;
		if (code < 0x30 || code > 0x39 || hasLeadingZero || part > 0xff) {
			return 0;
		}
	}
	return dots === 3 && digits > 0 ? value * 256 + part : 0;
}

function written(value: number): string {
	return `${value >>> 24}.${(value >>> 16) & 0xff}.${(value >>> 8) & 0xff}.${value & 0xff}`;
}
