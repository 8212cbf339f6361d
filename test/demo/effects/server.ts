import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { type Effects, metrics } from './look.ts';

export const serverEffects = {
	async 'api-throttled'(look) {
		const answers = [];
		for (let count = 0; count < 6; count++) answers.push(await look.get('/api'));
		const refused = answers.filter(({ status }) => status === 429);
		assert.equal(refused.length, 2);
		assert.equal(refused[0]?.headers['retry-after'], '1');
		assert.match(refused[0]?.headers['content-type'] ?? '', /^text\/plain/);
	},
	async 'json-only'(look) {
		for (const path of ['/api/v1/nodes', '/api/v1/pods', `${metrics}/pods`]) {
			const { headers } = await look.get(path, 'application/vnd.kubernetes.protobuf,application/json');
			assert.match(headers['content-type'] ?? '', /^application\/json/);
		}
	},
	async 'slow-api'(look) {
		const waiting = new Promise((resolve) => setTimeout(resolve, 150, 'nothing yet'));
		assert.equal(await Promise.race([look.get('/version').catch(() => 'closed'), waiting]), 'nothing yet');
	},
	async 'api-goes-away'(look) {
		mock.timers.tick(30_000);
		await assert.rejects(look.get('/version'), { code: 'ECONNREFUSED' });
		mock.timers.tick(10_000);
		assert.equal((await look.get('/version')).status, 200);
	},
	async 'watch-expires'(look) {
		const { text } = await look.get('/api/v1/nodes?watch=1');
		const last = JSON.parse(text.trim().split('\n').at(-1) ?? '');
		assert.deepEqual([last.type, last.object.code, last.object.reason], ['ERROR', 410, 'Expired']);
	},
	async 'hostile-names'(look) {
		const { text } = await look.get('/api/v1/namespaces/web/pods');
		assert.match(text, /red-\\u001b\[31malert/);
		assert.match(text, /数据库/);
	},
} satisfies Effects;
