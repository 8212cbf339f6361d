import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Fleet } from '../../../source/model/fleet/fleet.ts';
import { followedPods } from '../../../source/monitor/follow/fleet-feeds.ts';
import { podRecord } from '../../model/fleet/records.ts';

const all = 3_000;
const pageSize = 500;

describe('the pods of a list in pages', () => {
	test('get the room that the list needs once, however many samples told of them before', () => {
		const fleet = new Fleet();
		const feed = followedPods(fleet, { namespace: null, labelSelector: '', fieldSelector: '' });
		const containers = [{ name: 'app', cpu: 1, memory: 1, swap: Number.NaN }];
		feed.listStarts();
		for (let listed = 0; listed < all; listed += pageSize) {
			for (let index = listed; index < listed + pageSize; index++) {
				feed.put(podRecord('a', `web-${index}`));
			}
			feed.pageEnds(all - listed - pageSize);
			if (listed === 0) {
				for (let index = 0; index < all; index++) {
					fleet.samplePod({ namespace: 'a', name: `web-${index}`, timestamp: 1, window: 1, containers }, 1, true);
				}
			}
		}
		feed.listEnds();
		assert.equal(fleet.pods.slots.count, all);
		assert.ok(fleet.pods.slots.live.length < all * 1.2, `room for ${fleet.pods.slots.live.length} pods`);
		assert.ok(fleet.containers.slots.live.length < all * 1.2, `${fleet.containers.slots.live.length} containers`);
	});
});
