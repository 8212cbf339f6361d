import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { lifeAt, podUid } from '../../../source/demo/model/life.ts';
import { makeWorld } from '../../../source/demo/model/world.ts';

const origin = Date.UTC(2026, 5, 1, 12);
const world = makeWorld({ seed: 1, nodes: 12, pods: 140, origin });

const slotsOf = (name: string) => world.slots.filter((slot) => slot.workload.name === name);
const podsAt = (name: string, time: number) => slotsOf(name).flatMap((slot) => lifeAt(world, slot, time).pod ?? []);

describe('the life of a pod', () => {
	test('stays exactly as it is until the instant that was told', () => {
		for (const slot of world.slots) {
			for (let time = origin; time < origin + 900_000; time += 61_000) {
				const { pod, until } = lifeAt(world, slot, time);
				assert.ok(until > time);
				const last = Math.min(until, origin + 2_000_000) - 1;
				assert.deepEqual(lifeAt(world, slot, last).pod, pod);
			}
		}
	});

	test('is another one after it was replaced', () => {
		const first = podsAt('recommendations', origin);
		const later = podsAt('recommendations', origin + 720_000);
		const known = new Set(first.map(podUid));
		assert.ok(later.every((pod) => !known.has(podUid(pod))));
	});

	test('a rollout never has fewer ready pods than replicas', () => {
		for (let time = origin; time < origin + 800_000; time += 1000) {
			const ready = podsAt('recommendations', time).filter((pod) => !Number.isNaN(pod.readySince));
			assert.ok(ready.length >= 4, `${ready.length} ready after ${time - origin} ms`);
		}
	});

	test('a container that grows over its limit is killed again and again', () => {
		const seen = new Set<string>();
		let restarts = 0;
		for (let time = origin; time < origin + 800_000; time += 500) {
			const [container] = podsAt('parser', time)[0]?.containers ?? [];
			assert.ok(container);
			seen.add(container.state.kind === 'waiting' ? container.state.reason : container.state.kind);
			assert.ok(container.restarts >= restarts);
			restarts = container.restarts;
			if (container.last) assert.equal(container.last.reason, 'OOMKilled');
		}
		assert.deepEqual([...seen].sort(), ['CrashLoopBackOff', 'running', 'terminated']);
	});

	test('a scheduled job goes from pending to succeeded and is removed in the end', () => {
		const phases = new Set<string>();
		for (let time = origin; time < origin + 600_000; time += 500) {
			const pods = podsAt('settlement', time);
			assert.ok(pods.length >= 2 && pods.length <= 4, `${pods.length} pods`);
			for (const pod of pods) phases.add(pod.phase);
		}
		assert.deepEqual([...phases].sort(), ['Pending', 'Running', 'Succeeded']);
	});

	test('init containers run one after the other before the others, sidecars stay', () => {
		const [pod] = podsAt('checkout', origin);
		assert.deepEqual(
			pod?.containers.map((life) => [life.template.name, life.state.kind]),
			[
				['istio-proxy', 'running'],
				['checkout', 'running'],
			],
		);
		const [waiting] = podsAt('schema-registry', origin);
		assert.equal(waiting?.phase, 'Pending');
		assert.deepEqual(
			waiting?.containers.map((life) => life.state.kind),
			['running', 'waiting'],
		);
	});
});
