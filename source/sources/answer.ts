/** Chooses the decoder for an answer, and turns what is wrong with its bytes into a sentence. */
import { damagedAnswer, notFromKubernetes } from '../messages/en/sources.ts';
import { clean } from '../model/clean.ts';
import { isJson, isProtobuf } from './accept.ts';

/** What is wrong with the bytes of an answer: its message is one of `damage`. It never leaves this folder. */
export class WireError extends Error {}

/**
 * Decodes with `protobuf` or `json`, whichever the content type says.
 *
 * @param what What was asked for, as in the error texts.
 * @throws Error with a sentence, if the answer is in another format or its bytes are damaged. What `visit` throws
 * passes through as it is.
 */
export function decodeAnswer<Result>(
	what: string,
	contentType: string,
	protobuf: () => Result,
	json: () => Result,
): Result {
	const inProtobuf = isProtobuf(contentType);
	if (!inProtobuf && !isJson(contentType)) {
		throw new Error(notFromKubernetes(what, clean(contentType)));
	}
	try {
		return inProtobuf ? protobuf() : json();
	} catch (error) {
		if (error instanceof WireError) {
			throw new Error(damagedAnswer(what, inProtobuf ? 'protobuf' : 'JSON', error.message));
		}
		throw error;
	}
}

/**
 * Keeps the working memory of a decoder from one answer to the next. A visitor that decodes another answer gets a
 * second one.
 */
export class Spare<Decoder> {
	#spare: Decoder | null = null;
	readonly #make: () => Decoder;

	constructor(make: () => Decoder) {
		this.#make = make;
	}

	use<Result>(work: (decoder: Decoder) => Result): Result {
		const decoder = this.#spare ?? this.#make();
		this.#spare = null;
		try {
			return work(decoder);
		} finally {
			this.#spare = decoder;
		}
	}
}
