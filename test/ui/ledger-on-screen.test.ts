import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import type { SubjectLedger } from '../../source/monitor/messages.ts';
import { panes } from '../../source/ui/panes.ts';
import { type Harness, startScreen } from './harness.tsx';
import { appLedger } from './panes/ledgers.ts';

const answer: SubjectLedger = { ...appLedger, subject: { kind: 'pod', uid: 'pod-0' } };

/** Waits until both terminals show the same: on a busy machine one is drawn later than the other. */
async function same(one: Harness, other: Harness, when: string): Promise<void> {
	await one.until(() => isDeepStrictEqual(one.screen.cells(), other.screen.cells()), `the same cells ${when}`);
}

describe('the ledger on a terminal', () => {
	test('is painted as Ink would write it, cell by cell, whatever is typed and whatever the size', async () => {
		const painted = await startScreen({ panes });
		const plain = await startScreen({ panes, plain: true });
		const both = [painted, plain];
		try {
			for (const keys of ['x', '', 'j', '\r', 'jjj', '\x1b[6~', 'G', 'w', 'g', '?', '\x1b', 'Z', 'Z']) {
				await Promise.all(both.map((screen) => screen.type(keys)));
				for (const { host } of both) {
					host.say(answer);
				}
				await Promise.all(both.map((screen) => screen.settle()));
				await same(painted, plain, `after ${JSON.stringify(keys)}`);
			}
			await painted.until(({ text }) => /kubectl top pod +73Mi +├─+┤/.test(text.call(painted.screen)), 'the claims');
			for (const [columns, rows] of [
				[120, 40],
				[40, 10],
				[200, 60],
				[80, 24],
			] as const) {
				await Promise.all(both.map((screen) => screen.resize(columns, rows)));
				await same(painted, plain, `at ${columns}×${rows}`);
			}
		} finally {
			await painted.close();
			await plain.close();
		}
	});

	test('writes nothing when the same numbers come again, and little for a key', async () => {
		const harness = await startScreen({ panes, columns: 120, rows: 40 });
		try {
			await harness.type('x');
			harness.host.say(answer);
			await harness.until(({ text }) => text.call(harness.screen).includes('closes exactly'));
			await harness.settle();
			const before = harness.output.bytes;
			for (let again = 0; again < 3; again++) {
				harness.host.say(structuredClone(answer));
				await harness.settle();
			}
			await new Promise((resolve) => setTimeout(resolve, 300));
			assert.equal(harness.output.bytes, before);
			assert.ok((await harness.type('k')) < 2048);
		} finally {
			await harness.close();
		}
	});

	test('asks the host for nothing until it is opened, and for nothing once it is closed', async () => {
		const harness = await startScreen({ panes, columns: 120, rows: 40 });
		const asked = () => harness.host.sent.flatMap((message) => (message.type === 'ledger' ? [message.subject] : []));
		try {
			await harness.type('jjkG');
			assert.deepEqual(asked(), []);
			await harness.type('gx');
			await harness.type('\x1b');
			assert.deepEqual(asked(), [{ kind: 'pod', uid: 'pod-0' }, null]);
		} finally {
			await harness.close();
		}
	});
});
