import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { lifeAt } from '../../../source/demo/model/life.ts';
import { makeWorld } from '../../../source/demo/model/world.ts';
import { Cluster } from '../../../source/demo/server/cluster.ts';
import type { Change, Entry } from '../../../source/demo/server/collection.ts';
import { storedResources } from '../../../source/demo/server/resources.ts';

const origin = Date.UTC(2026, 5, 1, 12);
const memory = { history: 600_000, snapshots: 300_000, reuse: 0 };

function make(pods = 140): Cluster {
	return new Cluster(makeWorld({ seed: 1, nodes: 12, pods, origin }), origin, [], memory);
}

function typeNamed(name: string) {
	const type = storedResources.find((each) => each.name === name);
	assert.ok(type);
	return type;
}

const contents = (entries: Iterable<Entry>): Map<string, string> =>
	new Map([...entries].map((entry) => [entry.key, JSON.stringify(entry.object())]));

describe('the stored objects', () => {
	for (const { name } of storedResources) {
		test(`of ${name}: what a watch tells adds up to what a list shows`, () => {
			const cluster = make();
			const collection = cluster.collection(typeNamed(name));
			const followed = contents(collection.snapshot(cluster.version, origin).entries);
			let version = cluster.version;
			collection.listen(({ type, entry, version: next }: Change) => {
				assert.ok(next > version, 'versions grow');
				version = next;
				assert.equal(entry.object().metadata.resourceVersion, String(next));
				assert.equal(followed.has(entry.key), type !== 'ADDED');
				if (type === 'DELETED') followed.delete(entry.key);
				else followed.set(entry.key, JSON.stringify(entry.object()));
			});
			for (let time = origin; time < origin + 900_000; time += 13_000) cluster.advance(time);
			assert.deepEqual(followed, contents(collection.snapshot(cluster.version, origin + 900_000).entries));
		});
	}

	test('of pods change a few times a minute, and all kinds of changes come', () => {
		const cluster = make();
		const seen = { ADDED: 0, MODIFIED: 0, DELETED: 0 };
		cluster.collection(typeNamed('pods')).listen(({ type }) => seen[type]++);
		cluster.advance(origin + 600_000);
		assert.ok(seen.ADDED >= 8 && seen.DELETED >= 8 && seen.MODIFIED >= 40, JSON.stringify(seen));
	});

	test('are in the order of etcd', () => {
		const cluster = make();
		const keys = cluster
			.collection(typeNamed('pods'))
			.snapshot(cluster.version, origin)
			.entries.map(({ key }) => key);
		assert.deepEqual(keys, [...keys].sort());
	});

	test('forget old changes, and say from when on', () => {
		const cluster = make();
		const pods = cluster.collection(typeNamed('pods'));
		const begin = cluster.version;
		cluster.advance(origin + 300_000);
		assert.ok((pods.changesSince(begin)?.length ?? 0) > 0);
		cluster.advance(origin + 2_000_000);
		assert.equal(pods.changesSince(begin), undefined);
		assert.ok(pods.oldest > begin);
		assert.deepEqual(pods.changesSince(cluster.version), []);
	});

	for (const pods of [140, 4_200]) {
		test(`of ${pods} pods that are replaced: each goes, and another comes that starts anew`, () => {
			const cluster = make(pods);
			const collection = cluster.collection(typeNamed('pods'));
			const told: string[] = [];
			const uids = new Map<string, string>();
			collection.listen(({ entry, type }) => {
				const { metadata, status } = entry.object() as unknown as {
					metadata: { uid: string };
					status: { phase: string };
				};
				told.push(`${type} ${status.phase}`);
				uids.set(type, metadata.uid);
			});
			const slots = cluster.world.slots.filter(({ workload }) => workload.kind === 'Deployment');
			const slot = slots.find((each) => cluster.touch(each, origin + 1_000, 'replace'));
			assert.ok(slot);
			assert.deepEqual(told, ['DELETED Running', 'ADDED Pending']);
			assert.notEqual(uids.get('ADDED'), uids.get('DELETED'));
			const name = cluster.podOf(slot)?.name;
			cluster.advance(origin + 300_000);
			assert.equal(cluster.podOf(slot)?.name, name);
			assert.equal(cluster.podOf(slot)?.phase, 'Running');
			assert.equal(cluster.podOf(slot)?.createdAt, origin + 1_000);
			// Nor is it what it was before that: the past is asked about by metrics-server.
			assert.notEqual(lifeAt(cluster.world, slot, origin).pod?.name, name);
		});
	}

	test('a snapshot stays as it was', () => {
		const cluster = make();
		const snapshot = cluster.collection(typeNamed('pods')).snapshot(cluster.version, origin);
		const before = contents(snapshot.entries);
		cluster.advance(origin + 200_000);
		assert.deepEqual(contents(snapshot.entries), before);
		assert.equal(cluster.collection(typeNamed('pods')).snapshotAt(snapshot.version), snapshot);
	});

	test('a large cluster shows the same pods as their world has, without keeping them', () => {
		const cluster = make(6000);
		assert.ok(cluster.world.large);
		const { entries } = cluster.collection(typeNamed('pods')).snapshot(cluster.version, origin);
		assert.ok(Math.abs(entries.length - 6000) < 40, String(entries.length));
		for (const entry of entries) assert.equal(entry.object().metadata.name, entry.name);
	});
});
