import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { startDemo } from '../../source/demo/start.ts';
import { ask } from './ask.ts';

test('a demo in a process of its own answers, and leaves nothing when it is closed', async () => {
	const demo = await startDemo({ insecure: true, freezeClock: true, nodes: 4, pods: 20 });
	assert.equal((await ask(`${demo.url}/api/v1/nodes`)).json.items.length, 4);
	await demo.close();
	await assert.rejects(ask(`${demo.url}/version`), { code: 'ECONNREFUSED' });
	assert.ok(!existsSync(dirname(demo.kubeconfig)));
	await demo.close();
});

test('what is wrong with the options comes back from the process', async () => {
	await assert.rejects(startDemo({ faults: ['nonsense'] }), /The demo has no fault "nonsense"/);
});

test('a process that does not come up tells its error', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'whytop-demo-'));
	const { NODE_OPTIONS: before = '' } = process.env;
	writeFileSync(join(folder, 'fails.cjs'), "throw new RangeError('no room');");
	process.env['NODE_OPTIONS'] = `${before} --require ${join(folder, 'fails.cjs')}`;
	try {
		await assert.rejects(startDemo(), {
			message: 'The process of the demo cluster ended before it answered: RangeError: no room',
		});
	} finally {
		process.env['NODE_OPTIONS'] = before;
		rmSync(folder, { recursive: true });
	}
});
