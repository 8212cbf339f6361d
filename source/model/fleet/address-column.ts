/** Addresses of pods: those of IPv4 in four bytes a row, all others as they are written. */
const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

export class AddressColumn {
	/** 0 for none, and for those that are in `#others`. */
	#values = new Uint32Array(0);
	readonly #others = new Map<number, string>();

	grow(capacity: number): void {
		const grown = new Uint32Array(capacity);
		grown.set(this.#values);
		this.#values = grown;
	}

	get(slot: number): string {
		const value = this.#values[slot] ?? 0;
		return value === 0 ? (this.#others.get(slot) ?? '') : written(value);
	}

	set(slot: number, address: string): void {
		this.#others.delete(slot);
		const value = numberOf(address);
		this.#values[slot] = value;
		if (value === 0 && address !== '') {
			this.#others.set(slot, address);
		}
	}
}

function numberOf(address: string): number {
	const match = parts.exec(address);
	const value = match === null ? 0 : match.slice(1).reduce((sum, part) => sum * 256 + Number(part), 0);
	// What is written in another way, or is out of range, must come back as it came.
	return value <= 0xffff_ffff && written(value) === address ? value : 0;
}

function written(value: number): string {
	return `${value >>> 24}.${(value >>> 16) & 0xff}.${(value >>> 8) & 0xff}.${value & 0xff}`;
}
