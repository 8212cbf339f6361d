import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { clean } from '../../source/model/clean.ts';
import { StringCache } from '../../source/sources/strings.ts';

describe('StringCache', () => {
	test('gives the clean text of any bytes, again and again', () => {
		const cache = new StringCache();
		fc.assert(
			fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 6 }), { maxLength: 20 }), (texts) => {
				for (const text of [...texts, ...texts]) {
					const encoded = Buffer.from(`<${text}>`);
					const decoded = encoded.toString('utf8', 1, encoded.length - 1);
					assert.equal(cache.fromBytes(encoded, 1, encoded.length - 1), clean(decoded));
					assert.equal(cache.fromText(text), clean(text));
				}
			}),
		);
	});

	test('pairs are what they are made of, whatever was paired before', () => {
		const cache = new StringCache();
		const part = fc.constantFrom('', 'a', 'b', 'aa', 'a/b', 'ReplicaSet', 'web');
		fc.assert(
			fc.property(fc.array(fc.tuple(part, part), { maxLength: 20 }), (pairs) => {
				for (const [kind, name] of pairs) {
					assert.equal(cache.pair(kind, name), `${kind}/${name}`);
				}
			}),
		);
	});

	test('is right for more strings than it has room for', () => {
		const cache = new StringCache();
		const name = (index: number) => `registry.example/image-${index % 100_000}`;
		for (let index = 0; index < 200_000; index++) {
			const bytes = Buffer.from(name(index));
			if (cache.fromBytes(bytes, 0, bytes.length) !== name(index)) {
				assert.fail(name(index));
			}
		}
	});

	test('a long string comes back whole', () => {
		const long = 'x'.repeat(10_000);
		assert.equal(new StringCache().fromBytes(Buffer.from(long), 0, long.length), long);
	});
});
