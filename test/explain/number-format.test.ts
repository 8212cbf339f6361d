import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { binarySize, decimalSize, fixed, freeSize, topSize } from '../../source/explain/number-format.ts';

describe('numbers in the print of the tools', () => {
	test('docker: four significant digits, ties to even as Go rounds them', () => {
		assert.equal(binarySize(0), '0B');
		assert.equal(binarySize(1023), '1023B');
		assert.equal(binarySize(77_037_568), '73.47MiB');
		assert.equal(binarySize(64 * 2 ** 20), '64MiB');
		// 1.0625 lies between 1.062 and 1.063, 1.1875 between 1.187 and 1.188.
		assert.equal(binarySize(1.0625 * 2 ** 20), '1.062MiB');
		assert.equal(binarySize(1.1875 * 2 ** 20), '1.188MiB');
		assert.equal(binarySize(1023.99 * 2 ** 20), '1024MiB');
	});

	test('crictl and podman: decimal units', () => {
		assert.equal(decimalSize(16_232_448), '16.23MB');
		assert.equal(decimalSize(999), '999B');
		assert.equal(decimalSize(1_000), '1kB');
	});

	test('top: KiB as long as six cells hold them', () => {
		assert.equal(topSize(999_999 * 1024), '999999');
		assert.equal(topSize(1_000_000 * 1024), '976.6m');
		assert.equal(topSize(1.5 * 2 ** 30), '1.5g');
	});

	test('free -h: five cells', () => {
		assert.equal(freeSize(0), '0B');
		assert.equal(freeSize(2_465_587_200), '2.3Gi');
		assert.equal(freeSize(25_276_514_304), '23Gi');
		assert.equal(freeSize(176_808 * 1024), '172Mi');
		assert.equal(freeSize(2_791_572 * 1024), '2.7Gi');
	});

	test('a printed number is within half a unit of its last digit', () => {
		fc.assert(
			fc.property(
				fc.double({ min: -1e9, max: 1e9, noNaN: true }),
				fc.integer({ min: 0, max: 6 }),
				(value, decimals) => {
					assert.ok(Math.abs(Number(fixed(value, decimals)) - value) <= 0.5000001 * 10 ** -decimals);
				},
			),
		);
	});
});
