import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { processorTime } from '../../../source/demo/model/processor.ts';

const started = 1_780_000_000;
const profile = fc.record(
	{
		mean: fc.double({ min: 1, max: 4000, noNaN: true }),
		wave: fc.record({
			depth: fc.double({ min: 0, max: 0.5, noNaN: true }),
			period: fc.integer({ min: 60, max: 5000 }),
		}),
		jitter: fc.double({ min: 0, max: 0.5, noNaN: true }),
		burst: fc.record({
			height: fc.integer({ min: 1, max: 2000 }),
			length: fc.integer({ min: 1, max: 50 }),
			every: fc.integer({ min: 60, max: 600 }),
		}),
	},
	{ requiredKeys: ['mean'] },
);

test('a counter of processor time never falls', () => {
	fc.assert(
		fc.property(
			profile,
			fc.integer(),
			fc.integer({ min: 0, max: 100_000 }),
			fc.integer({ min: 0, max: 500 }),
			(cpu, key, age, step) => {
				const before = processorTime(cpu, key, started, started + age);
				const after = processorTime(cpu, key, started, started + age + step);
				assert.ok(after >= before, `${before} then ${after}`);
			},
		),
	);
});

test('a steady program uses its mean', () => {
	const used =
		processorTime({ mean: 250 }, 1, started, started + 1000) - processorTime({ mean: 250 }, 1, started, started);
	assert.equal(used, 250_000_000);
});

test('each interval has its burst, whole, somewhere', () => {
	const cpu = { mean: 0, burst: { height: 1000, length: 10, every: 100 } };
	const begin = started - (started % 100);
	for (let interval = 0; interval < 20; interval++) {
		const at = (offset: number) => processorTime(cpu, 5, begin, begin + interval * 100 + offset);
		assert.equal(at(100) - at(0), 10_000_000);
	}
});
