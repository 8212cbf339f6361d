import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { serveDemo } from '../../../source/demo/serve.ts';
import { ask } from '../ask.ts';

interface Sample {
	metadata: { name: string; creationTimestamp: string };
	timestamp: string;
}

/** As many pods as make a cluster whose answers are kept. */
const large = { nodes: 150, pods: 4500, insecure: true };
/** Samples come every half second. */
const clockSpeed = 30;

describe('samples that are made before they are due', () => {
	test('are answered when they are due, and say what those say that are made then', async () => {
		const demo = await serveDemo({ ...large, clockSpeed, samplesAhead: 3 });
		try {
			const newest = async () => {
				const question = { headers: { 'accept-encoding': 'gzip' } };
				const { json } = await ask(`${demo.url}/apis/metrics.k8s.io/v1beta1/pods`, question);
				const items = json.items as readonly Sample[];
				return { count: items.length, times: items.map(({ timestamp }) => Date.parse(timestamp)), items };
			};
			const first = await newest();
			assert.ok(first.count > 4000);
			const latest = Math.max(...first.times);
			const after = new Map<number, Awaited<ReturnType<typeof newest>>>();
			for (let asked = 0; after.size < 3 && asked < 200; asked++) {
				const next = await newest();
				const cycles = Math.round((Math.max(...next.times) - latest) / 15_000);
				if (cycles > 0) {
					after.set(cycles, next);
				}
				await sleep(50);
			}
			assert.equal(after.size, 3);
			for (const { count, items } of after.values()) {
				assert.ok(Math.abs(count - first.count) < 100, `${count} pods, and ${first.count} before`);
				for (const { metadata, timestamp } of items) {
					assert.ok(metadata.creationTimestamp >= timestamp, `${metadata.name} was measured after it was told`);
				}
			}
		} finally {
			await demo.close();
		}
	});
});
