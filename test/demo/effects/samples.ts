import assert from 'node:assert/strict';
import { type Effects, itsContainer, metrics, names } from './look.ts';

export const samplesEffects = {
	async 'metrics-empty'(look) {
		assert.deepEqual(await names(look, `${metrics}/nodes`), []);
		assert.deepEqual(await names(look, `${metrics}/pods`), []);
	},
	async 'ms-just-started'(look) {
		assert.deepEqual(await names(look, `${metrics}/nodes`), []);
		assert.deepEqual(await names(look, `${metrics}/pods`), []);
		const { ready, state } = await itsContainer(look);
		assert.ok(ready && Date.now() - Date.parse(state.running.startedAt) < 30_000);
	},
	async 'pod-too-young'(look) {
		const isNew = (name: string): boolean => name.startsWith('newcomer-');
		assert.ok((await names(look, '/api/v1/namespaces/web/pods')).some(isNew));
		assert.ok(!(await names(look, `${metrics}/namespaces/web/pods`)).some(isNew));
	},
	async 'one-container-lacks-sample'(look) {
		const running = await names(
			look,
			'/api/v1/namespaces/payments/pods?labelSelector=app.kubernetes.io/name%3Dcheckout',
		);
		const sampled = await names(
			look,
			`${metrics}/namespaces/payments/pods?labelSelector=app.kubernetes.io/name%3Dcheckout`,
		);
		assert.equal(running.length - sampled.length, 1);
	},
	async 'container-rate-skipped'(look) {
		const { json } = await look.get(
			`${metrics}/namespaces/payments/pods?labelSelector=app.kubernetes.io/name%3Dcheckout`,
		);
		const counts = json.items.map((item: { containers: unknown[] }) => item.containers.length);
		assert.deepEqual(counts.sort(), [1, 2, 2, 2]);
	},
	async 'stale-sample'(look) {
		const { json } = await look.get(`${metrics}/nodes`);
		const [{ timestamp }] = json.items;
		assert.ok(Date.now() - Date.parse(timestamp) > 10 * 60_000);
		assert.equal((await look.get(`${metrics}/nodes`)).json.items[0].timestamp, timestamp);
	},
} satisfies Effects;
