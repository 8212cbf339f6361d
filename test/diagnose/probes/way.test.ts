import assert from 'node:assert/strict';
import net from 'node:net';
import { describe, type TestContext, test } from 'node:test';
import tls from 'node:tls';
import { Authority } from '../../../source/demo/server/certificate.ts';
import { causes } from '../../../source/diagnose/causes.ts';
import { examine } from '../../../source/diagnose/examine.ts';
import { handshake, serverFor } from '../../../source/diagnose/probes/local/way.ts';
import { probes } from '../../../source/diagnose/probes.ts';
import { connect } from '../../../source/kube/connect.ts';
import { base64, kubeconfig } from '../../kube/support/kubeconfig.ts';
import { temporaryFolder } from '../../kube/support/temporary-folder.ts';

/** An authority, and a server's certificate by it. */
function makeKeys() {
	const authority = new Authority();
	const now = Date.now();
	const names = ['localhost', 'kubernetes.default.svc'];
	const keys = authority.forServer(names, ['127.0.0.1'], { from: now - 60_000, until: now + 86_400_000 });
	return { authority: authority.certificate, ...keys };
}

/** Listens on a port of its own until the test is over. */
async function listening(context: TestContext, server: net.Server): Promise<number> {
	const sockets = new Set<net.Socket>();
	server.on('connection', (socket: net.Socket) => {
		sockets.add(socket);
		socket.on('error', () => {});
	});
	const { promise, resolve } = Promise.withResolvers<void>();
	server.listen(0, '127.0.0.1', resolve);
	await promise;
	context.after(() => {
		for (const socket of sockets) {
			socket.destroy();
		}
		server.close();
	});
	return (server.address() as net.AddressInfo).port;
}

interface Told {
	/** PEM */
	authority?: string;
	/** Other fields of the cluster's entry. */
	more?: Record<string, unknown>;
}

function settingsFor(context: TestContext, server: string, { authority = '', more = {} }: Told = {}) {
	const trusted = authority === '' ? {} : { 'certificate-authority-data': base64(authority) };
	const file = temporaryFolder(context).write('config', kubeconfig({ server, ...trusted, ...more }));
	return { flags: { kubeconfig: file }, environment: {} };
}

/** What the doctor finds out about an API server at this address. */
async function doctorOf(context: TestContext, server: string, told: Told = {}) {
	const settings = settingsFor(context, server, told);
	const client = await connect(settings.flags, settings.environment);
	context.after(() => client.close());
	return examine({
		probes,
		causes,
		patient: { kind: 'cluster' },
		namespace: null,
		timeLimit: 20_000,
		reach: () => Promise.resolve(client),
		settings,
		now: () => Date.now(),
	});
}

const quotes = ({ diagnoses }: Awaited<ReturnType<typeof doctorOf>>): readonly string[] =>
	diagnoses.flatMap(({ because }) => because.map(({ quote, request }) => `${request}: ${quote}`));

describe('the way to an API server that does not answer is looked at by itself:', () => {
	test('a name that is none', async (context) => {
		const found = await doctorOf(context, 'https://no-such-host.invalid:6443');
		assert.deepEqual(
			found.diagnoses.map(({ certainty, id }) => `${certainty} ${id}`),
			['proved api-dns'],
		);
		assert.match(quotes(found).join('\n'), /^resolve no-such-host\.invalid: .*\((?:ENOTFOUND|EAI_AGAIN)\)$/m);
		assert.ok(!found.asked.includes('tcp'), 'there is no address to connect to');
	});

	test('an address at which nothing listens', async (context) => {
		const server = net.createServer();
		const port = await listening(context, server);
		await new Promise((resolve) => server.close(resolve));
		const found = await doctorOf(context, `https://localhost:${port}`);
		assert.deepEqual(
			found.diagnoses.map(({ id }) => id),
			['api-refused'],
		);
		const seen = quotes(found).join('\n');
		assert.match(seen, /^resolve localhost: .*127\.0\.0\.1/m);
		assert.match(
			seen,
			new RegExp(`^connect to 127\\.0\\.0\\.1:${port}: refused \\(ECONNREFUSED\\) after \\d+ ms$`, 'm'),
		);
		assert.ok(!found.asked.includes('tls'));
	});

	test('a certificate that nobody trusts, with who issued it, for which names, until when', async (context) => {
		const { authority, certificate, key } = makeKeys();
		const port = await listening(context, tls.createServer({ cert: certificate + authority, key }));
		const found = await doctorOf(context, `https://127.0.0.1:${port}`, { authority: makeKeys().authority });
		assert.deepEqual(
			found.diagnoses.map(({ id }) => id),
			['api-tls-unknown-ca'],
		);
		const seen = quotes(found).join('\n');
		assert.match(
			seen,
			/TLS handshake with 127\.0\.0\.1:\d+ → [A-Z_]+: CN=whytop demo, issued by CN=whytop demo authority; for DNS:localhost, DNS:kubernetes\.default\.svc, IP Address:127\.0\.0\.1; \d{4}-\d\d-\d\d to/,
		);
		assert.match(seen, /its first issuer: CN=whytop demo authority, signed by itself/);
	});

	test('one that is trusted, and for other names', async (context) => {
		const { authority, certificate, key } = makeKeys();
		const port = await listening(context, tls.createServer({ cert: certificate, key }));
		const found = await doctorOf(context, `https://127.0.0.1:${port}`, {
			authority,
			more: { 'tls-server-name': 'api.example.com' },
		});
		assert.deepEqual(
			found.diagnoses.map(({ id }) => id),
			['api-tls-name-mismatch'],
		);
		assert.match(quotes(found).join('\n'), /ERR_TLS_CERT_ALTNAME_INVALID: CN=whytop demo/);
	});

	test('something that does not speak TLS', async (context) => {
		const port = await listening(
			context,
			net.createServer((socket) => socket.on('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))),
		);
		const found = await doctorOf(context, `https://127.0.0.1:${port}`);
		assert.deepEqual(
			found.diagnoses.map(({ id }) => id),
			['https-on-http'],
		);
		assert.match(quotes(found).join('\n'), /TLS handshake with 127\.0\.0\.1:\d+: no TLS: the answer is in plain text/);
	});

	test('a proxy that refuses, while the server’s own address takes connections', async (context) => {
		const gone = net.createServer();
		const port = await listening(context, gone);
		await new Promise((resolve) => gone.close(resolve));
		const direct = await listening(context, net.createServer());
		const found = await doctorOf(context, `https://127.0.0.1:${direct}`, {
			more: { 'proxy-url': `http://127.0.0.1:${port}` },
		});
		assert.deepEqual(
			found.diagnoses.map(({ facts, id }) => [id, facts['direct'], facts['setting'], facts['host']]),
			[['local-proxy-refused', 'open', 'proxy-url', '127.0.0.1']],
		);
		const seen = quotes(found).join('\n');
		assert.match(seen, new RegExp(`^connect to 127\\.0\\.0\\.1:${port} \\(the proxy\\): refused`, 'm'));
		assert.match(seen, new RegExp(`^connect to 127\\.0\\.0\\.1:${direct}: connected in \\d+ ms$`, 'm'));
	});
});

describe('a handshake', () => {
	test('with something that takes the connection and says nothing is given up', async (context) => {
		const port = await listening(context, net.createServer());
		const server = await serverFor(settingsFor(context, `https://127.0.0.1:${port}`));
		assert.ok(server !== null);
		const { chain, code } = await handshake(server, 100, new AbortController().signal);
		assert.deepEqual(chain, []);
		assert.equal(code, 'ETIMEDOUT');
	});
});
