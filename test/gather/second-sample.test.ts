import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { joinSecondSample, secondSample } from '../../source/gather/second-sample.ts';
import { type Reading, type ReadingQuantity, Readings, type SourceId } from '../../source/model/reading.ts';

function reading(source: SourceId, quantity: ReadingQuantity, value: number, at: number, part?: string): Reading {
	return { source, quantity, value, at, field: 'field', window: Number.NaN, ...(part === undefined ? {} : { part }) };
}

const first = new Readings([
	reading('kubelet-resource', 'cpuTime', 5e9, 10_000),
	reading('kubelet-resource', 'workingSet', 100, 10_000),
	reading('kubelet-resource', 'cpuTime', 2e9, 9_000, 'container/app'),
	reading('metrics-api', 'cpuRate', 1e8, 10_000),
]);

describe('a second sample of a kubelet’s counters', () => {
	test('takes the place of the first, which becomes the one before', async () => {
		const asked: string[] = [];
		const second = await secondSample(
			first,
			async (ask) => {
				asked.push(ask);
				return new Readings([
					reading('kubelet-resource', 'cpuTime', 6e9, 11_000),
					reading('kubelet-resource', 'workingSet', 200, 11_000),
					reading('kubelet-resource', 'cpuTime', 2e9, 9_000, 'container/app'),
				]);
			},
			() => 11_500,
			0,
		);
		assert.deepEqual([asked, second.problem], [['resource'], '']);
		const { previous, readings } = joinSecondSample(first, second);
		assert.deepEqual(
			previous.map(({ value }) => value),
			[5e9],
		);
		assert.equal(readings.value('cpuTime', 'kubelet-resource'), 6e9);
		// What is true of a moment stays of the moment of all the others.
		assert.equal(readings.value('workingSet', 'kubelet-resource'), 100);
		assert.equal(readings.findPart('container/app', 'cpuTime')?.value, 2e9);
		assert.equal(readings.all.length, first.all.length);
	});

	test('that is the first again is said, with the time until the next', async () => {
		const { newer, problem } = await secondSample(
			first,
			async () => first,
			() => 14_000,
			0,
		);
		assert.deepEqual(newer, []);
		assert.match(problem, /same sample of the CPU counters, 4 s old: a rate needs two. The next one comes within 11 s/);
	});

	test('is not asked for where the source makes its rate itself, or has none', async () => {
		for (const readings of [
			new Readings([]),
			new Readings(first.all.filter(({ source }) => source === 'kubelet-summary')),
		]) {
			const second = await secondSample(
				readings,
				() => assert.fail('it was asked'),
				() => 0,
				0,
			);
			assert.deepEqual(second, { newer: [], problem: '' });
		}
	});

	test('that fails leaves the first as it is', async () => {
		const second = await secondSample(
			first,
			() => Promise.reject(new Error('gone')),
			() => 0,
			0,
		);
		assert.equal(joinSecondSample(first, second).readings.all.length, first.all.length);
	});
});
