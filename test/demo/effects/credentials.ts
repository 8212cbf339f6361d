import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { ask, currentUser } from '../ask.ts';
import type { Effects, Look } from './look.ts';

interface Exec {
	apiVersion: string;
	command: string;
	args?: string[];
}

const text = (data: string | undefined): string => Buffer.from(data ?? '', 'base64').toString();

/** Runs the program of the kubeconfig. */
function run(look: Look) {
	const exec = currentUser(look.config).exec as Exec;
	return { exec, ...spawnSync(exec.command, exec.args ?? [], { encoding: 'utf8' }) };
}

/** The kubeconfig's client certificate, after the server has refused it. */
async function refusedCertificate(look: Look): Promise<X509Certificate> {
	const user = currentUser(look.config);
	const certificate = text(user['client-certificate-data']);
	const { status, json } = await ask(`${look.demo.url}/version`, {
		token: '',
		authority: text(look.config.clusters[0]?.cluster['certificate-authority-data']),
		certificate,
		key: text(user['client-key-data']),
	});
	assert.deepEqual([status, json.kind, json.message], [401, 'Status', 'Unauthorized']);
	return new X509Certificate(certificate);
}

export const credentialEffects = {
	async 'exec-plugin-not-found'(look) {
		assert.equal((run(look).error as NodeJS.ErrnoException).code, 'ENOENT');
	},
	async 'exec-plugin-failed'(look) {
		const { status, stderr, stdout } = run(look);
		assert.deepEqual([status, stdout], [255, '']);
		assert.match(stderr, /^The SSO session .* aws sso login/);
	},
	async 'exec-plugin-api-version'(look) {
		const { exec, status, stdout } = run(look);
		assert.equal(status, 0);
		assert.equal(exec.apiVersion, 'client.authentication.k8s.io/v1beta1');
		assert.equal(JSON.parse(stdout).apiVersion, 'client.authentication.k8s.io/v1alpha1');
	},
	async 'auth-provider-removed'(look) {
		assert.equal(currentUser(look.config)['auth-provider']?.name, 'gcp');
	},
	async 'oidc-refresh-failed'(look) {
		const config = currentUser(look.config)['auth-provider']?.config as Record<string, string>;
		const { exp } = JSON.parse(Buffer.from(config['id-token']?.split('.')[1] ?? '', 'base64url').toString());
		assert.ok(exp * 1000 < Date.now());
		await assert.rejects(ask(config['idp-issuer-url'] ?? ''), { code: 'ECONNREFUSED' });
	},
	async 'client-cert-expired'(look) {
		const { subject, validToDate } = await refusedCertificate(look);
		assert.equal(subject, 'O=system:masters\nCN=demo-admin');
		assert.ok(validToDate.getTime() < Date.now());
	},
	async 'credentials-wrong-cluster'(look) {
		const certificate = await refusedCertificate(look);
		const authority = new X509Certificate(text(look.config.clusters[0]?.cluster['certificate-authority-data']));
		assert.ok(certificate.validToDate.getTime() > Date.now());
		assert.equal(certificate.issuer, authority.subject);
		assert.equal(certificate.verify(authority.publicKey), false);
	},
	async 'impersonation-forbidden'(look) {
		const { as, token } = currentUser(look.config);
		const { status, json } = await ask(`${look.demo.url}/version`, {
			token: token ?? '',
			headers: { 'impersonate-user': as ?? '' },
			authority: text(look.config.clusters[0]?.cluster['certificate-authority-data']),
		});
		assert.equal(status, 403);
		assert.match(
			json.message,
			/^users "demo-admin" is forbidden: User "demo-viewer" cannot impersonate resource "users"/,
		);
	},
	async 'clock-skew-client'(look) {
		const { headers, status } = await look.get('/version');
		const claims = JSON.parse(
			Buffer.from(currentUser(look.config).token?.split('.')[1] ?? '', 'base64url').toString(),
		) as { nbf: number };
		assert.equal(status, 401);
		assert.ok(claims.nbf * 1000 <= Date.now());
		assert.ok(claims.nbf * 1000 > Date.parse(headers.date ?? '') + 3_600_000);
	},
} satisfies Effects;
