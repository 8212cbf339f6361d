import assert from 'node:assert/strict';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { currentUser } from '../ask.ts';
import type { Effects, Look } from './look.ts';

const contextOf = ({ config }: Look) =>
	config.contexts.find(({ name }) => name === config['current-context'])?.context ?? assert.fail('no current context');

const clusterOf = ({ config }: Look) => config.clusters[0]?.cluster ?? assert.fail('no cluster');

export const kubeconfigEffects = {
	async 'kubeconfig-absent'({ demo }) {
		assert.equal(readFileSync(demo.kubeconfig, 'utf8'), '');
	},
	async 'kubeconfig-path-missing'({ demo }) {
		assert.ok(existsSync(dirname(demo.kubeconfig)) && !existsSync(demo.kubeconfig));
	},
	async 'kubeconfig-unparsable'({ demo }) {
		const text = readFileSync(demo.kubeconfig, 'utf8');
		assert.match(text, /^\{\s+"apiVersion": "v1",/);
		assert.throws(() => JSON.parse(text), SyntaxError);
	},
	async 'kubeconfig-no-current-context'({ config }) {
		assert.equal(config['current-context'], '');
		assert.ok(config.contexts.length > 0);
	},
	async 'kubeconfig-context-missing'({ config }) {
		assert.notEqual(config['current-context'], '');
		assert.ok(config.contexts.every(({ name }) => name !== config['current-context']));
	},
	async 'kubeconfig-cluster-missing'(look) {
		assert.ok(look.config.clusters.every(({ name }) => name !== contextOf(look).cluster));
	},
	async 'kubeconfig-user-missing'(look) {
		const { users } = look.config;
		assert.ok(users.length > 0 && users.every(({ name }) => name !== contextOf(look).user));
	},
	async 'kubeconfig-file-ref-missing'(look) {
		const path = clusterOf(look)['certificate-authority'] ?? assert.fail('no file is named');
		assert.ok(!existsSync(`${dirname(look.demo.kubeconfig)}/${path}`));
		assert.equal(clusterOf(look)['certificate-authority-data'], undefined);
	},
	async 'kubeconfig-ca-garbage'(look) {
		const decoded = Buffer.from(clusterOf(look)['certificate-authority-data'] ?? '', 'base64').toString();
		assert.throws(() => new X509Certificate(decoded));
		assert.ok(new X509Certificate(Buffer.from(decoded, 'base64')).ca);
	},
	async 'kubeconfig-client-certificate-unusable'({ config }) {
		const user = currentUser(config);
		const text = (data: string | undefined): string => Buffer.from(data ?? '', 'base64').toString();
		const certificate = new X509Certificate(text(user['client-certificate-data']));
		assert.equal(certificate.checkPrivateKey(createPrivateKey(text(user['client-key-data']))), false);
	},
	async 'kubeconfig-flag-conflict'(look) {
		const cluster = clusterOf(look);
		assert.ok(cluster['certificate-authority-data'] && cluster['insecure-skip-tls-verify']);
	},
} satisfies Effects;
