import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, type TestContext, test } from 'node:test';
import { type ApiServer, answer, apiServer, status } from './support/api-server.ts';
import { certificates, withoutCertificates } from './support/certificates.ts';
import { clientFor, kubeError, until } from './support/client.ts';
import { base64, kubeconfig } from './support/kubeconfig.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const skip = withoutCertificates === '' ? false : withoutCertificates;

/** A server that accepts one token. */
async function serverFor(
	t: TestContext,
	accepted: () => string,
): Promise<{ server: ApiServer; cluster: Record<string, unknown> }> {
	const server = await apiServer(
		t,
		(_request, response, { headers }) => {
			if (headers.authorization === `Bearer ${accepted()}`) {
				answer(response, { accepted: accepted() });
			} else {
				answer(response, status(401, 'Unauthorized', 'Unauthorized'), 401);
			}
		},
		{},
	);
	const authority = base64(certificates().authority.certificate);
	return { server, cluster: { server: server.url, 'certificate-authority-data': authority } };
}

describe('credentials that the server refuses', { skip }, () => {
	test('are read again from their file, and the request is repeated once', async (t) => {
		let accepted = 'one';
		const { server, cluster } = await serverFor(t, () => accepted);
		const folder = temporaryFolder(t);
		folder.write('token', 'one');
		const client = await clientFor(t, {
			kubeconfig: folder.write('config', kubeconfig(cluster, { tokenFile: 'token' })),
		});
		await client.readJson('/a');
		accepted = 'two';
		const error = await kubeError(client.readJson('/b'));
		assert.equal(error.kind, 'credentials');
		assert.match(error.message, new RegExp(`Its token was read from ${folder.path}/token\\.`));
		assert.doesNotMatch(error.message, /one|Bearer/);
		folder.write('token', 'two');
		assert.deepEqual(await client.readJson('/c'), { accepted: 'two' });
		assert.deepEqual(
			server.asked.map(({ url }) => url),
			['/a', '/b', '/c', '/c'],
		);
	});
	test('are made again by their plugin, once for all requests that wait', async (t) => {
		let accepted = 'first';
		const { server, cluster } = await serverFor(t, () => accepted);
		const folder = temporaryFolder(t);
		folder.write('token', 'first');
		folder.script(
			'plugins/login',
			`cd "$(dirname "$0")/.."; echo run >> runs; sleep 0.05
printf '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"%s"}}' "$(cat token)"`,
		);
		const exec = {
			apiVersion: 'client.authentication.k8s.io/v1',
			command: './plugins/login',
			interactiveMode: 'Never',
		};
		const client = await clientFor(t, { kubeconfig: folder.write('config', kubeconfig(cluster, { exec })) });
		await Promise.all([client.readJson('/a'), client.readJson('/b'), client.readJson('/c')]);
		assert.equal(server.asked.length, 3);
		accepted = 'second';
		folder.write('token', 'second');
		const answers = await Promise.all([client.readJson('/d'), client.readJson('/e')]);
		assert.deepEqual(answers, [{ accepted: 'second' }, { accepted: 'second' }]);
		assert.equal(readFileSync(`${folder.path}/runs`, 'utf8'), 'run\nrun\n');
		accepted = 'third';
		const error = await kubeError(client.readJson('/f'));
		assert.match(error.message, /Its credentials were made by .*\/plugins\/login/);
		assert.equal(error.kind, 'credentials');
	});
	test('that have an end say so', async (t) => {
		const { cluster } = await serverFor(t, () => 'another');
		const token = `e30.${Buffer.from(JSON.stringify({ exp: 1_700_000_000 })).toString('base64url')}.c2ln`;
		const file = temporaryFolder(t).write('config', kubeconfig(cluster, { token }));
		const error = await kubeError((await clientFor(t, { kubeconfig: file })).readJson('/a'));
		assert.equal(error.id, 'token-expired-or-revoked');
		assert.match(error.message, /Its token expired on 2023-11-14 22:13 UTC/);
		assert.match(error.message, new RegExp(`user "main"[\\s\\S]*Kubeconfig: ${file}, context "main"`));
		assert.doesNotMatch(error.message, /e30/);
	});
	test('are waited for no longer than the caller wants', async (t) => {
		const { server, cluster } = await serverFor(t, () => 'x');
		const folder = temporaryFolder(t);
		folder.script('login', 'echo $$ > "$(dirname "$0")/pid"; exec sleep 60');
		const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: './login' };
		const client = await clientFor(t, { kubeconfig: folder.write('config', kubeconfig(cluster, { exec })) });
		const controller = new AbortController();
		const reason = new Error('enough');
		const asking = client.readJson('/a', { signal: controller.signal });
		const pid = (): number => {
			try {
				return Number(readFileSync(`${folder.path}/pid`, 'utf8'));
			} catch {
				return 0;
			}
		};
		await until(() => pid() > 0);
		controller.abort(reason);
		await assert.rejects(asking, reason);
		client.close();
		// The program goes with the client.
		await until(() => {
			try {
				process.kill(pid(), 0);
				return false;
			} catch {
				return true;
			}
		});
		assert.equal(server.asked.length, 0);
	});
});
