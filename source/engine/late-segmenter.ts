/** The class that segmenters are of, which the bundler puts where a file makes an `Intl.Segmenter`. */
const { Segmenter } = Intl;

/**
 * Makes its segmenter when it is first asked for segments. The first one that a process makes takes some ten
 * milliseconds, in which the tables of ICU are read; packages make one when they are loaded, and text of one cell a
 * character never needs it.
 */
export class LateSegmenter {
	readonly #settings: ConstructorParameters<typeof Segmenter>;
	#segmenter: Intl.Segmenter | undefined;

	constructor(...settings: ConstructorParameters<typeof Segmenter>) {
		this.#settings = settings;
	}

	segment(text: string): Intl.Segments {
		this.#segmenter ??= new Segmenter(...this.#settings);
		return this.#segmenter.segment(text);
	}
}
