import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { decodeSample, encodeSample, History } from '../../../source/model/fleet/history.ts';

/** One poll: the values of the slots, NaN for none. */
function add(history: History, time: number, ...values: number[]): void {
	for (const [slot, value] of values.entries()) {
		if (!Number.isNaN(value)) {
			history.record(time, slot, value, value * 2);
		}
	}
	history.end(time, time);
}

describe('a sample in 16 bits', () => {
	test('is within 0.025 % of the truth, from a kilobyte to 64 terabytes', () => {
		fc.assert(
			fc.property(fc.double({ min: 1_000, max: 2 ** 46, noNaN: true }), (value) => {
				assert.ok(Math.abs(decodeSample(encodeSample(value)) - value) <= value * 0.00025);
			}),
		);
	});

	test('tells zero from missing', () => {
		assert.equal(decodeSample(encodeSample(0)), 0);
		assert.equal(encodeSample(Number.NaN), 0);
		assert.ok(Number.isNaN(decodeSample(0)));
	});

	test('keeps the order of values', () => {
		fc.assert(
			fc.property(fc.nat(), fc.nat(), (a, b) => {
				assert.ok(a > b || encodeSample(a) <= encodeSample(b));
			}),
		);
	});
});

describe('the history', () => {
	test('gives back what was sampled, oldest first, with gaps where nothing was', () => {
		const history = new History();
		history.born(0);
		add(history, 1_000, 100);
		add(history, 2_000, Number.NaN);
		add(history, 3_000, 300);
		assert.deepEqual(history.times(), [1_000, 2_000, 3_000]);
		const values = history.read(0, 'cpu');
		assert.equal(Math.round(values[0] ?? 0), 100);
		assert.ok(Number.isNaN(values[1]));
		assert.equal(Math.round(values[2] ?? 0), 300);
		assert.equal(Math.round(history.read(0, 'memory', 1)[0] ?? 0), 600);
	});

	test('does not show a new row the past of the row that had its slot before', () => {
		const history = new History();
		history.born(0);
		add(history, 1_000, 100);
		history.born(0);
		add(history, 2_000, 7);
		const [before, after] = history.read(0, 'cpu');
		assert.ok(Number.isNaN(before));
		assert.equal(Math.round(after ?? 0), 7);
	});

	test('keeps no more polls than its limit, and still knows whose they are', () => {
		const history = new History(3);
		history.born(0);
		for (let poll = 1; poll <= 5; poll++) {
			add(history, poll * 1_000, poll * 1_000, poll);
		}
		assert.deepEqual(history.times(), [3_000, 4_000, 5_000]);
		assert.deepEqual(
			history.read(0, 'cpu').map((value) => Math.round(value / 100) * 100),
			[3_000, 4_000, 5_000],
		);
		history.born(1);
		assert.ok(history.read(1, 'cpu').every((value) => Number.isNaN(value)));
	});

	test('takes four bytes a row and poll, however the rows came', () => {
		const history = new History();
		const rows = 10_000;
		for (let poll = 1; poll <= 3; poll++) {
			add(history, poll, ...Array.from({ length: rows }, () => 1));
		}
		assert.ok(history.bytes <= 3 * rows * 4 * 1.05, `${history.bytes} bytes`);
	});

	test('reads a gap for a row that came after a poll', () => {
		const history = new History();
		add(history, 1_000, 1);
		add(history, 2_000, 1, 2, 3);
		assert.ok(Number.isNaN(history.read(2, 'cpu')[0]));
		assert.ok((history.read(2, 'cpu')[1] ?? 0) > 2.9);
	});
});
