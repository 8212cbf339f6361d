import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { authProvider } from '../../../source/kube/credentials/auth-provider.ts';
import { emptyUser, type UserEntry } from '../../../source/kube/kubeconfig/entries.ts';
import { kubeError } from '../support/client.ts';

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
			authProvider(user('gcp', { 'access-token': 'x', expiry: '2020-01-01T00:00:00Z' })).current(),
		);
		assert.match(gcp.message, /gave no token: Token is expired!/);
		assert.match(gcp.message, /gke-gcloud-auth-plugin/);
	});
});
