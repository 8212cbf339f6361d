import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { Fleet } from '../../../source/model/fleet/fleet.ts';
import { followedPods } from '../../../source/monitor/follow/fleet-feeds.ts';
import { Follower } from '../../../source/monitor/follow/follow.ts';
import { type Answer, FakeClient, refusal, unreachable, until } from './fake-client.ts';

const scope = { namespace: null, labelSelector: 'app=web', fieldSelector: '' };

const pod = (name: string, resourceVersion: string) => ({
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: { name, namespace: 'web', uid: `uid-${name}`, resourceVersion, creationTimestamp: '2026-01-01T00:00:00Z' },
	spec: { containers: [{ name: 'app' }] },
	status: { phase: 'Running' },
});

const list = (resourceVersion: string, ...names: string[]): Answer => ({
	json: {
		apiVersion: 'v1',
		kind: 'PodList',
		metadata: { resourceVersion },
		items: names.map((name) => pod(name, resourceVersion)),
	},
});

const event = (type: string, name: string, resourceVersion: string) => ({ type, object: pod(name, resourceVersion) });

const expired = {
	type: 'ERROR',
	object: { apiVersion: 'v1', kind: 'Status', status: 'Failure', message: 'too old', reason: 'Expired', code: 410 },
};

function follow(t: TestContext, answer: (isWatch: boolean, count: number) => Answer) {
	const client = new FakeClient(({ query }, count) => answer(query['watch'] !== undefined, count));
	const fleet = new Fleet();
	const follower = new Follower(client, followedPods(fleet, scope), () => {});
	t.after(() => follower.stop());
	void follower.run();
	const names = () =>
		Array.from(fleet.pods.slots.all(), (slot) => fleet.pods.name.get(slot)).sort((a, b) => (a < b ? -1 : 1));
	return { client, fleet, follower, names };
}

describe('following a resource', () => {
	test('lists, then watches from where the list ended, and applies what changes', async (t) => {
		const { client, names } = follow(t, (isWatch) =>
			isWatch ? { events: [event('ADDED', 'b', '11'), event('DELETED', 'a', '12')], open: true } : list('10', 'a'),
		);
		await until(() => names().join() === 'b', 'the watch to be applied');
		const [first, second] = client.asked;
		assert.equal(first?.query['labelSelector'], 'app=web');
		assert.equal(second?.query['resourceVersion'], '10');
		assert.equal(second?.query['allowWatchBookmarks'], 'true');
	});

	test('resumes a watch that ended at the last event or bookmark, without a new list', async (t) => {
		const bookmark = { type: 'BOOKMARK', object: { kind: 'Pod', metadata: { resourceVersion: '50' } } };
		const { client } = follow(t, (isWatch, count) => {
			if (!isWatch) {
				return list('10', 'a');
			}
			return count === 0 ? { events: [event('MODIFIED', 'a', '20'), bookmark] } : { events: [], open: true };
		});
		await until(() => client.asked.length >= 3, 'the second watch');
		assert.equal(client.asked[2]?.query['resourceVersion'], '50');
	});

	test('lists again when its past is gone, and drops what the new list does not name', async (t) => {
		const { client, names } = follow(t, (isWatch, count) => {
			if (isWatch) {
				return count === 0 ? { events: [expired] } : { events: [], open: true };
			}
			return count === 0 ? list('10', 'a', 'b') : list('30', 'b', 'c');
		});
		await until(() => names().join() === 'b,c', 'the second list');
		await until(() => client.asked.length >= 4, 'the second watch');
		assert.equal(client.asked[3]?.query['resourceVersion'], '30');
	});

	test('keeps what it knows while the server is away, and goes on when it is back', async (t) => {
		const { follower, names } = follow(t, (isWatch, count) => {
			if (!isWatch) {
				return list('10', 'a');
			}
			return count === 0 ? unreachable : { events: [event('ADDED', 'b', '11')], open: true };
		});
		await until(() => follower.state.error !== null, 'the error');
		assert.equal(names().join(), 'a');
		assert.equal(follower.state.loaded, true);
		await until(() => names().join() === 'a,b', 'the watch to go on');
		assert.equal(follower.state.error, null);
	});

	test('is well again as soon as a watch stands, before anything is said on it', async (t) => {
		const { follower } = follow(t, (isWatch, count) => {
			if (!isWatch) {
				return list('10', 'a');
			}
			return count === 0 ? unreachable : { events: [], open: true };
		});
		await until(() => follower.state.error !== null, 'the error');
		await until(() => follower.state.error === null, 'the silent watch');
		assert.equal(follower.state.phase, 'watching');
	});

	test('takes back that watches are refused once one is granted', async (t) => {
		const { follower } = follow(t, (isWatch, count) => {
			if (!isWatch) {
				return list('10', 'a');
			}
			return count === 0 ? refusal(403) : { events: [], open: true };
		});
		await until(() => follower.state.watchRefused && follower.state.phase === 'waiting', 'the refusal');
		follower.wake();
		await until(() => !follower.state.watchRefused, 'the watch that was granted');
	});

	test('says that it is forbidden, and tries again only when woken', async (t) => {
		const { client, follower } = follow(t, (_, count) => (count === 0 ? refusal(403) : list('10', 'a')));
		await until(() => follower.state.phase === 'waiting', 'the refusal');
		assert.equal(follower.state.error?.status, 403);
		assert.equal(follower.state.loaded, false);
		assert.equal(client.asked.length, 1);
		follower.wake();
		await until(() => follower.state.loaded, 'the list after the role was granted');
	});

	test('lists only, and says so, where watching is not allowed', async (t) => {
		const { follower, names } = follow(t, (isWatch) => (isWatch ? refusal(403) : list('10', 'a')));
		await until(() => follower.state.watchRefused && follower.state.phase === 'waiting', 'the refusal');
		assert.equal(follower.state.error, null);
		assert.equal(names().join(), 'a');
	});

	test('does not ask in a tight loop a server that ends every watch at once', async (t) => {
		const { client } = follow(t, (isWatch) => (isWatch ? { events: [] } : list('10', 'a')));
		await until(() => client.asked.length >= 3, 'a second watch');
		const asked = client.asked.length;
		await new Promise((resolve) => setTimeout(resolve, 300));
		assert.ok(client.asked.length - asked <= 1, `${client.asked.length - asked} more watches`);
	});

	test('survives an answer that is no list, and says what it got', async (t) => {
		const { follower } = follow(t, () => ({ json: { kind: 'Banana' } }));
		await until(() => follower.state.error !== null, 'the error');
		assert.equal(follower.state.error?.kind, 'protocol');
		assert.match(follower.state.error?.message ?? '', /pods/);
	});
});
