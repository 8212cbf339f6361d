import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { authProvider, clientNode } from '../../../source/kube/credentials/auth-provider.ts';
import { emptyUser, type UserEntry } from '../../../source/kube/kubeconfig/entries.ts';
import { kubeError } from '../support/client.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

function user(name: string, config: Record<string, string> = {}): UserEntry {
	return { ...emptyUser('jane'), file: '/config', authProvider: { name, config } };
}

function token(expires: number): string {
	const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
	return `Bearer ${part({})}.${part({ exp: Math.round(expires / 1000) })}.${part({})}`;
}

describe('a legacy auth-provider', () => {
	test('is asked once for all who wait, and not again while its token is good', async () => {
		let asked = 0;
		const source = authProvider(user('azure'), async () => {
			asked++;
			return token(Date.now() + 3_600_000);
		});
		const [first, second] = await Promise.all([source.current(), source.current()]);
		assert.equal(first, second);
		assert.equal(await source.current(), first);
		assert.equal(asked, 1);
	});
	test('is asked again when its token ends, or was refused', async () => {
		let asked = 0;
		const source = authProvider(user('azure'), async () => token(Date.now() + 1000 * asked++));
		const first = await source.current();
		const second = await source.current();
		assert.notEqual(second, first);
		assert.equal(await source.renew(second), true);
		assert.equal(asked, 3);
	});
	test('that gives the same token again is not worth another request', async () => {
		const authorization = token(Date.now() + 3_600_000);
		const source = authProvider(user('azure'), async () => authorization);
		assert.equal(await source.renew(await source.current()), false);
	});
	test('that fails is named, with the way out and without its secrets', async () => {
		const failing = authProvider(user('azure'), async () => {
			throw new Error('invalid_grant: refresh_token=abcdefghijkl is revoked');
		});
		const error = await kubeError(failing.current());
		assert.equal(error.kind, 'credentials');
		assert.match(error.message, /auth-provider "azure" of user "jane" in \/config gave no token: invalid_grant/);
		assert.match(error.message, /kubelogin convert-kubeconfig/);
		assert.doesNotMatch(error.message, /abcdefghijkl/);
	});
	test('by the library itself says when an expired token cannot be renewed', async () => {
		const gcp = await kubeError(
			authProvider(user('gcp', { 'access-token': 'x', expiry: '2020-01-01T00:00:00Z' }), clientNode({})).current(),
		);
		assert.match(gcp.message, /gave no token: Token is expired!/);
		assert.match(gcp.message, /gke-gcloud-auth-plugin/);
	});
	test('that fails is left in peace for a moment', async () => {
		let asked = 0;
		const failing = authProvider(user('gcp'), async () => {
			asked++;
			throw new Error('no');
		});
		await kubeError(failing.current());
		await kubeError(failing.current());
		assert.equal(asked, 1);
	});
});

describe('the program of a legacy auth-provider', () => {
	/** A user whose program is this script of the shell. */
	const running = (script: string, config: Record<string, string> = {}) =>
		user('gcp', { 'cmd-path': 'sh', 'cmd-args': script, 'token-key': '{.credential.token}', ...config });
	const program = (t: TestContext, content: string, config?: Record<string, string>) => {
		const source = authProvider(running(temporaryFolder(t).script('gcloud', content), config), clientNode(process.env));
		t.after(() => source.close());
		return source;
	};
	const answer = `echo '{"credential":{"token":"fresh","until":"2999-01-01T00:00:00Z"}}'`;

	test('is run where there is no token, or one whose time is over', async (t) => {
		const old = { 'access-token': 'old', expiry: '2020-01-01T00:00:00Z' };
		for (const config of [{}, old] as Record<string, string>[]) {
			const { authorization } = await program(t, answer, { ...config, 'expiry-key': '{.credential.until}' }).current();
			assert.equal(authorization, 'Bearer fresh');
		}
	});
	test('is not run while there is a good one', async (t) => {
		const config = { 'access-token': 'good', expiry: '2999-01-01T00:00:00Z' };
		assert.equal((await program(t, 'exit 3', config).current()).authorization, 'Bearer good');
	});
	test('that fails is quoted, and nothing of it reaches the terminal', async (t) => {
		const write = t.mock.method(process.stderr, 'write');
		const error = await kubeError(program(t, 'echo "please log in again" >&2; exit 3').current());
		assert.equal(error.id, 'auth-provider-removed');
		assert.match(
			error.message,
			/gave no token: its program sh failed with exit code 3 and said: please log in again\./,
		);
		assert.equal(write.mock.callCount(), 0);
	});
	test('that is not there is named', async () => {
		const source = authProvider(user('azure', { 'cmd-path': 'no-such-program get-token' }), clientNode({ PATH: '' }));
		const error = await kubeError(source.current());
		assert.match(error.message, /gave no token: its program no-such-program is not in PATH\./);
	});
	test('that prints no token is told', async (t) => {
		const error = await kubeError(program(t, 'echo hello').current());
		assert.match(error.message, /its program sh printed no token\./);
	});
	test('ends with the connection', async (t) => {
		const started = join(temporaryFolder(t).path, 'started');
		const source = program(t, `touch ${started}; exec sleep 600`);
		const failed = kubeError(source.current());
		while (!existsSync(started)) {
			await new Promise(setImmediate);
		}
		source.close();
		assert.match((await failed).message, /did not end and was stopped/);
	});
});
