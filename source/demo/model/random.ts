/**
 * Randomness without state: everything random in the simulated world is a function of whole numbers (the seed, a
 * pod's place, the second), so that any instant can be computed without the ones before it.
 */

/** Mixes two whole numbers into one of 32 bits (the finaliser of MurmurHash3). */
export function mix(first: number, second: number): number {
	let value = (Math.imul(first | 0, 0x9e3779b1) ^ Math.imul(second | 0, 0x85ebca6b)) | 0;
	value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
	value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
	return (value ^ (value >>> 16)) >>> 0;
}

/** A whole number of 32 bits out of a text (FNV-1a). */
export function mixText(seed: number, text: string): number {
	let value = 0x811c9dc5 ^ seed;
	for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
	return mix(value, text.length);
}

/** A number from 0 up to but not including 1. */
export function unit(key: number, salt: number): number {
	return mix(key, salt) / 0x1_0000_0000;
}

/** A number from `low` up to but not including `high`. */
export function between(key: number, salt: number, low: number, high: number): number {
	return low + unit(key, salt) * (high - low);
}

/** A smooth curve through a random value every `period`, from −1 to 1; it never climbs faster than 3 in one period. */
export function noise(key: number, time: number, period: number): number {
	const position = time / period;
	const knot = Math.floor(position);
	const part = position - knot;
	const before = unit(key, knot) * 2 - 1;
	const after = unit(key, knot + 1) * 2 - 1;
	return before + (after - before) * part * part * (3 - 2 * part);
}

/** Characters that Kubernetes puts at the end of generated names: no vowels, nothing that looks like another. */
const suffixCharacters = 'bcdfghjklmnpqrstvwxz2456789';

/** The end of a generated name: `7hhjq`. */
export function nameSuffix(key: number, length = 5): string {
	let text = '';
	for (let index = 0; index < length; index++) {
		text += suffixCharacters[mix(key, index + 101) % suffixCharacters.length];
	}
	return text;
}

/** Hexadecimal digits, a multiple of 8 of them. @param first another number tells others of the same key */
export function hexadecimal(key: number, digits: number, first = 701): string {
	let text = '';
	for (let index = 0; index * 8 < digits; index++) {
		text += mix(key, index + first)
			.toString(16)
			.padStart(8, '0');
	}
	return text;
}

/**
 * A uid as the API server makes them (random, version 4).
 * @param other where there are so many that two could have one key: another number of the same thing
 */
export function makeUid(key: number, other = key): string {
	const digits = `${hexadecimal(key, 16)}${hexadecimal(other, 16, 703)}`;
	const variant = '89ab'[Number.parseInt(digits.slice(16, 17), 16) % 4];
	return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20, 32)}`;
}
