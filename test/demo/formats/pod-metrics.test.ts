import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { podMetricsObject } from '../../../source/demo/formats/metrics.ts';
import { encodeItems, encodeMessage } from '../../../source/demo/formats/protobuf/encode.ts';
import { PodMetricsEncoder } from '../../../source/demo/formats/protobuf/pod-metrics.ts';
import { messageType } from '../../../source/demo/formats/protobuf/schema.ts';
import { KnownLives } from '../../../source/demo/model/known-lives.ts';
import { cycleAt, slotUsage } from '../../../source/demo/model/metrics-server.ts';
import { makeWorld } from '../../../source/demo/model/world.ts';

const origin = Date.UTC(2026, 5, 1, 12);
const world = makeWorld({ seed: 1, nodes: 12, pods: 140, origin });
const lives = new KnownLives(world);
const type = messageType('PodMetrics') ?? assert.fail();

function usagesAt(time: number) {
	return world.slots.flatMap((slot) => {
		const pod = lives.at(slot, time);
		return (pod && slotUsage(world, slot, pod, cycleAt(time), {}, lives)) ?? [];
	});
}

describe('PodMetrics in protobuf, without an object', () => {
	test('has the same bytes as its object, sample after sample', () => {
		const encoder = new PodMetricsEncoder();
		let compared = 0;
		for (let time = origin; time < origin + 600_000; time += 15_000) {
			for (const usage of usagesAt(time)) {
				assert.deepEqual(encoder.encode(usage, time), encodeMessage(type, podMetricsObject(usage, time)));
				compared++;
			}
		}
		assert.ok(compared > 2000, `only ${compared}`);
	});

	test('stands in a list beside objects', () => {
		const [first, second] = usagesAt(origin);
		assert.ok(first && second);
		const objects = [podMetricsObject(first, origin), podMetricsObject(second, origin)];
		const encoded = new PodMetricsEncoder().encode(second, origin);
		assert.deepEqual(encodeItems(type, [objects[0] ?? {}, encoded]), encodeItems(type, objects));
	});
});
