import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, type TestContext, test } from 'node:test';
import { type CadvisorWanted, readCadvisor } from '../../source/gather/cadvisor.ts';

const id = '9e17c30c26000f49230cd71d7b8b5eff9f0fda1d8240dc72b719131e72a32891';
const pause = '0'.repeat(64);
const uid = 'bf8ca3f2-bcc4-486c-8abc-5d1adc90878e';
const podPath = `/kubepods/burstable/pod${uid}`;

function container(usage: number, more: object = {}) {
	return {
		spec: { creation_time: '2026-01-02T03:04:05Z', memory: { limit: 2 ** 26 }, ...more },
		stats: [
			{
				timestamp: '2026-01-02T03:10:00Z',
				cpu: { usage: { total: 1e9 } },
				memory: { usage, working_set: usage - 1000, failcnt: 0, kernel: 0 },
			},
		],
	};
}

const pausedBy = {
	labels: {
		'io.kubernetes.pod.name': 'api',
		'io.kubernetes.pod.namespace': 'web',
		'io.kubernetes.container.name': 'POD',
	},
};

const all = {
	'/system.slice': container(3_000_000),
	[podPath]: container(9_000_000),
	// Without labels: a cAdvisor that cannot ask the runtime knows the cgroup only.
	[`${podPath}/${id}`]: container(5_000_000),
	[`${podPath}/${pause}`]: container(700_000, pausedBy),
};

interface Fake {
	url: string;
	asked: string[];
	authorization: string[];
}

async function serve(test: TestContext, listener: RequestListener): Promise<Fake> {
	const fake: Fake = { url: '', asked: [], authorization: [] };
	const server = createServer((request, response) => {
		fake.asked.push(request.url ?? '');
		fake.authorization.push(request.headers.authorization ?? '');
		listener(request, response);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	test.after(() => {
		server.closeAllConnections();
		server.close();
	});
	fake.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return fake;
}

/** A cAdvisor that has these paths. */
function answering(answers: Record<string, unknown>): RequestListener {
	return (request, response) => {
		const answer = answers[request.url ?? ''];
		if (answer === undefined) {
			response.writeHead(500).end('failed to get container "/x" with error: unknown container "/x"\n');
		} else {
			response.setHeader('Content-Type', 'application/json').end(JSON.stringify(answer));
		}
	};
}

const recursive = '/api/v2.1/stats/?recursive=true&count=2';
const inContainer: CadvisorWanted = { kind: 'container', id };

describe('a cAdvisor that runs by itself', () => {
	test('knows a container by its id, whatever it calls it', async (test) => {
		const fake = await serve(test, answering({ [recursive]: all }));
		const { problems, readings } = await readCadvisor(fake.url, inContainer);
		assert.deepEqual(problems, []);
		assert.equal(readings.find(({ quantity }) => quantity === 'usage')?.value, 5_000_000);
		assert.deepEqual(fake.asked, [recursive]);
	});

	test('is read as captured, in both versions: a container of a Docker engine, whose working set closes', async (test) => {
		const cpu = 'd0a5f0fb0a471aa6dfcd21b0a0a2f45576ea7569daeb241907b31e837a2f63e9';
		const captured = (name: string): unknown =>
			JSON.parse(readFileSync(new URL(`../sources/fixtures/cadvisor/${name}.json`, import.meta.url), 'utf8'));
		for (const [path, file] of [
			[recursive, 'v2.1-stats'],
			['/api/v1.3/subcontainers/', 'v1.3-subcontainers'],
		] as const) {
			const answers = answering({ [path]: captured(file) });
			const fake = await serve(test, (request, response) =>
				path === recursive || !request.url?.startsWith('/api/v2')
					? answers(request, response)
					: response.writeHead(404).end('404 page not found'),
			);
			const { cgroup, problems, readings } = await readCadvisor(fake.url, { kind: 'container', id: cpu });
			assert.deepEqual([problems, cgroup], [[], 'v1'], file);
			const value = (quantity: string) => readings.find((one) => one.quantity === quantity)?.value ?? Number.NaN;
			assert.equal(value('usage') - value('inactiveFile'), value('workingSet'), file);
			// It rested just then: 2.1 says so itself, of 1.3 it is the difference of its counters.
			assert.equal(value('cpuRate'), 0, file);
		}
	});

	test('knows a pod by its uid, with its containers and the pause container', async (test) => {
		const fake = await serve(test, answering({ [recursive]: all }));
		const { readings } = await readCadvisor(fake.url, { kind: 'pod', uid, containers: new Map([['app', id]]) });
		assert.deepEqual(
			readings.filter(({ quantity }) => quantity === 'usage').map(({ part = '', value }) => [part, value]),
			[
				['', 9_000_000],
				['container/app', 5_000_000],
				['pause', 700_000],
			],
		);
	});

	test('knows its machine and a cgroup by their paths', async (test) => {
		const fake = await serve(
			test,
			answering({
				'/api/v1.3/containers/': { name: '/', ...container(8_000_000) },
				'/api/v2.1/stats/system.slice?count=2': { '/system.slice': all['/system.slice'] },
			}),
		);
		const machine = await readCadvisor(fake.url, { kind: 'machine' });
		assert.equal(machine.readings.find(({ quantity }) => quantity === 'usage')?.value, 8_000_000);
		assert.equal(machine.readings.find(({ quantity }) => quantity === 'memTotal')?.value, 2 ** 26);
		const slice = await readCadvisor(fake.url, { kind: 'cgroup', path: '/system.slice' });
		assert.equal(slice.readings.find(({ quantity }) => quantity === 'usage')?.value, 3_000_000);
	});

	test('is asked in the older version where it does not know the newer', async (test) => {
		const list = Object.entries(all).map(([name, one]) => ({ name, ...one }));
		const older = answering({ '/api/v1.3/subcontainers/': list });
		const fake = await serve(test, (request, response) =>
			request.url?.startsWith('/api/v2')
				? response.writeHead(400).end('unsupported API version')
				: older(request, response),
		);
		const { readings } = await readCadvisor(fake.url, inContainer);
		assert.equal(readings.find(({ quantity }) => quantity === 'usage')?.value, 5_000_000);
	});

	test('says so if it does not have it', async (test) => {
		const fake = await serve(test, answering({ [recursive]: {} }));
		for (const [wanted, says] of [
			[inContainer, /does not have this container/],
			[{ kind: 'cgroup', path: '/no\u001b[2J' }, /does not have the cgroup \/no:/],
		] as const) {
			const { problems, readings } = await readCadvisor(fake.url, wanted);
			assert.deepEqual(readings, []);
			assert.match(problems.join(), says);
		}
	});

	test('gets a name and password in a header, and nobody reads them in a sentence', async (test) => {
		const fake = await serve(test, (_, response) => response.writeHead(401).end('Unauthorized'));
		const { problems } = await readCadvisor(fake.url.replace('//', '//jane:s3cret@'), { kind: 'machine' });
		assert.equal(fake.authorization[0], `Basic ${Buffer.from('jane:s3cret').toString('base64')}`);
		assert.match(problems.join(), /wants to know who you are \(401\)/);
		assert.doesNotMatch(problems.join(), /s3cret/);
	});

	for (const [what, listener, says] of [
		[
			'an HTML page',
			((_, response) =>
				response.setHeader('Content-Type', 'text/html').end('<html>login</html>')) satisfies RequestListener,
			/not JSON/,
		],
		[
			'an HTML page of an error',
			((_, response) => response.writeHead(502).end('<html>bad gateway</html>')) satisfies RequestListener,
			/is not a cAdvisor \(502\)/,
		],
		[
			'a redirect',
			((_, response) => response.writeHead(302, { Location: '/login' }).end()) satisfies RequestListener,
			/is not a cAdvisor \(302\)/,
		],
		[
			'half an answer',
			((_, response) =>
				response.setHeader('Content-Type', 'application/json').end('{"/a":{"spec":{')) satisfies RequestListener,
			/cannot be read/,
		],
		[
			'a broken connection',
			((request) => request.socket.destroy()) satisfies RequestListener,
			/No cAdvisor is to be reached/,
		],
		['nothing', (() => {}) satisfies RequestListener, /did not answer within 0\.1 s/],
	] as const) {
		test(`that answers with ${what} has a sentence`, async (test) => {
			const fake = await serve(test, listener);
			const { problems, readings } = await readCadvisor(
				fake.url,
				{ kind: 'machine' },
				what === 'nothing' ? { timeout: 100 } : {},
			);
			assert.deepEqual(readings, []);
			assert.match(problems.join(), says);
		});
	}

	test('whose address is none is not asked', async () => {
		for (const address of ['ftp://node', 'http://', 'http://user:secret@', 'http://user:%zz@node']) {
			const { problems } = await readCadvisor(address, { kind: 'machine' });
			assert.match(problems.join(), /is no address of a cAdvisor/);
			assert.doesNotMatch(problems.join(), /secret/);
		}
	});

	test('that is not there has a sentence with its address, and its usual port', async () => {
		const { problems } = await readCadvisor('127.0.0.1:1', { kind: 'machine' });
		assert.match(problems.join(), /No cAdvisor is to be reached at http:\/\/127\.0\.0\.1:1/);
	});
});
