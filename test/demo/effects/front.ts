import assert from 'node:assert/strict';
import type { Effect, Effects } from './look.ts';

/** Whatever is asked for, this is the answer. */
function answers(status: number, type: RegExp, body: RegExp): Effect {
	return async (look) => {
		for (const path of ['/version', '/apis', '/api/v1/nodes', '/apis/metrics.k8s.io/v1beta1/nodes']) {
			const answer = await look.get(path);
			assert.equal(answer.status, status);
			assert.match(answer.headers['content-type'] ?? '', type);
			assert.match(answer.text, body);
		}
	};
}

const html = /^text\/html/;
const text = /^text\/plain/;
const json = /^application\/json$/;

export const frontEffects = {
	'server-is-web-page': answers(200, html, /<title>Sign in/),
	async 'login-redirect'(look) {
		await answers(302, html, /Found/)(look);
		assert.equal((await look.get('/api')).headers.location, '/oauth2/start?rd=%2Fapi');
	},
	'server-path-prefix': answers(404, text, /^default backend - 404$/),
	'api-front-503': answers(503, text, /^no healthy upstream$/),
	async 'rancher-no-path'(look) {
		await answers(404, text, /^404 page not found\n$/)(look);
		assert.equal((await look.get('/version')).headers['x-api-cattle-auth'], 'true');
	},
	'rancher-agent-disconnected': answers(500, text, /^cluster agent disconnected$/),
	'rancher-no-session': answers(500, text, /^failed to find Session for client c-m-/),
	'rancher-cluster-unavailable': answers(503, text, /ClusterUnavailable/),
	'rancher-cluster-unknown': answers(404, text, /^No cluster available\n$/),
	'rancher-token-scope': answers(401, json, /clusterID does not match: must authenticate/),
	'rancher-token-invalid': answers(401, json, /"message":"must authenticate"/),
	'rancher-impersonation-failed': answers(500, text, /^unable to create impersonator account: /),
} satisfies Effects;
