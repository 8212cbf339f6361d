import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LateSegmenter } from '../../source/engine/late-segmenter.ts';

test('a late segmenter finds the same as any other', () => {
	for (const granularity of [undefined, 'grapheme', 'word'] as const) {
		for (const text of ['', 'web-1', 'e\u0301 日本 👩‍👧', 'two words']) {
			const usual = new Intl.Segmenter('en', { granularity }).segment(text);
			assert.deepEqual([...new LateSegmenter('en', { granularity }).segment(text)], [...usual]);
		}
	}
});
