import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { KubeConfig } from '@kubernetes/client-node';
import { makeCredentials } from '../../../source/kube/credentials/make.ts';
import { readKubeconfig } from '../../../source/kube/kubeconfig/files.ts';
import { select } from '../../../source/kube/kubeconfig/select.ts';
import { serverOf } from '../../../source/kube/transport/server.ts';
import { certificates, withoutCertificates } from '../support/certificates.ts';
import { base64, kubeconfig } from '../support/kubeconfig.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** What matters of a connection, by whichever reader. */
interface Connection {
	server: string;
	context: string;
	cluster: string;
	user: string;
	namespace: string;
	authority: string;
	serverName: string;
	verify: boolean;
	certificate: string;
	key: string;
	authorization: string;
	impersonate: string;
}

async function byOurs(file: string): Promise<Connection> {
	const searched = { paths: [file], namedBy: 'flag' } as const;
	const { contextName, cluster, user, namespace } = select(await readKubeconfig(searched), {}, searched);
	const server = await serverOf(cluster, contextName, {});
	const credentials = await makeCredentials(user, cluster, { PATH: process.env['PATH'] });
	const { authorization, certificate, key } = await credentials.current();
	return {
		server: server.address,
		context: contextName,
		cluster: cluster.name,
		user: user.name,
		namespace,
		authority: server.certificateAuthority,
		serverName: server.tlsServerName,
		verify: server.verify,
		certificate,
		key,
		authorization,
		impersonate: user.as,
	};
}

async function byTheirs(file: string): Promise<Connection> {
	const config = new KubeConfig();
	config.loadFromFile(file);
	const context = config.getContextObject(config.getCurrentContext());
	const options: Record<string, unknown> & { headers?: Record<string, string> } = {};
	await config.applyToHTTPSOptions(options as Parameters<typeof config.applyToHTTPSOptions>[0]);
	const basic = options['auth'] === undefined ? '' : `Basic ${base64(String(options['auth']))}`;
	return {
		server: config.getCurrentCluster()?.server ?? '',
		context: config.getCurrentContext(),
		cluster: config.getCurrentCluster()?.name ?? '',
		user: config.getCurrentUser()?.name ?? '',
		namespace: context?.namespace ?? '',
		authority: String(options['ca'] ?? ''),
		serverName: String(options['servername'] ?? ''),
		verify: options['rejectUnauthorized'] !== false,
		certificate: String(options['cert'] ?? ''),
		key: String(options['key'] ?? ''),
		authorization: options.headers?.['Authorization'] ?? basic,
		impersonate: options.headers?.['Impersonate-User'] ?? '',
	};
}

describe('our reading of a kubeconfig equals that of @kubernetes/client-node', {
	skip: withoutCertificates || false,
}, () => {
	const authority = (): string => base64(certificates().authority.certificate);
	const cases: Record<string, () => object | string> = {
		'token and CA data': () =>
			kubeconfig({ server: 'https://10.0.0.1:6443', 'certificate-authority-data': authority() }, { token: 'abc' }),
		'CA file and client certificate files, relative': () =>
			kubeconfig(
				{ server: 'https://10.0.0.1:6443/', 'certificate-authority': 'pki/ca.crt' },
				{ 'client-certificate': 'pki/alice.crt', 'client-key': './pki/alice.key' },
				{ namespace: 'shop' },
			),
		'client certificate data': () =>
			kubeconfig(
				{ server: 'https://h', 'certificate-authority-data': authority() },
				{
					'client-certificate-data': base64(certificates().client.certificate),
					'client-key-data': base64(certificates().client.key),
				},
			),
		'a path prefix and another server name': () =>
			kubeconfig(
				{ server: 'https://rancher.example/k8s/clusters/c-abcde', 'tls-server-name': 'inner' },
				{ token: 'abc' },
			),
		'no verification, password, impersonation': () =>
			kubeconfig(
				{ server: 'https://h:1', 'insecure-skip-tls-verify': true },
				{ username: 'me', password: 'word', as: 'jane' },
			),
		nobody: () => kubeconfig({ server: 'https://h:1' }),
		'an exec plugin with a token': () =>
			kubeconfig(
				{ server: 'https://h:1' },
				{
					exec: {
						apiVersion: 'client.authentication.k8s.io/v1beta1',
						command: 'sh',
						args: ['-c', 'printf %s "$ANSWER"'],
						env: [
							{
								name: 'ANSWER',
								value: JSON.stringify({
									apiVersion: 'client.authentication.k8s.io/v1beta1',
									kind: 'ExecCredential',
									status: { token: 'from-plugin' },
								}),
							},
						],
					},
				},
			),
		'an OIDC provider whose token is good': () =>
			kubeconfig(
				{ server: 'https://h:1' },
				{
					'auth-provider': {
						name: 'oidc',
						config: {
							'id-token': `${base64('{}')}.${base64(JSON.stringify({ exp: 4_000_000_000 }))}.${base64('sign')}`,
						},
					},
				},
			),
		'a gcp provider whose token is good': () =>
			kubeconfig(
				{ server: 'https://h:1' },
				{ 'auth-provider': { name: 'gcp', config: { 'access-token': 'gcp-token', expiry: '2096-01-01T00:00:00Z' } } },
			),
		'YAML with anchors, quotes and comments': () =>
			[
				'# written by hand',
				'apiVersion: v1',
				'kind: Config',
				'current-context: "two"',
				'clusters:',
				'- name: &name main',
				"  cluster: {server: 'https://10.0.0.1:6443'} # inline",
				'users:',
				'- name: me',
				'  user:',
				'    token: >-',
				'      abc',
				'contexts:',
				'- {name: one, context: {cluster: *name, user: me}}',
				'- {name: two, context: {cluster: *name, user: me, namespace: "on"}}',
			].join('\n'),
	};
	for (const [name, config] of Object.entries(cases)) {
		test(name, async (t) => {
			const folder = temporaryFolder(t);
			const made = certificates();
			folder.write('pki/ca.crt', made.authority.certificate);
			folder.write('pki/alice.crt', made.client.certificate);
			folder.write('pki/alice.key', made.client.key);
			const file = folder.write('config', config());
			assert.deepEqual(await byOurs(file), await byTheirs(file));
		});
	}
});
