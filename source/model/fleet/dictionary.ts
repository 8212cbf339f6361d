/** Stands between two words in a text of all: no word that is searched for has one. */
const between = '\n';

/** Every different word of a column once: namespaces, nodes, owners, states. Ids stay until {@link keepOnly}. */
export class Dictionary {
	words: string[] = [''];
	#ids = new Map<string, number>([['', 0]]);
	/** As of when there were so many words; they do not change while there are so many. */
	#ranks: Uint32Array = new Uint32Array(0);
	/** All words without capitals as one text, as far as it was needed, and where each of them ends in it. */
	#text = '';
	#ends: number[] = [];

	/** The word's id; 0 is the empty word. */
	id(word: string): number {
		let id = this.#ids.get(word);
		if (id === undefined) {
			id = this.words.length;
			this.words.push(word);
			this.#ids.set(word, id);
		}
		return id;
	}

	/** The id of a word if it was ever seen, else −1. */
	find(word: string): number {
		return this.#ids.get(word) ?? -1;
	}

	word(id: number): string {
		return this.words[id] ?? '';
	}

	/**
	 * Forgets the words that nobody has any more.
	 *
	 * @param used 1 for each id that is in use
	 * @returns for each id of before its new one
	 */
	keepOnly(used: Uint8Array): Uint32Array {
		const moved = new Uint32Array(this.words.length);
		const words = [''];
		const ids = new Map<string, number>([['', 0]]);
		for (let id = 1; id < moved.length; id++) {
			const word = this.words[id];
			if (used[id] === 1 && word !== undefined) {
				moved[id] = words.length;
				ids.set(word, words.length);
				words.push(word);
			}
		}
		this.words = words;
		this.#ids = ids;
		this.#ranks = new Uint32Array(0);
		this.#text = '';
		this.#ends = [];
		return moved;
	}

	/** For each id its place in the alphabetical order of all words: lets a column be sorted by numbers. */
	ranks(): Uint32Array {
		if (this.#ranks.length !== this.words.length) {
			this.#ranks = this.#rank();
		}
		return this.#ranks;
	}

	/**
	 * Which words contain this one in any case: searching one text takes a tenth of asking each of 24,000 words.
	 *
	 * @param wanted without capitals, in one line
	 * @returns 1 for each id whose word does
	 */
	search(wanted: string): Uint8Array {
		const found = new Uint8Array(this.words.length);
		this.prepareSearch();
		const text = this.#text;
		let id = 0;
		let at = text.indexOf(wanted);
		while (at >= 0 && id < found.length) {
			while ((this.#ends[id] as number) <= at) {
				id++;
			}
			found[id] = 1;
			at = text.indexOf(wanted, this.#ends[id]);
		}
		return found;
	}

	/** Makes the text that is searched, which takes a few milliseconds the first time. */
	prepareSearch(): void {
		if (this.#ends.length === this.words.length) {
			return;
		}
		const added = this.words.slice(this.#ends.length);
		let end = this.#text.length;
		for (const word of added) {
			end += word.length + between.length;
			this.#ends.push(end);
		}
		this.#text += withoutCapitals(added.join(between) + between);
	}

	#rank(): Uint32Array {
		const order = Array.from(this.words, (_, id) => id).sort((a, b) => compareWords(this.word(a), this.word(b)));
		const ranks = new Uint32Array(order.length);
		for (const [rank, id] of order.entries()) {
			ranks[id] = rank;
		}
		return ranks;
	}
}

/** As long as the text is: there are letters that have two without capitals. */
function withoutCapitals(text: string): string {
	const lower = text.toLowerCase();
	return lower.length === text.length ? lower : text.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase());
}

/** Byte order, as the API server lists names: not the locale's, which is 30 times slower and differs by machine. */
export function compareWords(a: string, b: string): number {
	if (a === b) {
		return 0;
	}
	return a < b ? -1 : 1;
}
