import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Turns } from '../../source/ui/turns.ts';

async function finished(turns: Turns): Promise<void> {
	for (let turn = 0; turns.isBusy; turn++) {
		assert.ok(turn < 100, 'never came to an end');
		await nextTurn();
	}
}

describe('work in turns', () => {
	test('is done part after part, with a turn of the event loop between any two', async () => {
		const turns = new Turns();
		const done: string[] = [];
		const part = (name: string) => () => {
			done.push(name);
			setImmediate(() => done.push(`between ${name}`));
		};
		turns.begin([part('first'), part('second'), part('third')]);
		assert.equal(done.length, 0);
		await finished(turns);
		await nextTurn();
		assert.deepEqual(
			done.filter((name) => !name.startsWith('between')),
			['first', 'second', 'third'],
		);
		assert.ok(done.indexOf('between first') < done.indexOf('third'));
	});

	test('is not done to its end when it is stopped or other work begins', async () => {
		const turns = new Turns();
		const done: string[] = [];
		turns.begin([() => done.push('first'), () => turns.stop(), () => done.push('never')]);
		await finished(turns);
		turns.begin([() => done.push('never')]);
		turns.begin([() => done.push('other')]);
		await finished(turns);
		await nextTurn();
		assert.deepEqual(done, ['first', 'other']);
	});

	test('is over when its last part begins: that part may begin other work', async () => {
		const turns = new Turns();
		const done: string[] = [];
		turns.begin([
			() => {
				assert.ok(!turns.isBusy);
				turns.begin([() => done.push('after')]);
			},
		]);
		await finished(turns);
		await nextTurn();
		assert.deepEqual(done, ['after']);
	});

	test('without a part is no work', () => {
		const turns = new Turns();
		turns.begin([]);
		assert.ok(!turns.isBusy);
	});
});
