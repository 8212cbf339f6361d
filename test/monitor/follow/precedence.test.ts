import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Precedence } from '../../../source/monitor/follow/precedence.ts';

describe('whoever lets others go first', () => {
	test('waits for nobody where nobody goes first', async () => {
		await new Precedence().others();
	});

	test('waits until they have come to their end', async () => {
		const precedence = new Precedence();
		let waited = false;
		precedence.begin();
		precedence.begin();
		const others = precedence.others().then(() => {
			waited = true;
		});
		precedence.end();
		assert.equal(waited, false);
		precedence.end();
		await others;
	});

	test('does not wait for those to whom nothing comes', async () => {
		const precedence = new Precedence();
		precedence.begin();
		await precedence.others();
	});
});
