import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { answer, apiServer, status } from './support/api-server.ts';
import { certificates, withoutCertificates } from './support/certificates.ts';
import { clientFor, kubeError } from './support/client.ts';
import { base64, kubeconfig } from './support/kubeconfig.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const skip = withoutCertificates === '' ? false : withoutCertificates;

describe('a TLS connection', { skip }, () => {
	test('is made to a server that the authority in the kubeconfig signed', async (t) => {
		const { authority } = certificates();
		const server = await apiServer(t, (_request, response) => answer(response, {}), {});
		const folder = temporaryFolder(t);
		folder.write('ca.crt', authority.certificate);
		const file = folder.write('config', kubeconfig({ server: server.url, 'certificate-authority': 'ca.crt' }));
		const client = await clientFor(t, { kubeconfig: file });
		await client.readJson('/version');
		assert.equal(client.target.insecure, '');
		const data = folder.write(
			'data',
			kubeconfig({ server: server.url, 'certificate-authority-data': base64(authority.certificate) }),
		);
		await (await clientFor(t, { kubeconfig: data })).readJson('/version');
		assert.equal(server.asked.length, 2);
	});

	const refusals: Array<{
		name: string;
		pair: 'server' | 'expiredServer' | 'otherNameServer' | 'selfSignedServer';
		authority: 'authority' | 'otherAuthority' | '';
		id: string;
		message: RegExp;
	}> = [
		{
			name: 'of an unknown authority',
			pair: 'server',
			authority: 'otherAuthority',
			id: 'api-tls-unknown-ca',
			message: /was not signed by the certificate authority in use\. It was issued by "whytop test authority"/,
		},
		{
			name: 'that nobody in the system knows',
			pair: 'server',
			authority: '',
			id: 'api-tls-unknown-ca',
			message: /was not signed by this system's certificate authorities/,
		},
		{
			name: 'that signed itself',
			pair: 'selfSignedServer',
			authority: 'authority',
			id: 'api-tls-unknown-ca',
			message: /is self-signed/,
		},
		{
			name: 'that has expired',
			pair: 'expiredServer',
			authority: 'authority',
			id: 'api-tls-expired',
			message: /expired on 20\d\d-\d\d-\d\d \d\d:\d\d UTC; by this machine's clock it is 20/,
		},
		{
			name: 'for another name',
			pair: 'otherNameServer',
			authority: 'authority',
			id: 'api-tls-name-mismatch',
			message: /is not for 127\.0\.0\.1, but for: kubernetes\.default\.[\s\S]*--tls-server-name/,
		},
	];
	for (const { name, pair, authority, id, message } of refusals) {
		test(`is refused to a server with a certificate ${name}`, async (t) => {
			const made = certificates();
			const server = await apiServer(t, (_request, response) => answer(response, {}), { pair: made[pair] });
			const folder = temporaryFolder(t);
			const file = folder.write(
				'config',
				kubeconfig({
					server: server.url,
					...(authority === '' ? {} : { 'certificate-authority-data': base64(made[authority].certificate) }),
				}),
			);
			const client = await clientFor(t, { kubeconfig: file });
			const error = await kubeError(client.read('/version'));
			assert.equal(error.kind, 'tls');
			assert.equal(error.id, id);
			assert.match(error.message, message);
			assert.match(error.message, new RegExp(`Kubeconfig: ${file}, context "main"`));
			assert.equal(server.asked.length, 0);
		});
	}

	test('may expect another name than the host, by kubeconfig or flag', async (t) => {
		const { authority, otherNameServer } = certificates();
		const server = await apiServer(t, (_request, response) => answer(response, {}), { pair: otherNameServer });
		const folder = temporaryFolder(t);
		const ca = { 'certificate-authority-data': base64(authority.certificate) };
		const named = folder.write(
			'named',
			kubeconfig({ server: server.url, ...ca, 'tls-server-name': 'kubernetes.default' }),
		);
		await (await clientFor(t, { kubeconfig: named })).readJson('/version');
		const plain = folder.write('plain', kubeconfig({ server: server.url, ...ca }));
		await (await clientFor(t, { kubeconfig: plain, tlsServerName: 'kubernetes.default' })).readJson('/version');
		const error = await kubeError((await clientFor(t, { kubeconfig: named, server: server.url })).read('/version'));
		assert.equal(error.id, 'api-tls-name-mismatch');
	});
	test('may expect an address in the certificate', async (t) => {
		const { authority } = certificates();
		const server = await apiServer(t, (_request, response) => answer(response, {}), {});
		const folder = temporaryFolder(t);
		const cluster = {
			server: server.url.replace('127.0.0.1', 'localhost'),
			'certificate-authority-data': base64(authority.certificate),
		};
		const right = folder.write('right', kubeconfig({ ...cluster, 'tls-server-name': '127.0.0.1' }));
		await (await clientFor(t, { kubeconfig: right })).readJson('/version');
		const wrong = folder.write('wrong', kubeconfig({ ...cluster, 'tls-server-name': '10.1.2.3' }));
		const error = await kubeError((await clientFor(t, { kubeconfig: wrong })).read('/version'));
		assert.equal(error.id, 'api-tls-name-mismatch');
	});
	test('is not verified where that is wanted, and that is told', async (t) => {
		const { selfSignedServer, authority } = certificates();
		const server = await apiServer(t, (_request, response) => answer(response, {}), { pair: selfSignedServer });
		const folder = temporaryFolder(t);
		const file = folder.write('config', kubeconfig({ server: server.url, 'insecure-skip-tls-verify': true }));
		const client = await clientFor(t, { kubeconfig: file });
		await client.readJson('/version');
		assert.equal(client.target.insecure, 'unverified');
		// The flag puts the kubeconfig's authority aside, as kubectl's does.
		const ca = folder.write(
			'ca',
			kubeconfig({ server: server.url, 'certificate-authority-data': base64(authority.certificate) }),
		);
		const flagged = await clientFor(t, { kubeconfig: ca, insecureSkipTlsVerify: true });
		await flagged.readJson('/version');
		assert.equal(flagged.target.insecure, 'unverified');
	});
	test('to a server without TLS says so', async (t) => {
		const server = await apiServer(t, (_request, response) => answer(response, {}));
		const client = await clientFor(t, { server: server.url.replace('http:', 'https:') });
		const error = await kubeError(client.read('/version'));
		assert.equal(error.kind, 'tls');
		assert.equal(error.id, 'https-on-http');
		assert.match(error.message, /does not speak TLS/);
	});
});

describe('a client certificate', { skip }, () => {
	function user(pair: { certificate: string; key: string }): Record<string, unknown> {
		return { 'client-certificate-data': base64(pair.certificate), 'client-key-data': base64(pair.key) };
	}

	test('is presented, from data or from files', async (t) => {
		const { authority, client: alice } = certificates();
		const server = await apiServer(t, (_request, response) => answer(response, {}), { authority });
		const folder = temporaryFolder(t);
		const cluster = { server: server.url, 'certificate-authority-data': base64(authority.certificate) };
		folder.write('keys/alice.crt', alice.certificate);
		folder.write('keys/alice.key', alice.key);
		const data = folder.write('data', kubeconfig(cluster, user(alice)));
		const files = folder.write(
			'files',
			kubeconfig(cluster, { 'client-certificate': 'keys/alice.crt', 'client-key': './keys/alice.key' }),
		);
		await (await clientFor(t, { kubeconfig: data })).readJson('/version');
		await (await clientFor(t, { kubeconfig: files })).readJson('/version');
		assert.deepEqual(
			server.asked.map(({ clientName }) => clientName),
			['alice', 'alice'],
		);
	});
	test('that was renewed in its file is presented after a refusal, over a new connection', async (t) => {
		const { authority, client: alice, secondClient } = certificates();
		const server = await apiServer(
			t,
			(_request, response, { clientName }) => {
				if (clientName === 'bob') {
					answer(response, {});
				} else {
					answer(response, status(401, 'Unauthorized', 'Unauthorized'), 401);
				}
			},
			{ authority },
		);
		const folder = temporaryFolder(t);
		folder.write('user.crt', alice.certificate);
		folder.write('user.key', alice.key);
		const file = folder.write(
			'config',
			kubeconfig(
				{ server: server.url, 'certificate-authority-data': base64(authority.certificate) },
				{ 'client-certificate': 'user.crt', 'client-key': 'user.key' },
			),
		);
		const client = await clientFor(t, { kubeconfig: file });
		assert.equal((await kubeError(client.readJson('/version'))).kind, 'credentials');
		assert.equal(server.asked.length, 1);
		folder.write('user.crt', secondClient.certificate);
		folder.write('user.key', secondClient.key);
		await client.readJson('/version');
		assert.deepEqual(
			server.asked.map(({ clientName }) => clientName),
			['alice', 'alice', 'bob'],
		);
	});
	test('that has expired is named with its date when it is refused', async (t) => {
		const { authority, expiredClient } = certificates();
		const server = await apiServer(
			t,
			(_request, response) => answer(response, status(401, 'Unauthorized', 'Unauthorized'), 401),
			{ authority },
		);
		const folder = temporaryFolder(t);
		const file = folder.write(
			'config',
			kubeconfig(
				{ server: server.url, 'certificate-authority-data': base64(authority.certificate) },
				user(expiredClient),
			),
		);
		const error = await kubeError((await clientFor(t, { kubeconfig: file })).read('/version'));
		assert.equal(error.kind, 'credentials');
		assert.equal(error.id, 'client-cert-expired');
		assert.match(error.message, /does not accept the credentials of user "main" \(401: Unauthorized\)/);
		assert.match(error.message, /Its client certificate expired on 20\d\d-\d\d-\d\d/);
		assert.match(error.message, new RegExp(`Kubeconfig: ${file}, context "main"`));
	});
	test('that a server breaks the handshake for is named too', async (t) => {
		const made = certificates();
		const { createServer } = await import('node:tls');
		const server = createServer(
			{
				cert: made.server.certificate,
				key: made.server.key,
				ca: made.otherAuthority.certificate,
				requestCert: true,
				rejectUnauthorized: true,
				maxVersion: 'TLSv1.2',
			},
			(socket) => socket.on('error', () => {}),
		);
		server.on('tlsClientError', () => {});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		t.after(() => server.close());
		const { port } = server.address() as { port: number };
		const folder = temporaryFolder(t);
		const file = folder.write(
			'config',
			kubeconfig(
				{ server: `https://127.0.0.1:${port}`, 'certificate-authority-data': base64(made.authority.certificate) },
				user(made.client),
			),
		);
		const error = await kubeError((await clientFor(t, { kubeconfig: file })).read('/version', { retries: 0 }));
		// Node.js' server closes without an alert; what matters is a sentence that names server and file.
		assert.match(error.kind, /^(?:credentials|unreachable)$/);
		assert.match(error.message, new RegExp(`https://127\\.0\\.0\\.1:${port}[\\s\\S]*${file}`));
	});
	for (const [what, make, message] of [
		['that is none', (pair) => ({ ...pair, certificate: 'nonsense' }), /is no certificate in PEM/],
		['with an unreadable key', (pair) => ({ ...pair, key: 'nonsense' }), /has a key that cannot be read/],
		[
			'with the key of another',
			(pair) => ({ ...pair, key: certificates().secondClient.key }),
			/does not belong to its client-key/,
		],
		['without a key', (pair) => ({ ...pair, key: '' }), /no client-key for user "main"/],
	] satisfies Array<
		[string, (pair: { certificate: string; key: string }) => { certificate: string; key: string }, RegExp]
	>) {
		test(`${what} is refused before anything is asked`, async (t) => {
			const folder = temporaryFolder(t);
			const pair = make(certificates().client);
			const file = folder.write('config', kubeconfig({ server: 'https://127.0.0.1:1' }, user(pair)));
			const error = await kubeError(clientFor(t, { kubeconfig: file }));
			assert.equal(error.kind, 'configuration');
			assert.match(error.message, message);
			assert.match(error.message, new RegExp(file));
			assert.doesNotMatch(error.message, /BEGIN/);
		});
	}
});
