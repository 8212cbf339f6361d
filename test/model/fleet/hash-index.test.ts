import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { HashIndex, hashText } from '../../../source/model/fleet/hash-index.ts';

test('finds what a Map finds, after any sequence of additions and removals', () => {
	const step = fc.record({ add: fc.boolean(), key: fc.stringMatching(/^[a-d]{1,3}$/) });
	fc.assert(
		fc.property(fc.array(step, { maxLength: 600 }), (steps) => {
			const keys: string[] = [];
			const model = new Map<string, number>();
			const index = new HashIndex();
			// Few different hashes, so that chains of collisions and removed cells really occur.
			const hash = (key: string) => hashText(key) % 7;
			for (const { add, key } of steps) {
				const known = model.get(key);
				if (add && known === undefined) {
					model.set(key, keys.length);
					index.add(hash(key), keys.length);
					keys.push(key);
				} else if (!add && known !== undefined) {
					model.delete(key);
					index.remove(hash(key), known);
				}
			}
			for (const key of keys) {
				assert.equal(
					index.find(hash(key), (slot) => keys[slot] === key),
					model.get(key) ?? -1,
				);
			}
		}),
	);
});
