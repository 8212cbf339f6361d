import assert from 'node:assert/strict';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { DockerClient } from '../../../source/host/docker/client.ts';
import { type DockerEndpoint, dockerEndpoint } from '../../../source/host/docker/endpoint.ts';
import { DockerError, type DockerErrorKind } from '../../../source/host/docker/errors.ts';
import { fakeEngine } from './engine.ts';

/** A folder with a program `ssh` that does what the script says, and notes how it was called. */
async function withSsh(test: TestContext, script: string): Promise<{ path: string; calls: () => Promise<string[]> }> {
	const folder = await mkdtemp(join(tmpdir(), 'ssh-'));
	test.after(() => rm(folder, { recursive: true }));
	const notes = join(folder, 'calls');
	await writeFile(
		join(folder, 'ssh'),
		`#!${process.execPath}\nrequire('fs').appendFileSync(${JSON.stringify(notes)}, process.argv.slice(2).join(' ') + '\\n');\n${script}`,
	);
	await chmod(join(folder, 'ssh'), 0o755);
	return {
		path: folder,
		calls: async () => (await readFile(notes, 'utf8')).trim().split('\n'),
	};
}

/** What dial-stdio does at the other end. */
function pipeTo({ path }: { path: string }): string {
	return `const socket = require('net').connect(${JSON.stringify(path)});
process.stdin.pipe(socket).pipe(process.stdout);
socket.on('close', () => process.exit(0));`;
}

function fails(says: string, code: number): string {
	return `process.stderr.write(${JSON.stringify(says)}, () => process.exit(${code}));`;
}

function at(host: string, path: string): DockerEndpoint {
	return dockerEndpoint({ DOCKER_HOST: host, PATH: path });
}

describe('an engine over ssh', () => {
	test('is reached by the user’s ssh, which serves several questions', async (test) => {
		await using engine = await fakeEngine({ '/containers/json': [], '/containers/a/json': { Id: 'a' } });
		assert.equal(engine.endpoint.kind, 'unix');
		const ssh = await withSsh(test, pipeTo(engine.endpoint as { path: string }));
		const client = new DockerClient(at('ssh://jane@build-1:2222', ssh.path));
		assert.equal((await client.containers()).toString(), '[]');
		assert.equal((await client.inspect('a')).toString(), '{"Id":"a"}');
		await assert.rejects(client.inspect('b'), (error) => error instanceof DockerError && error.kind === 'not-found');
		const calls = await ssh.calls();
		assert.deepEqual(
			[...new Set(calls)],
			['-o BatchMode=yes -o ConnectTimeout=10 -T -l jane -p 2222 -- build-1 docker system dial-stdio'],
		);
		// Four questions; whether one meets a connection that is just becoming free is a matter of turns.
		assert.ok(calls.length < 4, `${calls.length} connections`);
	});

	test('streams, and is let go when the reader stops', async (test) => {
		const closed = Promise.withResolvers<void>();
		await using engine = await fakeEngine({
			'/containers/a/stats?stream=true': ((
				request: { once: (event: 'close', listener: () => void) => void },
				response: { write: (text: string) => void },
			) => {
				request.once('close', closed.resolve);
				response.write('{"n":1}\n');
			}) as never,
		});
		const ssh = await withSsh(test, pipeTo(engine.endpoint as { path: string }));
		for await (const frame of new DockerClient(at('ssh://build-1', ssh.path)).stats('a')) {
			assert.equal(frame.toString(), '{"n":1}');
			break;
		}
		await closed.promise;
	});

	test('may have its socket elsewhere, which the other side’s shell must not read', async (test) => {
		const ssh = await withSsh(test, fails('', 1));
		await assert.rejects(new DockerClient(at("ssh://build-1/run/it's.sock", ssh.path)).version());
		assert.match(
			(await ssh.calls()).join(),
			/ -- build-1 docker --host 'unix:\/\/\/run\/it'\\''s\.sock' system dial-stdio$/,
		);
	});

	for (const [what, words, code, kind, says] of [
		[
			'does not let us in',
			'jane@build-1: Permission denied (publickey).\r\n',
			255,
			'permission',
			/ssh-add.*ssh -o BatchMode=yes jane@build-1/s,
		],
		['is not known', 'Host key verification failed.\r\n', 255, 'unreachable', /Connect once by "ssh jane@build-1"/],
		[
			'cannot be reached',
			'ssh: connect to host build-1 port 22: Connection refused\r\n',
			255,
			'unreachable',
			/Connection refused\nDoes "ssh jane@build-1 docker version" work/,
		],
		['has no docker', 'bash: line 1: docker: command not found\n', 127, 'unreachable', /no docker program/],
		[
			'keeps its socket to itself',
			'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock\n',
			1,
			'permission',
			/in the group "docker" there/,
		],
		[
			'has no engine that runs',
			'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. \u001b[2JIs it running?\n',
			1,
			'unreachable',
			/does not give a connection.*Is it running/,
		],
	] as const satisfies readonly (readonly [string, string, number, DockerErrorKind, RegExp])[]) {
		test(`that ${what} has a sentence with ssh’s own words`, async (test) => {
			const ssh = await withSsh(test, fails(words, code));
			await assert.rejects(new DockerClient(at('ssh://jane@build-1', ssh.path)).version(), (error) => {
				assert.ok(error instanceof DockerError, String(error));
				assert.equal(error.kind, kind, error.message);
				assert.match(error.message, says);
				assert.doesNotMatch(error.message, /\u001b/);
				return true;
			});
		});
	}

	test('is not reached without the program', async () => {
		await assert.rejects(
			new DockerClient(at('ssh://build-1', '/nonexistent')).version(),
			(error) => error instanceof DockerError && error.kind === 'configuration' && /openssh-client/.test(error.message),
		);
	});

	test('that says nothing is given up in time', async (test) => {
		const ssh = await withSsh(
			test,
			'setInterval(() => {}, 1000);process.stdin.resume().on("end", () => process.exit());',
		);
		await assert.rejects(
			new DockerClient(at('ssh://build-1', ssh.path), { timeLimit: 300 }).version(),
			(error) => error instanceof DockerError && error.kind === 'timeout' && /ssh does not connect/.test(error.message),
		);
	});
});
