import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { connect } from '../../source/kube/connect.ts';
import type { ConnectionFlags } from '../../source/kube/connection-flags.ts';
import { wantsNoCluster } from '../../source/monitor/choose.ts';

function home(t: TestContext): string {
	const folder = mkdtempSync(join(tmpdir(), 'whytop-home-'));
	t.after(() => rmSync(folder, { recursive: true, force: true }));
	return folder;
}

/** Where a kubeconfig was looked for in vain, '' if the error of the connection stands. */
async function searched(flags: ConnectionFlags, environment: NodeJS.ProcessEnv): Promise<string> {
	try {
		(await connect(flags, environment)).close();
	} catch (error) {
		return wantsNoCluster(error, flags, environment);
	}
	return 'a cluster';
}

describe('this machine is shown', () => {
	test('where there is no kubeconfig, and nothing asks for a cluster', async (t) => {
		const HOME = home(t);
		assert.equal(await searched({}, { HOME }), '~/.kube/config');
		assert.equal(
			await searched({ namespace: 'web', requestTimeout: 1_000 }, { HOME, KUBECONFIG: '' }),
			'~/.kube/config',
		);
	});

	test('not where a kubeconfig was named, or is there', async (t) => {
		const HOME = home(t);
		const missing = join(HOME, 'missing');
		assert.equal(await searched({ kubeconfig: missing }, { HOME }), '');
		assert.equal(await searched({}, { HOME, KUBECONFIG: missing }), '');
		mkdirSync(join(HOME, '.kube'));
		for (const broken of ['', 'clusters: [', 'current-context: gone\n']) {
			writeFileSync(join(HOME, '.kube/config'), broken);
			assert.equal(await searched({}, { HOME }), '', broken);
		}
	});

	test('not where a flag asks for a cluster', async (t) => {
		const HOME = home(t);
		for (const flags of [{ context: 'prod' }, { user: 'me' }, { token: 'secret' }, { as: 'somebody' }]) {
			assert.equal(await searched(flags, { HOME }), '', Object.keys(flags).join());
		}
		assert.equal(await searched({ server: 'https://localhost:1' }, { HOME }), 'a cluster');
	});
});
