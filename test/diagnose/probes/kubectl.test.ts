import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { kubectlProbe, versionOf } from '../../../source/diagnose/probes/kubectl.ts';
import { temporaryFolder } from '../../kube/support/temporary-folder.ts';
import { evidenceOf } from '../evidence.ts';

/** Asks with a kubectl of this script on PATH, in a shell that is there. */
async function ask(context: TestContext, script: string) {
	const folder = temporaryFolder(context);
	folder.script('kubectl', script);
	return kubectlProbe.ask(
		{
			reach: () => Promise.reject(new Error('nothing is asked')),
			settings: { flags: {}, environment: { PATH: folder.path } },
			signal: context.signal,
		},
		evidenceOf({}),
	);
}

const json = '{"clientVersion": {"major": "1", "minor": "33+", "gitVersion": "v1.33.4"}, "kustomizeVersion": "v5.6.0"}';

describe('the kubectl of this machine', () => {
	test('is asked for its own version, and for nothing else', async (context) => {
		const script = `test "$*" = "version --client --output=json" && echo '${json}'`;
		const { value } = await ask(context, script);
		assert.equal(value?.gitVersion, 'v1.33.4');
		assert.equal(value?.minor, 33);
		assert.match(value?.path ?? '', /\/kubectl$/);
	});

	test('may be none, or something else of that name', async (context) => {
		assert.equal((await ask(context, 'echo hello')).value, null);
		assert.equal((await ask(context, 'exit 1')).value, null);
		const nowhere = { flags: {}, environment: { PATH: '/no/such/folder' } };
		const reach = () => Promise.reject(new Error('nothing is asked'));
		const answer = await kubectlProbe.ask({ reach, settings: nowhere, signal: context.signal }, evidenceOf({}));
		assert.deepEqual([answer.outcome, answer.value], ['answered', null]);
	});

	test('says its version in Go’s notation where it is old', () => {
		const old = 'Client Version: version.Info{Major:"1", Minor:"7", GitVersion:"v1.7.16", GitCommit:"e8846c1d7e7e"}';
		assert.deepEqual(versionOf(old), { gitVersion: 'v1.7.16', minor: 7 });
		assert.ok(Number.isNaN(versionOf('').minor));
	});
});
