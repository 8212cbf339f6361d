import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { kubectlFlags } from '../../source/kube/connection-flags.ts';

describe('the flags that a command for kubectl needs', () => {
	test('are those that say which cluster is meant, and as whom', () => {
		assert.equal(
			kubectlFlags({
				kubeconfig: '/etc/k3s.yaml',
				context: 'staging',
				as: 'jane',
				asGroup: ['ops', 'dev'],
				asUid: '7',
			}),
			'--kubeconfig /etc/k3s.yaml --context staging --as jane --as-group ops --as-group dev --as-uid 7',
		);
		assert.equal(kubectlFlags({ cluster: 'c', user: 'u', server: 'https://[::1]:6443/k8s' }).split(' ').length, 6);
	});

	test('say that a certificate is not verified only where that was said', () => {
		const server = 'https://10.0.0.1';
		assert.equal(
			kubectlFlags({ server, insecureSkipTlsVerify: true }),
			'--server https://10.0.0.1 --insecure-skip-tls-verify',
		);
		assert.equal(kubectlFlags({ server, insecureSkipTlsVerify: false }), '--server https://10.0.0.1');
	});

	test('are none where none were given', () => {
		assert.equal(kubectlFlags({ namespace: 'web', requestTimeout: 5000, context: '' }), '');
	});

	test('never hold a token', () => {
		assert.doesNotMatch(kubectlFlags({ token: 'secret', context: 'staging' }), /secret/);
	});

	test('are read back by a shell as they were given', () => {
		const context = 'it\'s $(touch nothing); `x` \\ "quoted"';
		const words = execFileSync('sh', ['-c', `printf '%s\\n' ${kubectlFlags({ context })}`], { encoding: 'utf8' });
		assert.equal(words, `--context\n${context}\n`);
	});
});
