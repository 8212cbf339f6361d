import assert from 'node:assert/strict';
import { type Effects, type Look, metrics, names } from './look.ts';

const ours = `/api/v1/namespaces/payments/pods`;

async function sampled(look: Look, name: string): Promise<boolean> {
	return (await names(look, `${metrics}/namespaces/payments/pods`)).includes(name);
}

export const subjectEffects = {
	async 'node-too-young'(look) {
		const { json } = await look.get('/api/v1/nodes/worker-03');
		const age = Date.now() - Date.parse(json.metadata.creationTimestamp);
		assert.ok(age < 60_000, `${age} ms`);
		assert.ok(!(await names(look, `${metrics}/nodes`)).includes('worker-03'));
		const onIt = (await look.get('/api/v1/pods?fieldSelector=spec.nodeName%3Dworker-03')).json.items;
		assert.ok(onIt.length > 0);
		for (const { metadata } of onIt) {
			assert.equal(metadata.ownerReferences[0].kind, 'DaemonSet');
			assert.ok(Date.parse(metadata.creationTimestamp) >= Date.parse(json.metadata.creationTimestamp), metadata.name);
		}
	},
	async 'container-restarting'(look) {
		const [status] = (await look.get(`${ours}/reconciler-0`)).json.status.containerStatuses;
		assert.ok(status.restartCount > 10);
		assert.equal(await sampled(look, 'reconciler-0'), false);
	},
	async 'idle-container-zero-cpu'(look) {
		const { json } = await look.get(`${ours}/placeholder-0`);
		const { text } = await look.get(`/api/v1/nodes/${json.spec.nodeName}/proxy/metrics/resource`);
		assert.match(text, /container_cpu_usage_seconds_total\{[^}]*pod="placeholder-0"[^}]*\} 0 /);
		assert.doesNotMatch(text, /container_memory_working_set_bytes\{[^}]*pod="placeholder-0"[^}]*\} 0 /);
		assert.equal(await sampled(look, 'placeholder-0'), false);
	},
	async 'only-completed-pods'(look) {
		const { json } = await look.get('/api/v1/namespaces/archive/pods');
		assert.deepEqual(
			json.items.map(({ status }: { status: { phase: string } }) => status.phase),
			['Succeeded'],
		);
		assert.deepEqual(await names(look, `${metrics}/namespaces/archive/pods`), []);
	},
	async 'pod-pending-or-init'(look) {
		const { status } = (await look.get(`${ours}/statements-0`)).json;
		assert.equal(status.phase, 'Pending');
		assert.ok(status.initContainerStatuses[0].state.running);
		assert.equal(await sampled(look, 'statements-0'), false);
	},
	async 'no-pods-match'(look) {
		assert.equal((await look.get('/api/v1/namespaces/staging')).status, 200);
		assert.deepEqual(await names(look, '/api/v1/namespaces/staging/pods'), []);
	},
	async 'node-extra-row'(look) {
		assert.equal((await look.get('/api/v1/nodes/worker-03')).status, 404);
		assert.ok((await names(look, `${metrics}/nodes`)).includes('worker-03'));
	},
} satisfies Effects;
