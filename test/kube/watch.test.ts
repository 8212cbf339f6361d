import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { describe, test } from 'node:test';
import { watchFrames } from '../../source/kube/watch.ts';
import { answer, apiServer, status } from './support/api-server.ts';
import { clientFor, internals, kubeError, until } from './support/client.ts';

const protobuf = 'application/vnd.kubernetes.protobuf;stream=watch';

describe('a watch', () => {
	test('asks for bookmarks from the given version on, and hands on frames as they come', async (t) => {
		let stream: ServerResponse | undefined;
		const server = await apiServer(t, (_request, response) => {
			response.writeHead(200, { 'Content-Type': 'application/json' });
			stream = response;
			response.write('{"type":"ADDED"}\n{"type":');
		});
		const client = await clientFor(t, { server: server.url });
		const frames: string[] = [];
		const watching = watchFrames(
			client,
			'/api/v1/pods',
			{ resourceVersion: '42', query: { fieldSelector: 'a' } },
			(frame, type) => frames.push(`${type} ${frame}`),
		);
		await until(() => frames.length === 1);
		assert.equal(
			server.asked[0]?.url,
			'/api/v1/pods?fieldSelector=a&watch=1&allowWatchBookmarks=true&resourceVersion=42',
		);
		stream?.end('"BOOKMARK"}\n');
		await watching;
		assert.deepEqual(frames, ['application/json {"type":"ADDED"}', 'application/json {"type":"BOOKMARK"}']);
	});
	test('takes protobuf frames by the type of the answer', async (t) => {
		const server = await apiServer(t, (_request, response) => {
			response.writeHead(200, { 'Content-Type': protobuf });
			response.end(Buffer.from([0, 0, 0, 2, 10, 20, 0, 0, 0, 1, 30]));
		});
		const client = await clientFor(t, { server: server.url });
		const frames: number[][] = [];
		await watchFrames(client, '/x', { resourceVersion: '1', accept: protobuf }, (frame) => frames.push([...frame]));
		assert.deepEqual(frames, [[10, 20], [30]]);
	});
	test('that is refused says the status, and is not asked again here', async (t) => {
		const server = await apiServer(t, (request, response) => {
			if (request.url?.startsWith('/busy')) {
				answer(response, status(429, 'TooManyRequests', 'later'), 429, { 'Retry-After': '0' });
			} else {
				answer(response, status(410, 'Expired', 'too old resource version'), 410);
			}
		});
		const client = await clientFor(t, { server: server.url });
		const expired = await kubeError(watchFrames(client, '/x', { resourceVersion: '1' }, () => {}));
		assert.deepEqual([expired.status, expired.reason], [410, 'Expired']);
		const busy = await kubeError(watchFrames(client, '/busy', { resourceVersion: '1' }, () => {}));
		assert.deepEqual([busy.status, busy.retryAfter], [429, 0]);
		assert.equal(server.asked.length, 2);
	});
	for (const [name, end] of [
		['that is cut off within a frame', (response: ServerResponse) => response.end('{"type"')],
		['whose connection breaks', (response: ServerResponse) => response.destroy()],
	] as const) {
		test(`${name} is an error that may be retried`, async (t) => {
			const server = await apiServer(t, (_request, response) => {
				response.writeHead(200, { 'Content-Type': 'application/json' });
				response.write('{}\n', () => end(response));
			});
			const client = await clientFor(t, { server: server.url });
			const error = await kubeError(watchFrames(client, '/x', { resourceVersion: '1' }, () => {}));
			assert.deepEqual([error.kind, error.id, error.retriable], ['unreachable', 'api-reset', true]);
		});
	}
	test('in which nothing comes any more is dead after a while', async (t) => {
		const server = await apiServer(t, (_request, response) => {
			response.writeHead(200, { 'Content-Type': 'application/json' });
			response.flushHeaders();
		});
		const client = await clientFor(t, { server: server.url, requestTimeout: 5000 });
		const error = await kubeError(watchFrames(client, '/x', { resourceVersion: '1', idleTimeout: 30 }, () => {}));
		assert.deepEqual([error.kind, error.retriable], ['timeout', true]);
	});
	test('is not bounded by the request timeout', async (t) => {
		const server = await apiServer(t, (_request, response) => {
			response.writeHead(200, { 'Content-Type': 'application/json' });
			response.flushHeaders();
			setTimeout(() => response.end('{}\n'), 2200);
		});
		const client = await clientFor(t, { server: server.url, requestTimeout: 2000 });
		let frames = 0;
		await watchFrames(client, '/x', { resourceVersion: '1' }, () => frames++);
		assert.equal(frames, 1);
	});
	test('is broken off when the machine slept', async (t) => {
		const server = await apiServer(t, (_request, response) => {
			response.writeHead(200, { 'Content-Type': 'application/json' });
			response.write('{}\n');
		});
		const client = await clientFor(t, { server: server.url });
		let frames = 0;
		const watching = kubeError(watchFrames(client, '/x', { resourceVersion: '1' }, () => frames++));
		await until(() => frames === 1);
		internals(client).renewConnections('slept');
		assert.deepEqual([(await watching).id, (await watching).retriable], ['connections-renewed', true]);
		await until(() => server.sockets.size === 0);
	});
	test('whose answer has no frames says so', async (t) => {
		const server = await apiServer(t, (_request, response) => {
			response.writeHead(200, { 'Content-Type': protobuf });
			response.end('this is no protobuf');
		});
		const client = await clientFor(t, { server: server.url });
		const error = await kubeError(watchFrames(client, '/x', { resourceVersion: '1' }, () => {}));
		assert.equal(error.kind, 'protocol');
	});
	test('ends with an error of its reader, and closes the connection', async (t) => {
		const server = await apiServer(t, (_request, response) => {
			response.writeHead(200, { 'Content-Type': 'application/json' });
			response.write('{}\n');
		});
		const client = await clientFor(t, { server: server.url });
		const reason = new Error('cannot read that');
		await assert.rejects(
			watchFrames(client, '/x', { resourceVersion: '1' }, () => {
				throw reason;
			}),
			reason,
		);
		await until(() => server.sockets.size === 0);
	});
});
