import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KnownLives } from '../../../source/demo/model/known-lives.ts';
import { lifeAt } from '../../../source/demo/model/life.ts';
import { makeWorld } from '../../../source/demo/model/world.ts';

const origin = Date.UTC(2026, 5, 1, 12);
const world = makeWorld({ seed: 1, nodes: 12, pods: 140, origin });

test('a pod that is remembered is the pod that is there, forwards and backwards in time', () => {
	const lives = new KnownLives(world);
	let changes = 0;
	let same = 0;
	for (const step of [0, 1, 2, 3, 9, 40, 39, 38, 2, 1, 80]) {
		const time = origin + step * 15_000;
		for (const slot of world.slots) {
			const pod = lives.at(slot, time);
			assert.deepEqual(pod, lifeAt(world, slot, time).pod);
			if (lives.at(slot, time + 1) === pod) same++;
			else changes++;
		}
	}
	assert.ok(same > 0, 'none was remembered');
	assert.ok(changes < same / 10, 'hardly any was remembered');
});

test('a pod that is made again is another from then on, whenever one looks', () => {
	const lives = new KnownLives(world);
	const slot = world.slots.find(({ workload, node }) => node && workload.comings.kind === 'stay') ?? assert.fail();
	const [before, then, after] = [origin, origin + 30_000, origin + 60_000];
	const first = lives.at(slot, after)?.name;
	slot.renewals = [then];
	for (const time of [after, before, then, after, before]) {
		assert.deepEqual(lives.at(slot, time), lifeAt(world, slot, time).pod);
	}
	assert.ok(first);
	assert.notEqual(lives.at(slot, after)?.name, first);
	assert.equal(lives.at(slot, before)?.name, first);
});
