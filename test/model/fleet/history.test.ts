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

describe('a sample in 12 bits', () => {
	test('is within 0.4 % of the truth, from a kilobyte to 64 terabytes', () => {
		fc.assert(
			fc.property(fc.double({ min: 1_000, max: 2 ** 46, noNaN: true }), (value) => {
				assert.ok(Math.abs(decodeSample(encodeSample(value)) - value) <= value * 0.004);
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

/** As far apart as two values may be of which one is kept. */
function assertNear(value: number | undefined, expected: number): void {
	assert.ok(value !== undefined && Math.abs(value - expected) <= expected * 0.004, `${value} is not ${expected}`);
}

describe('the history', () => {
	test('gives back what was sampled, oldest first, with gaps where nothing was', () => {
		const history = new History();
		history.born(0);
		add(history, 1_000, 100);
		add(history, 2_000, Number.NaN);
		add(history, 3_000, 300);
		assert.deepEqual(history.times(), [1_000, 2_000, 3_000]);
		const values = history.read(0, 'cpu');
		assertNear(values[0], 100);
		assert.ok(Number.isNaN(values[1]));
		assertNear(values[2], 300);
		assertNear(history.read(0, 'memory', 1)[0], 600);
	});

	test('does not show a new row the past of the row that had its slot before', () => {
		const history = new History();
		history.born(0);
		add(history, 1_000, 100);
		history.born(0);
		add(history, 2_000, 7);
		const [before, after] = history.read(0, 'cpu');
		assert.ok(Number.isNaN(before));
		assertNear(after, 7);
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

	test('keeps the CPU and the memory of neighbouring rows apart', () => {
		const range = { min: 0, max: 2 ** 46, noNaN: true };
		fc.assert(
			fc.property(fc.array(fc.tuple(fc.double(range), fc.double(range)), { minLength: 1, maxLength: 9 }), (rows) => {
				const history = new History();
				// From the last row to the first, so that what overlaps is seen whichever way it does.
				for (const [slot, [cpu, memory]] of [...rows.entries()].reverse()) {
					history.record(1, slot, cpu, memory);
				}
				history.end(1, 1);
				for (const [slot, [cpu, memory]] of rows.entries()) {
					assert.deepEqual(history.read(slot, 'cpu'), [decodeSample(encodeSample(cpu))]);
					assert.deepEqual(history.read(slot, 'memory'), [decodeSample(encodeSample(memory))]);
				}
			}),
		);
	});

	test('takes three bytes a row and poll, however the rows came', () => {
		const history = new History();
		const rows = 10_000;
		for (let poll = 1; poll <= 3; poll++) {
			add(history, poll, ...Array.from({ length: rows }, () => 1));
		}
		assert.ok(history.bytes <= 3 * rows * 3 * 1.05, `${history.bytes} bytes`);
	});

	test('reads a gap for a row that came after a poll', () => {
		const history = new History();
		add(history, 1_000, 1);
		add(history, 2_000, 1, 2, 3);
		assert.ok(Number.isNaN(history.read(2, 'cpu')[0]));
		assert.ok((history.read(2, 'cpu')[1] ?? 0) > 2.9);
	});
});
