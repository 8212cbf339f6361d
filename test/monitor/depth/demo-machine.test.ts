/** The monitor's ledger of a demo cluster: the files that it reads are those of the subject's own node. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { demoMachine } from '../../../source/commands/demo-machine.ts';
import type { Demo } from '../../../source/demo/options.ts';
import { serveDemo } from '../../../source/demo/serve.ts';
import type { KubeClient } from '../../../source/kube/client.ts';
import { connect } from '../../../source/kube/connect.ts';
import { Readings } from '../../../source/model/reading.ts';
import type { ContainerSubject, NodeSubject, PodSubject } from '../../../source/model/subject.ts';
import { ClusterReader } from '../../../source/monitor/depth/cluster-reader.ts';

const { signal } = new AbortController();

interface PodItem {
	metadata: { name: string; namespace: string; uid: string };
	spec: { nodeName?: string };
	status: { containerStatuses?: { name: string; state: { running?: object } }[] };
}

describe('a subject of a demo cluster', () => {
	let demo: Demo;
	let client: KubeClient;
	let subjects: readonly (NodeSubject | PodSubject | ContainerSubject)[] = [];
	const asked: string[] = [];
	before(async () => {
		demo = await serveDemo({ freezeClock: true });
		client = await connect({ kubeconfig: demo.kubeconfig }, {});
		const list = JSON.parse((await client.read('/api/v1/pods')).body.toString()) as { items: PodItem[] };
		const pod = list.items.find(
			({ spec, status }) => spec.nodeName === 'worker-07' && status.containerStatuses?.[0]?.state.running,
		);
		assert.ok(pod);
		const { name, namespace, uid } = pod.metadata;
		const container = pod.status.containerStatuses?.[0]?.name ?? '';
		subjects = [
			{ kind: 'node', name: 'worker-07' },
			{ kind: 'pod', namespace, name, uid },
			{ kind: 'container', namespace, pod: name, container, id: '' },
		];
	});
	after(async () => {
		client.close();
		await demo.close();
	});

	function reader(): ClusterReader {
		return new ClusterReader({
			client,
			findMachine: (node) => {
				asked.push(node);
				return demoMachine(demo, node, {});
			},
			target: () => null,
			metricsVersion: () => 'v1beta1',
			podsOfNode: () => [],
		});
	}

	test('is read from the files of its node, and those are not made before', async () => {
		for (const subject of subjects) {
			const target = { subject, kind: subject.kind };
			asked.length = 0;
			const far = await reader().readFar(target, signal);
			assert.deepEqual(asked, [], subject.kind);
			const near = await (await reader().findNear(target, far))?.(signal);
			assert.deepEqual(asked, ['worker-07'], subject.kind);
			assert.ok(near, subject.kind);
			assert.deepEqual(near.problems, [], subject.kind);
			assert.equal(near.versions.kernel, far.versions.kernel, subject.kind);
			const readings = new Readings(near.readings);
			assert.ok(readings.value('usage', 'cgroup-v1') > 0, subject.kind);
			// A node's processes are many, and none of its numbers needs them.
			assert.ok(readings.value(subject.kind === 'node' ? 'memTotal' : 'resident', 'proc') > 0, subject.kind);
		}
	});

	test('is not on the machine of another node', async () => {
		const elsewhere = new ClusterReader({
			client,
			findMachine: () => demoMachine(demo, 'worker-01', {}),
			target: () => null,
			metricsVersion: () => 'v1beta1',
			podsOfNode: () => [],
		});
		for (const subject of subjects) {
			const target = { subject, kind: subject.kind };
			const far = await elsewhere.readFar(target, signal);
			assert.equal(await elsewhere.findNear(target, far), undefined, subject.kind);
		}
	});
});
