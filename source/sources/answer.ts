/** Chooses the decoder for an answer, and turns what is wrong with its bytes into a sentence. */
import { damagedAnswer, notFromKubernetes } from '../messages/en/sources.ts';
import { clean } from '../model/clean.ts';
import type { ListMeta } from '../model/records.ts';
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

/** Reads a list while its bytes come. */
export interface ListStream {
	/** Each item is visited as soon as it is whole. */
	push(chunk: Buffer): void;
	/** What the list's metadata say, null until they have come. */
	readonly meta: ListMeta | null;
	/** The answer has come to its end. @throws Error with a sentence if it is not whole */
	end(): ListMeta;
}

/** As {@link decodeAnswer}, for a list that is read while it comes. */
export function openListStream(
	what: string,
	contentType: string,
	protobuf: () => ListStream,
	json: () => ListStream,
): ListStream {
	const stream = decodeAnswer(what, contentType, protobuf, json);
	return {
		get meta() {
			return stream.meta;
		},
		push(chunk) {
			decodeAnswer(
				what,
				contentType,
				() => stream.push(chunk),
				() => stream.push(chunk),
			);
		},
		end() {
			return decodeAnswer(
				what,
				contentType,
				() => stream.end(),
				() => stream.end(),
			);
		},
	};
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
