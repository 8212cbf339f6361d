import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { MessageChannel } from 'node:worker_threads';
import { answerMachines, askMachines, type FindMachine } from '../../source/monitor/machines.ts';

function asked(t: TestContext, findMachine: FindMachine): FindMachine {
	const { port1, port2 } = new MessageChannel();
	t.after(() => port1.close());
	answerMachines(port1, findMachine);
	const find = askMachines(port2);
	// A test has nothing else that waits.
	port2.ref();
	return find;
}

describe('the machine of a node, asked for from another thread', () => {
	test('is the one that the other end finds, brought up to date by asking again', async (t) => {
		const nodes: string[] = [];
		const find = asked(t, async (node) => {
			nodes.push(node);
			return { root: `/machines/${node}`, environment: { DOCKER_HOST: 'unix:///x' }, refresh: async () => {} };
		});
		const [one, other] = await Promise.all([find('a'), find('b')]);
		assert.deepEqual([one?.root, other?.root], ['/machines/a', '/machines/b']);
		assert.equal(one?.environment['DOCKER_HOST'], 'unix:///x');
		await other?.refresh?.();
		assert.deepEqual(nodes, ['a', 'b', 'b']);
	});

	test('is none where there is none', async (t) => {
		assert.equal(await asked(t, async () => undefined)('a'), undefined);
	});

	test('that cannot be had is an error with the other end’s sentence', async (t) => {
		const find = asked(t, () => Promise.reject(new Error('The disk is full.')));
		await assert.rejects(find('a'), { message: 'The disk is full.' });
	});
});
