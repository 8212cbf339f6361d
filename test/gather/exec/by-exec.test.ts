import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { readByExec } from '../../../source/gather/exec.ts';
import { clientFor, until } from '../../kube/support/client.ts';
import { execServer, notFoundInPath } from '../../kube/support/exec-server.ts';
import { catOf, containerFiles } from './container-files.ts';

const target = { namespace: 'web', pod: 'api-1', container: 'app' };

/** A folder that holds these programs and no others. */
async function programs(test: TestContext, links: Record<string, string>): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'programs-'));
	test.after(() => rm(folder, { recursive: true }));
	for (const [name, to] of Object.entries(links)) {
		await symlink(to, join(folder, name));
	}
	return folder;
}

const shells = [
	['dash', { sh: '/bin/dash', cat: '/bin/cat' }],
	['bash', { sh: '/bin/bash', cat: '/bin/cat' }],
	['busybox', { sh: '/bin/busybox', cat: '/bin/busybox' }],
	['dash without cat', { sh: '/bin/dash' }],
	['bash without cat', { sh: '/bin/bash' }],
] as const;

describe('a container read by exec', () => {
	for (const [name, links] of shells) {
		const lacks =
			Object.values(links).find((file) => !existsSync(file)) ?? (existsSync('/proc/self/stat') ? '' : '/proc');
		test(`is read by ${name}, and nothing is left behind`, {
			skip: lacks === '' ? false : `this machine has no ${lacks}`,
		}, async (test) => {
			const server = await execServer(test, { programs: await programs(test, links) });
			const client = await clientFor(test, { server: server.url });
			const answer = await readByExec(client, target, { between: 50, timeout: 120_000 });
			assert.deepEqual(
				answer.problems.filter(({ id }) => id !== 'no-cgroup'),
				[],
			);
			const own = answer.processes.find(({ pid }) => pid === process.pid);
			assert.ok((own?.resident ?? 0) > 2 ** 20, 'this very process is not among them');
			assert.ok((own?.cpuTime ?? 0) > 0);
			const times = [answer.previous, answer.readings].map((readings) =>
				readings.find(({ source, quantity }) => source === 'proc' && quantity === 'cpuTime'),
			);
			assert.ok((times[1]?.at ?? 0) - (times[0]?.at ?? 0) >= 50, 'two samples are no time apart');
			assert.equal(server.calls.length, 1);
			await until(() => server.running === 0);
		});
	}

	test('is read by cat alone where there is no shell', async (test) => {
		const run = catOf(containerFiles);
		const server = await execServer(test, { run: ({ command }) => run(command) });
		const client = await clientFor(test, { server: server.url });
		const answer = await readByExec(client, target, { between: 10, timeout: 120_000 });
		assert.deepEqual(answer.problems, []);
		const value = (quantity: string) => answer.readings.find((reading) => reading.quantity === quantity)?.value;
		assert.deepEqual(
			[answer.versions.cgroup, answer.versions.kernel, value('usage'), value('inactiveFile'), value('resident')],
			['v2', '6.12.48', 52_428_800, 1_048_576, 40_960_000],
		);
		assert.deepEqual(
			answer.processes.map(({ pid, name }) => [pid, name]),
			[
				[1, 'server'],
				[7, 'worker'],
			],
		);
		assert.ok(answer.missing.some(({ file, why }) => file === 'memory.zswap.current' && why === 'no-file'));
	});

	test('says so if it has neither', async (test) => {
		for (const outcome of [
			({ command }: { command: readonly string[] }) => ({ failure: notFoundInPath(command[0] ?? '') }),
			// A docker engine prints it as if the program had.
			({ command }: { command: readonly string[] }) => ({ stdout: notFoundInPath(command[0] ?? ''), exitCode: 126 }),
		]) {
			const server = await execServer(test, { run: outcome });
			const client = await clientFor(test, { server: server.url });
			const answer = await readByExec(client, target);
			assert.equal(answer.exists, false);
			assert.deepEqual(
				answer.problems.map(({ id }) => id),
				['no-reader'],
			);
			assert.deepEqual(
				server.calls.map(({ command }) => command[0]),
				['sh', 'cat'],
			);
		}
	});

	test('sends the credentials and the names, and takes the older protocol', async (test) => {
		const run = catOf(containerFiles);
		const server = await execServer(test, { run: ({ command }) => run(command), protocols: ['v4.channel.k8s.io'] });
		const client = await clientFor(test, { server: `${server.url}/k8s/clusters/c-1`, as: 'jane' });
		const { problems } = await readByExec(client, target, { between: 0, timeout: 120_000 });
		assert.deepEqual(problems, []);
		const [call] = server.calls;
		assert.equal(call?.path, '/k8s/clusters/c-1/api/v1/namespaces/web/pods/api-1/exec');
		assert.equal(call?.container, 'app');
		assert.equal(call?.headers['impersonate-user'], 'jane');
	});

	const forbidden = {
		kind: 'Status',
		status: 'Failure',
		message:
			'pods "api-1" is forbidden: User "jane" cannot get resource "pods/exec" in API group "" in the namespace "web"',
		reason: 'Forbidden',
		code: 403,
	};
	for (const [what, refuse, id, says] of [
		[
			'may not be',
			{ status: 403, body: JSON.stringify(forbidden) },
			'forbidden',
			/create on pods\/exec in namespace web/,
		],
		[
			'lies behind a proxy that does not switch',
			{ status: 502, type: 'text/html', body: '<html><title>Bad Gateway</title></html>' },
			'no-upgrade',
			/did not switch to a websocket/,
		],
		[
			'lies behind a proxy that drops the request to switch',
			{
				status: 400,
				body: JSON.stringify({ kind: 'Status', reason: 'BadRequest', message: 'Upgrade request required' }),
			},
			'no-upgrade',
			/did not switch/,
		],
		['lies behind one that answers as if all were well', { status: 200, body: '{}' }, 'no-upgrade', /did not switch/],
		[
			'does not run',
			{
				status: 500,
				body: JSON.stringify({
					kind: 'Status',
					reason: 'InternalError',
					message: 'unable to upgrade connection: container not found ("app")',
				}),
			},
			'not-running',
			/does not run/,
		],
	] as const) {
		test(`that ${what} has a sentence`, async (test) => {
			const server = await execServer(test, { refuse });
			const client = await clientFor(test, { server: server.url });
			const { problems } = await readByExec(client, target);
			assert.deepEqual(
				problems.map((problem) => problem.id),
				[id],
				problems[0]?.sentence,
			);
			assert.match(problems[0]?.sentence ?? '', says);
		});
	}

	test('that says nothing is given up', async (test) => {
		const server = await execServer(test, { run: () => 'never' });
		const client = await clientFor(test, { server: server.url });
		const { problems } = await readByExec(client, target, { timeout: 100 });
		assert.deepEqual(
			problems.map(({ id }) => id),
			['timeout'],
		);
	});

	test('whose program prints no end is given up', async (test) => {
		const server = await execServer(test, { run: () => ({ stdout: 'x'.repeat(9 * 2 ** 20) }) });
		const client = await clientFor(test, { server: server.url });
		const { problems } = await readByExec(client, target);
		assert.match(problems[0]?.sentence ?? '', /far longer than expected/);
	});
});
