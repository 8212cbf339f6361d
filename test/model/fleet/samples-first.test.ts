import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Fleet } from '../../../source/model/fleet/fleet.ts';
import { containerRecord, podRecord } from './records.ts';

const sample = (name: string, cpu = 5) => ({
	namespace: 'web',
	name,
	timestamp: 15_000,
	window: 15_000,
	containers: [{ name: 'app', cpu, memory: 10, swap: Number.NaN }],
});

describe('samples that come before the list of pods', () => {
	test('make rows, which the list completes without losing what was sampled', () => {
		const fleet = new Fleet();
		fleet.samplePod(sample('a'), 1, true);
		fleet.samplePod(sample('b', 7), 1, true);
		fleet.endPodPoll(1, 15_000);
		const slot = fleet.pods.find('web', 'a');
		fleet.putPod(podRecord('web', 'a', { uid: 'u-a', node: 'n1', containers: [containerRecord('app')] }), 1);
		assert.equal(fleet.pods.find('web', 'a'), slot);
		assert.equal(fleet.pods.uid.get(slot), 'u-a');
		assert.equal(fleet.pods.node.get(slot), 'n1');
		assert.equal(fleet.pods.cpu.get(slot), 5);
		assert.equal(fleet.podHistory(slot, 'cpu').length, 1);
		assert.ok((fleet.podHistory(slot, 'cpu')[0] ?? 0) > 0);
	});

	test('are found by the uid, and by what stood for it before', () => {
		const fleet = new Fleet();
		fleet.samplePod(sample('a'), 1, true);
		const slot = fleet.pods.find('web', 'a');
		const before = fleet.pods.uidOf(slot);
		fleet.putPod(podRecord('web', 'a', { uid: 'u-a' }), 1);
		assert.equal(fleet.pods.findUid('u-a'), slot);
		assert.equal(fleet.pods.findUid(before), slot);
	});

	test('go when the list does not name their pods', () => {
		const fleet = new Fleet();
		fleet.samplePod(sample('a'), 1, true);
		fleet.samplePod(sample('b'), 1, true);
		fleet.putPod(podRecord('web', 'a'), 1);
		fleet.pods.sweep(1);
		assert.equal(fleet.pods.find('web', 'b'), -1);
		assert.equal(fleet.pods.slots.count, 1);
	});

	test('go with the poll that no longer brings them, while there is no list', () => {
		const fleet = new Fleet();
		fleet.samplePod(sample('a'), 1, true);
		fleet.samplePod(sample('b'), 1, true);
		fleet.endPodPoll(1, 15_000);
		fleet.samplePod(sample('b'), 2, true);
		fleet.pods.forgetUnlisted(2);
		assert.equal(fleet.pods.find('web', 'a'), -1);
		assert.notEqual(fleet.pods.find('web', 'b'), -1);
	});

	test('make no rows where only listed pods are wanted', () => {
		const fleet = new Fleet();
		fleet.samplePod(sample('a'), 1);
		assert.equal(fleet.pods.slots.count, 0);
	});
});
