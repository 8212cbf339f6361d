import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { makeLedger } from '../../../source/explain/ledger.ts';
import { type Gathered, gatherSubject } from '../../../source/gather/subject.ts';
import type { Subject } from '../../../source/model/subject.ts';
import { clientFor } from '../../kube/support/client.ts';
import { execServer } from '../../kube/support/exec-server.ts';
import { answering, apiAnswers } from '../cluster.ts';
import { catOf, containerFiles } from './container-files.ts';

async function gather(
	test: TestContext,
	subject: Subject,
	exec: boolean,
): Promise<{ gathered: Gathered; execs: number }> {
	const run = catOf(containerFiles);
	const server = await execServer(test, {
		listener: answering(apiAnswers()),
		run: ({ command }) => run(command),
	});
	const gathered = await gatherSubject(subject, {
		machine: async () => ({ root: '/nonexistent', environment: {} }),
		connect: () => clientFor(test, { server: server.url }),
		kubelet: '',
		connectKubelet: () => Promise.reject(new Error('not asked for')),
		exec,
	});
	return { gathered, execs: server.calls.length };
}

const container: Subject = { kind: 'container', namespace: 'default', pod: 'anonymous', container: 'app', id: '' };
const pod: Subject = { kind: 'pod', namespace: 'default', name: 'anonymous', uid: '' };

describe('a subject read from its inside', () => {
	test('has the way from kubectl top pod to top in the container', async (test) => {
		const { gathered } = await gather(test, container, true);
		const { kind, previous, problems, readings, versions } = gathered;
		assert.deepEqual(problems, []);
		const ledger = makeLedger('container', kind, readings, versions, previous);
		const bridge = ledger.bridges.find(({ id }) => id === 'B2');
		assert.equal(bridge?.target, 40_960_000);
		assert.deepEqual(bridge?.missing, []);
	});

	test('of a pod has the processes of all its containers', async (test) => {
		const { gathered } = await gather(test, pod, true);
		assert.equal(gathered.readings.value('resident', 'proc'), 40_960_000);
		assert.equal(gathered.readings.findPart('container/app', 'usage', 'cgroup-v2')?.value, 52_428_800);
	});

	test('is never read so unless it was asked for', async (test) => {
		const { gathered, execs } = await gather(test, container, false);
		assert.equal(execs, 0);
		assert.equal(gathered.readings.find('resident', 'proc'), undefined);
	});
});
