import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Cost } from '../../../source/kube/transport/cost.ts';

describe('the cost', () => {
	test('is the mean of the last minute', () => {
		let now = 0;
		const cost = new Cost(() => now);
		for (let second = 0; second < 120; second++) {
			now = second * 1000;
			cost.addRequest();
			cost.addRequest();
		}
		assert.equal(cost.requests, 240);
		assert.equal(cost.requestsPerSecond(), 2);
		now += 59_000;
		assert.equal(cost.requestsPerSecond(), 2 / 60);
		now += 60_000;
		assert.equal(cost.requestsPerSecond(), 0);
	});
	test('in the first minute is the mean since the start', () => {
		let now = 5_000_000;
		const cost = new Cost(() => now);
		cost.addRequest();
		assert.equal(cost.requestsPerSecond(), 1);
		now += 9000;
		cost.addRequest();
		now += 1000;
		assert.equal(cost.requestsPerSecond(), 0.2);
	});
	test('of now is that of the last seconds in whole requests: a start is soon forgotten, and polls are less than one', () => {
		let now = 5_000_000;
		const cost = new Cost(() => now);
		for (let request = 0; request < 14; request++) {
			cost.addRequest();
		}
		assert.equal(cost.requestsNow(), 14);
		now += 2000;
		assert.equal(cost.requestsNow(), 7);
		now += 2999;
		assert.equal(cost.requestsNow(), 3);
		now += 1;
		assert.equal(cost.requestsNow(), 0);
		for (let poll = 0; poll < 8; poll++) {
			now += 15_000;
			cost.addRequest();
			cost.addRequest();
			assert.equal(cost.requestsNow(), 0);
		}
		for (let second = 0; second < 5; second++) {
			now += 1000;
			cost.addRequest();
			cost.addRequest();
		}
		assert.equal(cost.requestsNow(), 2);
	});
	test('counts bytes', () => {
		const cost = new Cost();
		cost.addBytes(3);
		cost.addBytes(4);
		assert.equal(cost.bytesReceived, 7);
	});
});
