import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { Fleet } from '../../../source/model/fleet/fleet.ts';
import { MetricsPoller, nextInterval } from '../../../source/monitor/follow/poll-metrics.ts';
import { Precedence } from '../../../source/monitor/follow/precedence.ts';
import { nodeRecord, podRecord } from '../../model/fleet/records.ts';
import { type Answer, FakeClient, refusal, until } from './fake-client.ts';

const group = (...versions: string[]): Answer => ({
	json: {
		kind: 'APIGroup',
		apiVersion: 'v1',
		name: 'metrics.k8s.io',
		versions: versions.map((version) => ({ groupVersion: `metrics.k8s.io/${version}`, version })),
		preferredVersion: { groupVersion: `metrics.k8s.io/${versions[0]}`, version: versions[0] },
	},
});

const nodes = (second: number): Answer => ({
	json: {
		kind: 'NodeMetricsList',
		metadata: {},
		items: [
			{
				metadata: { name: 'n1' },
				timestamp: `2026-01-01T00:00:${String(second).padStart(2, '0')}Z`,
				window: '15s',
				usage: { cpu: '100m', memory: '1Mi' },
			},
		],
	},
});

const pods = (second: number): Answer => ({
	json: {
		kind: 'PodMetricsList',
		metadata: {},
		items: [
			{
				metadata: { name: 'a', namespace: 'web' },
				timestamp: `2026-01-01T00:00:${String(second).padStart(2, '0')}Z`,
				window: '15s',
				containers: [{ name: 'app', usage: { cpu: '5m', memory: '2Mi' } }],
			},
		],
	},
});

function poll(t: TestContext, answer: (path: string, count: number) => Answer, namespace: string | null = null) {
	const client = new FakeClient(({ path }, count) => answer(path, count));
	const fleet = new Fleet();
	fleet.putNode(nodeRecord('n1'), 1);
	fleet.putPod(podRecord('web', 'a'), 1);
	const poller = new MetricsPoller({
		client,
		fleet,
		refresh: 1_000,
		scope: () => ({ namespace, labelSelector: '' }),
		joinable: () => 'listed',
		podsKnown: async () => {},
		nodesKnown: async () => {},
		changed: () => {},
		ranking: new Precedence(),
	});
	t.after(() => poller.stop());
	void poller.run();
	const count = (end: string) => client.asked.filter(({ path }) => path.endsWith(end)).length;
	return { client, count, fleet, poller };
}

describe('the interval between two polls', () => {
	test('doubles while they take longer than it, and comes back when they do not', () => {
		const took = [20_000, 40_000, 20_000, 5_000, 5_000, 1_000, 1_000];
		let interval = 15_000;
		const intervals = took.map((time) => {
			interval = nextInterval(interval, time, 15_000);
			return interval / 1_000;
		});
		assert.deepEqual(intervals, [30, 60, 60, 30, 15, 15, 15]);
	});
});

describe('polling the metrics', () => {
	test('asks v1 where the server has it', async (t) => {
		const { client, poller } = poll(t, (path) => {
			if (path === '/apis/metrics.k8s.io') {
				return group('v1beta1', 'v1');
			}
			return path.endsWith('nodes') ? nodes(1) : pods(1);
		});
		await until(() => poller.polls > 0, 'a poll');
		assert.ok(client.asked.some(({ path }) => path === '/apis/metrics.k8s.io/v1/pods'));
	});

	test('asks for the pods before it is known which versions the group has, and once if it was right', async (t) => {
		const { client, count, fleet, poller } = poll(t, (path) => {
			if (path === '/apis/metrics.k8s.io') {
				return group('v1beta1');
			}
			return path.endsWith('nodes') ? nodes(1) : pods(1);
		});
		assert.deepEqual(
			client.asked.map(({ path }) => path),
			['/apis/metrics.k8s.io/v1beta1/pods', '/apis/metrics.k8s.io'],
		);
		await until(() => poller.polls > 0, 'a poll');
		assert.equal(count('/pods'), 1);
		assert.equal(fleet.pods.cpu.get(fleet.pods.find('web', 'a')), 5_000_000);
	});

	test('takes no answer of a version that it only guessed', async (t) => {
		const { count, fleet, poller } = poll(t, (path) => {
			if (path === '/apis/metrics.k8s.io') {
				return group('v1beta1', 'v1');
			}
			return path.endsWith('nodes') ? nodes(1) : pods(path.includes('/v1/') ? 1 : 16);
		});
		await until(() => poller.polls > 0, 'a poll');
		assert.equal(count('/v1beta1/pods'), 1);
		assert.equal(count('/v1/pods'), 1);
		assert.equal(poller.pods.newest, Date.parse('2026-01-01T00:00:01Z'));
		assert.equal(fleet.containerHistory.length, 1);
	});

	test('skips the pods while no timestamp of the nodes has moved, and keeps their samples current', async (t) => {
		const { count, fleet, poller } = poll(t, (path, asked) => {
			if (path === '/apis/metrics.k8s.io') {
				return group('v1beta1');
			}
			return path.endsWith('nodes') ? nodes(asked < 2 ? 1 : 16) : pods(asked < 1 ? 1 : 16);
		});
		await until(() => poller.polls === 2, 'two polls');
		assert.equal(count('nodes'), 2);
		assert.equal(count('/pods'), 1);
		assert.equal(fleet.containerHistory.length, 1);
		await until(() => poller.polls === 3, 'the poll after the timestamp moved');
		assert.equal(count('/pods'), 2);
		assert.equal(fleet.containerHistory.length, 2);
		const slot = fleet.pods.find('web', 'a');
		assert.equal(fleet.pods.cpu.get(slot), 5_000_000);
		assert.equal(fleet.pods.sampledIn.get(slot), fleet.podPoll);
	});

	test('knows which pods could be in the newest answer', async (t) => {
		const { client, fleet, poller } = poll(t, (path, asked) => {
			if (path === '/apis/metrics.k8s.io') {
				return group('v1beta1');
			}
			return path.endsWith('nodes') ? nodes(asked < 2 ? 1 : 16) : pods(1);
		});
		await until(() => poller.polls === 1, 'a poll');
		const [before, { now }] = [poller.pods.asOf.time, client];
		assert.ok(before <= now && poller.nodes.asOf.time <= now, `${before}`);
		const late = fleet.pods.slots;
		fleet.putPod(podRecord('web', 'late'), 1);
		client.now += 60_000;
		assert.ok(late.isNewer(1, poller.pods.asOf.rows));
		await until(() => poller.polls === 2, 'a poll by which no sample is new');
		assert.ok(!late.isNewer(1, poller.pods.asOf.rows));
		assert.ok(poller.pods.asOf.time > now);
		poller.followOthers();
		assert.ok(late.isNewer(1, poller.pods.asOf.rows));
		await until(() => poller.polls === 3, 'an answer about these');
		assert.ok(!late.isNewer(1, poller.pods.asOf.rows));
	});

	test('asks the pods of one namespace, every time, when the nodes are forbidden', async (t) => {
		const { client, count, poller } = poll(
			t,
			(path) => {
				if (path === '/apis/metrics.k8s.io') {
					return group('v1beta1');
				}
				return path.endsWith('nodes') ? refusal(403) : pods(1);
			},
			'web',
		);
		await until(() => poller.polls === 2, 'two polls');
		assert.equal(count('namespaces/web/pods'), 2);
		assert.equal(poller.nodes.answer, 'metrics-forbidden');
		assert.equal(poller.pods.answer, 'answering');
		assert.ok(client.asked.every(({ path }) => !path.endsWith('v1beta1/pods')));
	});

	test('does not remember for longer than one refresh that there is no metrics API', async (t) => {
		const { poller } = poll(t, (path, count) => {
			if (path === '/apis/metrics.k8s.io') {
				return count === 0 ? refusal(404) : group('v1beta1');
			}
			return path.endsWith('nodes') ? nodes(1) : pods(1);
		});
		await until(() => poller.polls === 1, 'the first poll');
		assert.equal(poller.pods.answer, 'api-group-absent');
		await until(() => poller.pods.answer === 'answering', 'the second poll');
	});

	for (const [status, answer] of [
		[503, 'apiservice-unavailable'],
		[403, 'metrics-forbidden'],
		[500, 'metrics-unreachable'],
	] as const) {
		test(`calls ${status} ${answer}, and empties nothing that it knew`, async (t) => {
			const { fleet, poller } = poll(t, (path, count) => {
				if (path === '/apis/metrics.k8s.io') {
					return group('v1beta1');
				}
				if (count > 0) {
					return refusal(status);
				}
				return path.endsWith('nodes') ? nodes(1) : pods(1);
			});
			await until(() => poller.polls === 2, 'two polls');
			assert.equal(poller.nodes.answer, answer);
			assert.equal(fleet.pods.cpu.get(fleet.pods.find('web', 'a')), 5_000_000);
		});
	}
});
