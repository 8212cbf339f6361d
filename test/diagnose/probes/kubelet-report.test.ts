import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { serveDemo } from '../../../source/demo/serve.ts';
import { readResource, readSummary } from '../../../source/diagnose/probes/objects/kubelet-report.ts';
import { ask, currentToken, readKubeconfig } from '../../demo/ask.ts';

describe('what a kubelet tells', () => {
	test('is the same in both forms that releases of metrics-server ask for', async () => {
		const demo = await serveDemo({ insecure: true, freezeClock: true });
		try {
			const token = currentToken(readKubeconfig(demo.kubeconfig));
			const read = async (path: string) =>
				(await ask(`${demo.url}/api/v1/nodes/worker-01/proxy/${path}`, { token })).text;
			const newer = readResource('worker-01', await read('metrics/resource'));
			const older = readSummary('worker-01', await read('stats/summary?only_cpu_and_memory=true'));
			assert.ok(newer.nodeCpu > 0 && newer.nodeMemory > 0 && newer.containers.length > 5);
			assert.ok(Math.abs(older.nodeCpu - newer.nodeCpu) < 0.001);
			assert.equal(older.nodeMemory, newer.nodeMemory);
			const told = (facts: typeof newer) =>
				facts.containers
					.map(
						({ container, memory, pod, startedAt }) => `${pod} ${container} ${memory} ${Math.floor(startedAt / 1000)}`,
					)
					.sort();
			assert.deepEqual(told(older), told(newer));
		} finally {
			await demo.close();
		}
	});

	test('may be that it failed, and then there is nothing else', () => {
		const facts = readResource('n1', 'resource_scrape_error 1\n');
		assert.deepEqual([facts.scrapeError, facts.nodeCpu, facts.containers], [true, Number.NaN, []]);
	});

	test('may lack what the runtime does not tell', () => {
		const facts = readSummary(
			'n1',
			'{"node":{"nodeName":"n1"},"pods":[{"podRef":{"name":"api","namespace":"web"},"containers":[{"name":"app"}]}]}',
		);
		assert.deepEqual(
			[facts.nodeCpu, facts.nodeMemory, facts.containers],
			[
				Number.NaN,
				Number.NaN,
				[{ pod: 'web/api', container: 'app', cpu: Number.NaN, memory: Number.NaN, startedAt: Number.NaN }],
			],
		);
	});
});
