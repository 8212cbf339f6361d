import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseProxy } from '../../../source/kube/proxy/proxy.ts';
import { connectionError } from '../../../source/kube/transport/connection-error.ts';
import { NoAnswerInTime } from '../../../source/kube/transport/send.ts';
import type { Server } from '../../../source/kube/transport/server.ts';

const server: Server = {
	secure: true,
	host: 'api.example.com',
	port: 6443,
	pathPrefix: '',
	origin: 'https://api.example.com:6443',
	address: 'https://api.example.com:6443',
	proxy: null,
	certificateAuthority: '',
	tlsServerName: '',
	verify: true,
	assumedPlain: false,
};
const connection = { server: server.address, context: 'prod', user: 'jane', origin: '/home/jane/.kube/config' };

async function messageOf(
	error: unknown,
	way: { proxy?: string; ignoredVariable?: string } = {},
): Promise<{ kind: string; id: string; retriable: boolean; message: string }> {
	const proxy = way.proxy ? parseProxy(way.proxy, 'HTTPS_PROXY') : null;
	const { ignoredVariable = '' } = way;
	return connectionError(error, { server: { ...server, proxy }, connection, facts: [], cluster: '', ignoredVariable });
}

function systemError(code: string, message = code): Error {
	return Object.assign(new Error(message), { code });
}

describe('a connection that is not made becomes a sentence with server, kubeconfig and way out', () => {
	for (const [error, kind, id, message] of [
		[systemError('ECONNREFUSED'), 'unreachable', 'api-refused', /refused the connection/],
		[systemError('ENOTFOUND'), 'unreachable', 'api-dns', /name api\.example\.com of the API server is not known here/],
		[systemError('EAI_AGAIN'), 'unreachable', 'api-dns', /no name server answered/],
		[systemError('ETIMEDOUT'), 'timeout', 'api-timeout', /No connection to the API server/],
		[systemError('EHOSTUNREACH'), 'unreachable', 'api-timeout', /There is no way from here/],
		[systemError('ECONNRESET'), 'unreachable', 'api-reset', /was closed from the other end/],
		[new NoAnswerInTime('connect', 10_000), 'timeout', 'api-timeout', /No connection .* within 10 s/],
		[new NoAnswerInTime('headers', 65_000), 'timeout', 'api-timeout', /did not answer within 65 s/],
		[
			new AggregateError([systemError('ECONNREFUSED'), systemError('ENETUNREACH')]),
			'unreachable',
			'api-refused',
			/refused/,
		],
		[
			systemError(
				'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA',
				'407D:error:0A000418:SSL routines:f:tlsv1 alert unknown ca:x.c:918:',
			),
			'credentials',
			'credentials-wrong-cluster',
			/refuses the client certificate of user "jane" \(unknown ca\)/,
		],
		[
			systemError(
				'EPROTO',
				'write EPROTO 407D:error:0A000412:SSL routines:f:ssl/tls alert bad certificate:x.c:918:SSL alert',
			),
			'credentials',
			'credentials-wrong-cluster',
			/refuses the client certificate of user "jane" \(bad certificate\)/,
		],
		[
			systemError('EPROTO', 'write EPROTO 403D:error:0A00010B:SSL routines:f:wrong version number:x.c:77:\n'),
			'tls',
			'https-on-http',
			/does not speak TLS/,
		],
		[
			systemError(
				'EPROTO',
				'write EPROTO 407D:error:0A000410:SSL routines:f:ssl/tls alert handshake failure:x.c:918:SSL',
			),
			'tls',
			'',
			/handshake with the API server https:\/\/api\.example\.com:6443 failed: ssl\/tls alert handshake failure\./,
		],
	] satisfies Array<[Error, string, string, RegExp]>) {
		test(`${(error as { code?: string }).code ?? error.constructor.name}: ${id || kind}`, async () => {
			const result = await messageOf(error);
			assert.equal(result.kind, kind);
			assert.equal(result.id, id);
			assert.match(result.message, message);
			assert.match(result.message, /api\.example\.com/);
			assert.match(result.message, /Kubeconfig: \/home\/jane\/\.kube\/config, context "prod"\./);
		});
	}
	test('and names the proxy that it went through', async () => {
		const { message } = await messageOf(systemError('ECONNRESET'), { proxy: 'http://me:secretword@proxy' });
		assert.match(
			message,
			/\nThe way goes through the proxy http:\/\/proxy:80 \(HTTPS_PROXY\), which may have a part in it\.$/,
		);
	});
	test('and names a variable that means a proxy to others than kubectl', async () => {
		const { message } = await messageOf(systemError('ENOTFOUND'), { ignoredVariable: 'all_proxy' });
		assert.match(message, /\nall_proxy is set, which neither kubectl nor whytop reads/);
	});
});
