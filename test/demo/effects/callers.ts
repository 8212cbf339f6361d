import assert from 'node:assert/strict';
import { type Effects, metrics } from './look.ts';

export const callerEffects = {
	async 'webhook-authorizer-slow'(look) {
		const { status, text } = await look.get(`${metrics}/nodes`);
		assert.equal(status, 500);
		assert.match(text, /subjectaccessreviews\?timeout=10s": context deadline exceeded/);
		const selector = encodeURIComponent('component=kube-apiserver');
		const { items } = (await look.get(`/api/v1/namespaces/kube-system/pods?labelSelector=${selector}`)).json;
		assert.ok(items[0].spec.containers[0].command.includes('--authorization-mode=Node,RBAC,Webhook'));
	},
} satisfies Effects;
