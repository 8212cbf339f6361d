import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { podObject } from '../../../source/demo/formats/pod.ts';
import { podTable } from '../../../source/demo/formats/pod-table.ts';
import { lifeAt } from '../../../source/demo/model/life.ts';
import { makeWorld } from '../../../source/demo/model/world.ts';

const origin = Date.UTC(2026, 5, 1, 12);
const world = makeWorld({ seed: 1, nodes: 12, pods: 140, origin });

/** READY, STATUS and RESTARTS of the first pod of a workload. */
function row(name: string, time = origin): readonly unknown[] {
	const slot = world.slots.find((each) => each.workload.name === name && lifeAt(world, each, time).pod);
	assert.ok(slot, name);
	const { pod } = lifeAt(world, slot, time);
	assert.ok(pod);
	return podTable.cells(podObject(pod, 1), time).slice(1, 4);
}

describe('a pod in the table', () => {
	test('has the status that kubectl knows', () => {
		assert.deepEqual(row('ledger'), ['2/2', 'Running', '0']);
		assert.deepEqual(row('nightly-report'), ['0/1', 'Completed', '0']);
		assert.deepEqual(row('import-catalogue'), ['0/1', 'Error', '0']);
		assert.deepEqual(row('scratch'), ['0/1', 'Evicted', '0']);
		assert.deepEqual(row('reindex'), ['0/1', 'Pending', '0']);
		assert.deepEqual(row('schema-registry'), ['0/1', 'Init:0/1', '0']);
		assert.match(String(row('backup-agent')[1]), /^(ErrImagePull|ImagePullBackOff)$/);
	});

	test('counts a native sidecar among its containers', () => {
		assert.deepEqual(row('checkout'), ['2/2', 'Running', '0']);
	});

	test('tells how often and when it restarted last', () => {
		assert.match(String(row('parser')[2]), /^\d+ \(\d+[hms]+.* ago\)$/);
	});

	test('is terminating once it was told to end', () => {
		const times = Array.from({ length: 720 }, (_, index) => origin + index * 500);
		const slots = world.slots.filter((slot) => slot.workload.name === 'recommendations');
		const deleted = times
			.flatMap((time) => slots.flatMap((slot) => lifeAt(world, slot, time).pod ?? []))
			.find((pod) => !Number.isNaN(pod.deletedAt));
		assert.ok(deleted);
		const object = podObject(deleted, 1);
		assert.equal(podTable.cells(object, origin)[2], 'Terminating');
		assert.equal(object.metadata.deletionGracePeriodSeconds, 30);
	});
});

describe('a pod object', () => {
	const objectOf = (name: string) => {
		const slot = world.slots.find((each) => each.workload.name === name);
		const pod = slot && lifeAt(world, slot, origin).pod;
		assert.ok(pod, name);
		return JSON.parse(JSON.stringify(podObject(pod, 7)));
	};

	test('has pod-level resources and overhead where its workload has them', () => {
		assert.deepEqual(objectOf('query').spec.resources, {
			limits: { cpu: '1500m', memory: '768Mi' },
			requests: { cpu: '400m', memory: '384Mi' },
		});
		assert.deepEqual(objectOf('sandbox-gateway').spec.overhead, { cpu: '100m', memory: '64Mi' });
	});

	test('is guaranteed, burstable or best effort by what it sets', () => {
		assert.equal(objectOf('storefront').status.qosClass, 'BestEffort');
		assert.equal(objectOf('ledger').status.qosClass, 'Burstable');
		assert.equal(objectOf('external-dns').status.qosClass, 'Burstable');
	});

	test('is owned by a ReplicaSet of the hash in its name', () => {
		const { metadata } = objectOf('api');
		assert.equal(metadata.ownerReferences[0].kind, 'ReplicaSet');
		assert.equal(metadata.ownerReferences[0].name, `api-${metadata.labels['pod-template-hash']}`);
		assert.ok(metadata.name.startsWith(`${metadata.ownerReferences[0].name}-`));
	});
});
