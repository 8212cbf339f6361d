import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, type TestContext, test } from 'node:test';
import type { CredentialSource } from '../../../source/kube/credentials/credential.ts';
import { execPlugin } from '../../../source/kube/credentials/exec-plugin.ts';
import { type ClusterEntry, type ExecEntry, emptyCluster, emptyUser } from '../../../source/kube/kubeconfig/entries.ts';
import { certificates, withoutCertificates } from '../support/certificates.ts';
import { kubeError, until } from '../support/client.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';

const apiVersion = 'client.authentication.k8s.io/v1';

interface Plugin {
	source: CredentialSource;
	folder: TemporaryFolder;
	/** How often the program ran. */
	runs: () => number;
}

/** A plugin that is a shell script; each run leaves a line in the file `runs`. */
function plugin(
	t: TestContext,
	script: string,
	{
		exec = {},
		cluster = emptyCluster('main'),
		now = Date.now,
		timeLimit = 10_000,
	}: { exec?: Partial<ExecEntry>; cluster?: ClusterEntry; now?: () => number; timeLimit?: number } = {},
): Plugin {
	const folder = temporaryFolder(t);
	const runs = folder.write('runs', '');
	const command = folder.script('plugin', `echo run >> ${runs}\n${script}`);
	const entry: ExecEntry = {
		apiVersion,
		command,
		args: [],
		env: [{ name: 'FOLDER', value: folder.path }],
		installHint: '',
		provideClusterInfo: false,
		interactiveMode: 'IfAvailable',
		...exec,
	};
	const source = execPlugin({
		user: { ...emptyUser('jane'), file: '/home/jane/.kube/config', exec: entry },
		cluster,
		environment: { PATH: process.env['PATH'] },
		timeLimit,
		now,
	});
	t.after(() => source.close());
	return { source, folder, runs: () => readFileSync(runs, 'utf8').split('\n').length - 1 };
}

function credential(status: object, version = apiVersion): string {
	return `cat <<'END'\n${JSON.stringify({ apiVersion: version, kind: 'ExecCredential', status })}\nEND`;
}

describe('a credential plugin', () => {
	test('gives a token, and runs once for all who wait at the same time', async (t) => {
		const { source, runs } = plugin(t, `sleep 0.05\n${credential({ token: 'tok' })}`);
		const all = await Promise.all([source.current(), source.current(), source.current()]);
		assert.deepEqual(all[0], { authorization: 'Bearer tok', certificate: '', key: '' });
		assert.equal(all[1], all[0]);
		assert.equal(await source.current(), all[0]);
		assert.equal(runs(), 1);
	});
	test('runs again when what it gave has expired', async (t) => {
		let now = Date.UTC(2026, 0, 1);
		const expirationTimestamp = '2026-01-01T00:01:00Z';
		const { source, runs } = plugin(t, credential({ token: 'tok', expirationTimestamp }), { now: () => now });
		await source.current();
		now += 59_000;
		await source.current();
		assert.equal(runs(), 1);
		now += 1000;
		await source.current();
		assert.equal(runs(), 2);
	});
	test('runs once more when the server refused it, and not again and again', async (t) => {
		let now = 1e12;
		const { source, runs } = plugin(t, credential({ token: 'tok' }), { now: () => now });
		const first = await source.current();
		assert.deepEqual(await Promise.all([source.renew(first), source.renew(first)]), [true, true]);
		assert.equal(runs(), 2);
		const second = await source.current();
		assert.notEqual(second, first);
		// Somebody who was still on the way with the first one.
		assert.equal(await source.renew(first), true);
		assert.equal(await source.renew(second), false);
		assert.equal(runs(), 2);
		now += 60_000;
		assert.equal(await source.renew(second), true);
		assert.equal(runs(), 3);
	});
	test('is told about the cluster where the kubeconfig wants it', async (t) => {
		const cluster: ClusterEntry = {
			...emptyCluster('main'),
			server: 'https://10.0.0.1:6443',
			certificateAuthorityData: 'Y2E=',
			tlsServerName: 'kubernetes',
			execConfig: { audience: 'x' },
		};
		const script = `printf %s "$KUBERNETES_EXEC_INFO" > $FOLDER/info\n${credential({ token: 'tok' })}`;
		const informed = plugin(t, script, { cluster, exec: { provideClusterInfo: true } });
		await informed.source.current();
		assert.deepEqual(JSON.parse(readFileSync(`${informed.folder.path}/info`, 'utf8')), {
			kind: 'ExecCredential',
			apiVersion,
			spec: {
				cluster: {
					server: 'https://10.0.0.1:6443',
					'tls-server-name': 'kubernetes',
					'certificate-authority-data': 'Y2E=',
					config: { audience: 'x' },
				},
				interactive: false,
			},
		});
		const other = plugin(t, script, { cluster });
		await other.source.current();
		assert.deepEqual(JSON.parse(readFileSync(`${other.folder.path}/info`, 'utf8')).spec, { interactive: false });
	});
	test('has its stdin closed, its arguments and its variables', async (t) => {
		const folder = temporaryFolder(t);
		const script = `cat > $OTHER/stdin; printf '%s|%s' "$1" "$OTHER" > $OTHER/seen\n${credential({ token: 'tok' })}`;
		const { source } = plugin(t, script, {
			exec: { args: ['a b'], env: [{ name: 'OTHER', value: folder.path }] },
		});
		await source.current();
		assert.equal(readFileSync(`${folder.path}/stdin`, 'utf8'), '');
		assert.equal(readFileSync(`${folder.path}/seen`, 'utf8'), `a b|${folder.path}`);
	});
	test('may give a certificate', { skip: withoutCertificates || false }, async (t) => {
		const { client } = certificates();
		const status = { clientCertificateData: client.certificate, clientKeyData: client.key };
		const { source } = plugin(t, credential(status));
		assert.deepEqual(await source.current(), { authorization: '', certificate: client.certificate, key: client.key });
	});
	test('may leave a program behind that keeps its output open', async (t) => {
		const { source, folder } = plugin(t, `sleep 30 & echo $! > $FOLDER/pid\n${credential({ token: 'tok' })}`);
		assert.equal((await source.current()).authorization, 'Bearer tok');
		process.kill(Number(readFileSync(`${folder.path}/pid`, 'utf8')));
	});
});

describe('a credential plugin that fails says which, whose, and what to do', () => {
	const failures: Array<{
		name: string;
		script?: string;
		exec?: Partial<ExecEntry>;
		id: string;
		message: RegExp;
	}> = [
		{
			name: 'not in PATH',
			exec: { command: 'no-such-plugin-anywhere', installHint: 'Install it:\n  brew \x1b[1minstall it' },
			id: 'exec-plugin-not-found',
			message:
				/plugin no-such-plugin-anywhere of user "jane" in \/home\/jane\/\.kube\/config was not run: it is not in PATH\.\nInstall it:\n {2}brew install it$/,
		},
		{
			name: 'a path that does not exist',
			exec: { command: '/no/such/plugin' },
			id: 'exec-plugin-not-found',
			message: /\/no\/such\/plugin of .* was not run: it does not exist\.\nInstall it/,
		},
		{
			name: 'with an exit code and stderr',
			script:
				'echo "token expired \x1b[31mnow" >&2; echo "second line eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0." >&2; exit 3',
			id: 'exec-plugin-failed',
			message:
				/failed with exit code 3\.\nIt said:\n {2}token expired now\n {2}second line \[hidden\]\n.*aws sso login/,
		},
		{
			name: 'ended by a signal',
			script: 'kill -TERM $$',
			id: 'exec-plugin-failed',
			message: /was ended by SIGTERM/,
		},
		{
			name: 'that prints garbage',
			script: 'echo "welcome! secret-token-value"',
			id: 'exec-plugin-failed',
			message: /printed 28 bytes that are not JSON/,
		},
		{ name: 'that prints nothing', script: 'true', id: 'exec-plugin-failed', message: /printed nothing/ },
		{
			name: 'that answers in another version',
			script: credential({ token: 'secret-token-value' }, 'client.authentication.k8s.io/v1beta1'),
			id: 'exec-plugin-api-version',
			message:
				/answered as "client\.authentication\.k8s\.io\/v1beta1", the kubeconfig expects "client\.authentication\.k8s\.io\/v1"/,
		},
		{
			name: 'that answers with something else',
			script: `echo '{"kind":"Status"}'`,
			id: 'exec-plugin-failed',
			message: /printed "Status", not an ExecCredential/,
		},
		{
			name: 'that gives nothing',
			script: credential({}),
			id: 'exec-plugin-failed',
			message: /neither a token nor a certificate/,
		},
		{
			name: 'that gives half a pair',
			script: credential({ clientCertificateData: 'secret-token-value' }),
			id: 'exec-plugin-failed',
			message: /only one of certificate and key/,
		},
		{
			name: 'that gives a pair that is none',
			script: credential({ clientCertificateData: 'x', clientKeyData: 'secret-token-value' }),
			id: 'exec-plugin-failed',
			message: /a certificate and a key that do not work together/,
		},
	];
	for (const { name, script = '', exec = {}, id, message } of failures) {
		test(name, async (t) => {
			const { source } = plugin(t, script, { exec });
			const error = await kubeError(source.current());
			assert.equal(error.kind, 'credentials');
			assert.match(error.message, message);
			assert.equal(error.id, id);
			assert.match(error.message, /user "jane" in \/home\/jane\/\.kube\/config/);
			assert.doesNotMatch(error.message, /secret-token-value|\x1b/);
		});
	}
	test('is not run again at once', async (t) => {
		let now = 1e12;
		const { source, runs } = plugin(t, 'exit 1', { now: () => now });
		const first = await kubeError(source.current());
		assert.equal(await kubeError(source.current()), first);
		assert.equal(runs(), 1);
		now += 5000;
		await kubeError(source.current());
		assert.equal(runs(), 2);
	});
	test('because it hangs, and is ended with everything that it started', async (t) => {
		const script = 'sleep 60 & echo $! > $FOLDER/pid; echo "waiting for the browser" >&2; wait';
		const { source, folder } = plugin(t, script, { timeLimit: 1000 });
		const error = await kubeError(source.current());
		assert.equal(error.id, 'exec-plugin-failed');
		assert.match(
			error.message,
			/did not end within 1 s and was stopped\.\nIt said:\n {2}waiting for the browser\nIt may wait for a login/,
		);
		const child = Number(readFileSync(`${folder.path}/pid`, 'utf8'));
		await until(() => {
			try {
				process.kill(child, 0);
				return false;
			} catch {
				return true;
			}
		});
	});
	test('is not executable', async (t) => {
		const { folder } = plugin(t, '');
		const command = folder.write('not-executable', '#!/bin/sh\n');
		const error = await kubeError(plugin(t, '', { exec: { command } }).source.current());
		assert.match(error.message, /it is not executable/);
	});
	for (const [name, exec, message, id] of [
		[
			'an old apiVersion',
			{ apiVersion: 'client.authentication.k8s.io/v1alpha1' },
			/v1alpha1.*aws eks update-kubeconfig/s,
			'exec-plugin-api-version',
		],
		['no command', { command: '' }, /has no command/, 'exec-plugin-failed'],
		['a wish for the terminal', { interactiveMode: 'Always' }, /wants the terminal/, 'exec-plugin-failed'],
	] satisfies Array<[string, Partial<ExecEntry>, RegExp, string]>) {
		test(`at once: ${name}`, async (t) => {
			const error = await kubeError((async () => plugin(t, '', { exec }))());
			assert.equal(error.kind, 'configuration');
			assert.equal(error.id, id);
			assert.match(error.message, message);
		});
	}
});
