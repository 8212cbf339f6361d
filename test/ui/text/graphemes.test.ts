import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { graphemes } from '../../../source/ui/text/graphemes.ts';
import { isSimple } from '../../../source/ui/text/width.ts';

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

describe('graphemes', () => {
	test('are those of Unicode, with and without a segmenter', () => {
		for (const text of ['', 'web-1', '…▁▃█ │ µs', 'e\u0301x', '日本', '👩‍👧 a', 'a\r\nb']) {
			const found = Array.from(graphemes(text), ({ segment, index }) => ({ segment, index }));
			const usual = Array.from(segmenter.segment(text), ({ segment, index }) => ({ segment, index }));
			assert.deepEqual(found, usual, JSON.stringify(text));
		}
	});

	test('of each character that counts as simple are the characters themselves, whatever stands beside it', () => {
		const simple = Array.from({ length: 0x2800 }, (_, code) => String.fromCharCode(code)).filter(isSimple);
		assert.ok(simple.length > 1000);
		assert.equal([...segmenter.segment(simple.join(''))].length, simple.length);
	});
});
