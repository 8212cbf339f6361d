import assert from 'node:assert/strict';
import { once } from 'node:events';
import { chmod, writeFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { DockerTls } from '../../../source/host/docker/certificates.ts';
import { DockerClient } from '../../../source/host/docker/client.ts';
import type { DockerEndpoint } from '../../../source/host/docker/endpoint.ts';
import { DockerError, type DockerErrorKind } from '../../../source/host/docker/errors.ts';
import { certificates, withoutCertificates } from '../../kube/support/certificates.ts';
import { fakeEngine, unixEndpoint, unixFolder, version } from './engine.ts';

function fails(kind: DockerErrorKind, sentence: RegExp): (error: unknown) => boolean {
	return (error) => {
		assert.ok(error instanceof DockerError, String(error));
		assert.equal(error.kind, kind, error.message);
		assert.match(error.message, sentence);
		return true;
	};
}

/** Takes connections, and then does with them what it is told. */
async function socketServer(use: (socket: Socket) => void) {
	const folder = await unixFolder();
	const path = join(folder.path, 'docker.sock');
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket);
		socket.on('error', () => {});
		use(socket);
	}).listen(path);
	await once(server, 'listening');
	return {
		endpoint: unixEndpoint(path),
		[Symbol.asyncDispose]: async () => {
			for (const socket of sockets) {
				socket.destroy();
			}
			await new Promise((resolve) => server.close(resolve));
			await folder[Symbol.asyncDispose]();
		},
	};
}

async function collect(frames: AsyncIterable<Buffer>): Promise<string[]> {
	const found: string[] = [];
	for await (const frame of frames) {
		found.push(frame.toString());
	}
	return found;
}

describe('the version of the API', () => {
	test('is the engine’s if we know it, and asked for once', async () => {
		await using engine = await fakeEngine({ '/containers/json': [] });
		const client = new DockerClient(engine.endpoint);
		await Promise.all([client.containers(), client.containers()]);
		await client.containers();
		assert.deepEqual(engine.asked, ['/version', ...new Array(3).fill('/v1.41/containers/json')]);
	});

	test('is the newest that we know of a newer engine’s, unless that is too old for it', async () => {
		for (const [MinAPIVersion, expected] of [
			['1.24', /^\/v1\.51\//],
			['1.90', /^\/v1\.90\//],
		] as const) {
			await using engine = await fakeEngine({
				'/version': { ...version, ApiVersion: '1.99', MinAPIVersion },
				'/containers/json?all=true': [],
			});
			await new DockerClient(engine.endpoint).containers({ all: true });
			assert.match(engine.asked[1] ?? '', expected);
		}
	});

	test('is told by a ping where /version is kept back', async () => {
		await using engine = await fakeEngine({
			'/version': ((_, response) => response.writeHead(403).end('no')) satisfies RequestListener,
			'/_ping': ((_, response) => response.setHeader('Api-Version', '1.30').end('OK')) satisfies RequestListener,
			'/containers/json': [],
		});
		await new DockerClient(engine.endpoint).containers();
		assert.equal(engine.asked.at(-1), '/v1.30/containers/json');
	});

	test('is asked for again after a failure', async () => {
		let broken = true;
		await using engine = await fakeEngine({
			'/version': ((_, response) =>
				broken ? response.destroy() : response.end(JSON.stringify(version))) satisfies RequestListener,
			'/containers/json': [],
		});
		const client = new DockerClient(engine.endpoint);
		await assert.rejects(client.containers(), fails('unreachable', /closed the connection/));
		broken = false;
		assert.equal((await client.containers()).toString(), '[]');
	});

	test('decides whether a single sample comes at once', async () => {
		for (const [ApiVersion, expected] of [
			['1.40', '/v1.40/containers/a/stats?stream=false'],
			['1.41', '/v1.41/containers/a/stats?stream=false&one-shot=true'],
		] as const) {
			await using engine = await fakeEngine({
				'/version': { ...version, ApiVersion },
				'/containers/a/stats?stream=false': {},
				'/containers/a/stats?stream=false&one-shot=true': {},
			});
			await new DockerClient(engine.endpoint).statsOnce('a');
			assert.equal(engine.asked.at(-1), expected);
		}
	});
});

describe('a stream of stats', () => {
	const streamed = (...pieces: string[]): RequestListener => {
		return async (_, response) => {
			for (const piece of pieces) {
				response.write(piece);
				await new Promise((resolve) => setImmediate(resolve));
			}
			response.end();
		};
	};

	test('gives frame by frame, however the bytes are cut', async () => {
		await using engine = await fakeEngine({
			'/containers/a/stats?stream=true': streamed('{"n":', '1}\n{"n":2}\n\n{"', 'n":"ü', '"}\r\n', '{"cut'),
		});
		const frames = await collect(new DockerClient(engine.endpoint).stats('a'));
		assert.deepEqual(
			frames.map((frame) => frame.trim()),
			['{"n":1}', '{"n":2}', '{"n":"ü"}'],
		);
	});

	test('closes its connection when the reader stops', async () => {
		const closed = Promise.withResolvers<void>();
		await using engine = await fakeEngine({
			'/containers/a/stats?stream=true': ((request, response) => {
				request.once('close', closed.resolve);
				response.write('{}\n');
			}) satisfies RequestListener,
		});
		for await (const _ of new DockerClient(engine.endpoint).stats('a')) {
			break;
		}
		await closed.promise;
	});

	test('ends with the reason of its signal', async () => {
		await using engine = await fakeEngine({
			'/containers/a/stats?stream=true': ((_, response) => response.write('{}\n')) satisfies RequestListener,
		});
		const stop = new AbortController();
		const reason = new Error('enough');
		await assert.rejects(
			async () => {
				for await (const _ of new DockerClient(engine.endpoint).stats('a', { signal: stop.signal })) {
					stop.abort(reason);
				}
			},
			(error) => error === reason,
		);
	});

	test('that stands still is given up', async () => {
		await using engine = await fakeEngine({
			'/containers/a/stats?stream=true': ((_, response) => response.write('{}\n')) satisfies RequestListener,
		});
		const client = new DockerClient(engine.endpoint, { timeLimit: 20 });
		await assert.rejects(collect(client.stats('a')), fails('timeout', /said nothing for 0\.06 s/));
	});
});

describe('an engine that cannot be asked', () => {
	test('takes the connection and never answers: given up in time', async () => {
		await using engine = await socketServer(() => {});
		const client = new DockerClient(engine.endpoint, { timeLimit: 30 });
		await assert.rejects(client.version(), fails('timeout', /took the connection and said nothing for 0\.03 s/));
		await assert.rejects(client.containers(), fails('timeout', /said nothing/));
	});

	test('stops in the middle of its answer', async () => {
		await using silent = await socketServer((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{'));
		await assert.rejects(
			new DockerClient(silent.endpoint, { timeLimit: 30 }).version(),
			fails('timeout', /said nothing/),
		);
		await using broken = await socketServer((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{'));
		await assert.rejects(new DockerClient(broken.endpoint).version(), fails('unreachable', /before its answer/));
	});

	test('has no socket', async () => {
		await assert.rejects(
			new DockerClient(unixEndpoint('/nowhere/docker.sock')).version(),
			fails('unreachable', /the socket does not exist\.\nThe address comes from DOCKER_HOST\./),
		);
	});

	test('left its socket behind', async () => {
		await using folder = await unixFolder();
		const path = join(folder.path, 'docker.sock');
		await writeFile(path, '');
		await assert.rejects(new DockerClient(unixEndpoint(path)).version(), fails('unreachable', /not running/));
	});

	test('is not for this user: the way out is said', async () => {
		await using engine = await fakeEngine({});
		assert.equal(engine.endpoint.kind, 'unix');
		await chmod((engine.endpoint as { path: string }).path, 0);
		const client = new DockerClient(engine.endpoint);
		// Root may everything, so for a moment it is not root.
		const user = process.geteuid?.();
		try {
			if (user === 0) {
				process.seteuid?.(65534);
			}
			await assert.rejects(client.version(), fails('permission', /sudo usermod -aG docker/));
		} finally {
			if (user === 0) {
				process.seteuid?.(0);
			}
		}
	});

	test('is something else', async () => {
		await using other = await socketServer((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
		await assert.rejects(new DockerClient(other.endpoint).version(), fails('protocol', /is not a Docker Engine/));
		await using web = await fakeEngine({
			'/version': ((_, response) => response.end('<html>')) satisfies RequestListener,
			'/_ping': ((_, response) => response.end('<html>')) satisfies RequestListener,
		});
		await assert.rejects(new DockerClient(web.endpoint).containers(), fails('protocol', /is not a Docker Engine/));
	});

	test('wants TLS', async () => {
		await using engine = await fakeEngine({
			'/version': ((_, response) =>
				response.writeHead(400).end('Client sent an HTTP request to an HTTPS server.\n')) satisfies RequestListener,
		});
		await assert.rejects(new DockerClient(engine.endpoint).version(), fails('tls', /DOCKER_TLS_VERIFY=1/));
	});

	test('is not asked at all once the signal is aborted', async () => {
		await using engine = await fakeEngine({});
		const reason = new Error('enough');
		await assert.rejects(
			new DockerClient(engine.endpoint).version({ signal: AbortSignal.abort(reason) }),
			(error) => error === reason,
		);
		assert.deepEqual(engine.asked, []);
	});
});

describe('an engine that wants certificates', { skip: withoutCertificates || false }, () => {
	async function ask(tls: Partial<DockerTls>): Promise<string> {
		const { server, authority } = certificates();
		const engine = createTlsServer(
			{
				key: server.key,
				cert: server.certificate,
				ca: authority.certificate,
				requestCert: true,
				rejectUnauthorized: true,
			},
			(_, response) => response.end('{"ApiVersion":"1.41"}'),
		);
		engine.listen(0, '127.0.0.1');
		await once(engine, 'listening');
		const { port } = engine.address() as AddressInfo;
		const endpoint: DockerEndpoint = {
			kind: 'tcp',
			host: '127.0.0.1',
			port,
			prefix: '',
			tls: { ca: undefined, certificate: undefined, key: undefined, verify: true, ...tls },
			address: { host: `tcp://127.0.0.1:${port}`, origin: 'DOCKER_HOST' },
		};
		try {
			return (await new DockerClient(endpoint).version()).toString();
		} finally {
			engine.closeAllConnections();
			await new Promise((resolve) => engine.close(resolve));
		}
	}

	test('is asked with ours, after a look at its own', async () => {
		const { authority, client } = certificates();
		const ours = { certificate: Buffer.from(client.certificate), key: Buffer.from(client.key) };
		assert.match(await ask({ ca: Buffer.from(authority.certificate), ...ours }), /1\.41/);
		assert.match(await ask({ verify: false, ...ours }), /1\.41/);
	});

	test('is not trusted where another authority signed its own', async () => {
		const { otherAuthority } = certificates();
		await assert.rejects(ask({ ca: Buffer.from(otherAuthority.certificate) }), fails('tls', /is not accepted/));
	});

	test('refuses whoever has none', async () => {
		const { authority } = certificates();
		await assert.rejects(
			ask({ ca: Buffer.from(authority.certificate) }),
			fails('tls', /does not accept our certificate: .*certificate/),
		);
	});
});

describe('an answer', () => {
	test('that there is no such container names it, safely', async () => {
		await using engine = await fakeEngine({});
		await assert.rejects(
			new DockerClient(engine.endpoint).inspect('we\u001b[31mb/../x'),
			fails('not-found', /^The Docker Engine has no container web\/\.\.\/x\./),
		);
		assert.equal(engine.asked.at(-1), '/v1.41/containers/we%1B%5B31mb%2F..%2Fx/json');
	});

	test('of an error passes the engine’s words on, cleaned', async () => {
		await using engine = await fakeEngine({
			'/containers/json': ((_, response) =>
				response.writeHead(500).end('{"message":"disk\\u001b[2J full"}')) satisfies RequestListener,
		});
		await assert.rejects(new DockerClient(engine.endpoint).containers(), fails('status', /answered 500: disk full\.$/));
	});
});
