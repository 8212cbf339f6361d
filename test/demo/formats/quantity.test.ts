import assert from 'node:assert/strict';
import { test } from 'node:test';
import { humanDuration } from '../../../source/demo/formats/age.ts';
import { apiTime, secondsOf } from '../../../source/demo/formats/json.ts';
import { goDuration } from '../../../source/demo/formats/metrics.ts';
import { binaryQuantity, cpuQuantity } from '../../../source/demo/formats/quantity.ts';

test('quantities are written in the largest unit that divides them, as Kubernetes does', () => {
	assert.equal(binaryQuantity(8436 * 1024), '8436Ki');
	assert.equal(binaryQuantity(12 * 1024 * 1024), '12Mi');
	assert.equal(binaryQuantity(0), '0');
	assert.equal(binaryQuantity(1023), '1023');
	assert.equal(cpuQuantity(4489), '4489n');
	assert.equal(cpuQuantity(10_548_241), '10548241n');
	assert.equal(cpuQuantity(250_000_000), '250m');
	assert.equal(cpuQuantity(2_000_000_000), '2');
});

test('ages are written as in the tables of the API server', () => {
	const second = 1000;
	const minute = 60 * second;
	const hour = 60 * minute;
	const day = 24 * hour;
	const cases: [number, string][] = [
		[-5 * second, '<invalid>'],
		[-1 * second, '0s'],
		[119 * second, '119s'],
		[2 * minute, '2m'],
		[9 * minute + 59 * second, '9m59s'],
		[10 * minute + 59 * second, '10m'],
		[179 * minute, '179m'],
		[3 * hour, '3h'],
		[7 * hour + 59 * minute, '7h59m'],
		[47 * hour, '47h'],
		[2 * day, '2d'],
		[7 * day + 23 * hour, '7d23h'],
		[8 * day + hour, '8d'],
		[729 * day, '729d'],
		[2 * 365 * day, '2y'],
		[2 * 365 * day + 3 * day, '2y3d'],
		[9 * 365 * day, '9y'],
	];
	for (const [length, text] of cases) assert.equal(humanDuration(length), text);
});

test('times are read back as they were written', () => {
	for (const time of [0, 951_782_400_000, 1_795_259_048_999])
		assert.equal(secondsOf(apiTime(time)), Math.floor(time / 1000));
	assert.equal(apiTime(1_795_259_048_999), new Date(1_795_259_048_000).toISOString().replace('.000', ''));
});

test('lengths of time are written as Go does', () => {
	assert.equal(goDuration(17_708), '17.708s');
	assert.equal(goDuration(20_100), '20.1s');
	assert.equal(goDuration(62_000), '1m2s');
});
