import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { age, cpu, memory, percent, percentOf, shortDuration } from '../../source/model/display.ts';
import { readFixture } from './fixture.ts';

const mebibyte = 2 ** 20;
const gibibyte = 2 ** 30;

/** Of `HumanDuration` and `ShortHumanDuration`, from `fixtures/generate.go`. */
const durations = readFixture<{ milliseconds: number; human: string; short: string }[]>('durations.json');

describe('cpu', () => {
	test('is in millicores below ten cores, rounded up as kubectl does', () => {
		assert.equal(cpu(412e6), '412m');
		assert.equal(cpu(411_000_001), '412m');
		assert.equal(cpu(9999e6), '9999m');
		assert.equal(cpu(1), '1m');
	});

	test('is in cores from there on', () => {
		assert.equal(cpu(9_999_000_001), '10.0');
		assert.equal(cpu(12.345e9), '12.3');
		assert.equal(cpu(99.99e9), '99.9');
		assert.equal(cpu(640e9), '640');
		assert.equal(cpu(640_000e9), '640k');
	});

	test('unset is not zero', () => {
		assert.equal(cpu(Number.NaN), '–');
		assert.equal(cpu(0), '0');
	});

	test('fits into six cells', () => {
		fc.assert(fc.property(fc.double({ min: 0, max: 1e16, noNaN: true }), (value) => cpu(value).length <= 6));
	});
});

describe('memory', () => {
	test('is in whole mebibytes as long as they fit, rounded down as kubectl does', () => {
		assert.equal(memory(1880.9 * mebibyte), '1880Mi');
		assert.equal(memory(mebibyte), '1Mi');
		assert.equal(memory(9999.9 * mebibyte), '9999Mi');
	});

	test('is in larger units from there on', () => {
		assert.equal(memory(10_000 * mebibyte), '9.7Gi');
		assert.equal(memory(12.39 * gibibyte), '12.3Gi');
		assert.equal(memory(755.5 * gibibyte), '755Gi');
		assert.equal(memory(9999.5 * gibibyte), '9999Gi');
		assert.equal(memory(12.5 * 1024 * gibibyte), '12.5Ti');
		assert.equal(memory(12.5 * 1024 * 1024 * gibibyte), '12.5Pi');
	});

	test('a little is not nothing, and unset is not zero', () => {
		assert.equal(memory(220 * 1024), '<1Mi');
		assert.equal(memory(0), '0');
		assert.equal(memory(Number.NaN), '–');
	});

	test('fits into six cells', () => {
		fc.assert(fc.property(fc.double({ min: 0, max: 2 ** 62, noNaN: true }), (value) => memory(value).length <= 6));
	});
});

describe('percent', () => {
	test('is cut, not rounded', () => {
		assert.equal(percent(percentOf(939, 1000)), '93');
		assert.equal(percent(percentOf(9999, 10_000)), '99');
		assert.equal(percent(percentOf(5, 1)), '500');
		assert.equal(percent(percentOf(5000, 1)), '>9999');
	});

	test('there is none without a denominator or a value', () => {
		assert.equal(percent(percentOf(5, Number.NaN)), '–');
		assert.equal(percent(percentOf(5, 0)), '–');
		assert.equal(percent(percentOf(Number.NaN, 5)), '–');
		assert.equal(percent(percentOf(0, 5)), '0');
	});
});

describe('age and shortDuration', () => {
	test('an age is what kubectl prints', () => {
		assert.deepEqual(
			durations.map(({ milliseconds }) => age(milliseconds)),
			durations.map(({ human }) => human),
		);
		assert.equal(age(Number.NaN), '<unknown>');
	});

	test('a sample’s age is what apimachinery’s short form prints', () => {
		const past = durations.filter(({ milliseconds }) => milliseconds >= 0);
		assert.deepEqual(
			past.map(({ milliseconds }) => shortDuration(milliseconds)),
			past.map(({ short }) => short),
		);
	});

	test('a sample from a clock that runs ahead is now', () => {
		assert.equal(shortDuration(-5000), '0s');
		assert.equal(shortDuration(Number.NaN), '–');
	});
});
