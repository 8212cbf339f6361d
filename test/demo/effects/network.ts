import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:tls';
import { ask } from '../ask.ts';
import type { Effects, Look } from './look.ts';

const clusterOf = ({ config }: Look) => config.clusters[0]?.cluster ?? assert.fail('no cluster');

/** Asks with the authority that the kubeconfig names. */
function trusting(look: Look) {
	const authority = Buffer.from(clusterOf(look)['certificate-authority-data'] ?? '', 'base64').toString();
	return ask(`${look.demo.url}/version`, { authority });
}

/** Who has signed what is presented there. */
async function issuerAt(url: string): Promise<string> {
	const { hostname, port } = new URL(url);
	const socket = connect({ host: hostname, port: Number(port), rejectUnauthorized: false });
	await once(socket, 'secureConnect');
	const { issuer = '' } = socket.getPeerX509Certificate() ?? {};
	socket.destroy();
	return issuer;
}

export const networkEffects = {
	async 'api-dns'(look) {
		const { hostname, port } = new URL(clusterOf(look).server);
		assert.match(hostname, /\.invalid$/);
		assert.equal(port, new URL(look.demo.url).port);
		assert.equal((await trusting(look)).status, 200);
	},
	async 'api-refused'(look) {
		await assert.rejects(ask(clusterOf(look).server), { code: 'ECONNREFUSED' });
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
	async 'tls-mitm'(look) {
		await assert.rejects(trusting(look), { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
		assert.match(await issuerAt(look.demo.url), /Zscaler/);
	},
	async 'api-tls-name-mismatch'(look) {
		await assert.rejects(trusting(look), { code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
	},
	async 'api-tls-expired'(look) {
		await assert.rejects(trusting(look), { code: 'CERT_HAS_EXPIRED' });
	},
	async 'http-on-https'(look) {
		const { status, text } = await ask(`${clusterOf(look).server}/version`);
		assert.deepEqual([status, text], [400, 'Client sent an HTTP request to an HTTPS server.\n']);
	},
	async 'https-on-http'(look) {
		await assert.rejects(trusting(look), /wrong version number|packet length too long/i);
	},
	async 'rancher-ace-bypass'(look) {
		const { clusters, contexts, 'current-context': current } = look.config;
		const [through, past] = ['whytop-demo', current].map((name) => {
			const context = contexts.find((one) => one.name === name)?.context;
			return clusters.find((one) => one.name === context?.cluster)?.cluster;
		});
		assert.match(past?.server ?? '', /^https:\/\/control-plane-01\.whytop-demo\.invalid:\d+$/);
		assert.match(through?.server ?? '', /\/k8s\/clusters\/c-m-\w+$/);
		const authority = Buffer.from(through?.['certificate-authority-data'] ?? '', 'base64').toString();
		assert.equal((await ask(`${through?.server}/api/v1/nodes`, { authority })).status, 200);
	},
} satisfies Effects;
