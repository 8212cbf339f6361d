import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { padEnd, padStart, truncateEnd, truncateMiddle, wrap } from '../../../source/ui/text/fit.ts';
import { cellWidth, isSimple, printable } from '../../../source/ui/text/width.ts';
import { hostileString } from '../panes/hostile.ts';

describe('width', () => {
	test('what is measured by its length alone is one cell wide, each character of it', () => {
		for (let code = 0; code < 0x1_00_00; code++) {
			const character = String.fromCharCode(code);
			if (isSimple(character)) {
				assert.equal(stringWidth(character), 1, `U+${code.toString(16)}`);
			}
		}
	});

	test('wide, combining and joined characters are measured as the terminal shows them', () => {
		assert.equal(cellWidth('监控'), 4);
		assert.equal(cellWidth('e\u0301'), 1);
		assert.equal(cellWidth('🚀'), 2);
		assert.equal(cellWidth('api-7c9d'), 8);
	});

	test('nothing that moves the cursor or turns the text survives', () => {
		assert.equal(printable('a\u001B[2Jb\nc\u202Ed\u0007'), 'a[2Jbcd');
	});
});

describe('fit', () => {
	test('a text that fits is left as it is', () => {
		assert.equal(truncateEnd('kafka-0', 7), 'kafka-0');
		assert.equal(truncateMiddle('kafka-0', 7), 'kafka-0');
	});

	test('the end is cut off with an ellipsis', () => {
		assert.equal(truncateEnd('kube-system', 8), 'kube-sy…');
		assert.equal(truncateEnd('kube-system', 1), '…');
		assert.equal(truncateEnd('kube-system', 0), '');
	});

	test('names of replicas keep the part by which they differ', () => {
		assert.equal(truncateMiddle('api-7c9d6f5b8-x2k1z', 16), 'api-7c9d6…-x2k1z');
		assert.equal(truncateMiddle('api-7c9d6f5b8-x2k1z', 9), 'api-…2k1z');
	});

	test('a wide character that does not fit whole leaves a blank', () => {
		assert.equal(padEnd('监控系统', 6), '监控… ');
		assert.equal(padEnd('监控系统', 2), '… ');
	});

	test('numbers are aligned at their right', () => {
		assert.equal(padStart('412m', 6), '  412m');
	});

	test('any text is made exactly as wide as there is room', () => {
		fc.assert(
			fc.property(hostileString, fc.nat({ max: 60 }), (text, width) => {
				assert.equal(stringWidth(padEnd(text, width)), width);
				assert.equal(stringWidth(padStart(text, width)), width);
				assert.ok(stringWidth(truncateMiddle(text, width)) <= width);
			}),
			{ numRuns: 500 },
		);
	});

	test('text is wrapped at blanks, and a word longer than a line is cut', () => {
		assert.deepEqual(wrap('a pod is left out whole', 9), ['a pod is', 'left out', 'whole']);
		assert.deepEqual(wrap('abcdefghij kl', 4), ['abcd', 'efgh', 'ij', 'kl']);
		assert.deepEqual(wrap('', 10), []);
	});

	test('no wrapped line is wider than the room', () => {
		fc.assert(
			fc.property(hostileString, fc.integer({ min: 1, max: 30 }), (text, width) => {
				for (const line of wrap(text, width)) {
					assert.ok(stringWidth(line) <= width, JSON.stringify(line));
				}
			}),
		);
	});
});
