import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parseDuration, parseTime } from '../../source/model/time.ts';

describe('parseTime', () => {
	test('reads Time and MicroTime', () => {
		assert.equal(parseTime('2026-07-28T12:34:56Z'), Date.UTC(2026, 6, 28, 12, 34, 56));
		assert.equal(parseTime('2026-07-28T12:34:56.123456Z'), Date.UTC(2026, 6, 28, 12, 34, 56, 123));
		assert.equal(parseTime('2026-07-28T12:34:56.5+02:30'), Date.UTC(2026, 6, 28, 10, 4, 56, 500));
		assert.equal(parseTime('2024-02-29T00:00:00-01:00'), Date.UTC(2024, 1, 29, 1));
	});

	test('takes Go’s zero time as not set', () => {
		assert.equal(parseTime('0001-01-01T00:00:00Z'), Number.NaN);
	});

	test('agrees with the engine on every time there is', () => {
		const earliest = new Date('0001-01-02T00:00:00Z');
		const latest = new Date('9999-12-31T23:59:59.999Z');
		fc.assert(
			fc.property(fc.date({ min: earliest, max: latest, noInvalidDate: true }), (date) => {
				assert.equal(parseTime(date.toISOString()), date.getTime());
			}),
		);
	});

	test('refuses what is no time', () => {
		for (const text of [
			'',
			'2026-07-28',
			'2026-07-28T12:34:56',
			'2026-13-01T00:00:00Z',
			'2026-02-29T00:00:00Z',
			'2026-07-28T24:00:00Z',
			'2026-07-28T12:60:00Z',
			'2026-07-28T12:34:56.Z',
			'2026-07-28T12:34:56Zulu',
			'2026-07-28T12:34:56+0200',
			'2026-07-28T12:34:5xZ',
			'2x26-07-28T12:34:56Z',
		]) {
			assert.equal(parseTime(text), Number.NaN, text);
		}
	});
});

describe('parseDuration', () => {
	test('reads Go’s durations in milliseconds, exactly', () => {
		assert.equal(parseDuration('15.001s'), 15_001);
		assert.equal(parseDuration('20.076s'), 20_076);
		assert.equal(parseDuration('1m0s'), 60_000);
		assert.equal(parseDuration('1h2m3.5s'), 3_723_500);
		assert.equal(parseDuration('250µs'), 0.25);
		assert.equal(parseDuration('-1.5s'), -1500);
		assert.equal(parseDuration('0s'), 0);
		assert.equal(parseDuration('0'), 0);
	});

	test('any number of nanoseconds comes back', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 10 ** 14 }), (nanoseconds) => {
				const text = `${Math.floor(nanoseconds / 1e9)}.${String(nanoseconds % 1e9).padStart(9, '0')}s`;
				assert.equal(parseDuration(text), nanoseconds / 1e6);
			}),
		);
	});

	test('refuses what is no duration', () => {
		for (const text of ['', 's', '5', '5 s', '1.s.', 'five', '1d', '.s', '1h-2m']) {
			assert.equal(parseDuration(text), Number.NaN, text);
		}
	});
});
