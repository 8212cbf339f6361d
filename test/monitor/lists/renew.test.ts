import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { Fleet } from '../../../source/model/fleet/fleet.ts';
import { ListEngine } from '../../../source/monitor/lists/list.ts';
import { PodList } from '../../../source/monitor/lists/pods.ts';
import type { ListQuery } from '../../../source/monitor/messages.ts';
import { podRecord } from '../../model/fleet/records.ts';

const context = {
	serverTime: 20_000,
	refresh: 15_000,
	podMetrics: 'answering' as const,
	nodeMetrics: 'answering' as const,
	podsAsOf: { time: 20_000, rows: 1_000 },
	nodesAsOf: { time: 20_000, rows: 1_000 },
	window: 15_000,
};

const happening = fc.record({
	what: fc.constantFrom('comes', 'comes', 'goes', 'finishes', 'is sampled', 'is asked', 'is asked'),
	name: fc.nat(30),
	uid: fc.nat(2),
	cpu: fc.nat(3),
});

function query(column: string, descending: boolean, scope: ListQuery['scope']): ListQuery {
	return {
		list: 'pods',
		sequence: 1,
		scope,
		filter: '',
		sort: { column, descending },
		anchor: null,
		offset: 0,
		count: 100,
	};
}

/** One engine that is asked again and again, and sees a fleet change; what it says at the end, and a new one beside it. */
function askBoth(happenings: readonly (typeof happening extends fc.Arbitrary<infer Kind> ? Kind : never)[]): void {
	const fleet = new Fleet();
	const list = () =>
		new PodList(
			fleet,
			() => context,
			() => null,
		);
	const engine = new ListEngine(list());
	const queries = [
		query('cpu', true, {}),
		query('cpu', false, { namespace: 'web' }),
		query('memory', false, {}),
		query('age', true, {}),
		query('name', true, {}),
	];
	for (const { cpu, name, uid, what } of happenings) {
		const namespace = name % 3 === 0 ? 'shop' : 'web';
		const record = podRecord(namespace, `pod-${name}`, {
			uid: `${uid}-${name}`,
			createdAt: (name % 4) * 1000,
			phase: what === 'finishes' ? 'Succeeded' : 'Running',
		});
		switch (what) {
			case 'goes':
				fleet.removePod(record);
				break;
			case 'is sampled': {
				const containers = [{ name: 'app', cpu, memory: cpu, swap: Number.NaN }];
				fleet.samplePod({ namespace, name: record.name, timestamp: 15_000, window: 15_000, containers }, 1);
				break;
			}
			case 'is asked':
				for (const one of queries) {
					engine.window(one, fleet.epoch);
				}
				break;
			default:
				fleet.putPod(record, 1);
		}
	}
	for (const one of queries) {
		const names = (from: ListEngine<{ uid: string }, string>) =>
			from.window(one, fleet.epoch).rows.map(({ uid }) => uid);
		assert.deepEqual(names(engine), names(new ListEngine(list())), JSON.stringify(one.sort));
	}
}

describe('an order that is renewed where rows came and went', () => {
	test('is the one that sorting all of them makes', () => {
		fc.assert(
			fc.property(fc.array(happening, { minLength: 20, maxLength: 120, size: 'max' }), (happenings) => {
				askBoth(happenings);
			}),
			{ numRuns: 200 },
		);
	});

	/** An engine over 5,000 pods by CPU, and how many numbers it has read. */
	function counted() {
		const fleet = new Fleet();
		for (let index = 0; index < 5000; index++) {
			fleet.putPod(podRecord('web', `pod-${index}`), 1);
		}
		const list = new PodList(
			fleet,
			() => context,
			() => null,
		);
		const read = { numbers: 0 };
		const { keys } = list;
		list.keys = () => {
			const all = keys.call(list);
			const { cpu } = all;
			assert.ok('numbers' in cpu);
			const { numbers } = cpu;
			return {
				...all,
				cpu: {
					numbers: (slot) => {
						read.numbers++;
						return numbers(slot);
					},
				},
			};
		};
		const engine = new ListEngine(list);
		engine.window(query('cpu', true, {}), fleet.epoch);
		assert.ok(read.numbers >= 5000);
		read.numbers = 0;
		return { engine, fleet, read };
	}

	test('reads no number of a row that stayed, but where a newcomer is to be placed', () => {
		const { engine, fleet, read } = counted();
		fleet.putPod(podRecord('web', 'pod-new'), 1);
		fleet.removePod(podRecord('web', 'pod-7'));
		assert.equal(engine.window(query('cpu', true, {}), fleet.epoch).total, 5000);
		assert.ok(read.numbers < 100, `${read.numbers} numbers were read`);
	});

	test('is not waited for by a filter: its first rows are those that are still there in the order of before', () => {
		const { engine, fleet, read } = counted();
		const filtered = { ...query('cpu', true, {}), filter: 'pod-1' };
		fleet.removePod(podRecord('web', 'pod-10'));
		// Into the place that has become free.
		fleet.putPod(podRecord('web', 'pod-1-new'), 1);
		const ask = (isFirst: boolean) => {
			const { following, rows } = engine.window(filtered, fleet.epoch, isFirst);
			return { following, names: rows.map(({ name }) => name) };
		};
		const first = ask(true);
		assert.equal(read.numbers, 0);
		assert.equal(first.following, true);
		assert.deepEqual(first.names.slice(0, 3), ['pod-1', 'pod-100', 'pod-1000']);
		assert.ok(!first.names.includes('pod-1-new'));
		const whole = ask(false);
		assert.equal(whole.following, false);
		assert.deepEqual(whole.names.slice(0, 3), ['pod-1', 'pod-1-new', 'pod-100']);
	});
});
