import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { connect } from '../../source/kube/connect.ts';
import type { ConnectionFlags } from '../../source/kube/connection-flags.ts';
import { answer, apiServer, status } from './support/api-server.ts';
import { certificates, withoutCertificates } from './support/certificates.ts';
import { clientFor, kubeError } from './support/client.ts';
import { base64, kubeconfig } from './support/kubeconfig.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const somewhere = { server: 'https://127.0.0.1:1' };

describe('the kubeconfig', () => {
	test('is the file of the flag before the list in KUBECONFIG before the one at home', async (t) => {
		const folder = temporaryFolder(t);
		const flag = folder.write('flag', kubeconfig(somewhere, {}, {}, 'flag'));
		const listed = folder.write('listed', kubeconfig(somewhere, {}, {}, 'listed'));
		const home = folder.write('home/.kube/config', kubeconfig(somewhere, {}, {}, 'home'));
		const HOME = `${folder.path}/home`;
		const target = async (flags: ConnectionFlags, environment: NodeJS.ProcessEnv): Promise<string[]> => {
			const client = await connect(flags, environment);
			client.close();
			return [client.target.context, client.target.origin];
		};
		assert.deepEqual(await target({ kubeconfig: flag }, { KUBECONFIG: listed, HOME }), ['flag', flag]);
		assert.deepEqual(await target({}, { KUBECONFIG: `${folder.path}/no-such:${listed}`, HOME }), ['listed', listed]);
		assert.deepEqual(await target({}, { HOME }), ['home', home]);
	});
	test('of several files is merged: the first definition of a name wins, and the first current-context', async (t) => {
		const folder = temporaryFolder(t);
		const first = folder.write('first', {
			clusters: [{ name: 'shared', cluster: { server: 'https://first:1' } }],
			users: [{ name: 'me', user: { token: 'a' } }],
		});
		const second = folder.write(
			'second',
			kubeconfig({ server: 'https://second:2' }, {}, { cluster: 'shared' }, 'second'),
		);
		const third = folder.write('third', {
			...kubeconfig({ server: 'https://third:3' }, {}, {}, 'third'),
			clusters: [
				{ name: 'shared', cluster: { server: 'https://third:3' } },
				{ name: 'third', cluster: { server: 'https://third:3' } },
			],
		});
		const client = await clientFor(t, {}, { KUBECONFIG: [first, second, third].join(':') });
		assert.equal(client.target.context, 'second');
		assert.equal(client.target.server, 'https://first:1');
		assert.equal(client.target.origin, second);
		const other = await clientFor(t, { context: 'third' }, { KUBECONFIG: [first, second, third].join(':') });
		assert.equal(other.target.server, 'https://third:3');
	});
	test('gives the namespace of its context, and the flag another', async (t) => {
		const folder = temporaryFolder(t);
		const named = folder.write('named', kubeconfig(somewhere, {}, { namespace: 'shop' }));
		const unnamed = folder.write('unnamed', kubeconfig(somewhere));
		const { target } = await clientFor(t, { kubeconfig: named });
		assert.deepEqual([target.namespace, target.namespaceGiven], ['shop', true]);
		const second = (await clientFor(t, { kubeconfig: unnamed })).target;
		assert.deepEqual([second.namespace, second.namespaceGiven], ['default', false]);
		const third = (await clientFor(t, { kubeconfig: named, namespace: 'web' })).target;
		assert.deepEqual([third.namespace, third.namespaceGiven], ['web', true]);
	});
	test('may be YAML with a byte order mark, or JSON', async (t) => {
		const folder = temporaryFolder(t);
		const yaml = folder.write(
			'yaml',
			[
				'\ufeffapiVersion: v1',
				'kind: Config',
				'current-context: main',
				'contexts: [{name: main, context: {cluster: c, user: u}}]',
				'clusters:',
				'- name: c',
				'  cluster:',
				'    server: https://10.0.0.1:6443',
				'users:',
				'- name: u',
				'  user: {token: 12345}',
			].join('\n'),
		);
		assert.equal((await clientFor(t, { kubeconfig: yaml })).target.server, 'https://10.0.0.1:6443');
	});
});

describe('flags choose', () => {
	test('context, cluster and user', async (t) => {
		const folder = temporaryFolder(t);
		const file = folder.write('config', {
			'current-context': 'a',
			contexts: [
				{ name: 'a', context: { cluster: 'a', user: 'a' } },
				{ name: 'b', context: { cluster: 'b', user: 'b' } },
			],
			clusters: [
				{ name: 'a', cluster: { server: 'https://a:1' } },
				{ name: 'b', cluster: { server: 'https://b:2' } },
			],
			users: [
				{ name: 'a', user: {} },
				{ name: 'b', user: {} },
			],
		});
		const { target } = await clientFor(t, { kubeconfig: file, context: 'b', user: 'a' });
		assert.deepEqual([target.context, target.cluster, target.user, target.server], ['b', 'b', 'a', 'https://b:2']);
		const second = (await clientFor(t, { kubeconfig: file, cluster: 'b' })).target;
		assert.deepEqual([second.context, second.cluster, second.user], ['a', 'b', 'a']);
	});
	test('a server without any kubeconfig', async (t) => {
		const server = await apiServer(t, (_request, response) => answer(response, {}));
		const client = await clientFor(t, { server: server.url });
		await client.readJson('/version');
		assert.deepEqual([client.target.server, client.target.insecure], [server.url, 'plain']);
		assert.deepEqual([client.target.origin, client.target.context], ['flags', '']);
	});
	test('http where the address has no scheme, as kubectl does', async (t) => {
		const server = await apiServer(t, (_request, response) => answer(response, {}));
		const client = await clientFor(t, { server: `127.0.0.1:${server.port}` });
		await client.readJson('/version');
		assert.equal(client.target.insecure, 'plain');
	});
});

describe('a kubeconfig that cannot be used says what is wrong, where, and what to do', () => {
	const cases: Array<{ name: string; config: string | object; flags?: ConnectionFlags; id: string; message: RegExp }> =
		[
			{
				name: 'YAML with an error',
				config: 'apiVersion: v1\nclusters:\n- name: "x\n  token: abcdefsecret\n',
				id: 'kubeconfig-unparsable',
				message: /is not valid YAML \(line \d\): /,
			},
			{
				name: 'a web page',
				config: '<!DOCTYPE html>\n<html><body>Sign in</body></html>',
				id: 'kubeconfig-unparsable',
				message: /is a web page, not a kubeconfig/,
			},
			{ name: 'a list', config: '- a\n- b\n', id: 'kubeconfig-unparsable', message: /is not a kubeconfig/ },
			{
				name: 'something else',
				config: { apiVersion: 'v1', kind: 'Pod' },
				id: 'kubeconfig-unparsable',
				message: /its kind is "Pod", not "Config"/,
			},
			{ name: 'nothing', config: '', id: 'kubeconfig-absent', message: /There is no cluster in .*config/ },
			{
				name: 'no current context',
				config: { ...kubeconfig(somewhere), 'current-context': '' },
				id: 'kubeconfig-no-current-context',
				message: /No context is selected in .*config\.\nIt has: main\.\nChoose one: whytop --context NAME/,
			},
			{
				name: 'a current context that does not exist',
				config: { ...kubeconfig(somewhere), 'current-context': 'gone\x1b[31m' },
				id: 'kubeconfig-context-missing',
				message: /The current context "gone" does not exist in .*config\.\nThere are: main\./,
			},
			{
				name: 'no context of the name in the flag',
				config: kubeconfig(somewhere),
				flags: { context: 'zzz' },
				id: 'kubeconfig-context-missing',
				message: /There is no context "zzz" in .*config\.\nThere are: main\./,
			},
			{
				name: 'a cluster that is gone',
				config: kubeconfig(somewhere, {}, { cluster: 'gone' }),
				id: 'kubeconfig-cluster-missing',
				message: /context "main" in .*config belongs to the cluster "gone", which is not in it\.\nThere are: main\./,
			},
			{
				name: 'a user that is gone',
				config: kubeconfig(somewhere, {}, { user: 'gone' }),
				id: 'kubeconfig-user-missing',
				message:
					/context "main" in .*config belongs to the user "gone".*\nThere are: main\.\n.*set-context main --user=NAME/,
			},
			{
				name: 'no user of the name in the flag',
				config: kubeconfig(somewhere),
				flags: { user: 'zzz' },
				id: 'kubeconfig-user-missing',
				message: /There is no user "zzz" in .*config\.\nThere are: main\.\n.*--user/,
			},
			{
				name: 'no server',
				config: kubeconfig({}),
				id: 'kubeconfig-cluster-missing',
				message: /no server address for cluster "main" in .*config/,
			},
			{
				name: 'a server that is no address',
				config: kubeconfig({ server: 'ftp://me:pass@host' }),
				id: 'kubeconfig-flag-conflict',
				message: /"ftp:\/\/host" of cluster "main" in .*config is not one/,
			},
			{
				name: 'a CA file that is gone',
				config: kubeconfig({ ...somewhere, 'certificate-authority': 'pki/ca.crt' }),
				id: 'kubeconfig-file-ref-missing',
				message:
					/The certificate-authority \/.*\/pki\/ca\.crt that .*config names cannot be used: it does not exist\.\n.*--flatten/,
			},
			{
				name: 'CA data that is garbage',
				config: kubeconfig({
					...somewhere,
					'certificate-authority-data': base64(base64('-----BEGIN CERTIFICATE-----')),
				}),
				id: 'kubeconfig-ca-garbage',
				message: /certificate-authority-data of cluster "main" in .*config holds no certificate/,
			},
			{
				name: 'CA and insecure together',
				config: kubeconfig({ ...somewhere, 'certificate-authority-data': 'eA==', 'insecure-skip-tls-verify': true }),
				id: 'kubeconfig-flag-conflict',
				message: /has both a certificate authority and insecure-skip-tls-verify/,
			},
			{
				name: 'a token file that is gone',
				config: kubeconfig(somewhere, { tokenFile: 'my.token' }),
				id: 'kubeconfig-file-ref-missing',
				message: /The tokenFile \/.*\/my\.token that .*config names cannot be used: it does not exist/,
			},
			{
				name: 'a client certificate that is gone',
				config: kubeconfig(somewhere, { 'client-certificate': 'a.crt', 'client-key': 'a.key' }),
				id: 'kubeconfig-file-ref-missing',
				message: /The client-certificate \/.*\/a\.crt that .*config names cannot be used: it does not exist/,
			},
			{
				name: 'a proxy of another kind',
				config: kubeconfig({ ...somewhere, 'proxy-url': 'socks4://me:secretword@proxy:1080' }),
				id: 'proxy-unusable',
				message: /The proxy "socks4:\/\/proxy:1080" \(proxy-url in .*config\) cannot be used/,
			},
			{
				name: 'groups without a user to impersonate',
				config: kubeconfig(somewhere),
				flags: { asGroup: ['admins'] },
				id: 'kubeconfig-flag-conflict',
				message: /without a user/,
			},
			{
				name: 'an auth-provider that nobody knows',
				config: kubeconfig(somewhere, { 'auth-provider': { name: 'openstack', config: {} } }),
				id: 'auth-provider-removed',
				message: /auth-provider "openstack" of user "main" in .*config is not known/,
			},
		];
	for (const { name, config, flags = {}, id, message } of cases) {
		test(name, async (t) => {
			const file = temporaryFolder(t).write('config', config);
			const error = await kubeError(connect({ kubeconfig: file, ...flags }, {}));
			assert.equal(error.kind, 'configuration');
			assert.match(error.message, message);
			assert.equal(error.id, id);
			assert.match(error.message, new RegExp(flags.asGroup ? 'as' : file));
			assert.doesNotMatch(error.message, /secret|pass@|\x1b| at .*\.ts/);
		});
	}
	test('a flag that names a file that does not exist', async () => {
		const error = await kubeError(connect({ kubeconfig: '/no/such/file' }, {}));
		assert.equal(error.id, 'kubeconfig-path-missing');
		assert.match(error.message, /kubeconfig \/no\/such\/file cannot be used: it does not exist/);
	});
	test('a folder', async (t) => {
		const error = await kubeError(connect({ kubeconfig: temporaryFolder(t).path }, {}));
		assert.match(error.message, /cannot be used: it is a folder/);
	});
	test('none at all: never localhost:8080', async () => {
		const error = await kubeError(connect({}, { HOME: '/no/such/home' }));
		assert.equal(error.id, 'kubeconfig-absent');
		assert.match(error.message, /neither KUBECONFIG is set nor does \/no\/such\/home\/\.kube\/config exist/);
		const listed = await kubeError(connect({}, { HOME: '/no/such/home', KUBECONFIG: '/no/a:/no/b' }));
		assert.match(listed.message, /KUBECONFIG names \/no\/a, \/no\/b, which do not exist/);
	});
});

describe('inside a cluster', () => {
	test('the service account is used when there is no kubeconfig', { skip: withoutCertificates || false }, async (t) => {
		const { authority } = certificates();
		const server = await apiServer(t, (_request, response) => answer(response, {}), {});
		const folder = temporaryFolder(t);
		folder.write('account/token', 'first-token\n');
		folder.write('account/ca.crt', authority.certificate);
		folder.write('account/namespace', 'monitoring\n');
		const environment = {
			KUBECONFIG: '/no/such/file',
			KUBERNETES_SERVICE_HOST: '127.0.0.1',
			KUBERNETES_SERVICE_PORT: String(server.port),
		};
		const options = { serviceAccountFolder: `${folder.path}/account` };
		const client = await clientFor(t, {}, environment, options);
		await client.readJson('/version');
		assert.equal(server.asked[0]?.headers.authorization, 'Bearer first-token');
		assert.equal(client.target.origin, 'in-cluster');
		assert.deepEqual([client.target.namespace, client.target.namespaceGiven], ['monitoring', true]);
		const flagged = await clientFor(t, { token: 'mine', namespace: 'web' }, environment, options);
		await flagged.readJson('/version');
		assert.equal(server.asked[1]?.headers.authorization, 'Bearer mine');
		assert.equal(flagged.target.namespace, 'web');
		const config = folder.write('config', kubeconfig(somewhere));
		assert.equal((await clientFor(t, {}, { ...environment, KUBECONFIG: config }, options)).target.origin, config);
	});
});

describe('who asks', () => {
	test('is nobody over http: credentials stay here, and the error says so', async (t) => {
		const server = await apiServer(t, (_request, response) =>
			answer(
				response,
				status(403, 'Forbidden', 'pods is forbidden: User "system:anonymous" cannot list resource "pods"'),
				403,
			),
		);
		const file = temporaryFolder(t).write(
			'config',
			kubeconfig({ server: server.url }, { token: 'abcdefgh', as: 'jane' }),
		);
		const error = await kubeError((await clientFor(t, { kubeconfig: file })).read('/api/v1/pods'));
		assert.equal(server.asked[0]?.headers.authorization, undefined);
		assert.equal(server.asked[0]?.headers['impersonate-user'], 'jane');
		assert.equal(error.id, 'anonymous-identity');
		assert.match(error.message, /not encrypted, so no credentials were sent/);
	});
	test('may be somebody else, with groups, uid and extra', async (t) => {
		const server = await apiServer(t, (_request, response) => answer(response, {}));
		const user = {
			as: 'jürgen',
			'as-uid': '7',
			'as-groups': ['a', 'b'],
			'as-user-extra': { 'example.com/x y': ['1', '2'] },
		};
		const file = temporaryFolder(t).write('config', kubeconfig({ server: server.url }, user));
		await (await clientFor(t, { kubeconfig: file })).readJson('/x');
		const raw = server.asked[0]?.rawHeaders ?? [];
		const sent = raw.flatMap((name, index) =>
			index % 2 === 0 && name.startsWith('Impersonate') ? [[name, raw[index + 1]]] : [],
		);
		assert.deepEqual(sent, [
			['Impersonate-User', Buffer.from('jürgen').toString('latin1')],
			['Impersonate-Uid', '7'],
			['Impersonate-Group', 'a'],
			['Impersonate-Group', 'b'],
			['Impersonate-Extra-example.com%2Fx%20y', '1'],
			['Impersonate-Extra-example.com%2Fx%20y', '2'],
		]);
		await (await clientFor(t, { kubeconfig: file, as: 'eve', asGroup: ['c'] })).readJson('/x');
		assert.equal(server.asked[1]?.headers['impersonate-user'], 'eve');
		assert.equal(server.asked[1]?.headers['impersonate-group'], 'c');
		assert.equal(server.asked[1]?.headers['impersonate-uid'], '7');
	});
	test('is only the token of the flag, whatever else the user has', {
		skip: withoutCertificates || false,
	}, async (t) => {
		const { authority, client: alice } = certificates();
		const server = await apiServer(t, (_request, response) => answer(response, {}), { authority });
		const user = {
			'client-certificate-data': base64(alice.certificate),
			'client-key-data': base64(alice.key),
			exec: { apiVersion: 'client.authentication.k8s.io/v1', command: '/no/such/plugin' },
		};
		const file = temporaryFolder(t).write(
			'config',
			kubeconfig({ server: server.url, 'certificate-authority-data': base64(authority.certificate) }, user),
		);
		await (await clientFor(t, { kubeconfig: file, token: 'flag-token' })).readJson('/x');
		assert.equal(server.asked[0]?.headers.authorization, 'Bearer flag-token');
		assert.equal(server.asked[0]?.clientName, '');
	});
	test('may be proved by name and password', { skip: withoutCertificates || false }, async (t) => {
		const { authority } = certificates();
		const server = await apiServer(t, (_request, response) => answer(response, {}), {});
		const file = temporaryFolder(t).write(
			'config',
			kubeconfig(
				{ server: server.url, 'certificate-authority-data': base64(authority.certificate) },
				{ username: 'me', password: 'pass:word' },
			),
		);
		await (await clientFor(t, { kubeconfig: file })).readJson('/x');
		assert.equal(server.asked[0]?.headers.authorization, `Basic ${base64('me:pass:word')}`);
	});
});
