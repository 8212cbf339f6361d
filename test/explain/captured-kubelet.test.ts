/** Pods of a real kubelet 1.36 on cgroup v1, captured by this project's own run: what the API and the kubelet say of them. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { makeLedger } from '../../source/explain/ledger.ts';
import { readPod } from '../../source/gather/pod.ts';
import type { Bridge, Ledger } from '../../source/model/ledger.ts';
import { cluster } from '../gather/cluster.ts';
import { pods } from '../sources/kubelet-fixture.ts';

function memory({ bridges }: Ledger): readonly Bridge[] {
	return bridges.filter(({ of }) => of === 'memory');
}

describe('captured pods of a kubelet', () => {
	for (const pod of pods) {
		test(`${pod}: the ways of its containers close, but for what only the cgroup’s files and processes tell`, async (t) => {
			const { client } = await cluster(t);
			const [namespace = '', name = ''] = pod.split('/');
			const { containers, readings, versions } = await readPod(client, namespace, name);
			for (const container of containers.filter(({ state }) => state === 'Running')) {
				const ledger = makeLedger(container.subject.container, 'container', container.readings, versions);
				assert.ok(memory(ledger).length > 0);
				for (const { id, from, to, missing, residual, residualReasons } of memory(ledger)) {
					const way = `${id} ${from} → ${to}: ${residual}`;
					// Kernel memory of v1 is in cAdvisor’s series; what the lists hold is not.
					assert.ok(
						missing.every((term) => term === 'unmapped' || term === 'cache'),
						`${way} ${missing}`,
					);
					assert.ok(residual === 0 || residualReasons.length > 0, way);
					if (missing.length === 0) {
						assert.ok(Math.abs(residual) <= 2 * 64 * 4096 || residualReasons[0] === 'sampling', way);
					}
				}
				const [usage] = memory(ledger).filter(({ to }) => to === 'prometheus-working-set');
				assert.equal((usage?.residual ?? Number.NaN) + 0, 0, 'usage − inactive file is the working set');
			}
			const whole = makeLedger(pod, 'pod', readings, versions);
			const [sum] = memory(whole).filter(({ id }) => id === 'B5');
			assert.ok(sum !== undefined && sum.terms.length === 1, 'B5 with the pause container');
			t.diagnostic(
				`${pod}: Σ containers ${sum.source}, pod ${sum.target}, residual ${sum.residual} ${sum.residualReasons}`,
			);
			assert.ok(Math.abs(sum.residual) < 2 ** 20 || sum.residualReasons[0] === 'sampling');
		});
	}
});
