import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Fleet } from '../../../source/model/fleet/fleet.ts';
import { ContainerList } from '../../../source/monitor/lists/containers.ts';
import { PodList } from '../../../source/monitor/lists/pods.ts';
import type { ListTable } from '../../../source/monitor/lists/table.ts';
import type { UsageContext } from '../../../source/monitor/usage.ts';
import { containerRecord, podRecord } from '../../model/fleet/records.ts';

const context: UsageContext = {
	serverTime: 0,
	refresh: 15_000,
	podMetrics: 'answering',
	nodeMetrics: 'answering',
	podsAsOf: { time: 0, rows: 1_000 },
	nodesAsOf: { time: 0, rows: 1_000 },
	window: 15_000,
};

function lists(fleet: Fleet) {
	const pods = new PodList(
		fleet,
		() => context,
		() => null,
	);
	return { pods, containers: new ContainerList(fleet, () => context, pods) };
}

/** Both ways of a search say the same of every row as its text does. */
function agrees<Row, Column extends string>(list: ListTable<Row, Column>, word: string): number {
	const pattern = new RegExp(word, 'i');
	const oneByOne = list.searcher?.(pattern);
	const atOnce = list.searcher?.(pattern);
	atOnce?.atOnce();
	let matches = 0;
	for (const slot of list.slots({})) {
		const expected = pattern.test(list.text(slot));
		matches += Number(expected);
		assert.equal(oneByOne?.holds(slot), expected, `${word} in ${list.text(slot)}`);
		assert.equal(atOnce?.holds(slot), expected, `${word} in ${list.text(slot)}, at once`);
	}
	return matches;
}

describe('a search for a word', () => {
	test('finds it in names and in words that rows share, in any case, also after pods were replaced', () => {
		const fleet = new Fleet();
		const words = ['web', 'job', 'api', 'cache'];
		for (let index = 0; index < 60; index++) {
			const word = words[index % words.length] ?? '';
			const container = containerRecord(index % 3 === 0 ? 'Proxy' : 'app', { image: `registry/${word}:1` });
			const record = podRecord(`team-${index % 5}`, `${word}-${index}`, {
				node: `node-${index % 7}`,
				owner: `ReplicaSet/${word}`,
				containers: [container],
			});
			fleet.putPod(record, 1);
			if (index % 4 === 1) {
				fleet.removePod(record);
			}
		}
		const { containers, pods } = lists(fleet);
		for (const list of [pods, containers]) {
			for (const word of [
				'web',
				'WEB',
				'team-3',
				'node-6',
				'replica',
				'proxy',
				'7',
				'b',
				'W',
				'-',
				'running',
				'registry',
			]) {
				agrees(list as ListTable<unknown, string>, word);
			}
			assert.equal(agrees(list as ListTable<unknown, string>, 'job-'), 0);
			assert.equal(agrees(list as ListTable<unknown, string>, 'nowhere'), 0);
		}
		assert.ok(agrees(pods as ListTable<unknown, string>, 'REPLICA') > 0);
	});

	test('finds it also among names with capitals', () => {
		const fleet = new Fleet();
		fleet.putPod(podRecord('a', 'User@1000.service'), 1);
		fleet.putPod(podRecord('a', 'überall'), 1);
		const { pods } = lists(fleet);
		assert.equal(agrees(pods as ListTable<unknown, string>, 'user'), 1);
		assert.equal(agrees(pods as ListTable<unknown, string>, 'berall'), 1);
	});
});
