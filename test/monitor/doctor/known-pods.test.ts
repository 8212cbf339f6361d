import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { serveDemo } from '../../../source/demo/serve.ts';
import { causes } from '../../../source/diagnose/causes.ts';
import { type Examination, examine } from '../../../source/diagnose/examine.ts';
import type { AnyProbe } from '../../../source/diagnose/probe.ts';
import { probes } from '../../../source/diagnose/probes.ts';
import { connect } from '../../../source/kube/connect.ts';
import { Fleet } from '../../../source/model/fleet/fleet.ts';
import { probesKnowing } from '../../../source/monitor/doctor/examination.ts';
import { type FollowedPods, knownPods } from '../../../source/monitor/doctor/known-pods.ts';
import { ClusterFollower } from '../../../source/monitor/follow/cluster-follower.ts';
import { podRecord } from '../../model/fleet/records.ts';
import { until } from '../follow/fake-client.ts';

/** Faults by which something has no sample, or one that tells something. */
const faults = [
	[],
	['node-row-unknown'],
	['node-not-ready'],
	['kubelet-conn-refused-10250'],
	['kubelet-parse-error'],
	['node-cpu-zero'],
	['pods-missing-cri-stats'],
	['runtime-docker-old'],
	['usage-decreased'],
	['virtual-kubelet'],
	['cpu-over-100-percent'],
	['metric-timestamp-stale'],
	['metrics-empty'],
	['ms-just-started'],
	['pod-too-young'],
	['one-container-lacks-sample'],
	['container-rate-skipped'],
	['stale-sample'],
	['container-restarting'],
	['idle-container-zero-cpu'],
	['node-extra-row'],
	['metrics-vanish-after-failed-scrape'],
	['ms-duplicate-deployments'],
	['namespace-only'],
	['rbac-metrics-nodes'],
	['rbac-core-nodes'],
	['rbac-metrics-nodes', 'stale-sample'],
	['rbac-metrics-nodes', 'pods-missing-cri-stats'],
] as const;

const said = ({ diagnoses }: Examination): unknown =>
	diagnoses.map(({ candidates, certainty, facts, id, severity, subjects }) => {
		// What is counted in seconds goes on between the two.
		const { age: _age, seconds: _seconds, ...rest } = facts;
		return { id, severity, certainty, candidates, subjects: subjects.toSorted(), facts: rest };
	});

async function followed(t: TestContext, named: readonly string[]) {
	const demo = await serveDemo({ freezeClock: true, nodes: 12, pods: 200, faults: named });
	const requests: string[] = [];
	const client = await connect({ kubeconfig: demo.kubeconfig }, {}, { debug: (line) => requests.push(line) });
	const follower = new ClusterFollower({
		client,
		namespace: null,
		labelSelector: '',
		fieldSelector: '',
		refresh: 600_000,
		findMachine: async () => undefined,
		changed: () => {},
		connection: null,
	});
	t.after(async () => {
		follower.stop();
		await demo.close();
	});
	follower.start();
	const isRead = () => follower.polls > 0 && follower.pods.state.loaded && follower.metrics.pods.asOf.time > 0;
	await until(isRead, 'the pods and their samples');
	// The clock stands still: the first answer is about all that there are.
	const asOf = { ...follower.metrics.pods.asOf, rows: Number.POSITIVE_INFINITY };
	const nodesSampled = ['answering', 'metrics-empty'].includes(follower.metrics.nodes.answer);
	const { namespace } = follower.scope;
	const known = probesKnowing(
		() => ({ fleet: follower.fleet, namespace, version: 'v1beta1', asOf, nodesSampled }),
		false,
	);
	const run = (by: readonly AnyProbe[]) =>
		examine({
			// The clock stands still, so that both see the same; it is no finding here that ours does not.
			probes: by.filter(({ id }) => id !== 'clock'),
			causes,
			patient: { kind: 'cluster' },
			namespace,
			timeLimit: 30_000,
			reach: async () => client,
			settings: { flags: { kubeconfig: demo.kubeconfig }, environment: {} },
			now: () => client.serverTime(),
		});
	const lists = () => requests.filter((line) => /GET \S+\/pods(?:\?limit=500)? /.test(line)).length;
	return { known, isNarrow: nodesSampled && namespace === null, lists, run };
}

describe('what is followed tells the doctor as much as lists of all pods', () => {
	for (const named of faults) {
		test(named.length === 0 ? 'of a healthy cluster' : `with ${named.join(', ')}`, async (t) => {
			const { isNarrow, known, lists, run } = await followed(t, named);
			const before = lists();
			const told = await run(known);
			const listed = lists() - before;
			const asked = await run(probes);
			assert.deepEqual(said(told), said(asked));
			assert.equal(listed, 0);
			const [few = 0, all = 0] = [told, asked].map(({ evidence }) => evidence.answers.pods?.value?.length ?? 0);
			assert.ok(isNarrow ? few < all / 2 : few === all, `${few} of ${all} pods`);
		});
	}
});

describe('of the pods that are followed', () => {
	/** Of two nodes, the pods named `a` have samples; `late` came after the answer. */
	function told(more: Partial<FollowedPods> = {}, sampled = ['a1', 'a2', 'a3']) {
		const fleet = new Fleet();
		for (const [name, node] of [
			['a1', 'n1'],
			['a2', 'n1'],
			['b1', 'n1'],
			['a3', 'n2'],
			['done', 'n2'],
		] as const) {
			fleet.putPod(podRecord('web', name, { node, phase: name === 'done' ? 'Succeeded' : 'Running' }), 1);
		}
		const rows = fleet.pods.slots.version;
		fleet.putPod(podRecord('web', 'late'), 1);
		for (const name of sampled) {
			const containers = [{ name: 'app', cpu: 1, memory: 1, swap: Number.NaN }];
			fleet.samplePod({ namespace: 'web', name, timestamp: 1, window: name === 'a3' ? 2 : 1, containers }, 1);
		}
		fleet.endPodPoll(1, 1);
		const followed = { fleet, namespace: null, version: 'v1', asOf: { time: 5, rows }, nodesSampled: true, ...more };
		const { pods, samples } = knownPods(followed);
		const names = pods.value?.map(({ name }) => name) ?? [];
		return { names, requests: [pods.request, samples.request], samples: samples.value };
	}

	test('those are told that lack a sample, and one of each node that has its own', () => {
		const { names, requests, samples } = told();
		assert.deepEqual(names, ['a1', 'b1', 'a3']);
		assert.deepEqual([...(samples?.samples.keys() ?? [])], ['web/a1', 'web/a3']);
		assert.equal(samples?.asOf, 5);
		assert.deepEqual(requests, ['GET /api/v1/pods', 'GET /apis/metrics.k8s.io/v1/pods']);
	});

	test('one of each node is told where none has a sample, whenever it came', () => {
		assert.deepEqual(told({ asOf: { time: 5, rows: 0 } }, []).names, ['a1', 'a3']);
	});

	test('all are told of one namespace, and where the samples of nodes are not known', () => {
		const all = ['a1', 'a2', 'b1', 'a3', 'done'];
		assert.deepEqual(told({ nodesSampled: false }).names, all);
		const { names, requests } = told({ namespace: 'web' });
		assert.deepEqual(names, all);
		assert.deepEqual(requests, ['GET /api/v1/namespaces/web/pods', 'GET /apis/metrics.k8s.io/v1/namespaces/web/pods']);
	});
});
