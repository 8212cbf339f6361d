import assert from 'node:assert/strict';
import { test } from 'node:test';
import { panes } from '../../source/ui/panes.ts';
import { answerOf } from './fake-host.ts';
import { startScreen } from './harness.tsx';
import { answer, examined } from './panes/states.ts';

test('c hands the command of a finding to the terminal’s clipboard, and says so', async () => {
	const harness = await startScreen({ panes });
	const copied: string[] = [];
	harness.screen.terminal.parser.registerOscHandler(52, (data) => {
		copied.push(data);
		return true;
	});
	try {
		await harness.type('4');
		const asked = harness.host.sent.findLast(
			(message) => message.type === 'list' && message.query.list === 'diagnostics',
		);
		assert.ok(asked?.type === 'list');
		harness.host.say({
			...answerOf(harness.host.fleet, asked.query),
			...answer('diagnostics', [examined]),
			sequence: asked.query.sequence,
		} as never);
		await harness.until(({ text }) => text.call(harness.screen).includes('apiservice-missing'));
		await harness.type('c');
		const command = 'kubectl get pods -A -o wide | grep metrics-server';
		await harness.until(({ text }) => text.call(harness.screen).includes(`copied: ${command}`), 'the notice');
		assert.deepEqual([...new Set(copied)], [`c;${Buffer.from(command).toString('base64')}`]);
	} finally {
		await harness.close();
	}
});
