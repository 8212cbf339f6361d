import assert from 'node:assert/strict';
import { chmodSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import type { CredentialSource } from '../../../source/kube/credentials/credential.ts';
import { oidc } from '../../../source/kube/credentials/oidc.ts';
import { readKubeconfig } from '../../../source/kube/kubeconfig/files.ts';
import { type ApiServer, answer, apiServer, status } from '../support/api-server.ts';
import { certificates, withoutCertificates } from '../support/certificates.ts';
import { clientFor, kubeError } from '../support/client.ts';
import { base64 } from '../support/kubeconfig.ts';
import { httpProxy } from '../support/proxy.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';

let made = 0;

/** A token that ends at that time; no two are the same. */
function token(expires: number): string {
	const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
	return `${part({ alg: 'none' })}.${part({ exp: Math.floor(expires / 1000), jti: made++ })}.signature`;
}

const hour = 3_600_000;

interface Issuer extends ApiServer {
	/** Forms of the token requests, in order. */
	forms: URLSearchParams[];
	logins: string[];
	refreshToken: string;
}

interface IssuerOptions {
	methods?: string[];
	/** A refresh token is good once. */
	rotates?: boolean;
	life?: number;
	tls?: boolean;
	/** Answers in the place of the token endpoint. */
	refuse?: { status: number; body: object };
}

/** An OpenID provider of a few lines, with discovery. */
async function issuer(t: TestContext, options: IssuerOptions = {}): Promise<Issuer> {
	const server: ApiServer = await apiServer(
		t,
		(request, response, { body, headers }) => {
			if (request.url === '/realm/.well-known/openid-configuration') {
				answer(response, {
					issuer: `${server.url}/realm`,
					token_endpoint: `${server.url}/realm/token`,
					...(options.methods ? { token_endpoint_auth_methods_supported: options.methods } : {}),
				});
				return;
			}
			const form = new URLSearchParams(body);
			result.forms.push(form);
			result.logins.push(headers.authorization ?? '');
			const byForm = form.get('client_id') === 'kubernetes' && form.get('client_secret') === 'se cret+/';
			const byHeader = headers.authorization === `Basic ${base64('kubernetes:se+cret%2B%2F')}`;
			if (options.refuse) {
				answer(response, options.refuse.body, options.refuse.status);
			} else if (!(options.methods?.includes('client_secret_post') ? byForm : byHeader)) {
				answer(response, { error: 'invalid_client' }, 401);
			} else if (form.get('refresh_token') !== result.refreshToken) {
				answer(
					response,
					{ error: 'invalid_grant', error_description: `unknown token ${form.get('refresh_token')}` },
					400,
				);
			} else {
				result.refreshToken = options.rotates ? `refresh-${made++}` : result.refreshToken;
				answer(response, {
					access_token: 'x',
					id_token: token(Date.now() + (options.life ?? hour)),
					...(options.rotates ? { refresh_token: result.refreshToken } : {}),
				});
			}
		},
		options.tls ? {} : undefined,
	);
	const result: Issuer = Object.assign(server, { forms: [], logins: [], refreshToken: 'refresh-first' });
	return result;
}

function configText(url: string, idToken: string, more = '    refresh-token: refresh-first'): string {
	return `# written by hand
users:
- name: jane
  user:
    auth-provider:
      name: oidc
      config:
        idp-issuer-url: ${url}/realm
        client-id: kubernetes
        client-secret: "se cret+/"
        id-token: ${idToken} # soon over
    ${more}
clusters: []
`;
}

async function sourceOf(file: string, environment: NodeJS.ProcessEnv = {}): Promise<CredentialSource> {
	const { users } = await readKubeconfig({ paths: [file], namedBy: 'flag' });
	const user = users.get('jane');
	assert.ok(user);
	return oidc(user, environment);
}

async function start(
	t: TestContext,
	options: IssuerOptions = {},
	idToken = token(Date.now() - hour),
): Promise<{ provider: Issuer; folder: TemporaryFolder; file: string; source: CredentialSource }> {
	const provider = await issuer(t, options);
	const folder = temporaryFolder(t);
	const file = folder.write('config', configText(provider.url, idToken));
	return { provider, folder, file, source: await sourceOf(file) };
}

describe('an OIDC user of a kubeconfig', () => {
	test('presents the id-token while it is good, and asks nobody', async (t) => {
		const idToken = token(Date.now() + hour);
		const { provider, source } = await start(t, {}, idToken);
		const first = await source.current();
		assert.equal(first.authorization, `Bearer ${idToken}`);
		assert.equal(await source.current(), first);
		assert.equal(provider.asked.length, 0);
	});

	test('gets another one when it has ended, once for all who wait', async (t) => {
		const { provider, source } = await start(t);
		const all = await Promise.all([source.current(), source.current(), source.current()]);
		assert.equal(new Set(all).size, 1);
		assert.equal(await source.current(), all[0]);
		assert.equal(provider.forms.length, 1);
		assert.deepEqual(Object.fromEntries(provider.forms[0] ?? []), {
			grant_type: 'refresh_token',
			refresh_token: 'refresh-first',
		});
	});

	test('shows its client where the issuer wants it', async (t) => {
		const post = await start(t, { methods: ['client_secret_post'] });
		await post.source.current();
		assert.equal(post.provider.forms.length, 1);
		// It says that it takes both, and takes one.
		const unsure = await start(t, { methods: ['client_secret_post', 'client_secret_basic'] });
		await unsure.source.current();
		assert.deepEqual(
			unsure.provider.logins.map((login) => login !== ''),
			[true, false],
		);
	});

	test('keeps the tokens in the file, with all else in it and its mode', async (t) => {
		const { provider, file, source } = await start(t, { rotates: true });
		chmodSync(file, 0o640);
		const before = readFileSync(file, 'utf8');
		const { authorization } = await source.current();
		const after = readFileSync(file, 'utf8');
		const idToken = authorization.replace('Bearer ', '');
		assert.equal(
			after,
			before.replace(/id-token: \S+/, `id-token: ${idToken}`).replace('refresh-first', provider.refreshToken),
		);
		assert.equal(statSync(file).mode & 0o777, 0o640);
		assert.equal((await (await sourceOf(file)).current()).authorization, authorization);
		assert.equal(provider.forms.length, 1);
	});

	test('follows a link to the file, and leaves it a link', async (t) => {
		const { folder, file } = await start(t);
		const link = join(folder.path, 'link');
		symlinkSync(file, link);
		const { authorization } = await (await sourceOf(link)).current();
		assert.ok(readFileSync(file, 'utf8').includes(authorization.replace('Bearer ', '')));
		assert.equal(statSync(link).ino, statSync(file).ino);
	});

	test('uses what another program wrote meanwhile, and spends no token', async (t) => {
		const { provider, file, source } = await start(t);
		const idToken = token(Date.now() + hour);
		writeFileSync(file, configText(provider.url, idToken));
		assert.equal((await source.current()).authorization, `Bearer ${idToken}`);
		assert.equal(provider.forms.length, 0);
		const old = await start(t, { rotates: true });
		old.provider.refreshToken = 'refresh-by-kubectl';
		writeFileSync(old.file, configText(old.provider.url, token(0), '    refresh-token: refresh-by-kubectl'));
		await old.source.current();
		assert.equal(old.provider.forms.length, 1);
	});

	test('renews a rotating token again and again, also when the file cannot be written', async (t) => {
		const { provider, file, source } = await start(t, { rotates: true, life: 5000 });
		writeFileSync(`${file}.lock`, '');
		await source.current();
		await source.current();
		assert.equal(provider.forms.length, 2);
		assert.match(
			source
				.facts()
				.map(({ sentence }) => sentence)
				.join('\n'),
			/not written to .*config \(.*config\.lock is there/,
		);
		assert.ok(readFileSync(file, 'utf8').includes('refresh-first'));
	});

	test('is refreshed once when the server refuses its token', async (t) => {
		const refused = token(Date.now() + hour);
		const { provider, file } = await start(t, {}, refused);
		const api = await apiServer(
			t,
			(_request, response, { headers }) =>
				headers.authorization === `Bearer ${refused}`
					? answer(response, status(401, 'Unauthorized', 'Unauthorized'), 401)
					: answer(response, {}),
			{},
		);
		const { authority } = certificates();
		const text = readFileSync(file, 'utf8').replace(
			'clusters: []',
			`current-context: main
contexts: [{name: main, context: {cluster: main, user: jane}}]
clusters: [{name: main, cluster: {server: "${api.url}", certificate-authority-data: ${base64(authority.certificate)}}}]`,
		);
		writeFileSync(file, text);
		const client = await clientFor(t, { kubeconfig: file });
		await client.readJson('/version');
		assert.equal(api.asked.length, 2);
		assert.equal(provider.forms.length, 1);
	});

	test('without a refresh-token is told when it ended and how to log in', async (t) => {
		const file = temporaryFolder(t).write('config', configText('http://127.0.0.1:1', token(0), ''));
		const error = await kubeError((await sourceOf(file)).current());
		assert.equal(error.id, 'token-expired-or-revoked');
		assert.match(
			error.message,
			/^The id-token of user "jane" in .*config expired on 1970-01-01 00:00 UTC, and there is no refresh-token/,
		);
		assert.match(error.message, /kubectl oidc-login --kubeconfig .*config --user jane$/);
	});

	test('whose refresh-token is not taken any more is told so, without it, and asks once for all', async (t) => {
		const { provider, source } = await start(t);
		provider.refreshToken = 'another';
		const error = await kubeError(source.current());
		assert.equal(error, await kubeError(source.current()));
		assert.equal(provider.forms.length, 1);
		assert.equal(error.id, 'token-expired-or-revoked');
		assert.match(error.message, /gave no new token \(400 invalid_grant: unknown token \[hidden\]\)/);
		assert.match(error.message, /was used by another program/);
		assert.doesNotMatch(error.message, /refresh-first|se cret/);
	});

	test('whose issuer gives no id_token, or cannot be reached, is told so', async (t) => {
		const { source } = await start(t, { refuse: { status: 200, body: { access_token: 'x' } } });
		assert.match((await kubeError(source.current())).message, /gave no id_token with the new token/);
		const gone = await start(t);
		await gone.provider.close();
		const error = await kubeError(gone.source.current());
		assert.equal(error.id, 'oidc-refresh-failed');
		assert.equal(error.retriable, true);
		assert.match(error.message, /could not be renewed: http:\/\/127\.0\.0\.1:\d+ was not reached \(ECONNREFUSED\)\./);
	});

	test('asks an issuer with an authority of its own, through the proxy that the environment names', {
		skip: withoutCertificates === '' ? false : withoutCertificates,
	}, async (t) => {
		const provider = await issuer(t, { tls: true });
		const proxy = await httpProxy(t, { destination: provider.port });
		// The certificate is for this name, and the proxy alone knows the way to it.
		const name = provider.url.replace('127.0.0.1', 'localhost.');
		const authority = `    refresh-token: refresh-first\n        idp-certificate-authority-data: ${base64(certificates().authority.certificate)}`;
		const file = temporaryFolder(t).write('config', configText(name, token(0), authority));
		const source = await sourceOf(file, { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` });
		assert.match((await source.current()).authorization, /^Bearer /);
		assert.deepEqual(proxy.asked, [`CONNECT localhost.:${provider.port}`]);
	});
});
