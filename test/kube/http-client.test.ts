import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { answer, apiServer, status } from './support/api-server.ts';
import { clientFor, internals, kubeError, until } from './support/client.ts';

describe('a request', () => {
	test('asks for gzip, says what it accepts, and leaves out what is not given', async (t) => {
		const server = await apiServer(t, (_request, response) => answer(response, { ok: true }));
		const client = await clientFor(t, { server: server.url });
		const result = await client.readJson('/api/v1/pods', {
			query: { limit: '5', continue: undefined, labelSelector: 'a=b,c in (d)' },
			accept: 'application/vnd.kubernetes.protobuf',
		});
		assert.deepEqual(result, { ok: true });
		const [asked] = server.asked;
		assert.equal(asked?.url, '/api/v1/pods?limit=5&labelSelector=a%3Db%2Cc+in+%28d%29');
		assert.equal(asked?.headers['accept-encoding'], 'gzip');
		assert.equal(asked?.headers.accept, 'application/vnd.kubernetes.protobuf');
		assert.equal(asked?.headers['user-agent'], 'whytop');
	});
	test('goes below the path of the server address', async (t) => {
		const server = await apiServer(t, (_request, response) => answer(response, {}));
		const client = await clientFor(t, { server: `${server.url}/k8s/clusters/c-abcde/` });
		await client.readJson('/version');
		assert.equal(server.asked[0]?.url, '/k8s/clusters/c-abcde/version');
		assert.equal(client.target.server, `${server.url}/k8s/clusters/c-abcde`);
	});
	test('posts a review as JSON', async (t) => {
		const server = await apiServer(t, (_request, response) => answer(response, {}, 201));
		const client = await clientFor(t, { server: server.url });
		await client.readJson('/apis/x', { method: 'POST', body: { name: 'jürgen' } });
		assert.equal(server.asked[0]?.method, 'POST');
		assert.equal(server.asked[0]?.headers['content-type'], 'application/json');
		assert.deepEqual(JSON.parse(server.asked[0]?.body ?? ''), { name: 'jürgen' });
	});
	test('inflates what comes compressed, also in several members, and counts the bytes of the wire', async (t) => {
		const members = [gzipSync('a'.repeat(300_000)), gzipSync('b'.repeat(10))];
		const server = await apiServer(t, (_request, response) => {
			response.writeHead(200, { 'Content-Encoding': 'gzip', 'Content-Type': 'text/plain' });
			response.end(Buffer.concat(members));
		});
		const client = await clientFor(t, { server: server.url });
		const { body } = await client.read('/x');
		assert.equal(body.toString(), 'a'.repeat(300_000) + 'b'.repeat(10));
		assert.equal(client.cost.bytesReceived, Buffer.concat(members).length);
		await client.read('/y');
		assert.equal(client.cost.requests, 2);
		assert.equal(server.connections, 1);
	});
	test('uses one connection again and again', async (t) => {
		const server = await apiServer(t, (_request, response) => answer(response, {}));
		const client = await clientFor(t, { server: server.url });
		for (let count = 0; count < 5; count++) {
			await client.readJson('/version');
		}
		assert.equal(server.connections, 1);
	});
	test("knows the server's clock by its Date header", async (t) => {
		const server = await apiServer(t, (_request, response) => {
			answer(response, {}, 200, { Date: new Date(Date.now() + 3_600_000).toUTCString() });
		});
		const client = await clientFor(t, { server: server.url });
		await client.readJson('/version');
		assert.ok(Math.abs(client.serverTime() - Date.now() - 3_600_000) <= 1500);
	});
});

describe('a request is repeated', () => {
	test('silently when a connection that served before was closed meanwhile', async (t) => {
		const server = await apiServer(t, (request, response) => {
			if (server.asked.length === 2) {
				request.socket.destroy();
			} else {
				answer(response, {});
			}
		});
		const client = await clientFor(t, { server: server.url });
		await client.readJson('/one');
		await client.readJson('/two', { retries: 0 });
		assert.deepEqual(
			server.asked.map(({ url }) => url),
			['/one', '/two', '/two'],
		);
	});
	test('over a new connection when several that served before were closed meanwhile', async (t) => {
		let closing = false;
		const server = await apiServer(t, (request, response) => {
			// As a load balancer that forgot its connections: each fails when it is used again.
			if (closing && (request.socket as { served?: boolean }).served) {
				request.socket.destroy();
				return;
			}
			(request.socket as { served?: boolean }).served = true;
			setTimeout(() => answer(response, {}), 20);
		});
		const client = await clientFor(t, { server: server.url });
		await Promise.all(['/a', '/b', '/c'].map((path) => client.read(path)));
		assert.equal(server.connections, 3);
		closing = true;
		await client.read('/d', { retries: 0 });
		assert.equal(server.connections, 4);
		assert.equal(server.asked.length, 5);
	});
	test('when there is too much asked, after the time that the server wants', async (t) => {
		const server = await apiServer(t, (_request, response) => {
			if (server.asked.length < 3) {
				response.writeHead(429, { 'Retry-After': '0', 'Content-Type': 'text/plain' });
				response.end('Too many requests, please try again later.');
			} else {
				answer(response, { done: true });
			}
		});
		const client = await clientFor(t, { server: server.url });
		assert.deepEqual(await client.readJson('/x'), { done: true });
		assert.equal(server.asked.length, 3);
	});
	test('at 503 only where the server says when to come again', async (t) => {
		const server = await apiServer(t, (request, response) => {
			const again = request.url === '/again' && server.asked.length === 1;
			if (request.url === '/never' || again) {
				answer(response, status(503, 'ServiceUnavailable', 'not now'), 503, again ? { 'Retry-After': '0' } : {});
			} else {
				answer(response, {});
			}
		});
		const client = await clientFor(t, { server: server.url });
		await client.readJson('/again');
		assert.equal(server.asked.length, 2);
		const error = await kubeError(client.readJson('/never'));
		assert.equal(server.asked.length, 3);
		assert.equal(error.status, 503);
		assert.equal(error.retriable, true);
		assert.equal(error.retryAfter, Number.NaN);
		assert.equal(error.message, 'not now');
	});
	test('as often as asked, and not longer than wanted', async (t) => {
		const server = await apiServer(t, (_request, response) => {
			response.writeHead(429, { 'Retry-After': '3600' });
			response.end();
		});
		const client = await clientFor(t, { server: server.url });
		const error = await kubeError(client.readJson('/x', { retries: 0 }));
		assert.equal(error.retryAfter, 60_000);
		assert.equal(error.id, 'api-throttled');
		assert.equal(server.asked.length, 1);
		const controller = new AbortController();
		const reason = new Error('enough');
		const asking = client.readJson('/x', { signal: controller.signal });
		await until(() => server.asked.length === 2);
		controller.abort(reason);
		await assert.rejects(asking, reason);
	});
	test('when nothing listened at first', async (t) => {
		const gone = await apiServer(t, () => {});
		await gone.close();
		const lines: string[] = [];
		const client = await clientFor(t, { server: gone.url }, {}, { debug: (line) => lines.push(line) });
		const error = await kubeError(client.readJson('/version'));
		assert.equal(error.kind, 'unreachable');
		assert.equal(error.id, 'api-refused');
		assert.equal(error.code, 'ECONNREFUSED');
		assert.equal(error.retriable, true);
		assert.match(error.message, new RegExp(`${gone.url} refused the connection`));
		assert.equal(client.cost.requests, 3);
		assert.equal(lines.length, 3);
		assert.match(lines[2] ?? '', /GET \/version - \d+ms 0B retries=2 failed ECONNREFUSED$/);
	});
});

describe('an answer that is an error', () => {
	const cases: Array<{
		name: string;
		status: number;
		headers?: Record<string, string>;
		body: string;
		path?: string;
		expected: { kind: string; id?: string; reason?: string; message: RegExp };
	}> = [
		{
			name: 'says what a Status says',
			status: 403,
			body: JSON.stringify(status(403, 'Forbidden', 'pods is forbidden: User "jane" cannot list resource "pods"')),
			expected: {
				kind: 'status',
				reason: 'Forbidden',
				message: /^pods is forbidden: User "jane" cannot list resource "pods"$/,
			},
		},
		{
			name: 'keeps plain text',
			status: 503,
			headers: { 'Content-Type': 'text/plain' },
			body: 'service unavailable\n',
			expected: { kind: 'status', id: 'api-front-503', message: /^The server answered 503: service unavailable$/ },
		},
		{
			name: 'recognises a web page',
			status: 502,
			headers: { 'Content-Type': 'text/html; charset=utf-8' },
			body: '<html><head><title>502 Bad Gateway</title></head></html>',
			expected: {
				kind: 'protocol',
				id: 'server-is-web-page',
				message: /HTML page \(502, "502 Bad Gateway"\): is a proxy or login page in front\?/,
			},
		},
		{
			name: 'recognises a web page that calls itself a success',
			status: 200,
			headers: { 'Content-Type': 'text/html' },
			body: '<!DOCTYPE html><title>Log in</title>',
			expected: { kind: 'protocol', id: 'server-is-web-page', message: /HTML page \(200, "Log in"\)/ },
		},
		{
			name: 'does not follow a redirect, and does not repeat its secrets',
			status: 302,
			headers: { Location: 'https://login.example/oauth?state=verysecret' },
			body: '',
			expected: {
				kind: 'protocol',
				id: 'server-is-web-page',
				message: /redirect \(302\) to https:\/\/login\.example\/oauth,/,
			},
		},
		{
			name: 'knows a missing path prefix',
			status: 404,
			headers: { 'Content-Type': 'text/plain' },
			body: 'default backend - 404',
			path: '/api/v1/pods',
			expected: { kind: 'status', id: 'server-path-prefix', message: /Rancher: https:\/\/HOST\/k8s\/clusters/ },
		},
		{
			name: 'knows that https is wanted',
			status: 400,
			body: 'Client sent an HTTP request to an HTTPS server.\n',
			expected: { kind: 'protocol', id: 'http-on-https', message: /wants https/ },
		},
		{
			name: 'has control characters and secrets removed',
			status: 500,
			headers: { 'Content-Type': 'text/plain' },
			body: 'boom \x1b]0;title\x07\x1b[2J token=abcdefghijk',
			expected: { kind: 'status', message: /^The server answered 500: boom {2}token=\[hidden\]$/ },
		},
	];
	for (const { name, status: code, headers = {}, body, path = '/x', expected } of cases) {
		test(name, async (t) => {
			const server = await apiServer(t, (_request, response) => {
				response.writeHead(code, { 'Content-Type': 'application/json', ...headers });
				response.end(body);
			});
			const client = await clientFor(t, { server: server.url });
			const error = await kubeError(client.read(path));
			assert.equal(error.status, code);
			assert.equal(error.kind, expected.kind);
			assert.equal(error.reason, expected.reason ?? '');
			assert.equal(error.id, expected.id ?? '');
			assert.match(error.message, expected.message);
			assert.doesNotMatch(error.message, /verysecret|\x1b/);
			assert.equal(server.asked.length, 1);
		});
	}
	test('is read compressed as well, and at most 4 KiB of it', async (t) => {
		const server = await apiServer(t, (_request, response) => {
			response.writeHead(500, { 'Content-Type': 'text/plain', 'Content-Encoding': 'gzip' });
			response.end(gzipSync('no '.repeat(50_000)));
		});
		const client = await clientFor(t, { server: server.url });
		const { body } = await kubeError(client.read('/x'));
		assert.equal(body.length, 4096);
		assert.match(body, /^no no/);
	});
	test('that is no JSON where JSON is expected says so', async (t) => {
		const server = await apiServer(t, (_request, response) => {
			response.writeHead(200, { 'Content-Type': 'text/plain' });
			response.end('ok');
		});
		const client = await clientFor(t, { server: server.url });
		const error = await kubeError(client.readJson('/version'));
		assert.equal(error.kind, 'protocol');
		assert.match(error.message, /\/version with text\/plain that is not JSON/);
	});
	test('that is not HTTP says so', async (t) => {
		const { createServer } = await import('node:net');
		const server = createServer((socket) => {
			socket.on('error', () => {});
			socket.once('data', () => socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		t.after(() => server.close());
		const { port } = server.address() as { port: number };
		const client = await clientFor(t, { server: `http://127.0.0.1:${port}` });
		const error = await kubeError(client.read('/version'));
		assert.equal(error.kind, 'protocol');
		assert.match(error.message, /does not speak HTTP/);
	});
});

describe('time limits', () => {
	test('end a request that is not answered', async (t) => {
		const server = await apiServer(t, (request, response) => {
			if (request.url === '/first') {
				answer(response, {});
			}
		});
		const client = await clientFor(t, { server: server.url, requestTimeout: 300 });
		// So that the connection is there, and only the answer is not.
		await client.read('/first');
		const error = await kubeError(client.read('/x'));
		assert.equal(error.kind, 'timeout');
		assert.equal(error.id, 'api-timeout');
		assert.match(error.message, /took the request and did not answer within 0\.3 s/);
		assert.equal(server.asked.length, 2);
	});
	test('end a body that stands still', async (t) => {
		const server = await apiServer(t, (_request, response) => {
			response.writeHead(200, { 'Content-Type': 'application/json' });
			response.write('{');
		});
		const client = await clientFor(t, { server: server.url });
		const error = await kubeError(client.read('/x', { idleTimeout: 30 }));
		assert.equal(error.kind, 'timeout');
		assert.match(error.message, /stopped in the middle of its answer/);
		await until(() => server.sockets.size === 0);
	});
});

describe('a connection that breaks', () => {
	test('in the middle of a body is an error that may be retried', async (t) => {
		for (const compressed of [false, true]) {
			const server = await apiServer(t, (request, response) => {
				response.writeHead(200, compressed ? { 'Content-Encoding': 'gzip' } : {});
				response.write(compressed ? gzipSync('x'.repeat(1000)).subarray(0, 20) : 'half');
				setTimeout(() => request.socket.destroy(), 10);
			});
			const client = await clientFor(t, { server: server.url });
			const error = await kubeError(client.read('/x'));
			assert.equal(error.kind, 'unreachable');
			assert.equal(error.id, 'api-reset');
			assert.equal(error.retriable, true);
		}
	});
	test('because the machine slept is made anew: what waits is asked again, what reads is told', async (t) => {
		const server = await apiServer(t, (request, response) => {
			if (request.url === '/reading') {
				response.writeHead(200, { 'Content-Type': 'application/json' });
				response.write('{');
			} else if (request.url === '/idle' || server.asked.filter(({ url }) => url === request.url).length > 1) {
				answer(response, { url: request.url });
			}
		});
		const client = await clientFor(t, { server: server.url });
		const { body } = await client.open('/reading');
		const reading = kubeError(
			(async () => {
				for await (const _chunk of body) {
					// Until it breaks.
				}
			})(),
		);
		const waiting = client.readJson('/waiting');
		await until(() => server.asked.length === 2);
		await client.readJson('/idle');
		assert.equal(server.connections, 3);
		internals(client).renewConnections('slept');
		assert.deepEqual(await waiting, { url: '/waiting' });
		const error = await reading;
		assert.equal(error.id, 'connections-renewed');
		assert.equal(error.retriable, true);
		assert.match(error.message, /This machine slept/);
		assert.equal(server.connections, 4);
	});
});

describe('giving up', () => {
	test("by the caller's signal throws its reason, before and within the body", async (t) => {
		const server = await apiServer(t, (request, response) => {
			if (request.url === '/body') {
				response.writeHead(200);
				response.write('x');
			}
		});
		const client = await clientFor(t, { server: server.url });
		const reason = new Error('not needed any more');
		for (const path of ['/head', '/body']) {
			const controller = new AbortController();
			const asked = server.asked.length;
			const reading = client.read(path, { signal: controller.signal });
			await until(() => server.asked.length > asked);
			controller.abort(reason);
			await assert.rejects(reading, reason);
		}
		await until(() => server.sockets.size === 0);
	});
	test('by closing the client ends what is under way and refuses what comes', async (t) => {
		const server = await apiServer(t, () => {});
		const client = await clientFor(t, { server: server.url });
		const waiting = kubeError(client.read('/x'));
		await until(() => server.asked.length === 1);
		client.close();
		assert.equal((await waiting).id, 'client-closed');
		assert.equal((await kubeError(client.read('/x'))).id, 'client-closed');
		await until(() => server.sockets.size === 0);
	});
	test('on a body early closes its connection', async (t) => {
		const server = await apiServer(t, (_request, response) => {
			response.writeHead(200);
			response.write('x'.repeat(1000));
		});
		const client = await clientFor(t, { server: server.url });
		const { body } = await client.open('/x');
		for await (const _chunk of body) {
			break;
		}
		await until(() => server.sockets.size === 0);
		assert.equal(server.asked.length, 1);
	});
});

test('the debug log has every request and no secret', async (t) => {
	const server = await apiServer(t, (_request, response) => answer(response, {}));
	const lines: string[] = [];
	const client = await clientFor(t, { server: server.url, as: 'jane' }, {}, { debug: (line) => lines.push(line) });
	await client.readJson('/api/v1/pods', { query: { limit: '1', token: 'tell-nobody' } });
	assert.equal(lines.length, 1);
	assert.match(lines[0] ?? '', / GET \/api\/v1\/pods\?limit=1&token=\[hidden\] 200 \d+ms 2B retries=0 ended$/);
});
