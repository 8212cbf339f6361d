import assert from 'node:assert/strict';
import net, { type AddressInfo, type Socket } from 'node:net';
import { describe, type TestContext, test } from 'node:test';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { clientFor, kubeError } from './support/client.ts';

/** A server that writes these very bytes as its answer, and closes the connection if it is told to. */
async function rawServer(t: TestContext, answer: (socket: Socket) => void): Promise<string> {
	const sockets = new Set<Socket>();
	const server = net.createServer((socket) => {
		sockets.add(socket);
		socket.on('error', () => {});
		socket.once('data', () => answer(socket));
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	t.after(() => {
		for (const socket of sockets) {
			socket.destroy();
		}
		server.close();
	});
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const document = JSON.stringify({ kind: 'PodList', items: Array.from({ length: 100 }, (_, index) => ({ index })) });

function answered(body: Buffer | string, headers: string[] = [], length: number | null = null): Buffer {
	const bytes = Buffer.from(body as string);
	const lengths = length === null ? [] : [`Content-Length: ${length}`];
	const head = ['HTTP/1.1 200 OK', 'Content-Type: application/json', ...lengths, ...headers, '', ''];
	return Buffer.concat([Buffer.from(head.join('\r\n')), bytes]);
}

describe('an answer that cannot be true is told as what it is:', () => {
	const gzip = gzipSync(document);
	const broken = Buffer.from(gzip);
	broken.fill(0xff, 12, 60);
	const cases: ReadonlyArray<{ name: string; bytes: Buffer; kind: string; id: string; message: RegExp }> = [
		{
			name: 'a body shorter than it says',
			bytes: answered(document, [], document.length + 10),
			kind: 'unreachable',
			id: 'api-reset',
			message: /broke in the middle of its answer/,
		},
		{
			name: 'a body that ends in the middle of a chunk',
			bytes: answered(`ffff\r\n${document}`, ['Transfer-Encoding: chunked']),
			kind: 'unreachable',
			id: 'api-reset',
			message: /broke in the middle of its answer/,
		},
		{
			name: 'JSON that ends in the middle of a body that ends well',
			bytes: answered(document.slice(0, 100), [], 100),
			kind: 'protocol',
			id: 'answer-damaged',
			message: /answered \/api\/v1\/pods with 100 bytes of JSON that is damaged or ends in the middle/,
		},
		{
			name: 'gzip that ends too early',
			bytes: answered(gzip.subarray(0, gzip.length - 30), ['Content-Encoding: gzip'], gzip.length - 30),
			kind: 'unreachable',
			id: 'api-reset',
			message: /broke in the middle of its answer/,
		},
		{
			name: 'gzip that is damaged',
			bytes: answered(broken, ['Content-Encoding: gzip'], broken.length),
			kind: 'protocol',
			id: 'answer-damaged',
			message: /calls itself gzip and cannot be unpacked/,
		},
		{
			name: 'plain JSON that calls itself gzip',
			bytes: answered(document, ['Content-Encoding: gzip'], document.length),
			kind: 'protocol',
			id: 'answer-damaged',
			message: /calls itself gzip and cannot be unpacked/,
		},
		{
			name: 'a packing that was not asked for',
			bytes: answered(deflateRawSync(document), ['Content-Encoding: br'], 100),
			kind: 'protocol',
			id: 'answer-damaged',
			message: /came packed as "br", which was not asked for/,
		},
		{
			name: 'nothing at all',
			bytes: answered('', [], 0),
			kind: 'protocol',
			id: 'answer-damaged',
			message: /answered \/api\/v1\/pods with nothing at all/,
		},
		{
			name: 'something that calls itself text',
			bytes: Buffer.from('HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok'),
			kind: 'protocol',
			id: 'server-is-web-page',
			message: /answered \/api\/v1\/pods with text\/plain that is not JSON/,
		},
		{
			name: 'headers without an end',
			bytes: Buffer.from(`HTTP/1.1 200 OK\r\n${`X-Filler: ${'a'.repeat(1000)}\r\n`.repeat(40)}`),
			kind: 'protocol',
			id: 'server-is-web-page',
			message: /headers without an end \(more than 16 KiB\)/,
		},
		{
			name: 'something that is not HTTP',
			bytes: Buffer.from('SSH-2.0-OpenSSH_9.2p1\r\n'),
			kind: 'protocol',
			id: 'server-is-web-page',
			message: /does not speak HTTP/,
		},
	];
	for (const { name, bytes, kind, id, message } of cases) {
		test(name, async (t) => {
			const client = await clientFor(t, { server: await rawServer(t, (socket) => socket.end(bytes)) });
			const error = await kubeError(client.readJson('/api/v1/pods', { retries: 0 }));
			assert.equal(error.id, id);
			assert.equal(error.kind, kind);
			assert.match(error.message, message);
		});
	}
	test('headers that never end, slowly', async (t) => {
		let timer: NodeJS.Timeout | undefined;
		t.after(() => clearInterval(timer));
		const server = await rawServer(t, (socket) => {
			socket.write('HTTP/1.1 200 OK\r\n');
			timer = setInterval(() => socket.write('X-Slow: 1\r\n'), 20);
		});
		const client = await clientFor(t, { server, requestTimeout: 300 });
		const error = await kubeError(client.readJson('/api/v1/pods', { retries: 0 }));
		assert.equal(error.id, 'api-timeout');
		assert.match(error.message, /did not answer within 0\.3 s/);
	});
});
