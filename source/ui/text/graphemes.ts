/** The characters of a text as people see them: one may be of several code points. */
import { isSimple } from './width.ts';

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

export interface Grapheme {
	segment: string;
	/** Where it begins, in UTF-16 units. */
	index: number;
}

/** In order. Text of our own alphabet is not given to the segmenter, whose first use takes ten milliseconds. */
export function graphemes(text: string): Iterable<Grapheme> {
	return isSimple(text) ? Array.from(text, (segment, index) => ({ segment, index })) : segmenter.segment(text);
}
