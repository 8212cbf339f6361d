import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { Dictionary } from '../../../source/model/fleet/dictionary.ts';

describe('the words of a dictionary', () => {
	const words = fc.array(fc.stringMatching(/^[a-cA-C/-]{0,5}$/), { maxLength: 20 });
	const found = (dictionary: Dictionary, wanted: string) => [...dictionary.search(wanted)];
	const expected = (dictionary: Dictionary, wanted: string) =>
		dictionary.words.map((word) => Number(word.toLowerCase().includes(wanted)));

	test('are found by a part of them in any case, also those that came later or stayed', () => {
		fc.assert(
			fc.property(words, words, fc.stringMatching(/^[a-c-]{1,3}$/), fc.nat(20), (first, later, wanted, every) => {
				const dictionary = new Dictionary();
				for (const some of [first, later]) {
					for (const word of some) {
						dictionary.id(word);
					}
					assert.deepEqual(found(dictionary, wanted), expected(dictionary, wanted));
				}
				dictionary.keepOnly(Uint8Array.from(dictionary.words, (_, id) => Number(id % (every + 1) === 0)));
				assert.deepEqual(found(dictionary, wanted), expected(dictionary, wanted));
			}),
		);
	});

	test('are found also where one becomes longer without its capitals', () => {
		const dictionary = new Dictionary();
		for (const word of ['\u0130stanbul', 'Web', 'weber']) {
			dictionary.id(word);
		}
		assert.deepEqual(found(dictionary, 'web'), [0, 0, 1, 1]);
		assert.deepEqual(found(dictionary, 'bul'), [0, 1, 0, 0]);
	});
});
