import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { serveDemo } from '../../../source/demo/serve.ts';
import { causes } from '../../../source/diagnose/causes.ts';
import { type Examination, examine } from '../../../source/diagnose/examine.ts';
import type { AnyProbe } from '../../../source/diagnose/probe.ts';
import { probes } from '../../../source/diagnose/probes.ts';
import { connect } from '../../../source/kube/connect.ts';
import { probesKnowing } from '../../../source/monitor/doctor/examination.ts';
import { ClusterFollower } from '../../../source/monitor/follow/cluster-follower.ts';
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
	const demo = await serveDemo({ nodes: 12, pods: 200, faults: named });
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
	await until(() => follower.polls > 0 && follower.pods.state.loaded, 'the pods and their samples');
	const { asOf } = follower.metrics.pods;
	const nodesSampled = ['answering', 'metrics-empty'].includes(follower.metrics.nodes.answer);
	const { namespace } = follower.scope;
	const known = probesKnowing(
		() => ({ fleet: follower.fleet, namespace, version: 'v1beta1', asOf, nodesSampled }),
		false,
	);
	const run = (by: readonly AnyProbe[]) =>
		examine({
			probes: by,
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
