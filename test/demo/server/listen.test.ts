import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startListener } from '../../../source/demo/server/listen.ts';
import { ask } from '../ask.ts';

test('a listener that goes away drops its connections and refuses new ones, and comes back on its port', async () => {
	const listener = await startListener(
		(request, response) => {
			if (request.url === '/wait') response.write('so far');
			else response.end('here');
		},
		undefined,
		0,
	);
	const url = `http://127.0.0.1:${listener.port}`;
	try {
		assert.equal((await ask(url)).text, 'here');
		const cut = assert.rejects(ask(`${url}/wait`));
		await ask(url);
		await listener.goAway();
		await cut;
		await assert.rejects(ask(url), { code: 'ECONNREFUSED' });
		await listener.comeBack();
		assert.equal((await ask(url)).text, 'here');
	} finally {
		await listener.close();
	}
});
