import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import {
	basicAuthentication,
	bearerToken,
	tokenFacts,
	tokenTimes,
} from '../../../source/kube/credentials/bearer-token.ts';
import { combineCredentials, fixedCredential, noCredential } from '../../../source/kube/credentials/credential.ts';
import { tokenFile } from '../../../source/kube/credentials/token-file.ts';
import { kubeError } from '../support/client.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('a token in a file', () => {
	test('is read again after a minute, and stays while it cannot be', async (t) => {
		const path = temporaryFolder(t).write('token', 'one\n');
		let now = 0;
		const source = await tokenFile(path, '/config', () => now);
		const first = await source.current();
		assert.equal(first.authorization, 'Bearer one');
		writeFileSync(path, 'two');
		now = 59_999;
		assert.equal(await source.current(), first);
		now = 60_000;
		assert.equal((await source.current()).authorization, 'Bearer two');
		rmSync(path);
		now = 200_000;
		assert.equal((await source.current()).authorization, 'Bearer two');
	});
	test('is read again at once when it was refused', async (t) => {
		const path = temporaryFolder(t).write('token', 'one');
		const source = await tokenFile(path, '/config', () => 0);
		const first = await source.current();
		assert.equal(await source.renew(first), false);
		writeFileSync(path, 'two');
		assert.equal(await source.renew(first), true);
		assert.equal((await source.current()).authorization, 'Bearer two');
	});
	test('that is empty or missing is named', async (t) => {
		const folder = temporaryFolder(t);
		const empty = await kubeError(tokenFile(folder.write('empty', ' \n'), '/config'));
		assert.match(empty.message, /The tokenFile .*\/empty that \/config names is empty/);
		const missing = await kubeError(tokenFile(`${folder.path}/gone`, '/config'));
		assert.match(missing.message, /The tokenFile .*\/gone that \/config names cannot be used: it does not exist/);
	});
});

describe('a token', () => {
	const jwt = (payload: object): string => `e30.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.c2ln`;
	test('tells when it ends and begins, if it is one that can', () => {
		assert.deepEqual(tokenTimes(jwt({ exp: 100, nbf: 50 })), { expires: 100_000, begins: 50_000 });
		assert.deepEqual(tokenTimes('opaque'), { expires: Number.NaN, begins: Number.NaN });
		assert.deepEqual(tokenTimes('a.b.c'), { expires: Number.NaN, begins: Number.NaN });
	});
	test('that has ended or not begun explains a refusal', () => {
		const now = Date.UTC(2026, 0, 1);
		const [expired] = tokenFacts(jwt({ exp: now / 1000 - 60 }), now);
		assert.equal(expired?.id, 'token-expired-or-revoked');
		assert.match(expired?.sentence ?? '', /expired on 2025-12-31 23:59 UTC/);
		assert.equal(tokenFacts(jwt({ nbf: now / 1000 + 60 }), now)[0]?.id, 'clock-skew-client');
		assert.deepEqual(tokenFacts(jwt({ exp: now / 1000 + 60 }), now), []);
		assert.deepEqual(tokenFacts('opaque', now), []);
	});
});

describe('several credentials', () => {
	test('are presented together, as the same object while nothing changed', async () => {
		const certificate = fixedCredential({ authorization: '', certificate: 'c', key: 'k' });
		const both = combineCredentials([certificate, bearerToken('tok')]);
		const first = await both.current();
		assert.deepEqual(first, { authorization: 'Bearer tok', certificate: 'c', key: 'k' });
		assert.equal(await both.current(), first);
		assert.equal(await both.renew(first), false);
	});
	test('are renewed if one of them can be', async () => {
		let token = 'one';
		const source = {
			...basicAuthentication('a', 'b'),
			current: async () => ({ ...noCredential, authorization: token }),
			renew: async () => {
				token = 'two';
				return true;
			},
		};
		const both = combineCredentials([fixedCredential({ authorization: '', certificate: 'c', key: 'k' }), source]);
		const first = await both.current();
		assert.equal(await both.renew(first), true);
		assert.equal((await both.current()).authorization, 'two');
	});
	test('that are none present nothing', async () => {
		assert.deepEqual(await combineCredentials([]).current(), noCredential);
	});
});
