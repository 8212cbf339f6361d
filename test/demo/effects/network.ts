import assert from 'node:assert/strict';
import { request } from 'node:http';
import { ask } from '../ask.ts';
import type { Effects, Look } from './look.ts';

const clusterOf = ({ config }: Look) => config.clusters[0]?.cluster ?? assert.fail('no cluster');

/** Asks with the authority that the kubeconfig names. */
function trusting(look: Look) {
	const authority = Buffer.from(clusterOf(look)['certificate-authority-data'] ?? '', 'base64').toString();
	return ask(`${look.demo.url}/version`, { authority });
}

export const networkEffects = {
	async 'api-dns'(look) {
		const { hostname, port } = new URL(clusterOf(look).server);
		assert.match(hostname, /\.invalid$/);
		assert.equal(port, new URL(look.demo.url).port);
		assert.equal((await trusting(look)).status, 200);
	},
	async 'api-timeout'(look) {
		const waiting = new Promise((resolve) => setTimeout(resolve, 150, 'nothing yet'));
		assert.equal(await Promise.race([trusting(look).catch(() => 'closed'), waiting]), 'nothing yet');
	},
	async 'api-reset'(look) {
		await assert.rejects(trusting(look), { code: 'ECONNRESET' });
	},
	async 'local-proxy-refused'(look) {
		await assert.rejects(ask(clusterOf(look)['proxy-url'] ?? ''), { code: 'ECONNREFUSED' });
		assert.equal((await trusting(look)).status, 200);
	},
	async 'local-proxy-denied'(look) {
		const { hostname, port } = new URL(clusterOf(look)['proxy-url'] ?? '');
		const path = new URL(look.demo.url).host;
		const said = await new Promise<unknown>((resolve, reject) => {
			const asked = request({ hostname, port, method: 'CONNECT', path });
			asked.once('connect', ({ headers, statusCode }) => resolve([statusCode, headers['x-squid-error']]));
			asked.once('error', reject);
			asked.end();
		});
		assert.deepEqual(said, [403, 'ERR_ACCESS_DENIED 0']);
		assert.equal((await trusting(look)).status, 200);
	},
	async 'api-tls-unknown-ca'(look) {
		await assert.rejects(trusting(look), { code: 'SELF_SIGNED_CERT_IN_CHAIN' });
	},
	async 'api-tls-name-mismatch'(look) {
		await assert.rejects(trusting(look), { code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
	},
	async 'api-tls-expired'(look) {
		await assert.rejects(trusting(look), { code: 'CERT_HAS_EXPIRED' });
	},
} satisfies Effects;
