/** Strings that break screens: for property tests of anything that draws text. */
import fc from 'fast-check';

const pieces = fc.constantFrom(
	'监控',
	'한글',
	'ﷺ',
	'🚀',
	'👩‍👩‍👧',
	'🇩🇪',
	'1️⃣',
	'e\u0301\u0302\u0303',
	'\u0301',
	'שלום',
	'\u202Eabc',
	'\u200B',
	'\u00AD',
	'\u200D',
	'\uD83D',
	'\u001B[31m',
	'\u001B]8;;http://x\u0007',
	'\u009B2J',
	'\u0600',
	'\t',
	'\n',
	'\r',
	'\u0000',
	'ａ',
	'½',
	'·',
	'▲',
	' ',
	'-',
	'api',
	'x'.repeat(80),
	'͏',
	'ก็็็',
);

/** Wide, combining, joined, bidirectional, control, escaped and very long texts, and any other. */
export const hostileString: fc.Arbitrary<string> = fc.oneof(
	fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')),
	fc.string({ maxLength: 40, unit: 'binary' }),
	fc.string({ maxLength: 300 }),
);
