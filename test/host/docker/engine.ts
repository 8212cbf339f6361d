/** An engine of a few lines, on a Unix socket of its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DockerEndpoint } from '../../../source/host/docker/endpoint.ts';

export interface FakeEngine extends AsyncDisposable {
	endpoint: DockerEndpoint;
	/** Paths that were asked for, in their order. */
	asked: string[];
}

/** Paths of answers without the version in front: JSON, or a listener for what is none. */
export type Answers = Readonly<Record<string, unknown | RequestListener>>;

export const version = {
	Version: '20.10.24',
	ApiVersion: '1.41',
	MinAPIVersion: '1.12',
	KernelVersion: '6.1',
	Os: 'linux',
};

export async function unixFolder(): Promise<AsyncDisposable & { path: string }> {
	const path = await mkdtemp(join(tmpdir(), 'docker-'));
	return { path, [Symbol.asyncDispose]: async () => await rm(path, { recursive: true }) };
}

export function unixEndpoint(path: string): DockerEndpoint {
	return { kind: 'unix', path, address: { host: `unix://${path}`, origin: 'DOCKER_HOST' } };
}

export async function fakeEngine(answers: Answers): Promise<FakeEngine> {
	const folder = await unixFolder();
	const asked: string[] = [];
	const server = createServer((request, response) => {
		const path = request.url ?? '';
		asked.push(path);
		const answer = { '/version': version, ...answers }[path.replace(/^\/v1\.\d+/, '')];
		if (typeof answer === 'function') {
			(answer as RequestListener)(request, response);
		} else if (answer === undefined) {
			response.writeHead(404).end(JSON.stringify({ message: `No such container: ${path}` }));
		} else {
			response.end(JSON.stringify(answer));
		}
	});
	const path = join(folder.path, 'docker.sock');
	await listen(server, path);
	return {
		endpoint: unixEndpoint(path),
		asked,
		[Symbol.asyncDispose]: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
			await folder[Symbol.asyncDispose]();
		},
	};
}

async function listen(server: Server, path: string): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(path, resolve);
	});
}
