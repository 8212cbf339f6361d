import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { RecentBytes } from '../../source/sources/recent-bytes.ts';

describe('RecentBytes', () => {
	test('gives what the very same bytes meant, or nothing', () => {
		const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 12 });
		fc.assert(
			fc.property(fc.array(letters), (texts) => {
				const recent = new RecentBytes<string>(8, 16);
				for (const text of texts) {
					const bytes = Buffer.from(`<${text}>`);
					const known = recent.find(bytes, 1, bytes.length - 1);
					assert.ok(known === undefined || known === text, `${text} is not ${known}`);
					if (known === undefined) {
						recent.keep(bytes, 1, bytes.length - 1, text);
					}
					assert.equal(recent.find(bytes, 1, bytes.length - 1), text.length <= 8 ? text : undefined);
				}
			}),
		);
	});
});
