/**
 * Strings out of answers. Namespaces, nodes, images and reasons come again by the thousand: equal ones become one and
 * the same string, without making a second one first. All strings are clean (`model/clean.ts`).
 */
import { clean } from '../model/clean.ts';
import { RecentBytes } from './recent-bytes.ts';

/** Room for the images, owners, nodes and namespaces of the largest clusters; half a megabyte. */
const slotCount = 2 ** 16;
const longestKept = 256;
/** Most words are shorter. */
const longestRecent = 64;

/** FNV-1a, 32 bits. */
const hashStart = 0x811c9dc5;
function hashStep(hash: number, code: number): number {
	return Math.imul(hash ^ code, 0x01000193);
}

function slotOf(hash: number): number {
	return (hash ^ (hash >>> 16)) & (slotCount - 1);
}

function isPrintable(code: number): boolean {
	return code >= 0x20 && code <= 0x7e;
}

/**
 * Remembers the strings it gave out, one in each slot: a newer one takes the place of an older one, so it never grows.
 */
export class StringCache {
	readonly #slots: string[] = new Array<string>(slotCount).fill('');
	/** Spares most words the hash of all their bytes. */
	readonly #recent = new RecentBytes<string>(longestRecent, 4096);
	/** The last pair: pods of one owner come one after another. */
	#kind = '';
	#name = '';
	#pair = '/';

	/** The string of UTF-8 bytes in `bytes[start, end)`, the same one as last time if it is remembered. */
	fromBytes(bytes: Buffer, start: number, end: number): string {
		const length = end - start;
		if (length === 0) {
			return '';
		}
		if (length > longestKept) {
			return stringFromBytes(bytes, start, end);
		}
		const recent = this.#recent.find(bytes, start, end);
		if (recent !== undefined) {
			return recent;
		}
		let hash = hashStart;
		for (let index = start; index < end; index++) {
			const code = bytes[index] as number;
			if (!isPrintable(code)) {
				return stringFromBytes(bytes, start, end);
			}
			hash = hashStep(hash, code);
		}
		const slot = slotOf(hash);
		let word = this.#slots[slot] as string;
		if (word.length !== length || !holdsBytes(word, bytes, start)) {
			word = bytes.toString('latin1', start, end);
			this.#slots[slot] = word;
		}
		this.#recent.keep(bytes, start, end, word);
		return word;
	}

	/** The same for a string that is there already: its equal from last time, so that this one can be forgotten. */
	fromText(text: string): string {
		const cleaned = clean(text);
		if (cleaned.length === 0 || cleaned.length > longestKept) {
			return cleaned;
		}
		let hash = hashStart;
		for (let index = 0; index < cleaned.length; index++) {
			hash = hashStep(hash, cleaned.charCodeAt(index));
		}
		const slot = slotOf(hash);
		if (this.#slots[slot] === cleaned) {
			return this.#slots[slot] as string;
		}
		this.#slots[slot] = cleaned;
		return cleaned;
	}

	/** `kind/name` of two clean strings. */
	pair(kind: string, name: string): string {
		if (kind !== this.#kind || name !== this.#name) {
			this.#kind = kind;
			this.#name = name;
			this.#pair = this.#pairOf(kind, name);
		}
		return this.#pair;
	}

	#pairOf(kind: string, name: string): string {
		let hash = hashStart;
		for (let index = 0; index < kind.length; index++) {
			hash = hashStep(hash, kind.charCodeAt(index));
		}
		hash = hashStep(hash, 0x2f);
		for (let index = 0; index < name.length; index++) {
			hash = hashStep(hash, name.charCodeAt(index));
		}
		const slot = slotOf(hash);
		const kept = this.#slots[slot] as string;
		if (
			kept.length === kind.length + 1 + name.length &&
			kept.charCodeAt(kind.length) === 0x2f &&
			kept.startsWith(kind) &&
			kept.endsWith(name)
		) {
			return kept;
		}
		const made = `${kind}/${name}`;
		this.#slots[slot] = made;
		return made;
	}
}

/** Whether the bytes from `start` on begin with the characters of the text, each a byte. */
export function holdsBytes(text: string, bytes: Buffer, start: number): boolean {
	for (let index = 0; index < text.length; index++) {
		if (text.charCodeAt(index) !== bytes[start + index]) {
			return false;
		}
	}
	return true;
}

/** The clean string of UTF-8 bytes in `bytes[start, end)`, for what comes only once: names, uids. */
export function stringFromBytes(bytes: Buffer, start: number, end: number): string {
	for (let index = start; index < end; index++) {
		if (!isPrintable(bytes[index] as number)) {
			return clean(bytes.toString('utf8', start, end));
		}
	}
	return bytes.toString('latin1', start, end);
}

/** The clean string of one that comes only once. */
export function stringFromText(text: string): string {
	return clean(text);
}

/** The one cache of all decoders. */
export const words = new StringCache();
