import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Fleet } from '../../../source/model/fleet/fleet.ts';
import { containerRecord, nodeRecord, podRecord } from './records.ts';

const usage = (name: string, cpu: number, memory: number) => ({ name, cpu, memory, swap: Number.NaN });

function sampled(
	fleet: Fleet,
	poll: number,
	namespace: string,
	name: string,
	...containers: ReturnType<typeof usage>[]
) {
	fleet.samplePod({ namespace, name, timestamp: poll * 15_000, window: 15_000, containers }, poll);
}

describe('the fleet', () => {
	test('joins samples with pods by namespace and name, whatever their order', () => {
		const fleet = new Fleet();
		for (const [namespace, name] of [
			['a', 'web-0'],
			['b', 'web-0'],
			['b', 'web-1'],
		] as const) {
			fleet.putPod(podRecord(namespace, name), 1);
		}
		sampled(fleet, 1, 'b', 'web-1', usage('app', 3, 30));
		sampled(fleet, 1, 'a', 'web-0', usage('app', 1, 10));
		sampled(fleet, 1, 'b', 'web-0', usage('app', 2, 20));
		fleet.endPodPoll(1, 15_000);
		assert.equal(fleet.pods.cpu.get(fleet.pods.find('a', 'web-0')), 1);
		assert.equal(fleet.pods.cpu.get(fleet.pods.find('b', 'web-0')), 2);
		assert.equal(fleet.pods.memory.get(fleet.pods.find('b', 'web-1')), 30);
	});

	test('does not give a pod without a sample the number 0', () => {
		const fleet = new Fleet();
		fleet.putPod(podRecord('a', 'web-0'), 1);
		fleet.endPodPoll(1, 15_000);
		const slot = fleet.pods.find('a', 'web-0');
		assert.ok(Number.isNaN(fleet.pods.cpu.get(slot)));
		assert.ok(fleet.podHistory(slot, 'cpu').every((value) => Number.isNaN(value)));
	});

	test('sums a pod over its containers, in the newest sample and in its history', () => {
		const fleet = new Fleet();
		const containers = [containerRecord('app'), containerRecord('proxy', { kind: 'sidecar' })];
		fleet.putPod(podRecord('a', 'web-0', { containers }), 1);
		sampled(fleet, 1, 'a', 'web-0', usage('app', 1e6, 100), usage('proxy', 2e6, 50));
		fleet.endPodPoll(1, 15_000);
		const slot = fleet.pods.find('a', 'web-0');
		assert.equal(fleet.pods.cpu.get(slot), 3e6);
		assert.ok(Math.abs((fleet.podHistory(slot, 'cpu')[0] ?? 0) - 3e6) < 3e6 * 0.004);
	});

	test('starts a pod that was made anew under its name without the old samples', () => {
		const fleet = new Fleet();
		fleet.putPod(podRecord('a', 'db-0', { uid: 'old' }), 1);
		sampled(fleet, 1, 'a', 'db-0', usage('app', 5, 5));
		fleet.endPodPoll(1, 15_000);
		fleet.putPod(podRecord('a', 'db-0', { uid: 'new' }), 1);
		const slot = fleet.pods.find('a', 'db-0');
		assert.equal(fleet.pods.uid.get(slot), 'new');
		assert.equal(fleet.pods.findUid('old'), -1);
		assert.ok(Number.isNaN(fleet.pods.cpu.get(slot)));
		assert.ok(fleet.podHistory(slot, 'cpu').every((value) => Number.isNaN(value)));
	});

	test('does not let a late deletion of the old pod remove the new one of its name', () => {
		const fleet = new Fleet();
		fleet.putPod(podRecord('a', 'db-0', { uid: 'new' }), 1);
		fleet.removePod(podRecord('a', 'db-0', { uid: 'old' }));
		assert.notEqual(fleet.pods.find('a', 'db-0'), -1);
		fleet.removePod(podRecord('a', 'db-0', { uid: 'new' }));
		assert.equal(fleet.pods.find('a', 'db-0'), -1);
		assert.equal(fleet.containers.slots.count, 0);
	});

	test('keeps the samples of a container while others of its pod come and go', () => {
		const fleet = new Fleet();
		fleet.putPod(podRecord('a', 'web-0'), 1);
		sampled(fleet, 1, 'a', 'web-0', usage('app', 5, 5));
		fleet.endPodPoll(1, 15_000);
		const debug = containerRecord('debug', { kind: 'ephemeral' });
		fleet.putPod(podRecord('a', 'web-0', { containers: [containerRecord('app'), debug] }), 1);
		const chain = [...fleet.containers.chain(fleet.pods.firstContainer.get(fleet.pods.find('a', 'web-0')))];
		assert.deepEqual(
			chain.map((slot) => fleet.containers.name.get(slot)),
			['app', 'debug'],
		);
		assert.deepEqual(
			chain.map((slot) => fleet.containers.cpu.get(slot)),
			[5, Number.NaN],
		);
	});

	test('drops what a new list does not name any more', () => {
		const fleet = new Fleet();
		fleet.putPod(podRecord('a', 'web-0'), 1);
		fleet.putPod(podRecord('a', 'web-1'), 1);
		fleet.putPod(podRecord('a', 'web-1'), 2);
		fleet.pods.sweep(2);
		assert.equal(fleet.pods.find('a', 'web-0'), -1);
		assert.equal(fleet.pods.slots.count, 1);
	});

	test('adds up what the unfinished pods of each node request', () => {
		const fleet = new Fleet();
		fleet.putNode(nodeRecord('n1'), 1);
		fleet.putNode(nodeRecord('n2'), 1);
		fleet.putPod(podRecord('a', 'one', { cpuRequest: 1e9 }), 1);
		fleet.putPod(podRecord('a', 'two', { cpuRequest: 2e9, memoryLimit: 50 }), 1);
		fleet.putPod(podRecord('a', 'done', { cpuRequest: 4e9, phase: 'Succeeded' }), 1);
		fleet.putPod(podRecord('a', 'elsewhere', { cpuRequest: 8e9, node: 'n2' }), 1);
		fleet.putPod(podRecord('a', 'nowhere', { cpuRequest: 16e9, node: '', phase: 'Pending' }), 1);
		const { onNode } = fleet.pods.sums;
		const first = fleet.nodeNames.find('n1');
		assert.equal(onNode.pods.get(first), 2);
		assert.equal(onNode.cpuRequest.get(first), 3e9);
		assert.equal(onNode.memoryLimit.get(first), 50);
		assert.equal(onNode.cpuRequest.get(fleet.nodeNames.find('n2')), 8e9);
	});

	test('forgets the owners of pods that are long gone, and keeps those that are there', () => {
		const fleet = new Fleet();
		fleet.putPod(podRecord('a', 'stays', { owner: 'ReplicaSet/stays' }), 1);
		for (let round = 0; round < 30_000; round++) {
			const job = podRecord('a', `job-${round}`, { owner: `Job/job-${round}` });
			fleet.putPod(job, 1);
			if (round !== 17) {
				fleet.removePod(job);
			}
		}
		const { owner } = fleet.pods;
		assert.ok(owner.dictionary.words.length < 10_000, `${owner.dictionary.words.length} owners are kept`);
		assert.equal(owner.get(fleet.pods.find('a', 'stays')), 'ReplicaSet/stays');
		assert.equal(owner.get(fleet.pods.find('a', 'job-17')), 'Job/job-17');
		const ranks = owner.dictionary.ranks();
		assert.ok((ranks[owner.id(0)] ?? 0) > (ranks[owner.dictionary.find('Job/job-17')] ?? 0));
	});

	test('takes two hundred bytes a pod with its name, and eighty a container', () => {
		const fleet = new Fleet();
		const rows = 20_000;
		fleet.expectPods(rows);
		for (let index = 0; index < rows; index++) {
			const uid = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
			fleet.putPod(podRecord('team', `checkout-service-6d5f8c7b9-${index}`, { uid, cpuRequest: 1e8 }), 1);
		}
		const perPod = fleet.pods.slots.bytes / rows;
		const { slots } = fleet.containers;
		const perContainer = slots.bytes / slots.live.length;
		assert.ok(perPod <= 200, `${perPod} bytes a pod`);
		assert.ok(perContainer <= 80, `${perContainer} bytes a container`);
	});

	test('uses its slots again: a thousand pods that come and go need no more room than one', () => {
		const fleet = new Fleet();
		for (let round = 0; round < 1_000; round++) {
			fleet.putPod(podRecord('a', `job-${round}`), 1);
			fleet.removePod(podRecord('a', `job-${round}`));
		}
		assert.equal(fleet.pods.slots.end, 1);
		assert.equal(fleet.containers.slots.end, 1);
	});
});
