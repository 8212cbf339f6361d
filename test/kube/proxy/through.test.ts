import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { describe, type TestContext, test } from 'node:test';
import { startExec } from '../../../source/kube/exec/session.ts';
import { watchFrames } from '../../../source/kube/watch.ts';
import { type ApiServer, answer, apiServer, status } from '../support/api-server.ts';
import { certificates, withoutCertificates } from '../support/certificates.ts';
import { clientFor, kubeError, until } from '../support/client.ts';
import { execServer } from '../support/exec-server.ts';
import { base64, kubeconfig } from '../support/kubeconfig.ts';
import { type HttpProxyBehaviour, httpProxy, socksProxy, type TestProxy } from '../support/proxy.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const skip = withoutCertificates === '' ? false : withoutCertificates;

/** A name that exists nowhere: only the proxy knows the way. The certificate is for `localhost`. */
const server = 'https://api.invalid:6443';

async function secureServer(t: TestContext): Promise<ApiServer> {
	return apiServer(t, (_request, response) => answer(response, { gitVersion: 'v1.36.3' }), {});
}

/** A kubeconfig whose server is that name, by way of `proxy` where it is given. */
function configFor(
	t: TestContext,
	proxy?: string,
	user: Record<string, unknown> = { token: 'a-token-of-jane' },
): string {
	return temporaryFolder(t).write(
		'config',
		kubeconfig(
			{
				server,
				'certificate-authority-data': base64(certificates().authority.certificate),
				'tls-server-name': 'localhost',
				...(proxy ? { 'proxy-url': proxy } : {}),
			},
			user,
		),
	);
}

describe('a server is reached', { skip }, () => {
	const ways: ReadonlyArray<{
		name: string;
		proxy: (t: TestContext, destination: number) => Promise<TestProxy>;
		url: (port: number) => string;
		login?: string;
	}> = [
		{
			name: 'an HTTP proxy',
			proxy: (t, destination) => httpProxy(t, { destination }),
			url: (port) => `http://127.0.0.1:${port}`,
		},
		{
			name: 'an HTTP proxy with a login',
			proxy: (t, destination) => httpProxy(t, { destination }),
			url: (port) => `http://me:secret%3Aword@127.0.0.1:${port}`,
			login: `Basic ${base64('me:secret:word')}`,
		},
		{
			name: 'a SOCKS 5 proxy',
			proxy: (t, destination) => socksProxy(t, { destination }),
			url: (port) => `socks5://127.0.0.1:${port}`,
		},
		{
			name: 'a SOCKS 5 proxy with a login',
			proxy: (t, destination) => socksProxy(t, { destination, login: { username: 'me', password: 'secret:word' } }),
			url: (port) => `socks5h://me:secret%3Aword@127.0.0.1:${port}`,
			login: 'me:secret:word',
		},
	];
	for (const { name, proxy, url, login = '' } of ways) {
		for (const setting of ['proxy-url', 'HTTPS_PROXY', 'https_proxy']) {
			test(`through ${name} that ${setting} names, over one connection`, async (t) => {
				const api = await secureServer(t);
				const through = await proxy(t, api.port);
				const address = url(through.port);
				const lines: string[] = [];
				const client = await clientFor(
					t,
					{ kubeconfig: configFor(t, setting === 'proxy-url' ? address : undefined) },
					setting === 'proxy-url' ? {} : { [setting]: address },
					{ debug: (line) => lines.push(line) },
				);
				assert.deepEqual(await client.readJson('/version'), { gitVersion: 'v1.36.3' });
				await client.readJson('/version');
				assert.equal(api.connections, 1);
				assert.equal(through.asked.length, 1);
				assert.match(through.asked[0] ?? '', /^(?:CONNECT )?api\.invalid:6443$/);
				assert.equal(through.logins[0] ?? '', login);
				assert.equal(api.asked[0]?.headers.authorization, 'Bearer a-token-of-jane');
				assert.doesNotMatch(lines.join('\n'), /secret/);
				client.close();
				await until(() => through.tunnels.size === 0);
			});
		}
	}

	test('through a proxy that speaks TLS itself', async (t) => {
		const api = await secureServer(t);
		const proxy = await httpProxy(t, { destination: api.port, secure: true });
		const error = await kubeError(
			(await clientFor(t, { kubeconfig: configFor(t, `https://127.0.0.1:${proxy.port}`) })).readJson('/version', {
				retries: 0,
			}),
		);
		assert.equal(error.id, 'local-proxy-refused');
		assert.match(error.message, /has a certificate that is not accepted here \(UNABLE_TO_VERIFY_LEAF_SIGNATURE\)/);
		assert.equal(api.connections, 0);
	});

	test('with a client certificate, which the proxy does not see', async (t) => {
		const { client: pair, authority } = certificates();
		const api = await apiServer(t, (_request, response, { clientName }) => answer(response, { clientName }), {
			authority,
		});
		const proxy = await httpProxy(t, { destination: api.port });
		const user = {
			'client-certificate-data': base64(pair.certificate),
			'client-key-data': base64(pair.key),
		};
		const client = await clientFor(t, { kubeconfig: configFor(t, `http://127.0.0.1:${proxy.port}`, user) });
		assert.deepEqual(await client.readJson('/'), { clientName: 'alice' });
	});

	test('directly where NO_PROXY excepts it, and a proxy-url is stronger than NO_PROXY', async (t) => {
		const api = await secureServer(t);
		const proxy = await httpProxy(t, { destination: api.port });
		const address = `http://127.0.0.1:${proxy.port}`;
		const excepted = await clientFor(t, { kubeconfig: configFor(t) }, { HTTPS_PROXY: address, NO_PROXY: '.invalid' });
		assert.equal((await kubeError(excepted.readJson('/version', { retries: 0 }))).id, 'api-dns');
		assert.equal(proxy.asked.length, 0);
		const named = await clientFor(t, { kubeconfig: configFor(t, address) }, { NO_PROXY: '*' });
		await named.readJson('/version');
		assert.equal(proxy.asked.length, 1);
	});

	test('with several requests at once, and the next ones over the same connections', async (t) => {
		const waiting: ServerResponse[] = [];
		const api = await apiServer(t, (_request, response) => waiting.push(response), {});
		const proxy = await httpProxy(t, { destination: api.port });
		const client = await clientFor(t, { kubeconfig: configFor(t, `http://127.0.0.1:${proxy.port}`) });
		for (let round = 0; round < 2; round++) {
			const answers = Promise.all(['/a', '/b', '/c'].map((path) => client.readJson(path)));
			await until(() => waiting.length === 3);
			for (const response of waiting.splice(0)) {
				answer(response, {});
			}
			await answers;
		}
		assert.equal(api.connections, 3);
	});

	test('and so are watches, as long as the way stands', async (t) => {
		const api = await apiServer(t, (_request, response) => response.write('{"type":"ADDED"}\n'), {});
		const proxy = await httpProxy(t, { destination: api.port });
		const client = await clientFor(t, { kubeconfig: configFor(t, `http://127.0.0.1:${proxy.port}`) });
		const frames: string[] = [];
		const watch = kubeError(
			watchFrames(client, '/api/v1/pods', { resourceVersion: '1' }, (frame) => frames.push(frame.toString())),
		);
		await until(() => frames.length === 1);
		for (const socket of proxy.tunnels) {
			socket.destroy();
		}
		const error = await watch;
		assert.equal(error.retriable, true);
		assert.match(error.message, /broke in the middle of its answer/);
	});

	test('and so is a program in a container, over a websocket', async (t) => {
		const api = await execServer(t, { run: () => ({ stdout: 'from inside' }) });
		const proxy = await socksProxy(t, { destination: Number(new URL(api.url).port) });
		const cluster = { server: 'http://api.invalid', 'proxy-url': `socks5://127.0.0.1:${proxy.port}` };
		const client = await clientFor(t, { kubeconfig: temporaryFolder(t).write('config', kubeconfig(cluster)) });
		const target = { namespace: 'web', pod: 'web-0', container: 'web' };
		const session = await startExec(client, target, { command: ['cat', '/x'] });
		let output = '';
		for await (const piece of session.output()) {
			output += piece.toString();
		}
		assert.equal(output, 'from inside');
		assert.deepEqual(proxy.asked, ['api.invalid:80']);
	});

	test('and so is what looks at a certificate that is refused', async (t) => {
		const api = await apiServer(t, (_request, response) => answer(response, {}), {
			pair: certificates().expiredServer,
		});
		const proxy = await httpProxy(t, { destination: api.port });
		const client = await clientFor(t, { kubeconfig: configFor(t, `http://127.0.0.1:${proxy.port}`) });
		const error = await kubeError(client.readJson('/version', { retries: 0 }));
		assert.equal(error.id, 'api-tls-expired');
		assert.match(error.message, /expired on \d{4}-/);
	});
});

describe('a server without TLS', () => {
	test('is asked for in plain, as HTTP proxies want it', async (t) => {
		const api = await apiServer(t, (_request, response) => answer(response, {}));
		const proxy = await httpProxy(t, { destination: api.port });
		const environment = { HTTP_PROXY: `http://me:secretword@127.0.0.1:${proxy.port}` };
		const client = await clientFor(t, { server: 'http://api.invalid:8001/prefix' }, environment);
		await client.readJson('/version', { query: { a: 'b' } });
		assert.deepEqual(proxy.asked, ['GET http://api.invalid:8001/prefix/version?a=b']);
		assert.deepEqual(proxy.logins, [`Basic ${base64('me:secretword')}`]);
		assert.equal(api.asked[0]?.headers.host, 'api.invalid:8001');
	});
	test('on this machine is never asked for through a variable', async (t) => {
		const api = await apiServer(t, (_request, response) => answer(response, {}));
		const proxy = await httpProxy(t);
		const client = await clientFor(t, { server: api.url }, { HTTP_PROXY: `http://127.0.0.1:${proxy.port}` });
		await client.readJson('/version');
		assert.deepEqual(proxy.asked, []);
	});
	test('whose proxy wants a login says so', async (t) => {
		const proxy = await httpProxy(t, {
			onRequest: (response) =>
				response
					.writeHead(407, { 'Proxy-Authenticate': 'Basic realm="corp"', 'Content-Type': 'text/html' })
					.end('<html>'),
		});
		const client = await clientFor(
			t,
			{ server: 'http://api.invalid' },
			{ HTTP_PROXY: `http://127.0.0.1:${proxy.port}` },
		);
		const error = await kubeError(client.readJson('/version'));
		assert.equal(error.id, 'local-proxy-denied');
		assert.match(
			error.message,
			/^The proxy http:\/\/127\.0\.0\.1:\d+ \(HTTP_PROXY\) wants a user name and a password \(407/,
		);
	});
});

describe('a proxy that stands in the way is told as that', { skip }, () => {
	const end = (head: string): HttpProxyBehaviour => ({ onConnect: (socket) => socket.end(`${head}\r\n\r\n`) });
	const cases: ReadonlyArray<{
		name: string;
		proxy: (t: TestContext) => Promise<TestProxy>;
		scheme?: string;
		login?: string;
		id: string;
		kind?: string;
		message: RegExp[];
	}> = [
		{
			name: 'with its status line where it refuses',
			proxy: (t) => httpProxy(t, end('HTTP/1.1 403 Forbidden by policy\r\nContent-Length: 0')),
			id: 'local-proxy-denied',
			message: [
				/^The proxy http:\/\/127\.0\.0\.1:\d+ \(HTTPS_PROXY\) does not let api\.invalid:6443 through: it answered 403 Forbidden by policy\.\n/,
				/export NO_PROXY=api\.invalid; else correct HTTPS_PROXY/,
			],
		},
		{
			name: 'where it wants a login',
			proxy: (t) =>
				httpProxy(t, end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="corp"')),
			id: 'local-proxy-denied',
			message: [
				/wants a user name and a password \(407 Proxy Authentication Required\)/,
				/export HTTPS_PROXY=http:\/\/USER:PASSWORD@127\.0\.0\.1:\d+$/,
			],
		},
		{
			name: 'where it does not accept the login',
			proxy: (t) =>
				httpProxy(t, end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="corp"')),
			login: 'me:secretword@',
			id: 'local-proxy-denied',
			message: [/does not accept the user name and password that it was given \(407/],
		},
		{
			name: 'where it wants a login that nobody here speaks',
			proxy: (t) =>
				httpProxy(t, end('HTTP/1.1 407 Denied\r\nProxy-Authenticate: Negotiate\r\nProxy-Authenticate: NTLM')),
			id: 'local-proxy-denied',
			message: [/It offers Negotiate, NTLM alone, which neither kubectl nor whytop speaks/],
		},
		{
			name: 'where it cannot reach the server',
			proxy: (t) => httpProxy(t, end('HTTP/1.1 502 Bad Gateway')),
			id: 'local-proxy-denied',
			message: [/could not reach api\.invalid:6443: it answered 502 Bad Gateway\./],
		},
		{
			name: 'where it closes the connection instead of an answer',
			proxy: (t) => httpProxy(t, { onConnect: (socket) => socket.destroy() }),
			id: 'local-proxy-denied',
			message: [/was asked for api\.invalid:6443 and closed the connection without an answer/],
		},
		{
			name: 'where it is none',
			proxy: (t) => httpProxy(t, { onConnect: (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n') }),
			id: 'local-proxy-denied',
			kind: 'protocol',
			message: [/^What listens at http:\/\/127\.0\.0\.1:\d+ \(HTTPS_PROXY\) does not answer as an HTTP proxy\./],
		},
		{
			name: 'where it is asked over TLS and speaks none',
			proxy: (t) => httpProxy(t),
			scheme: 'https',
			id: 'local-proxy-refused',
			kind: 'tls',
			message: [/does not speak TLS\./, /most want http:\/\//],
		},
		{
			name: 'where it speaks SOCKS and refuses',
			proxy: (t) => socksProxy(t, { reply: 2 }),
			scheme: 'socks5',
			id: 'local-proxy-denied',
			message: [/^The proxy socks5:\/\/.* does not let api\.invalid:6443 through: it answered not allowed\./],
		},
		{
			name: 'where it speaks SOCKS and cannot reach the server',
			proxy: (t) => socksProxy(t, { reply: 4 }),
			scheme: 'socks5',
			id: 'local-proxy-denied',
			message: [/could not reach api\.invalid:6443: it answered host unreachable\./],
		},
		{
			name: 'where it speaks SOCKS and wants a login',
			proxy: (t) => socksProxy(t, { login: { username: 'me', password: 'other' } }),
			scheme: 'socks5',
			id: 'local-proxy-denied',
			message: [/wants a user name and a password\./],
		},
		{
			name: 'where it speaks SOCKS and does not accept the login',
			proxy: (t) => socksProxy(t, { login: { username: 'me', password: 'other' } }),
			scheme: 'socks5',
			login: 'me:secretword@',
			id: 'local-proxy-denied',
			message: [/does not accept the user name and password that it was given\./],
		},
		{
			name: 'where it should speak SOCKS and speaks HTTP',
			proxy: (t) => httpProxy(t),
			scheme: 'socks5',
			id: 'local-proxy-denied',
			kind: 'protocol',
			message: [/does not answer as a SOCKS 5 proxy\./],
		},
	];
	for (const { name, proxy, scheme = 'http', login = '', id, kind, message } of cases) {
		test(name, async (t) => {
			const { port } = await proxy(t);
			const lines: string[] = [];
			const client = await clientFor(
				t,
				{ kubeconfig: configFor(t) },
				{ HTTPS_PROXY: `${scheme}://${login}127.0.0.1:${port}` },
				{ debug: (line) => lines.push(line) },
			);
			const error = await kubeError(client.readJson('/version', { retries: 0 }));
			assert.equal(error.id, id);
			assert.equal(error.kind, kind ?? 'unreachable');
			for (const part of message) {
				assert.match(error.message, part);
			}
			assert.doesNotMatch(error.message + lines.join('\n'), /secretword/);
		});
	}

	test('where nothing listens', async (t) => {
		const api = await apiServer(t, () => {});
		await api.close();
		const file = configFor(t, `http://127.0.0.1:${api.port}`);
		const error = await kubeError((await clientFor(t, { kubeconfig: file })).readJson('/version', { retries: 0 }));
		assert.equal(error.id, 'local-proxy-refused');
		assert.match(
			error.message,
			/\(proxy-url\) refused the connection: nothing listens there\.\nSo api\.invalid:6443 itself was not asked\./,
		);
		assert.match(error.message, /kubectl config set-cluster main --proxy-url=URL/);
	});

	test('where its name is not known', async (t) => {
		const file = configFor(t, 'http://proxy.invalid:3128');
		const error = await kubeError((await clientFor(t, { kubeconfig: file })).readJson('/version', { retries: 0 }));
		assert.equal(error.id, 'local-proxy-refused');
		assert.match(error.message, /has a name that is not known here/);
	});

	for (const kind of ['http', 'socks5']) {
		test(`where it does not answer (${kind})`, async (t) => {
			const proxy = await (kind === 'http' ? httpProxy(t, { onConnect: () => {} }) : socksProxy(t, { reply: 'none' }));
			const file = configFor(t, `${kind}://127.0.0.1:${proxy.port}`);
			const client = await clientFor(t, { kubeconfig: file, requestTimeout: 300 });
			const error = await kubeError(client.readJson('/version', { retries: 0 }));
			assert.equal(error.id, 'local-proxy-denied');
			assert.equal(error.kind, 'timeout');
			assert.match(error.message, /was asked for api\.invalid:6443 and did not answer within 0\.3 s/);
		});
	}

	test('as having a part in it where the connection dies after it was made', async (t) => {
		const proxy = await httpProxy(t, {
			onConnect(socket) {
				socket.write('HTTP/1.1 200 OK\r\n\r\n');
				socket.once('data', () => socket.destroy());
			},
		});
		const file = configFor(t, `http://127.0.0.1:${proxy.port}`);
		const error = await kubeError((await clientFor(t, { kubeconfig: file })).readJson('/version', { retries: 0 }));
		assert.equal(error.id, 'api-reset');
		assert.match(error.message, /The way goes through the proxy http:\/\/127\.0\.0\.1:\d+ \(proxy-url\)/);
	});

	test('and is asked again where it could not be reached for a moment', async (t) => {
		const gone = await apiServer(t, () => {});
		await gone.close();
		const client = await clientFor(t, { kubeconfig: configFor(t, `http://127.0.0.1:${gone.port}`) });
		assert.equal((await kubeError(client.readJson('/version'))).id, 'local-proxy-refused');
		assert.equal(client.cost.requests, 3);
	});
});

describe('an answer of the server itself', { skip }, () => {
	test('is the word of the server, whatever the way', async (t) => {
		const api = await apiServer(
			t,
			(_request, response) => answer(response, status(403, 'Forbidden', 'pods is forbidden'), 403),
			{},
		);
		const proxy = await httpProxy(t, { destination: api.port });
		const client = await clientFor(t, { kubeconfig: configFor(t, `http://127.0.0.1:${proxy.port}`) });
		const error = await kubeError(client.readJson('/api/v1/pods'));
		assert.equal(error.message, 'pods is forbidden');
	});
	test('and a client that is closed leaves no connection that was being made', async (t) => {
		let hung = 0;
		const proxy = await httpProxy(t, {
			onConnect(socket) {
				hung++;
				socket.resume();
				socket.on('end', () => {
					hung--;
				});
			},
		});
		const client = await clientFor(t, { kubeconfig: configFor(t, `http://127.0.0.1:${proxy.port}`) });
		const failed = kubeError(client.readJson('/version'));
		await until(() => hung === 1);
		client.close();
		assert.equal((await failed).id, 'client-closed');
		await until(() => hung === 0);
	});
});
